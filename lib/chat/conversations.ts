import { BoundedMap } from "../shared/bounded_map.ts";
import type { Kv } from "../store/kv.ts";
import { type Archived, chatKeys, type Head, type Message } from "./records.ts";

/** Messages kept in memory for the next turn of a conversation that is under way. */
const RECENT_CONVERSATIONS = 1_500;

/** A span of a conversation, oldest first, and whether there is more before it. */
export interface Page {
  messages: Numbered[];
  /** The number to ask for the page before this one with, or null at the beginning. */
  before: number | null;
}

export interface Numbered {
  number: number;
  message: Message;
}

/** Conversations, read backwards in pages: a thousand messages cost no more than twenty. */
export class Conversations {
  private readonly recent = new BoundedMap<string, { turn: string; messages: Numbered[] }>(
    RECENT_CONVERSATIONS,
  );

  constructor(private readonly kv: Kv) {
    kv.onSwitch(() => this.recent.clear());
  }

  async head(visitor: string, tool: string): Promise<Head | null> {
    return (await this.kv.get(chatKeys.head(visitor, tool))).value;
  }

  /** The conversations of a visitor with a tool that were put aside, the latest first. */
  async archived(visitor: string, tool: string): Promise<Archived[]> {
    const rows = await this.kv.list(
      { prefix: ["archive", visitor, tool] },
      (path) => chatKeys.archive(String(path[1]), String(path[2]), String(path[3])),
    );
    return rows.map((row) => row.value).sort((a, b) => b.head.updatedAt - a.head.updatedAt);
  }

  /** Which conversations a visitor has, with any tool, current and put aside; so many at most. */
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

  /** Conversations whose deletion was begun and not finished. */
  async erasing(): Promise<{ conversation: string; messages: number }[]> {
    const rows = await this.kv.list(
      { prefix: ["erasing"] },
      (path) => chatKeys.erasing(String(path[1])),
    );
    return rows.map(({ path, value }) => ({ conversation: String(path[1]), ...value }));
  }

  /** The `limit` messages that come before number `before`. */
  async page(conversation: string, before: number, limit: number): Promise<Page> {
    return pageOf(await this.span(conversation, 0, before, limit + 1), limit);
  }

  /** The messages from number `from` on, of `limit` numbers. */
  async from(conversation: string, from: number, limit: number): Promise<Numbered[]> {
    return await this.span(conversation, from, from + limit, limit);
  }

  /** One message of each of several conversations, in the order asked for. */
  async each(
    places: readonly { conversation: string; number: number }[],
  ): Promise<(Message | null)[]> {
    const found = await this.kv.getMany(
      places.map(({ conversation, number }) => chatKeys.message(conversation, number)),
    );
    return found.map(({ value }) => value);
  }

  /** The whole conversation in pieces, oldest first, for an export. */
  async *all(conversation: string, end: number): AsyncGenerator<Numbered[]> {
    for (let from = 0; from < end; from += 200) {
      const until = Math.min(end, from + 200);
      yield await this.span(conversation, from, until, 200);
    }
  }

  async message(conversation: string, number: number): Promise<Message | null> {
    return (await this.kv.get(chatKeys.message(conversation, number))).value;
  }

  /** How many numbers of messages are taken, be it by such that were dropped and are still there. */
  async numbers(conversation: string): Promise<number> {
    const rows = await this.kv.list(
      { prefix: ["message", conversation] },
      (path) => chatKeys.message(conversation, Number(path[2])),
      { limit: 1, reverse: true },
    );
    return rows.reduce((most, { path }) => Math.max(most, Number(path[2]) + 1), 0);
  }

  /**
   * The latest messages before number `before`, as they stand after turn
   * `turn`: from memory when this process wrote them.
   */
  async latest(
    conversation: string,
    turn: string,
    before: number,
    limit: number,
  ): Promise<Numbered[]> {
    if (before === 0) return [];
    const known = this.recent.get(conversation);
    if (known?.turn === turn) {
      const messages = known.messages.filter((m) => m.number < before);
      if (messages.length >= limit || messages[0]?.number === 0) return messages.slice(-limit);
    }
    return (await this.page(conversation, before, limit)).messages;
  }

  /**
   * The page that ends with the last message of a conversation at rest after
   * turn `turn`: from memory when it was read or written here, for what stands
   * there changes with the next turn only.
   */
  async lastPage(conversation: string, turn: string, next: number, limit: number): Promise<Page> {
    const known = this.recent.get(conversation);
    const kept = known?.turn === turn ? known.messages : [];
    const whole = kept.length > limit || kept[0]?.number === 0;
    if (whole && kept.at(-1)?.number === next - 1) return pageOf(kept, limit);
    const messages = await this.span(conversation, 0, next, limit + 1);
    this.keep(conversation, turn, messages);
    return pageOf(messages, limit);
  }

  /** Keeps the latest messages as of a turn that was just settled, for the next one. */
  keep(conversation: string, turn: string, messages: Numbered[]): void {
    this.recent.set(conversation, { turn, messages });
  }

  /** Keeps no more of a conversation that was deleted. */
  drop(conversation: string): void {
    this.recent.delete(conversation);
  }

  private async span(
    conversation: string,
    from: number,
    until: number,
    limit: number,
  ): Promise<Numbered[]> {
    if (until <= from) return [];
    const rows = await this.kv.list(
      {
        start: chatKeys.message(conversation, from).path,
        end: chatKeys.message(conversation, until).path,
      },
      (path) => chatKeys.message(conversation, Number(path[2])),
      { limit, reverse: true },
    );
    return rows.reverse().map((row) => ({ number: Number(row.path[2]), message: row.value }));
  }
}

/** The last `limit` of messages of which there is one more where there are earlier ones. */
function pageOf(messages: Numbered[], limit: number): Page {
  const page = messages.slice(-limit);
  return { messages: page, before: messages.length > limit ? page[0]?.number ?? null : null };
}
