import { organisationCeiling, sharePercents } from "../../metering/budgets_in_force.ts";
import { parseUsd } from "../../shared/money.ts";
import type { LedgerEntry } from "../../metering/records.ts";
import type { Phone } from "../records.ts";
import type { Tx } from "../../store/transactions.ts";
import { bookCost, readsToBook } from "../../metering/booking.ts";
import { budgetsFor, ceilingsOf, isApart, readsFor, usesOf } from "../../metering/budgets.ts";
import { type Budget, exceededBy, isShare } from "../../metering/rules/budget.ts";
import type { WhatsAppDeps } from "../deps.ts";
import { recordAlerts } from "../../metering/spending_alerts.ts";

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
  { store, clock }: { store: Pick<WhatsAppDeps["store"], "customPrices">; clock: () => number },
): bigint {
  return store.customPrices.unit("twilio", "message", clock()) ?? LIST_PRICE;
}

/** How messages are paid for: settled before a transaction, used in it. */
export interface ChannelCost {
  at: number;
  day: string;
  hour: number;
  tool: string;
  unit: bigint;
  simulated: boolean;
  /** Budgets that it counts in: none where it must be paid and is to close nothing for others. */
  budgets: readonly Budget[];
  /** The percentages of a ceiling that are alerts. */
  shares: readonly number[];
}

/**
 * What a message costs now in a conversation with `tool`. With a `visitor` it also counts in their
 * share of the day.
 */
export async function channelCost(
  deps: WhatsAppDeps,
  tool: string | null,
  simulated: boolean,
  visitor: string | null = null,
): Promise<ChannelCost> {
  const { store, clock, calendar } = deps;
  const at = clock();
  const stored = tool === null ? null : await store.tools.get(tool);
  const day = calendar.dayOf(at);
  const budgets = simulated ? [] : budgetsFor({
    tool: tool ?? NO_TOOL,
    ceilings: { tool: stored?.ceiling ?? null, organisation: organisationCeiling(deps) },
    percents: sharePercents(deps),
    day,
    visitor,
    address: null,
    forSimulator: false,
  });
  return {
    at,
    day,
    hour: calendar.hourOf(at),
    tool: tool ?? NO_TOOL,
    unit: messagePrice(deps),
    simulated,
    budgets,
    shares: store.settings.current.alerts.shares,
  };
}

/** The sums and budgets that a message counts in. */
export function readsToPay({ day, tool, budgets }: Pick<ChannelCost, "day" | "tool" | "budgets">) {
  const entry = { day, tool, model: MESSAGE_MODEL, channel: "whatsapp", variant: null };
  return [...readsToBook(entry), ...readsFor(budgets, day)];
}

/** Books one message under a name of its own; gives the person with it added to his day. */
export function bookMessage(tx: Tx, cost: ChannelCost, name: string, phone: Phone): Phone {
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
    ...(isApart(cost.budgets) ? { apart: true } : {}),
  };
  const { hour, shares, budgets } = cost;
  recordAlerts(tx, cost.day, bookCost(tx, entry, { hour, shares, ceilings: ceilingsOf(budgets) }));
  return addSpending(phone, cost.day, cost.unit);
}

/** The person with so much more in his day, and in all. */
export function addSpending(phone: Phone, day: string, usd: bigint): Phone {
  const before = phone.today.day === day ? phone.today.usd : 0n;
  return { ...phone, today: { day, usd: before + usd }, spent: phone.spent + usd };
}

/** The person without what was paid for a message that was not sent. */
export function refundSpending(phone: Phone, day: string, usd: bigint): Phone {
  const { today } = phone;
  const left = today.day === day && today.usd > usd ? today.usd - usd : 0n;
  return {
    ...phone,
    today: today.day === day ? { day, usd: left } : today,
    spent: phone.spent > usd ? phone.spent - usd : 0n,
  };
}

/** Whether the ceilings leave room for so many more messages. */
export function fitsCeilings(
  tx: Tx,
  { day, unit, budgets }: ChannelCost,
  count: number,
): boolean {
  const ceilings = budgets.filter((budget) => !isShare(budget));
  return exceededBy(usesOf(tx, ceilings, day), unit * BigInt(count)) === null;
}

/** Whether a person's share of the day, and a little more, leaves room for so many messages. */
export function hasShare(tx: Tx, { day, unit, budgets }: ChannelCost, count: number): boolean {
  const shares = budgets.filter(isShare);
  return exceededBy(usesOf(tx, shares, day), unit * (BigInt(count) - RESERVE)) === null;
}
