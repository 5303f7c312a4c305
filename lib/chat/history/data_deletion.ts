import { chatKeys } from "../records.ts";
import type { Key } from "../../store/key.ts";
import { Erasures } from "../../people/erasures.ts";
import type { VisitorDeletion, VisitorRecords } from "../../people/visitors.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Transactions, Tx } from "../../store/transactions.ts";
import type { Chat } from "../chat.ts";
import type { EventBus } from "../../platform/event_bus.ts";
import type { ConversationId, TurnParticipant } from "../participants.ts";
import type { Alternatives } from "../alternatives.ts";
import type { Conversations } from "../conversations.ts";
import { shareKeysOf } from "../shares/shared_links.ts";
import type { Kv } from "../../store/kv.ts";
import { deleteArchive } from "./archive.ts";
import type { Media } from "../../media/stored_media.ts";

interface Needs {
  store: {
    alternatives: Alternatives;
    kv: Kv;
    transactions: Transactions;
    conversations: Conversations;
    media: Media;
  };
  bus: EventBus;
  clock: Clock;
}

/** Records deleted in one commit. */
const BATCH = 400;
const PIECE_WEIGHT = 20_000;
/** Most conversations that one call of `deleteVisitor()` deletes. */
const AT_ONCE = 200;
/** Messages that a turn under way may still add: a question and its reply. */
const MAY_COME = 2;

/**
 * Deletes conversations with messages, alternatives, pictures and participants' records.
 * Their ledger entries stay; they have no text. An interrupted deletion is resumed later.
 */
export class DataDeletion implements VisitorRecords {
  private readonly erasures: Erasures;

  constructor(
    private readonly deps: Needs,
    private readonly chat: Pick<Chat, "stop">,
    private readonly participants: readonly TurnParticipant[],
  ) {
    this.erasures = new Erasures(deps);
  }

  /**
   * Deletes a visitor's current or archived conversation.
   * A reply under way is stopped, booked and not kept. Returns false when there is no such
   * conversation. `also` writes in the commit that removes it.
   */
  async deleteConversation(
    visitor: string,
    tool: string,
    conversation: string,
    also: (tx: Tx) => void = () => {},
    weight = 0,
  ): Promise<boolean> {
    const which = { visitor, tool, conversation };
    const done = await this.remove(which, (tx) => {
      this.erasures.note(tx, { kind: "conversation", ...which });
      also(tx);
    }, weight);
    if (done) this.erasures.told();
    return done;
  }

  /** Deletes a conversation whose time has ended, which needs no note: it ends again. */
  async expire(visitor: string, tool: string, conversation: string): Promise<void> {
    await this.remove({ visitor, tool, conversation }, () => {}, 0);
  }

  private async remove(
    which: ConversationId,
    also: (tx: Tx) => void,
    weight: number,
  ): Promise<boolean> {
    const { visitor, tool, conversation } = which;
    const { transactions, conversations } = this.deps.store;
    const headKey = chatKeys.head(visitor, tool);
    const archiveKey = chatKeys.archive(visitor, tool, conversation);
    const parts = this.participants.flatMap((each) => each.erase?.(which) ?? []);
    const links = await shareKeysOf(this.deps.store.kv, visitor, conversation);
    const reads = [headKey, archiveKey, ...parts.flatMap((part) => part.reads)];
    // Stops a reply under way first, to save its further cost.
    const seen = await conversations.head(visitor, tool);
    if (seen?.conversation === conversation) await this.chat.stop(visitor, tool);
    const count = await transactions.run(reads, (tx) => {
      const current = tx.get(headKey);
      const isCurrent = current?.conversation === conversation;
      const archived = tx.get(archiveKey);
      const head = isCurrent ? current : archived?.head;
      const known = [head?.next, ...parts.map((part) => part.messages(tx))]
        .filter((messages) => typeof messages === "number");
      if (known.length === 0) return null;
      if (isCurrent) tx.delete(headKey);
      if (archived) deleteArchive(tx, visitor, tool, archived);
      for (const key of [...links, chatKeys.terms(conversation)]) tx.delete(key);
      tx.delete(chatKeys.removal(visitor, conversation));
      for (const part of parts) part.run(tx);
      const messages = Math.max(...known) + MAY_COME;
      tx.set(chatKeys.erasing(conversation), { messages });
      also(tx);
      return messages;
    }, 2_000 + weight);
    if (count === null) return false;
    conversations.forget(conversation);
    this.deps.bus.emit("ConversationDeleted", which);
    this.deps.bus.emit("ConversationChanged", { visitor, tool });
    await this.finish(conversation, count);
    return true;
  }

  /** Whether a visitor has any conversation. */
  async knows(visitor: string): Promise<boolean> {
    return (await this.deps.store.conversations.ofVisitor(visitor, 1)).length > 0;
  }

  /** Deletes a batch of a visitor's conversations; call again until `done`. */
  async deleteVisitor(visitor: string): Promise<VisitorDeletion> {
    await this.resume();
    const all = await this.deps.store.conversations.ofVisitor(visitor, AT_ONCE + 1);
    let erased = 0;
    for (const { tool, conversation } of all.slice(0, AT_ONCE)) {
      if (await this.deleteConversation(visitor, tool, conversation)) erased++;
    }
    if (all.length > AT_ONCE) return { erased, done: false };
    const asked = await this.deps.store.conversations.askedBy(visitor, BATCH);
    await this.delete([...asked, chatKeys.archiveRevision(visitor)]);
    return { erased, done: asked.length < BATCH };
  }

  /** Resumes deletions that ended with their process. */
  async resume(): Promise<void> {
    for (const { conversation, messages } of await this.deps.store.conversations.erasing()) {
      await this.finish(conversation, messages);
    }
  }

  private async finish(conversation: string, messages: number): Promise<void> {
    const { transactions, alternatives, conversations, media } = this.deps.store;
    // Messages hidden by an edit may have higher numbers.
    const length = Math.max(messages, await conversations.numbers(conversation));
    const numbers = Array.from({ length }, (_, n) => n);
    const [pictures, ...kept] = await Promise.all([
      media.ofConversation(conversation),
      ...this.participants.map((each) => each.kept?.(conversation) ?? []),
    ]);
    const gone: Key<unknown>[] = [
      ...numbers.map((number) => chatKeys.message(conversation, number)),
      ...kept.flat(),
      ...pictures.flatMap((picture) => media.keysOf(conversation, picture)),
    ];
    for (let from = 0; from < gone.length; from += BATCH) {
      await this.delete(gone.slice(from, from + BATCH));
    }
    await alternatives.deleteAll(conversation);
    await transactions.run([], (tx) => tx.delete(chatKeys.erasing(conversation)));
  }

  private async delete(keys: readonly Key<unknown>[]): Promise<void> {
    await this.deps.store.transactions.run([], (tx) => {
      for (const key of keys) tx.delete(key);
    }, PIECE_WEIGHT);
  }
}
