import { budgetLimits } from "../../metering/budgets_in_force.ts";
import { parseUsd } from "../../shared/money.ts";
import type { LedgerEntry } from "../../metering/records.ts";
import type { Phone } from "../records.ts";
import type { Tx } from "../../store/transactions.ts";
import { bookCost, readsToBook } from "../../metering/booking.ts";
import { budgetsFor, ceilingsByWindow, isApart, readsFor, usesOf } from "../../metering/budgets.ts";
import { type Budget, type BudgetUse, exceededBy, isShare } from "../../metering/rules/budget.ts";
import type { WhatsAppDeps } from "../deps.ts";
import { recordAlerts } from "../../metering/spending_alerts.ts";

/** Twilio's price per message in or out: https://www.twilio.com/en-us/whatsapp/pricing */
const LIST_PRICE = parseUsd("0.005");
const MESSAGE_MODEL = "whatsapp-message";
/** Ledger name for messages without a tool; not a valid tool id. */
const NO_TOOL = "(none)";
/** Answers allowed beyond a person's share: to read the reason, or to delete their data. */
const RESERVE = 10n;

/** Current price of one message, in nano-dollars: the custom price, else Twilio's. */
export function messagePrice(
  { store, clock }: { store: Pick<WhatsAppDeps["store"], "customPrices">; clock: () => number },
): bigint {
  return store.customPrices.unit("twilio", "message", clock()) ?? LIST_PRICE;
}

/** Price and budgets of messages, computed before the transaction that books them. */
export interface ChannelCost {
  at: number;
  day: string;
  hour: number;
  tool: string;
  unit: bigint;
  simulated: boolean;
  /** Budgets to charge; without ceilings where one person must not use them up. */
  budgets: readonly Budget[];
  /** Percentages of a ceiling that raise alerts. */
  shares: readonly number[];
}

/** Current cost of a message to or from `tool`, charged to a `visitor`'s share if given. */
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
    unit: messagePrice(deps),
    simulated,
    budgets,
    shares: store.settings.current.alerts.shares,
  };
}

/** Keys that booking a message reads: day sums and budgets. */
export function readsToPay({ day, tool, budgets }: Pick<ChannelCost, "day" | "tool" | "budgets">) {
  const entry = { day, tool, model: MESSAGE_MODEL, channel: "whatsapp", variant: null };
  return [...readsToBook(entry), ...readsFor(budgets, day)];
}

/** Books one message as ledger entry `name`; returns the person with the cost added. */
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
  const ceilings = ceilingsByWindow(budgets);
  recordAlerts(tx, cost.day, bookCost(tx, entry, { hour, shares, ceilings }));
  return addSpending(phone, cost.day, cost.unit);
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
  const { day, unit, budgets } = cost;
  const shares = usesOf(tx, budgets.filter(isShare), day);
  const share = roomIn(shares, unit * (BigInt(count) - RESERVE));
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
