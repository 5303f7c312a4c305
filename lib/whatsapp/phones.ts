import { type Inbox, type Outbox, type Phone, phoneKeys, type PhoneWork } from "./records.ts";
import type { Kv } from "../store/kv.ts";

/** A message to somebody, with its number. */
export interface OutboxRow {
  n: number;
  message: Outbox;
}

/** People on WhatsApp, what they sent and what goes to them. */
export class Phones {
  constructor(private readonly kv: Kv) {}

  async get(number: string): Promise<Phone | null> {
    return (await this.kv.get(phoneKeys.phone(number))).value;
  }

  /** The number under which the person with an address is kept, or would be. */
  async numberAt(address: string): Promise<string> {
    return (await this.kv.get(phoneKeys.alias(address))).value ?? address;
  }

  /** The number of the person with an id, see Phone.own. */
  async numberOf(id: string): Promise<string | null> {
    return (await this.kv.get(phoneKeys.person(id))).value;
  }

  /** The number that a web visitor is linked with. */
  async linkedTo(visitor: string): Promise<string | null> {
    return (await this.kv.get(phoneKeys.linked(visitor))).value;
  }

  /** All people in the order of their numbers, in pieces. */
  async *all(): AsyncGenerator<{ number: string; phone: Phone }[]> {
    const read = (path: Deno.KvKey) => phoneKeys.phone(String(path[1]));
    for await (const rows of this.kv.pieces(["phone"], read)) {
      yield rows.map(({ path, value }) => ({ number: String(path[1]), phone: value }));
    }
  }

  /** Messages from somebody, from number `from` up to and without `upTo`; null where one is gone. */
  async inbox(number: string, from: number, upTo: number): Promise<(Inbox | null)[]> {
    const wanted = Array.from(
      { length: Math.max(0, upTo - from) },
      (_, i) => phoneKeys.inbox(number, from + i),
    );
    return (await this.kv.getMany(wanted)).map(({ value }) => value);
  }

  /** Messages to somebody before number `before`, the latest `limit` of them, oldest first. */
  async outbox(number: string, before: number, limit: number): Promise<OutboxRow[]> {
    const rows = await this.kv.list(
      { start: phoneKeys.outbox(number, 0).path, end: phoneKeys.outbox(number, before).path },
      (path) => phoneKeys.outbox(number, Number(path[2])),
      { limit, reverse: true },
    );
    return rows.reverse().map(({ path, value }) => ({ n: Number(path[2]), message: value }));
  }

  /** Everybody with something to do, and who does it. */
  async work(): Promise<{ number: string; work: PhoneWork }[]> {
    const rows = await this.kv.list(
      { prefix: ["work"] },
      (path) => phoneKeys.work(String(path[1])),
    );
    return rows.map(({ path, value }) => ({ number: String(path[1]), work: value }));
  }
}
