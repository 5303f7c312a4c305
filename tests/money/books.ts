import type { z } from "zod";
import { chatKeys, type ConversationHead, type Message } from "@/lib/chat/records.ts";
import type { PaidCall } from "@/lib/metering/call_records.ts";
import { type DayTotal, type LedgerEntry, meteringKeys } from "@/lib/metering/records.ts";
import { addEntry, EMPTY_DAY } from "@/lib/metering/ledger.ts";

/** All of a store's records about money, read without the app's own readers. */
export interface Books {
  entries: LedgerEntry[];
  /** By `day scope name`. */
  days: Map<string, DayTotal>;
  /** By `visitor tool`. */
  heads: Map<string, ConversationHead>;
  /** By conversation, in order. */
  messages: Map<string, Message[]>;
  running: { process: string; running: PaidCall }[];
  /** Keys of live texts and stops that were left behind. */
  leftovers: Deno.KvKey[];
}

/** Reads all of it; nothing may write meanwhile. */
export async function readBooks(kv: Deno.Kv): Promise<Books> {
  const books: Books = {
    entries: [],
    days: new Map(),
    heads: new Map(),
    messages: new Map(),
    running: [],
    leftovers: [],
  };
  const messageOf = chatKeys.message("", 0).schema;
  for await (const [path, value] of rows(kv, "ledger", meteringKeys.ledger("", "").schema)) {
    if (path[1] !== value.day || path[2] !== value.turn) throw new Error(`Misplaced: ${path}`);
    books.entries.push(value);
  }
  for await (const [path, value] of rows(kv, "day", meteringKeys.day("", "tool", "").schema)) {
    books.days.set(path.slice(1).join(" "), value);
  }
  for await (const [path, value] of rows(kv, "head", chatKeys.head("", "").schema)) {
    books.heads.set(path.slice(1).join(" "), value);
  }
  for (const family of ["message", "branch"]) {
    for await (const [path, value] of rows(kv, family, messageOf)) {
      const conversation = String(path[1]);
      const known = books.messages.get(conversation);
      if (known) known.push(value);
      else books.messages.set(conversation, [value]);
    }
  }
  for await (const [path, value] of rows(kv, "running", meteringKeys.running("", "").schema)) {
    books.running.push({ process: String(path[1]), running: value });
  }
  for (const family of ["progress", "stop"]) {
    for await (const { key } of kv.list({ prefix: [family] })) books.leftovers.push(key);
  }
  return books;
}

async function* rows<T>(
  kv: Deno.Kv,
  family: string,
  schema: z.ZodType<T>,
): AsyncGenerator<[Deno.KvKey, T]> {
  for await (const { key, value } of kv.list({ prefix: [family] }, { batchSize: 500 })) {
    yield [key, schema.parse(value)];
  }
}

/**
 * Errors in the day sums: they must equal the sums of the entries, and hold exactly the running
 * turns' holds, to the nano-dollar.
 */
export function checkTotals(books: Books): string[] {
  const expected = new Map<string, DayTotal>();
  const change = (place: string, to: (total: DayTotal) => DayTotal) =>
    void expected.set(place, to(expected.get(place) ?? EMPTY_DAY));
  for (const entry of books.entries) {
    for (const place of placesOf(entry)) change(place, (total) => addEntry(total, entry));
  }
  for (const { running: { hold, tool } } of books.running) {
    for (const place of [`${hold.day} tool ${tool}`, `${hold.day} organisation all`]) {
      change(place, (total) => ({
        ...total,
        held: total.held + hold.amount,
        holds: total.holds + 1,
      }));
    }
  }
  const wrong: string[] = [];
  for (const place of new Set([...expected.keys(), ...books.days.keys()])) {
    const [is, should] = [books.days.get(place) ?? EMPTY_DAY, expected.get(place) ?? EMPTY_DAY];
    if (show(is) !== show(should)) wrong.push(`${place} is ${show(is)}, should be ${show(should)}`);
  }
  const turns = books.entries.map((entry) => entry.turn);
  if (new Set(turns).size !== turns.length) wrong.push("A turn has two entries");
  for (const { running } of books.running) {
    if (books.entries.some((entry) => turnOf(entry) === running.turn)) {
      wrong.push(`${running.turn} runs and has an entry`);
    }
  }
  return wrong;
}

/**
 * Errors between conversations and entries: each paid reply needs its entry, each entry its
 * question, each head its own sum.
 */
export function checkHalves(books: Books): string[] {
  const wrong: string[] = [];
  const costs = costsOf(books);
  const questions = new Set<string>();
  for (const [conversation, messages] of books.messages) {
    for (const message of messages) {
      if (message.role === "user") questions.add(message.turn);
      else if (message.reply && message.reply.cost.usd !== (costs.get(message.turn) ?? 0n)) {
        wrong.push(`Reply of ${message.turn} in ${conversation} and its entry differ`);
      }
    }
  }
  for (const entry of books.entries) {
    if (!questions.has(turnOf(entry))) wrong.push(`The entry ${entry.turn} has no question`);
  }
  for (const [place, head] of books.heads) {
    const messages = books.messages.get(head.conversation) ?? [];
    const turns = new Set(messages.map((message) => message.turn));
    const spent = [...turns].reduce((sum, turn) => sum + (costs.get(turn) ?? 0n), 0n);
    if (head.spent !== spent) wrong.push(`${place} says ${head.spent}, its turns cost ${spent}`);
    const runs = books.running.some(({ running }) => running.turn === head.running?.turn);
    if (head.running && !runs) wrong.push(`${place} waits for a turn that does not run`);
  }
  return wrong;
}

/** The turn of an entry, which may be of one of its failed attempts. */
export function turnOf({ turn, attempt }: Pick<LedgerEntry, "turn" | "attempt">): string {
  return attempt === undefined ? turn : turn.slice(0, -`.a${attempt}`.length);
}

/** The cost of all attempts, by turn. */
function costsOf({ entries }: Pick<Books, "entries">): Map<string, bigint> {
  const costs = new Map<string, bigint>();
  for (const entry of entries) {
    costs.set(turnOf(entry), (costs.get(turnOf(entry)) ?? 0n) + entry.usd);
  }
  return costs;
}

function placesOf(entry: LedgerEntry): string[] {
  const { day, tool, model, channel, variant } = entry;
  const places = [`tool ${tool}`, "organisation all", `model ${model}`, `channel ${channel}`];
  if (variant !== null) places.push(`variant ${variant}`);
  return places.map((place) => `${day} ${place}`);
}

function show(total: DayTotal): string {
  return Object.entries(total).toSorted().map(([name, value]) => `${name} ${value}`).join(", ");
}
