import { budgetLimits } from "../../metering/budgets_in_force.ts";
import { isSimulatedPhone } from "../../people/rules/phone.ts";
import type { LedgerEntry } from "../../metering/records.ts";
import { monthOf } from "../../metering/ledger.ts";
import { type Phone, phoneKeys } from "../records.ts";
import type { Tx } from "../../store/transactions.ts";
import { bookCost, readsToBook } from "../../metering/booking.ts";
import { budgetsFor, ceilingsByWindow, isApart, readsFor, usesOf } from "../../metering/budgets.ts";
import { type Budget, type BudgetUse, exceededBy, isShare } from "../../metering/rules/budget.ts";
import type { WhatsAppDeps } from "../deps.ts";
import { recordAlerts } from "../../metering/spending_alerts.ts";
import { messagePrice } from "./message_price.ts";

const MESSAGE_MODEL = "whatsapp-message";
/** Ledger name for messages without a tool; not a valid tool id. */
const NO_TOOL = "(none)";
/** Answers allowed beyond a person's share: to read the reason, or to delete their data. */
const RESERVE = 10n;

/** Price and budgets of messages, computed before the transaction that books them. */
export interface ChannelCost {
  at: number;
  day: string;
  hour: number;
  tool: string;
  /** Price of an outgoing message, of which `fee` is Twilio's and the rest WhatsApp's. */
  unit: bigint;
  /** Price of an incoming message, and of an outgoing one that WhatsApp does not charge. */
  fee: bigint;
  /** Outgoing messages a month that WhatsApp does not charge. */
  free: number;
  simulated: boolean;
  /** Budgets to charge; without ceilings where one person must not use them up. */
  budgets: readonly Budget[];
  /** Percentages of a ceiling that raise alerts. */
  shares: readonly number[];
}

/**
 * Current cost of messages between a person and `tool`, charged to the share of `visitor` if given.
 * @param number key of the person's record
 */
export async function channelCost(
  deps: WhatsAppDeps,
  number: string,
  tool: string | null,
  visitor: string | null = null,
): Promise<ChannelCost> {
  const { store, clock, calendar } = deps;
  const simulated = isSimulatedPhone(number);
  const at = clock();
  const stored = tool === null ? null : await store.tools.get(tool);
  const day = calendar.dayOf(at);
  const budgets = simulated ? [] : budgetsFor({
    tool: tool ?? NO_TOOL,
    limits: budgetLimits(
      deps,
      { id: tool ?? NO_TOOL, ceiling: stored?.ceiling ?? null },
      "whatsapp",
    ),
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
    ...messagePrice(deps, number),
    free: store.settings.current.budgets.freeReplies,
    simulated,
    budgets,
    shares: store.settings.current.alerts.shares,
  };
}

/** Keys that booking a message reads: day sums and budgets. */
export function readsToPay({ day, tool, budgets }: Pick<ChannelCost, "day" | "tool" | "budgets">) {
  const entry = { day, tool, model: MESSAGE_MODEL, channel: "whatsapp", variant: null };
  return [...readsToBook(entry), ...readsFor(budgets, day), phoneKeys.replies(monthOf(day))];
}

/** Books an outgoing message as ledger entry `name`; returns the person with the cost added. */
export function bookOutgoing(tx: Tx, cost: ChannelCost, name: string, phone: Phone): Phone {
  const free = !cost.simulated && countReply(tx, monthOf(cost.day)) <= cost.free;
  return book(tx, cost, free ? cost.fee : cost.unit, name, phone);
}

/** Price of the next outgoing message. */
function nextPrice(tx: Tx, { day, unit, fee, free }: ChannelCost): bigint {
  return (tx.get(phoneKeys.replies(monthOf(day))) ?? 0) < free ? fee : unit;
}

/** Books an incoming message, for which WhatsApp charges nothing. */
export function bookIncoming(tx: Tx, cost: ChannelCost, name: string, phone: Phone): Phone {
  return book(tx, cost, cost.fee, name, phone);
}

/** Counts an outgoing message in its month; returns its number. */
function countReply(tx: Tx, month: string): number {
  const key = phoneKeys.replies(month);
  const count = (tx.get(key) ?? 0) + 1;
  tx.set(key, count);
  return count;
}

/** Takes an unsent message out of its month's count: another one may be free in its place. */
export function uncountReply(tx: Tx, { day, simulated }: LedgerEntry): void {
  const key = phoneKeys.replies(monthOf(day));
  const count = tx.get(key) ?? 0;
  if (!simulated && count > 0) tx.set(key, count - 1);
}

function book(tx: Tx, cost: ChannelCost, usd: bigint, name: string, phone: Phone): Phone {
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
    usd,
    basis: "estimated",
    simulated: cost.simulated,
    ...(isApart(cost.budgets) ? { apart: true } : {}),
  };
  const { hour, shares, budgets } = cost;
  const ceilings = ceilingsByWindow(budgets);
  recordAlerts(tx, cost.day, bookCost(tx, entry, { hour, shares, ceilings }));
  return addSpending(phone, cost.day, usd);
}

/** Adds a cost to the person's day and total. */
export function addSpending(phone: Phone, day: string, usd: bigint): Phone {
  const before = phone.today.day === day ? phone.today.usd : 0n;
  return { ...phone, today: { day, usd: before + usd }, spent: phone.spent + usd };
}

/** Removes the cost of an unsent message from the person's day and total. */
export function refundSpending(phone: Phone, day: string, usd: bigint): Phone {
  const { today } = phone;
  const left = today.day === day && today.usd > usd ? today.usd - usd : 0n;
  return {
    ...phone,
    today: today.day === day ? { day, usd: left } : today,
    spent: phone.spent > usd ? phone.spent - usd : 0n,
  };
}

/** Whether `count` more messages fit the ceilings. */
export function fitsCeilings(tx: Tx, cost: ChannelCost, count: number): boolean {
  return ceilingRoom(tx, cost, count) === "enough";
}

/** Room for messages; `held` where only the holds of replies under way are in the way. */
export type MessageRoom = "enough" | "held" | "over_budget" | "over_share";

/** Whether `count` more messages fit the ceilings, and the person's share plus {@link RESERVE}. */
export function roomFor(tx: Tx, cost: ChannelCost, count: number): MessageRoom {
  const room = ceilingRoom(tx, cost, count);
  if (room !== "enough") return room === "full" ? "over_budget" : room;
  const { day, budgets } = cost;
  const shares = usesOf(tx, budgets.filter(isShare), day);
  const share = roomIn(shares, nextPrice(tx, cost) * (BigInt(count) - RESERVE));
  return share === "full" ? "over_share" : share;
}

function ceilingRoom(tx: Tx, { day, unit, budgets }: ChannelCost, count: number) {
  const ceilings = budgets.filter((budget) => !isShare(budget));
  return roomIn(usesOf(tx, ceilings, day), unit * BigInt(count));
}

function roomIn(uses: readonly BudgetUse[], amount: bigint): "enough" | "held" | "full" {
  if (exceededBy(uses, amount) === null) return "enough";
  const unheld = uses.map((use) => ({ ...use, held: 0n }));
  return exceededBy(unheld, amount) === null ? "held" : "full";
}
