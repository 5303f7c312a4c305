import { AppError } from "../../platform/errors.ts";
import { named } from "../rules/rendered.ts";
import { type Archived, chatKeys, type Head } from "../records.ts";
import type { Tx } from "../../store/transactions.ts";
import type { Chat } from "../chat.ts";
import type { Deps } from "../../deps.ts";
import type { Eraser } from "./eraser.ts";
import { conversationTopic, type Hub } from "../../platform/hub.ts";

const TITLE = 80;
/** How long a reply under way gets to be stopped and settled. */
const STOP_MS = 4_000;

/** A visitor's conversations with a tool: one is current, the others are put aside. */
export class History {
  constructor(
    private readonly deps: Deps,
    private readonly chat: Chat,
    private readonly hub: Hub,
    private readonly eraser: Eraser,
  ) {}

  /** Those put aside, the latest first. */
  list(visitor: string, tool: string): Promise<Archived[]> {
    return this.deps.store.conversations.archived(visitor, tool);
  }

  /**
   * Puts the current conversation aside, so that the next message begins a new
   * one; a reply under way is stopped and kept first.
   * @throws {AppError} `conflict` when it cannot be stopped in time.
   */
  async putAside(visitor: string, tool: string): Promise<void> {
    await this.swap(visitor, tool, null);
  }

  /**
   * Takes a conversation up again that was put aside, and puts the current one
   * aside for it.
   * @throws {AppError} `missing`, or `conflict` as above.
   */
  async takeUp(visitor: string, tool: string, conversation: string): Promise<void> {
    await this.swap(visitor, tool, conversation);
  }

  /** Deletes a conversation with all that belongs to it; false when there is none. */
  async remove(visitor: string, tool: string, conversation: string): Promise<boolean> {
    return await this.eraser.erase(visitor, tool, conversation);
  }

  /** One that was put aside, to be asked whether it is the one to delete. */
  async archived(
    visitor: string,
    tool: string,
    conversation: string,
  ): Promise<{ id: string; messages: number; title: string } | null> {
    if (!/^[\w-]{1,40}$/.test(conversation)) return null;
    const { value } = await this.deps.store.kv.get(chatKeys.archive(visitor, tool, conversation));
    return value && { id: conversation, messages: value.head.next, title: value.title };
  }

  /** The current conversation, to be asked whether it is the one to delete. */
  async current(visitor: string, tool: string): Promise<{ id: string; messages: number } | null> {
    const head = await this.deps.store.conversations.head(visitor, tool);
    return head === null || head.next === 0 ? null : { id: head.conversation, messages: head.next };
  }

  private async swap(visitor: string, tool: string, wanted: string | null): Promise<void> {
    const head = await this.still(visitor, tool);
    const title = head === null ? "" : await this.titleOf(head);
    const headKey = chatKeys.head(visitor, tool);
    const wantedKey = chatKeys.archive(visitor, tool, wanted ?? "");
    await this.deps.store.transactions.run([headKey, wantedKey], (tx) => {
      const current = tx.get(headKey);
      if (current?.running) throw stillRunning();
      const entry = wanted === null ? null : tx.get(wantedKey);
      if (wanted !== null && entry === null) {
        throw new AppError("missing", { code: "conversation.gone" });
      }
      archive(tx, visitor, tool, current, title);
      if (entry) {
        tx.set(headKey, { ...entry.head, updatedAt: this.deps.clock() });
        tx.delete(wantedKey);
      } else if (current) tx.delete(headKey);
    });
    this.hub.tell(conversationTopic(visitor, tool));
  }

  /** The current conversation once nothing is written in it any more. */
  private async still(visitor: string, tool: string): Promise<Head | null> {
    const { conversations } = this.deps.store;
    const until = performance.now() + STOP_MS;
    let head = await conversations.head(visitor, tool);
    if (head?.running) await this.chat.stop(visitor, tool);
    while (head?.running) {
      if (performance.now() > until) throw stillRunning();
      await new Promise((done) => setTimeout(done, 50));
      head = await conversations.head(visitor, tool);
    }
    return head;
  }

  /** How a conversation is named that is put aside: by its first words. */
  async titleOf(head: Head): Promise<string> {
    const first = await this.deps.store.conversations.message(head.conversation, 0);
    const line = (first?.text || named(first?.pictures?.length ?? 0)).replace(/\s+/g, " ");
    return line.length > TITLE ? `${line.slice(0, TITLE - 1).toWellFormed()}…` : line;
  }
}

function archive(tx: Tx, visitor: string, tool: string, head: Head | null, title: string): void {
  if (head === null || head.turns === 0) return;
  tx.set(chatKeys.archive(visitor, tool, head.conversation), { title, head });
}

function stillRunning(): AppError {
  return new AppError(
    "conflict",
    { code: "turn.not_stopped" },
    { retryable: true },
  );
}
