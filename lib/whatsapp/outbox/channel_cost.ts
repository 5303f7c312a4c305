import { organisationCeiling, sharePercents } from "../../metering/budgets_in_force.ts";
import { parseUsd } from "../../shared/money.ts";
import { ALL, type LedgerEntry, meteringKeys, type Sharer } from "../../metering/records.ts";
import type { Phone } from "../records.ts";
import { countedOf, EMPTY_DAY } from "../../metering/ledger.ts";
import type { Tx } from "../../store/transactions.ts";
import { isSimulatedPhone } from "../../people/rules/phone.ts";
import { book, type Ceilings, readsToBook } from "../../metering/booking.ts";
import type { Deps } from "../../deps.ts";
import { openShares, type SharePercents, sharersOf } from "../../metering/shares.ts";
import { raise } from "../../metering/spending_alerts.ts";
import { visitorOf } from "../people.ts";

/** What Twilio takes for a message in or out: https://www.twilio.com/en-us/whatsapp/pricing */
const LIST_PRICE = parseUsd("0.005");
export const MESSAGE_MODEL = "whatsapp-message";
/** What is said before any tool is chosen counts for this; no tool can be called so. */
export const NO_TOOL = "(none)";
/**
 * Messages beyond a person's share of the day for which the program still answers: enough for them
 * to read what is the matter, or to have their data deleted.
 */
const RESERVE = 10n;

/** What one message costs now, in nano-dollars: the organisation's own price, else Twilio's. */
export function messagePrice(
  { store, clock }: { store: Pick<Deps["store"], "ownPrices">; clock: () => number },
): bigint {
  return store.ownPrices.unit("twilio", "message", clock()) ?? LIST_PRICE;
}

/** How messages are paid for: settled before a transaction, used in it. */
export interface ChannelCost {
  at: number;
  day: string;
  hour: number;
  tool: string;
  unit: bigint;
  simulated: boolean;
  /** Whether it counts in no ceiling: it must be paid, and is not to close anything for others. */
  apart: boolean;
  ceilings: Ceilings;
  shares: readonly number[];
}

/** What a message costs that is said now to, or by, whoever talks to `tool`. */
export async function channelCost(
  deps: Deps,
  tool: string | null,
  simulated: boolean,
): Promise<ChannelCost> {
  const { store, clock, calendar } = deps;
  const at = clock();
  const stored = tool === null ? null : await store.tools.get(tool);
  return {
    at,
    day: calendar.dayOf(at),
    hour: calendar.hourOf(at),
    tool: tool ?? NO_TOOL,
    unit: messagePrice(deps),
    simulated,
    apart: simulated,
    ceilings: { tool: stored?.ceiling ?? null, organisation: organisationCeiling(deps) },
    shares: store.settings.current.alerts.shares,
  };
}

/** The sums that a message counts in. */
export function readsToPay({ day, tool }: Pick<ChannelCost, "day" | "tool">) {
  return readsToBook({ day, tool, model: MESSAGE_MODEL, channel: "whatsapp", variant: null });
}

/** Books one message under a name of its own; gives the person with it added to his day. */
export function payFor(tx: Tx, cost: ChannelCost, name: string, phone: Phone): Phone {
  const entry: LedgerEntry = {
    turn: name,
    at: cost.at,
    day: cost.day,
    tool: cost.tool,
    model: MESSAGE_MODEL,
    provider: "twilio",
    channel: "whatsapp",
    variant: null,
    input: 0,
    cached: 0,
    output: 0,
    reasoning: 0,
    audioSeconds: 0,
    images: 0,
    usd: cost.unit,
    basis: "estimated",
    simulated: cost.simulated,
    ...(cost.apart ? { apart: true } : {}),
  };
  raise(tx, cost.day, book(tx, entry, cost.hour, cost.ceilings, cost.shares));
  return spentToday(phone, cost.day, cost.unit);
}

/** The person with so much more in his day, and in all. */
export function spentToday(phone: Phone, day: string, usd: bigint): Phone {
  const before = phone.today.day === day ? phone.today.usd : 0n;
  return { ...phone, today: { day, usd: before + usd }, spent: phone.spent + usd };
}

/** The person without what was paid for a message that was not sent. */
export function unspent(phone: Phone, day: string, usd: bigint): Phone {
  const { today } = phone;
  const left = today.day === day && today.usd > usd ? today.usd - usd : 0n;
  return {
    ...phone,
    today: today.day === day ? { day, usd: left } : today,
    spent: phone.spent > usd ? phone.spent - usd : 0n,
  };
}

/** Whether the ceilings leave room for so many more messages. */
export function mayPay(
  tx: Tx,
  { day, tool, unit, ceilings, simulated }: ChannelCost,
  count: number,
): boolean {
  // Nothing of it goes to Twilio.
  if (simulated) return true;
  const wanted = unit * BigInt(count);
  const purses = [
    [ceilings.tool, tx.get(meteringKeys.day(day, "tool", tool))],
    [ceilings.organisation, tx.get(meteringKeys.day(day, "organisation", ALL))],
  ] as const;
  return purses.every(([ceiling, total]) => {
    const { held, ...sums } = total ?? EMPTY_DAY;
    return ceiling === null || countedOf(sums) + held + wanted <= ceiling;
  });
}

/** In whose share of the day the messages of a phone count: in nobody's of one that is new, or simulated. */
export function phoneSharers(
  deps: Pick<Deps, "config" | "store">,
  number: string,
  phone: Phone | null,
  day: string,
): Sharer[] {
  if (phone === null || isSimulatedPhone(number)) return [];
  return sharersOf({ visitor: visitorOf(phone), address: null }, day, sharePercents(deps));
}

/** Whether a person's share of the day, and a little more, leaves room for so many messages. */
export function hasShare(
  tx: Tx,
  sharers: readonly Sharer[],
  { day, tool, ceilings, unit }: ChannelCost,
  percents: SharePercents,
  count: number,
): boolean {
  const wanted = unit * (BigInt(count) - RESERVE);
  const { purses } = openShares(tx, sharers, { day, tool, ceilings, percents, linked: false });
  return purses.every(({ ceiling, spent, held }) =>
    ceiling === null || spent + held + wanted <= ceiling
  );
}
