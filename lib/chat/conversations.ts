import { IdleMap } from "../platform/idle_map.ts";
import { BoundedMap } from "../shared/bounded_map.ts";
import type { Key } from "../store/key.ts";
import type { Kv } from "../store/kv.ts";
import {
  type Archived,
  type Asked,
  chatKeys,
  type ConversationHead,
  keyIn,
  type Message,
  messageKey,
  type Shown,
} from "./records.ts";
import { branchAt, type PathSpan, pathSpans, ROOT } from "./rules/path.ts";

/** Conversations whose latest messages are cached for their next turn. */
const RECENT_CONVERSATIONS = 1_500;

/** A span of a conversation, oldest first. */
export interface Page {
  messages: NumberedMessage[];
  /** Argument for the page before this one; null at the beginning. */
  before: number | null;
}

export interface NumberedMessage {
  number: number;
  message: Message;
}

/** A message of a version that is not shown. */
export interface HiddenMessage extends NumberedMessage {
  /** The branch, the root included. */
  version: number;
}

/**
 * Conversations along the shown path, read backwards in pages.
 * A page's cost does not depend on the conversation's length; hidden messages cost nothing.
 */
export class Conversations {
  private readonly recent = new IdleMap<string, { turn: string; messages: NumberedMessage[] }>(
    RECENT_CONVERSATIONS,
  );
  /** Conversations deleted lately: what was read of them before is not cached after. */
  private readonly deleted = new BoundedMap<string, true>(RECENT_CONVERSATIONS);

  constructor(private readonly kv: Kv) {
    kv.onSwitch(() => {
      this.recent.clear();
      this.deleted.clear();
    });
    kv.onAge(() => this.recent.age());
  }

  async head(visitor: string, tool: string): Promise<ConversationHead | null> {
    return (await this.kv.get(chatKeys.head(visitor, tool))).value;
  }

  /** A visitor's current or archived conversation; null for any other. */
  async find(
    visitor: string,
    tool: string,
    conversation: string,
  ): Promise<ConversationHead | null> {
    const head = await this.head(visitor, tool);
    if (head?.conversation === conversation) return head;
    const { value } = await this.kv.get(chatKeys.archive(visitor, tool, conversation));
    return value?.head ?? null;
  }

  /** Whether a message of a visitor has begun its turn before. */
  async wasAsked(visitor: string, request: string): Promise<boolean> {
    return (await this.kv.get(chatKeys.asked(visitor, request))).value !== null;
  }

  /** Keys of a visitor's messages that have begun their turns, up to a limit. */
  async askedBy(visitor: string, limit: number): Promise<Key<Asked>[]> {
    const keyAt = (path: Deno.KvKey) => chatKeys.asked(visitor, String(path[2]));
    const rows = await this.kv.list({ prefix: ["asked", visitor] }, keyAt, { limit });
    return rows.map(({ path }) => keyAt(path));
  }

  /** A visitor's archived conversations with a tool, latest first. */
  async archived(visitor: string, tool: string): Promise<Archived[]> {
    const rows = await this.kv.list(
      { prefix: ["archive", visitor, tool] },
      (path) => chatKeys.archive(String(path[1]), String(path[2]), String(path[3])),
    );
    return rows.map((row) => row.value).sort((a, b) => b.head.updatedAt - a.head.updatedAt);
  }

  /** A visitor's conversations with any tool, current and archived, up to a limit. */
  async ofVisitor(
    visitor: string,
    limit: number,
  ): Promise<{ tool: string; conversation: string }[]> {
    const [current, archived] = await Promise.all([
      this.kv.list(
        { prefix: ["head", visitor] },
        (path) => chatKeys.head(visitor, String(path[2])),
        { limit },
      ),
      this.kv.list(
        { prefix: ["archive", visitor] },
        (path) => chatKeys.archive(visitor, String(path[2]), String(path[3])),
        { limit },
      ),
    ]);
    return [
      ...current.map(({ path, value }) => ({
        tool: String(path[2]),
        conversation: value.conversation,
      })),
      ...archived.map(({ path }) => ({ tool: String(path[2]), conversation: String(path[3]) })),
    ].slice(0, limit);
  }

  /** Conversations whose deletion is unfinished. */
  async erasing(): Promise<{ conversation: string; messages: number }[]> {
    const rows = await this.kv.list(
      { prefix: ["erasing"] },
      (path) => chatKeys.erasing(String(path[1])),
    );
    return rows.map(({ path, value }) => ({ conversation: String(path[1]), ...value }));
  }

  /** The `limit` messages before number `before`. */
  async page(shown: Shown, before: number, limit: number): Promise<Page> {
    return pageOf(await this.span(shown, 0, before, limit + 1), limit);
  }

  /** The messages of `limit` numbers from `from` on. */
  async from(shown: Shown, from: number, limit: number): Promise<NumberedMessage[]> {
    return await this.span(shown, from, from + limit, limit);
  }

  /** One message of each of several conversations, in the order asked for. */
  async iterate(
    places: readonly { shown: Shown; number: number }[],
  ): Promise<(Message | null)[]> {
    const found = await this.kv.getMany(
      places.map(({ shown, number }) => messageKey(shown, number)),
    );
    return found.map(({ value }) => value);
  }

  /** The whole conversation in batches, oldest first, for an export. */
  async *all(shown: Shown, end: number): AsyncGenerator<NumberedMessage[]> {
    for (let from = 0; from < end; from += 200) {
      const until = Math.min(end, from + 200);
      yield await this.span(shown, from, until, 200);
    }
  }

  /** The messages of the versions that are not shown, in batches, for an export. */
  async *hidden(head: ConversationHead): AsyncGenerator<HiddenMessage[]> {
    const { conversation, path = [], next, branches } = head;
    if (!branches) return;
    const isHidden = ({ version, number }: HiddenMessage) =>
      number >= next || branchAt(path, number) !== version;
    const root = this.kv.pieces(
      ["message", conversation],
      ([, , number]) => chatKeys.message(conversation, Number(number)),
    );
    for await (const piece of root) {
      yield piece.map(({ path: [, , number], value: message }) => ({
        version: ROOT,
        number: Number(number),
        message,
      })).filter(isHidden);
    }
    const others = this.kv.pieces(
      ["branch", conversation],
      ([, , branch, number]) => chatKeys.branch(conversation, Number(branch), Number(number)),
    );
    for await (const piece of others) {
      yield piece.map(({ path: [, , branch, number], value: message }) => ({
        version: Number(branch),
        number: Number(number),
        message,
      })).filter(isHidden);
    }
  }

  async message(shown: Shown, number: number): Promise<Message | null> {
    return (await this.kv.get(messageKey(shown, number))).value;
  }

  /** Numbers that the root branch has, hidden messages included. */
  async numbers(conversation: string): Promise<number> {
    const rows = await this.kv.list(
      { prefix: ["message", conversation] },
      (path) => chatKeys.message(conversation, Number(path[2])),
      { limit: 1, reverse: true },
    );
    return rows.reduce((most, { path }) => Math.max(most, Number(path[2]) + 1), 0);
  }

  /**
   * The latest messages before number `before`, with no turn under way.
   * Cached where this process wrote them.
   */
  async latest(head: ConversationHead, before: number, limit: number): Promise<NumberedMessage[]> {
    if (before === 0) return [];
    const known = this.recent.get(head.conversation);
    if (known?.turn === (head.last?.turn ?? "")) {
      const messages = known.messages.filter((m) => m.number < before);
      if (messages.length >= limit || messages[0]?.number === 0) return messages.slice(-limit);
    }
    return (await this.page(head, before, limit)).messages;
  }

  /** The last page, with no turn under way: cached, as the path up to a turn never changes. */
  async lastPage(head: ConversationHead, limit: number): Promise<Page> {
    const { conversation, next, last } = head;
    const turn = last?.turn ?? "";
    const known = this.recent.get(conversation);
    const kept = known?.turn === turn ? known.messages : [];
    const whole = kept.length > limit || kept[0]?.number === 0;
    if (whole && kept.at(-1)?.number === next - 1) return pageOf(kept, limit);
    const messages = await this.span(head, 0, next, limit + 1);
    this.keep(conversation, turn, messages);
    return pageOf(messages, limit);
  }

  /** Caches the latest messages as of a settled turn, for the next one. */
  keep(conversation: string, turn: string, messages: NumberedMessage[]): void {
    if (!this.deleted.has(conversation)) this.recent.set(conversation, { turn, messages });
  }

  /** Drops a conversation from the cache, whose shown path changed. */
  drop(conversation: string): void {
    this.recent.delete(conversation);
  }

  /** Drops a deleted conversation from the cache, for good. */
  forget(conversation: string): void {
    this.deleted.set(conversation, true);
    this.drop(conversation);
  }

  /** The last `limit` messages between two numbers: one read for each branch there. */
  private async span(
    { conversation, path = [] }: Shown,
    from: number,
    until: number,
    limit: number,
  ): Promise<NumberedMessage[]> {
    const spans = pathSpans(path, from, until);
    const found: NumberedMessage[] = [];
    for (let span = spans.pop(); span && found.length < limit; span = spans.pop()) {
      found.unshift(...await this.inBranch(conversation, span, limit - found.length));
    }
    return found;
  }

  private async inBranch(
    conversation: string,
    { branch, from, until }: PathSpan,
    limit: number,
  ): Promise<NumberedMessage[]> {
    const rows = await this.kv.list(
      {
        start: keyIn(conversation, branch, from).path,
        end: keyIn(conversation, branch, until).path,
      },
      (path) => keyIn(conversation, branch, Number(path.at(-1))),
      { limit, reverse: true },
    );
    return rows.reverse().map(({ path, value }) => ({
      number: Number(path.at(-1)),
      message: value,
    }));
  }
}

/** A page of the last `limit` messages; one more, if present, shows that there are earlier ones. */
function pageOf(messages: NumberedMessage[], limit: number): Page {
  const page = messages.slice(-limit);
  return { messages: page, before: messages.length > limit ? page[0]?.number ?? null : null };
}
