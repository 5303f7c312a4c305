import { type Inbox, type Outbox, type Phone, phoneKeys, type PhoneWork } from "./records.ts";
import type { Kv } from "../store/kv.ts";

/** Most unanswered messages that are counted. */
const MOST_COUNTED = 1_000;

/** An outbox message with its position. */
export interface OutboxRow {
  n: number;
  message: Outbox;
}

/** Reads people on WhatsApp with their inbox and outbox. */
export class Phones {
  constructor(private readonly kv: Kv) {}

  async get(number: string): Promise<Phone | null> {
    return (await this.kv.get(phoneKeys.phone(number))).value;
  }

  /** The key of the person with an address; for an unknown one the address itself. */
  async numberAt(address: string): Promise<string> {
    return (await this.kv.get(phoneKeys.alias(address))).value ?? address;
  }

  /** The number of the person with an id, see {@link Phone.own}. */
  async numberOf(id: string): Promise<string | null> {
    return (await this.kv.get(phoneKeys.person(id))).value;
  }

  /** The number linked with a web visitor. */
  async linkedTo(visitor: string): Promise<string | null> {
    return (await this.kv.get(phoneKeys.linked(visitor))).value;
  }

  /** All people in order of their numbers, in batches. */
  async *all(): AsyncGenerator<{ number: string; phone: Phone }[]> {
    const read = (path: Deno.KvKey) => phoneKeys.phone(String(path[1]));
    for await (const rows of this.kv.pieces(["phone"], read)) {
      yield rows.map(({ path, value }) => ({ number: String(path[1]), phone: value }));
    }
  }

  /** Inbound messages `from` (inclusive) to `upTo` (exclusive); null for missing ones. */
  async inbox(number: string, from: number, upTo: number): Promise<(Inbox | null)[]> {
    const wanted = Array.from(
      { length: Math.max(0, upTo - from) },
      (_, i) => phoneKeys.inbox(number, from + i),
    );
    return (await this.kv.getMany(wanted)).map(({ value }) => value);
  }

  /** The last `limit` outbound messages before position `before`, oldest first. */
  async outbox(number: string, before: number, limit: number): Promise<OutboxRow[]> {
    const rows = await this.kv.list(
      { start: phoneKeys.outbox(number, 0).path, end: phoneKeys.outbox(number, before).path },
      (path) => phoneKeys.outbox(number, Number(path[2])),
      { limit, reverse: true },
    );
    return rows.reverse().map(({ path, value }) => ({ n: Number(path[2]), message: value }));
  }

  /** Number of unanswered messages, at most a thousand, and when the oldest came. */
  async unanswered(): Promise<{ count: number; oldest: number | null }> {
    const rows = await this.kv.list(
      { prefix: ["inbox"] },
      (path) => phoneKeys.inbox(String(path[1]), Number(path[2])),
      { limit: MOST_COUNTED },
    );
    const times = rows.map(({ value }) => value.at);
    return { count: rows.length, oldest: times.length === 0 ? null : Math.min(...times) };
  }

  /** All phones with work, with their leases. */
  async work(): Promise<{ number: string; work: PhoneWork }[]> {
    const rows = await this.kv.list(
      { prefix: ["work"] },
      (path) => phoneKeys.work(String(path[1])),
    );
    return rows.map(({ path, value }) => ({ number: String(path[1]), work: value }));
  }
}
