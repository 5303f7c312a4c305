import { daysUntil } from "@/lib/platform/calendar.ts";
import { timePrefix } from "@/lib/shared/time_prefix.ts";
import { addTurn, newHours } from "@/lib/metering/hours.ts";
import type { DayHours } from "@/lib/metering/hour_records.ts";
import { type DayTotal, type LedgerEntry, meteringKeys } from "@/lib/metering/records.ts";
import type { Key } from "@/lib/store/key.ts";
import { addEntry, EMPTY_DAY } from "@/lib/metering/ledger.ts";

/** Entries per atomic write: its mutations stay below Deno KV's 800 KiB. */
const GROUP = 800;
const TOOL = "general-assistant";

/** Fills a store with entries of the last 90 days and their sums, in groups. */
export async function fillLedger(path: string, count: number, today: string): Promise<void> {
  using kv = await Deno.openKv(path);
  const days = daysUntil(today, 90);
  const totals = new Map<string, { key: Key<DayTotal>; total: DayTotal }>();
  const hours = new Map<string, { key: Key<DayHours>; total: DayHours }>();
  for (let from = 0; from < count; from += GROUP) {
    const operation = kv.atomic();
    for (let i = from; i < Math.min(count, from + GROUP); i++) {
      const entry = entryOf(i, days[i % days.length] ?? today);
      operation.set(meteringKeys.ledger(entry.day, entry.turn).path, entry);
      for (
        const key of [
          meteringKeys.day(entry.day, "tool", TOOL),
          meteringKeys.day(entry.day, "organisation", "all"),
          meteringKeys.day(entry.day, "model", entry.model),
          meteringKeys.day(entry.day, "channel", entry.channel),
        ]
      ) {
        const total = addEntry(totals.get(key.id)?.total ?? EMPTY_DAY, entry);
        totals.set(key.id, { key, total });
      }
      const { model, channel } = entry;
      const hour = Math.floor(i / days.length) % 24;
      const turn = { hour, model, channel, failed: i % 50 === 0, waitedMs: i % 2_000, entry };
      for (
        const key of [
          meteringKeys.hours(entry.day, "tool", TOOL),
          meteringKeys.hours(entry.day, "organisation", "all"),
        ]
      ) {
        const total = addTurn(hours.get(key.id)?.total ?? newHours(EMPTY_DAY), turn);
        hours.set(key.id, { key, total });
      }
    }
    await operation.commit();
  }
  const rest: { key: Key<unknown>; total: unknown }[] = [...totals.values(), ...hours.values()];
  while (rest.length > 0) {
    const operation = kv.atomic();
    for (const { key, total } of rest.splice(0, 100)) operation.set(key.path, total);
    await operation.commit();
  }
}

function entryOf(i: number, day: string): LedgerEntry {
  return {
    turn: `${timePrefix(i)}abcdefghijkl`,
    at: Date.parse(`${day}T12:00:00Z`),
    day,
    tool: TOOL,
    model: i % 3 === 0 ? "gpt-6-sol" : "gpt-6-luna",
    provider: "openai",
    channel: i % 2 === 0 ? "web" : "whatsapp",
    variant: null,
    input: 900 + i % 700,
    cached: 0,
    output: 200 + i % 300,
    reasoning: 0,
    audioSeconds: 0,
    images: 0,
    usd: BigInt(200_000 + i % 1_000),
    basis: "reported",
    simulated: false,
  };
}

export interface StoreCalls {
  get: number;
  getMany: number;
  list: number;
  commit: number;
}

/** Starts counting the calls of all stores in this process. */
export function countStoreCalls(): StoreCalls {
  const calls: StoreCalls = { get: 0, getMany: 0, list: 0, commit: 0 };
  for (const name of ["get", "getMany", "list"] as const) {
    const original: unknown = Deno.Kv.prototype[name];
    if (typeof original !== "function") throw new Error(`No Deno.Kv.prototype.${name}`);
    Object.defineProperty(Deno.Kv.prototype, name, {
      value(this: Deno.Kv, ...args: unknown[]): unknown {
        calls[name]++;
        return Reflect.apply(original, this, args);
      },
    });
  }
  const { commit } = Deno.AtomicOperation.prototype;
  Deno.AtomicOperation.prototype.commit = function () {
    calls.commit++;
    return commit.call(this);
  };
  return calls;
}
