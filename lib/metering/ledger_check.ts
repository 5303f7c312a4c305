import { type DayTotal, type LedgerEntry, meteringKeys, type Scope } from "./records.ts";
import {
  addEntry,
  addTotals,
  EMPTY_DAY,
  isBound,
  type Ledger,
  monthOf,
  scopesOf,
} from "./ledger.ts";
import { EMPTY_LOAD, type Hours, mergeLoads } from "./hours.ts";

interface Books {
  ledger: Ledger;
  hours: Hours;
}

export interface LedgerCheck {
  entries: number;
  totals: number;
  /** The first difference between sums and entries, or null. */
  difference: string | null;
  /** Whether each check met another difference: the books changed while they were read. */
  unsettled: boolean;
}

/** Most checks of books that change in between. */
const CHECKS = 5;

/** Sums computed from the entries, by `day scope name`. */
type Sums = Map<string, DayTotal>;

/**
 * Adds up all entries and compares them with the stored sums of each day and scope. Entries and sums
 * are read one after the other, and a commit may come between: only a difference that a second check
 * meets again is one.
 */
export async function checkLedger(store: Books): Promise<LedgerCheck> {
  let last: string | null = null;
  for (let n = 1;; n++) {
    const check = await checkOnce(store);
    const confirmed = check.difference === last;
    if (check.difference === null || confirmed || n === CHECKS) {
      return { ...check, unsettled: check.difference !== null && !confirmed };
    }
    last = check.difference;
  }
}

async function checkOnce(store: Books): Promise<Omit<LedgerCheck, "unsettled">> {
  const sums: Sums = new Map();
  let entries = 0;
  let misplaced: string | null = null;
  for await (const piece of store.ledger.all()) {
    for (const entry of piece) {
      entries++;
      misplaced ??= attemptFault(entry);
      for (const [scope, name] of scopesOf(entry)) {
        const id = idOf(entry.day, scope, name);
        sums.set(id, addEntry(sums.get(id) ?? EMPTY_DAY, entry));
      }
    }
  }
  if (misplaced !== null) return { entries, totals: 0, difference: misplaced };
  const wrongHours = await firstWrongHours(store, sums);
  if (wrongHours !== null) return { entries, totals: 0, difference: wrongHours };
  const months = monthsOf(sums);
  let totals = 0;
  for await (const { day, scope, name, total } of store.ledger.totals()) {
    totals++;
    const id = idOf(day, scope, name);
    const difference = firstDifference(id, sums.get(id) ?? EMPTY_DAY, total);
    if (difference) return { entries, totals, difference };
    sums.delete(id);
  }
  const [missing] = sums.keys();
  const difference = missing === undefined
    ? await firstWrongMonth(store, months)
    : `${missing}: entries without a sum`;
  return { entries, totals, difference };
}

/** A failed attempt is an auxiliary entry under its call's id and attempt number. */
function attemptFault({ day, turn, attempt, beside }: LedgerEntry): string | null {
  const isOne = /\.a[1-9]\d*$/.exec(turn)?.[0] ?? null;
  if (isOne === null && attempt === undefined) return null;
  return isOne === `.a${attempt}` && beside
    ? null
    : `${day} ${turn}: its entry is not that of a failed attempt`;
}

const COMPARED = [
  "spent",
  "entries",
  "beside",
  "simulated",
  "apart",
  "input",
  "cached",
  "output",
  "reasoning",
] as const;

function firstDifference(id: string, added: DayTotal, kept: DayTotal): string | null {
  const field = COMPARED.find((name) => added[name] !== kept[name]);
  return field === undefined
    ? null
    : `${id}: \`${field}\` is ${kept[field]}, its entries add up to ${added[field]}`;
}

const HOURLY = ["spent", "entries", "beside", "input", "cached", "output"] as const;

/** Hours repeat the day's sums three times: by hour, by model and by channel. */
async function firstWrongHours(store: Books, sums: Sums): Promise<string | null> {
  for await (const { day, scope, name, hours } of store.hours.all()) {
    if (!hours.whole) continue;
    const added = sums.get(idOf(day, scope, name)) ?? EMPTY_DAY;
    const ways = {
      hours: hours.slots.filter((slot) => slot !== null),
      models: Object.values(hours.models),
      channels: Object.values(hours.channels),
    };
    for (const [way, loads] of Object.entries(ways)) {
      const kept = loads.reduce(mergeLoads, EMPTY_LOAD);
      const field = HOURLY.find((each) => kept[each] !== added[each]);
      if (field !== undefined) {
        return `${day} ${scope} ${name}: \`${field}\` of its ${way} is ${
          kept[field]
        }, its entries add up to ${added[field]}`;
      }
    }
  }
  return null;
}

/** The sums by month of the scopes with ceilings. */
function monthsOf(sums: Sums): Sums {
  const months: Sums = new Map();
  for (const [id, total] of sums) {
    const [day = "", scope = "", ...name] = id.split(" ");
    if (!isBound(scope)) continue;
    const key = [monthOf(day), scope, ...name].join(" ");
    months.set(key, addTotals(months.get(key) ?? EMPTY_DAY, total));
  }
  return months;
}

async function firstWrongMonth(store: Books, months: Sums): Promise<string | null> {
  for await (const { day, scope, name, total } of store.ledger.months()) {
    const id = idOf(day, scope, name);
    const difference = firstDifference(id, months.get(id) ?? EMPTY_DAY, total);
    if (difference) return difference;
    months.delete(id);
  }
  const [missing] = months.keys();
  return missing === undefined ? null : `${missing}: entries without a sum`;
}

function idOf(day: string, scope: Scope, name: string): string {
  return meteringKeys.day(day, scope, name).path.slice(1).join(" ");
}
