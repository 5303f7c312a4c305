import { createHash } from "node:crypto";
import type { Purse } from "./rules/budget.ts";
import {
  addToShare,
  atLeast,
  cameBefore,
  type ShareDay,
  type SharedCeilings,
  shareOn,
  sharePurses,
  type Used,
} from "./rules/shares.ts";
import { networkOf } from "../limits/rules/networks.ts";
import { type NanoUsd, parseUsd } from "../shared/money.ts";
import { meteringKeys, type Running, type Sharer } from "./records.ts";
import type { Key } from "../store/key.ts";
import type { Tx } from "../store/transactions.ts";
import type { Deps } from "../deps.ts";

/** Shares of a day's budgets, in percent. */
export interface SharePercents {
  person: number;
  address: number;
}

/** Who makes a call: a visitor, and the address they came from if they came by the web. */
export interface Caller {
  visitor: string;
  address: string | null;
}

/** What all simulated phones together may spend in a day: none of it is taken from a ceiling. */
export const SIMULATOR_CEILING = parseUsd("1");
const SIMULATOR: Sharer = { kind: "person", id: "(simulator)" };

/** The budget of what admins try out on simulated phones. */
export function simulatorSharers(): Sharer[] {
  return [SIMULATOR];
}

/** What the simulated phones have of their day. */
export function simulatorPurse(tx: Tx, day: string): Purse {
  const { all } = shareOn(tx.get(shareKey(SIMULATOR)), day);
  return { ...all, ceiling: SIMULATOR_CEILING };
}

/** What of the simulated phones' budget is used today, as an admin sees it. */
export async function simulatorToday(
  { store, calendar, clock }: Pick<Deps, "store" | "calendar" | "clock">,
): Promise<{ used: NanoUsd; ceiling: NanoUsd }> {
  const { value } = await store.kv.get(shareKey(SIMULATOR));
  const { all } = shareOn(value, calendar.dayOf(clock()));
  return { used: all.spent + all.held, ceiling: SIMULATOR_CEILING };
}

/**
 * Whose shares a call may count in: the person's, and their address's, which for IPv6 is the /64
 * and the /48 around it, since one line often has a whole /48. A share of 100% bounds nothing.
 */
export function sharersOf(
  { visitor, address }: Caller,
  day: string,
  percents: SharePercents,
): Sharer[] {
  const sharers: Sharer[] = [];
  if (percents.person < 100) sharers.push({ kind: "person", id: visitor });
  if (percents.address < 100 && address !== null) {
    sharers.push({ kind: "address", id: addressId(address, day) });
    const network = networkOf(address);
    if (network !== null) sharers.push({ kind: "address", id: addressId(network, day) });
  }
  return sharers;
}

/** An address is kept for its day only, and not as it is. */
function addressId(address: string, day: string): string {
  return createHash("sha256").update(`share\0${day}\0${address}`).digest("base64url").slice(0, 22);
}

function shareKey({ kind, id }: Sharer): Key<ShareDay> {
  return kind === "person" ? meteringKeys.personShare(id) : meteringKeys.addressShare(id);
}

export function shareKeys(sharers: readonly Sharer[]): Key<ShareDay>[] {
  return sharers.map(shareKey);
}

/**
 * The shares that bound a call, and whose they are. The address does not count for a person who
 * came on an earlier day or has linked a phone: teams share one.
 */
export function openShares(
  tx: Tx,
  sharers: readonly Sharer[],
  { day, tool, ceilings, percents, linked }: {
    day: string;
    tool: string;
    ceilings: SharedCeilings;
    percents: SharePercents;
    linked: boolean;
  },
): { counted: Sharer[]; purses: Purse[] } {
  const found = sharers.map((sharer) => ({
    sharer,
    share: shareOn(tx.get(shareKey(sharer)), day),
  }));
  const known = linked ||
    found.some(({ sharer, share }) => sharer.kind === "person" && cameBefore(share));
  const counted = found.filter(({ sharer }) => sharer.kind === "person" || !known);
  return {
    counted: counted.map(({ sharer }) => sharer),
    purses: counted.flatMap(({ sharer: { kind }, share }) =>
      sharePurses(share, tool, ceilings, percents[kind], kind)
    ),
  };
}

interface Amount {
  day: string;
  tool: string;
  amount: NanoUsd;
}

/** Takes a hold from shares. */
export function holdShares(tx: Tx, sharers: readonly Sharer[], { amount, ...at }: Amount): void {
  add(tx, sharers, at, { spent: 0n, held: amount });
}

/** Counts in shares what was spent without a hold. */
export function spendShares(tx: Tx, sharers: readonly Sharer[], { amount, ...at }: Amount): void {
  add(tx, sharers, at, { spent: amount, held: 0n });
}

function add(
  tx: Tx,
  sharers: readonly Sharer[],
  { day, tool }: Omit<Amount, "amount">,
  more: Used,
): void {
  for (const key of shareKeys(sharers)) {
    tx.set(key, addToShare(shareOn(tx.get(key), day), tool, more));
  }
}

/** Gives a call's hold back to its shares and counts what was spent. */
export function settleShares(
  tx: Tx,
  { shares, tool, hold: { day } }: Pick<Running, "shares" | "tool" | "hold">,
  spent: NanoUsd,
): void {
  if (!shares) return;
  for (const key of shareKeys(shares.of)) {
    const share = tx.get(key);
    // A later day has nothing of this call in it.
    if (share?.day === day) tx.set(key, addToShare(share, tool, { spent, held: -shares.held }));
  }
}

/** What joining the shares of two visitors reads. */
export function readsToJoinShares(from: string, to: string): Key<ShareDay>[] {
  return [meteringKeys.personShare(from), meteringKeys.personShare(to)];
}

/** Counts what a visitor used of a day in the share of another, who turned out to be the same person. */
export function joinShares(tx: Tx, from: string, to: string): void {
  const fromKey = meteringKeys.personShare(from), toKey = meteringKeys.personShare(to);
  const gone = tx.get(fromKey), kept = tx.get(toKey);
  if (gone === null) return;
  tx.delete(fromKey);
  const later = kept !== null && kept.day > gone.day ? kept : gone;
  let joined = { ...shareOn(kept, later.day), since: gone.since };
  if (kept !== null && kept.since < gone.since) joined = { ...joined, since: kept.since };
  if (gone.day === joined.day) {
    const tools = Object.entries(gone.tools);
    for (const [tool, used] of tools) joined = addToShare(joined, tool, used);
    joined = { ...joined, all: addUsed(shareOn(kept, joined.day).all, gone.all) };
  }
  tx.set(toKey, joined);
}

/** What {@link carryShare} reads. */
export function readsToCarry(visitors: Iterable<string>): Key<ShareDay>[] {
  return [...new Set(visitors)].map((visitor) => meteringKeys.personShare(visitor));
}

/**
 * Counts what a visitor used of a day for another one as well, who is the same person while, or
 * since, a phone is linked: a link is no fresh share.
 */
export function carryShare(tx: Tx, from: string, to: string): void {
  const used = tx.get(meteringKeys.personShare(from)), key = meteringKeys.personShare(to);
  if (used === null || from === to) return;
  const before = tx.get(key);
  // A later day has nothing of it.
  if (before !== null && before.day > used.day) return;
  tx.set(key, atLeast(shareOn(before, used.day), used));
}

const addUsed = (one: Used, other: Used): Used => ({
  spent: one.spent + other.spent,
  held: one.held + other.held,
});
