import { addLatency, mergeLatencies } from "./rules/latency_histogram.ts";
import type { DayHours, Load } from "./hour_records.ts";
import { type BoundScope, type DayTotal, type LedgerEntry, meteringKeys } from "./records.ts";
import type { Kv } from "../store/kv.ts";

export const EMPTY_LOAD: Load = {
  turns: 0,
  errors: 0,
  entries: 0,
  beside: 0,
  spent: 0n,
  input: 0,
  cached: 0,
  output: 0,
  waits: [],
};

/** Stored turns of one scope and day. */
export interface HoursOfDay {
  day: string;
  scope: BoundScope;
  name: string;
  hours: DayHours;
}

/** Outcome of a turn, for its hour. */
export interface EndedTurn {
  hour: number;
  model: string;
  channel: string;
  failed: boolean;
  waitedMs: number | null;
  /** Null without cost. */
  entry: Pick<LedgerEntry, "usd" | "input" | "cached" | "output"> | null;
}

/** Turns by hour; reading costs the same for any number of turns. */
export class Hours {
  constructor(private readonly kv: Kv) {}

  /** Several days of one scope, in the order of `days`; null for a day without turns. */
  async days(
    scope: BoundScope,
    name: string,
    days: readonly string[],
  ): Promise<(DayHours | null)[]> {
    const entries = await this.kv.getMany(days.map((day) => meteringKeys.hours(day, scope, name)));
    return entries.map((entry) => entry.value);
  }

  /** All scopes, from `from` to `to`, both included. */
  async between(from: string, to: string): Promise<HoursOfDay[]> {
    const rows = await this.kv.list(
      { start: ["hours", from], end: ["hours", `${to}~`] },
      keyAt,
    );
    return rows.map(({ path, value }) => ({ ...placeOf(path), hours: value }));
  }

  async *all(): AsyncGenerator<HoursOfDay> {
    for await (const rows of this.kv.pieces(["hours"], keyAt)) {
      for (const { path, value } of rows) yield { ...placeOf(path), hours: value };
    }
  }
}

/** New hours for a day with totals from before hours were kept. */
export function newHours(before: DayTotal): DayHours {
  return { whole: before.entries === 0, slots: [], models: {}, channels: {} };
}

/** The hours after one more turn. */
export function addTurn(hours: DayHours, turn: EndedTurn): DayHours {
  return inEach(hours, turn, (load) => addTo(load, turn));
}

/** Adds or removes a cost without a turn, such as of a WhatsApp message. */
export function addCost(
  hours: DayHours,
  cost: Pick<LedgerEntry, "model" | "channel" | "usd" | "input" | "cached" | "output"> & {
    hour: number;
  },
  sign: 1 | -1,
): DayHours {
  return inEach(hours, cost, (load) => ({
    ...load,
    entries: load.entries + sign,
    beside: load.beside + sign,
    spent: load.spent + BigInt(sign) * cost.usd,
    input: load.input + sign * cost.input,
    cached: load.cached + sign * cost.cached,
    output: load.output + sign * cost.output,
  }));
}

/** Changes the load of one hour, one model and one channel. */
function inEach(
  hours: DayHours,
  { hour, model, channel }: { hour: number; model: string; channel: string },
  change: (load: Load) => Load,
): DayHours {
  const length = Math.max(hours.slots.length, hour + 1);
  const changed = (load: Load | null | undefined) => change(load ?? EMPTY_LOAD);
  return {
    whole: hours.whole,
    slots: Array.from({ length }, (_, i) => {
      const slot = hours.slots[i] ?? null;
      return i === hour ? changed(slot) : slot;
    }),
    models: { ...hours.models, [model]: changed(hours.models[model]) },
    channels: { ...hours.channels, [channel]: changed(hours.channels[channel]) },
  };
}

export function mergeLoads(a: Load, b: Load): Load {
  return {
    turns: a.turns + b.turns,
    errors: a.errors + b.errors,
    entries: a.entries + b.entries,
    beside: a.beside + b.beside,
    spent: a.spent + b.spent,
    input: a.input + b.input,
    cached: a.cached + b.cached,
    output: a.output + b.output,
    waits: mergeLatencies(a.waits, b.waits),
  };
}

function addTo(load: Load, { failed, waitedMs, entry }: EndedTurn): Load {
  return {
    ...load,
    turns: load.turns + 1,
    errors: load.errors + (failed ? 1 : 0),
    entries: load.entries + (entry ? 1 : 0),
    spent: load.spent + (entry?.usd ?? 0n),
    input: load.input + (entry?.input ?? 0),
    cached: load.cached + (entry?.cached ?? 0),
    output: load.output + (entry?.output ?? 0),
    waits: waitedMs === null ? load.waits : addLatency(load.waits, waitedMs),
  };
}

function keyAt(path: Deno.KvKey) {
  const { day, scope, name } = placeOf(path);
  return meteringKeys.hours(day, scope, name);
}

function placeOf(path: Deno.KvKey): Pick<HoursOfDay, "day" | "scope" | "name"> {
  const scope = path[2] === "tool" ? "tool" : "organisation";
  return { day: String(path[1]), scope, name: String(path[3]) };
}
