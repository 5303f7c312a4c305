import { AppError } from "../../platform/errors.ts";
import { isBlank } from "../../llm/rules/reply_text.ts";
import { picturesCode } from "../../locales/own/sent_pictures.ts";
import { type Archived, chatKeys, type ConversationHead, type Message } from "../records.ts";
import type { ConversationId } from "../participants.ts";
import { truncateLine } from "../../shared/truncate_line.ts";
import type { Transactions } from "../../store/transactions.ts";
import type { Chat } from "../chat.ts";
import type { DataDeletion } from "./data_deletion.ts";
import { SubjectEvent } from "../../platform/auto_reset_event.ts";
import { conversationSubject, type EventBus } from "../../platform/event_bus.ts";
import { alternativeKey, type Alternatives, show } from "../alternatives.ts";
import { deleteArchive, setArchive } from "./archive.ts";
import { branchAt } from "../rules/path.ts";
import { sameConversation } from "../turn/begin_turn.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Conversations } from "../conversations.ts";
import type { Kv } from "../../store/kv.ts";

interface Needs {
  store: {
    alternatives: Alternatives;
    conversations: Conversations;
    kv: Kv;
    transactions: Transactions;
  };
  clock: Clock;
  bus: EventBus;
}

const TITLE = 80;
/** Time for a reply under way to be stopped and settled. */
const STOP_MS = 4_000;
/** Polling interval for the settlement of another process's reply. */
const ELSEWHERE_MS = 50;

/** A visitor's conversations with a tool: one is current, the others are archived. */
export class History {
  constructor(
    private readonly deps: Needs,
    private readonly chat: Pick<Chat, "stop">,
    private readonly deletion: DataDeletion,
  ) {}

  /** Archived conversations, latest first. */
  list(visitor: string, tool: string): Promise<Archived[]> {
    return this.deps.store.conversations.archived(visitor, tool);
  }

  /**
   * Archives the current conversation, so that the next message begins a new one. A reply
   * under way is stopped and kept first.
   * @throws {AppError} `conflict` when it cannot be stopped in time.
   */
  async putAside(visitor: string, tool: string): Promise<void> {
    await this.swap(visitor, tool, null);
  }

  /**
   * Makes an archived conversation current, and archives the current one.
   * @throws {AppError} `missing`, or `conflict` as above.
   */
  async takeUp(visitor: string, tool: string, conversation: string): Promise<void> {
    await this.swap(visitor, tool, conversation);
  }

  /**
   * Gives a conversation a title; an empty one restores the default.
   * @throws {AppError} `missing`
   */
  async rename(
    { visitor, tool, conversation }: ConversationId,
    title: string,
  ): Promise<void> {
    const { conversations, transactions } = this.deps.store;
    const seen = await conversations.find(visitor, tool, conversation);
    if (seen === null) throw new AppError("missing", { code: "conversation.gone" });
    const { title: _, ...unnamed } = seen;
    const usual = await this.titleOf(unnamed);
    const line = truncateLine(title, TITLE);
    // The list's button would have nothing to see.
    const given = isBlank(line) ? undefined : line;
    const headKey = chatKeys.head(visitor, tool);
    const archiveKey = chatKeys.archive(visitor, tool, conversation);
    await transactions.run([headKey, archiveKey], (tx) => {
      const head = tx.get(headKey), entry = tx.get(archiveKey);
      const named = <Head extends ConversationHead>({ title: _, ...head }: Head) => ({
        ...head,
        ...(given === undefined ? {} : { title: given }),
      });
      if (head?.conversation === conversation) tx.set(headKey, named(head));
      else if (entry) {
        setArchive(tx, visitor, tool, { title: given ?? usual, head: named(entry.head) });
      }
    });
  }

  /** Deletes a conversation with all its records; false when there is none. */
  async remove(visitor: string, tool: string, conversation: string): Promise<boolean> {
    return await this.deletion.deleteConversation(visitor, tool, conversation);
  }

  /** The id and length of the current conversation. */
  async current(visitor: string, tool: string): Promise<{ id: string; messages: number } | null> {
    const head = await this.deps.store.conversations.head(visitor, tool);
    return head === null || head.next === 0 ? null : { id: head.conversation, messages: head.next };
  }

  /** Ids of the alternatives under a number of the current conversation, and the shown one. */
  async alternatives(
    visitor: string,
    tool: string,
    number: number,
  ): Promise<{ ids: number[]; shown: number | null }> {
    const { conversations, alternatives } = this.deps.store;
    const head = await conversations.head(visitor, tool);
    if (head === null) return { ids: [], shown: null };
    const hidden = (await alternatives.at(head, number)).map(({ id }) => id);
    const shown = head.next > number ? branchAt(head.path ?? [], number) : null;
    const ids = shown === null ? hidden : [...hidden, shown];
    return { ids: ids.sort((a, b) => a - b), shown };
  }

  /** Notes that a page shows the latest reply. */
  async markSeen(visitor: string, tool: string): Promise<void> {
    const key = chatKeys.head(visitor, tool);
    await this.deps.store.transactions.run([key], (tx) => {
      const head = tx.get(key);
      if (!head?.unseen) return;
      const { unseen: _, ...seen } = head;
      tx.set(key, seen);
    });
  }

  /**
   * Shows another alternative of the current conversation, with its latest continuation.
   * The shown one is kept. A reply under way is stopped first.
   * @throws {AppError} `missing`, or `conflict` as above.
   */
  async showAlternative(visitor: string, tool: string, number: number, id: number): Promise<void> {
    const { transactions, conversations } = this.deps.store;
    const seen = await this.idleHead(visitor, tool);
    if (seen === null) throw gone();
    const headKey = chatKeys.head(visitor, tool);
    const now = this.deps.clock();
    await transactions.run([headKey, alternativeKey(seen, number, id)], (tx) => {
      const head = tx.get(headKey);
      if (head === null) throw gone();
      if (head.running || !sameConversation(head, seen)) throw stillRunning();
      if (!show(tx, headKey, head, { number, id, now })) throw gone();
    });
    conversations.drop(seen.conversation);
    this.deps.bus.emit("ConversationChanged", { visitor, tool });
  }

  private async swap(visitor: string, tool: string, wanted: string | null): Promise<void> {
    const head = await this.idleHead(visitor, tool);
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
      if (current !== null && current.turns > 0) {
        setArchive(tx, visitor, tool, { title: current.title ?? title, head: current });
      }
      if (entry) {
        tx.set(headKey, { ...entry.head, updatedAt: this.deps.clock() });
        deleteArchive(tx, visitor, tool, entry);
      } else if (current) tx.delete(headKey);
    });
    this.deps.bus.emit("ConversationChanged", { visitor, tool });
  }

  /** The current conversation once no turn is under way. */
  private async idleHead(visitor: string, tool: string): Promise<ConversationHead | null> {
    const { conversations } = this.deps.store;
    const until = performance.now() + STOP_MS;
    let head = await conversations.head(visitor, tool);
    if (!head?.running) return head;
    const subject = conversationSubject({ visitor, tool });
    using settled = new SubjectEvent(this.deps.bus, "TurnSettled", subject);
    await this.chat.stop(visitor, tool);
    while (head?.running) {
      if (performance.now() > until) throw stillRunning();
      await settled.wait(ELSEWHERE_MS);
      head = await conversations.head(visitor, tool);
    }
    return head;
  }

  /** Title of a conversation: the person's own, or its first words. */
  async titleOf(head: ConversationHead): Promise<string> {
    return head.title ?? titleIn(await this.deps.store.conversations.message(head, 0));
  }
}

/** The first words of a conversation's first message, or the code of its pictures. */
export function titleIn(first: Message | null): string {
  const line = (first?.text || picturesCode(first?.pictures?.length ?? 0)).replace(/\s+/g, " ");
  return line.length > TITLE ? `${line.slice(0, TITLE - 1).toWellFormed()}…` : line;
}

function gone(): AppError {
  return new AppError("missing", { code: "conversation.version_gone" });
}

function stillRunning(): AppError {
  return new AppError(
    "conflict",
    { code: "turn.not_stopped" },
    { retryable: true },
  );
}
