import { currentLimits } from "../../limits/limits_in_force.ts";
import { texts } from "../../locales/whatsapp/texts.ts";
import { isSimulatedPhone } from "../../people/rules/phone.ts";
import { admit } from "../../limits/rules/rate.ts";
import { limitKeys } from "../../limits/records.ts";
import { type Phone, phoneKeys } from "../records.ts";
import type { WhatsAppDeps } from "../deps.ts";
import { spendIn } from "../../metering/budgets.ts";
import { visitorOf } from "../people.ts";
import { channelCost, fitsCeilings, hasShare, readsToPay } from "../outbox/channel_cost.ts";
import type { CommandReply } from "./commands.ts";
import type { Leases } from "./leases.ts";
import { append, type Outgoing } from "../outbox/outgoing.ts";

/** Limit of one message, in UTF-16 units. */
const MESSAGE_UNITS = 1_500;
/** Commands allowed per question of the rate limit. */
const COMMANDS_PER_QUESTION = 3;

/** Inbox positions `from` (inclusive) to `upTo` (exclusive). */
export interface CompletedMessages {
  number: string;
  from: number;
  upTo: number;
  /** The SID of the first. */
  sid: string;
}

interface CompletionOptions {
  /** Sent even beyond a budget. */
  always?: boolean;
  /** Counts against the limit of commands. */
  metered?: boolean;
}

/**
 * Completes messages answered without a turn, in one commit: removes them from the inbox,
 * updates the person, appends the answer to the outbox and books it.
 */
export class InboxCompletion {
  constructor(private readonly deps: WhatsAppDeps, private readonly leases: Leases) {}

  async complete(
    { number, from, upTo, sid }: CompletedMessages,
    { say, change, secret = false, goodbye = false }: CommandReply,
    { always = false, metered = false }: CompletionOptions = {},
  ): Promise<void> {
    const { store: { transactions }, calendar, clock } = this.deps;
    const phoneKey = phoneKeys.phone(number);
    const seen = await transactions.read(phoneKey);
    const visitor = seen && visitorOf(seen);
    const simulated = isSimulatedPhone(number);
    const cost = await channelCost(this.deps, seen?.tool ?? null, simulated, visitor);
    const limitKey = limitKeys.limit("whatsapp-commands", number);
    const { limit, windowMs } = currentLimits(this.deps).whatsapp;
    const rate = { limit: limit * COMMANDS_PER_QUESTION, windowMs };
    const reads = [phoneKey, phoneKeys.work(number), limitKey, ...readsToPay(cost)];
    await transactions.run(reads, (tx) => {
      this.leases.hold(tx, number);
      const before = tx.get(phoneKey);
      if (before === null || before.answered !== from) return;
      for (let order = from; order < upTo; order++) tx.delete(phoneKeys.inbox(number, order));
      let phone: Phone = {
        ...change(before),
        answered: upTo,
        tries: 0,
        updatedAt: clock(),
      };
      const metering = metered && !goodbye ? admit(tx.get(limitKey) ?? [], clock(), rate) : null;
      if (metering) tx.set(limitKey, metering.times);
      let messages = goodbye ? [...say] : this.greeted(before, say);
      if (metering?.admitted === false) messages = [];
      const room = !fitsCeilings(tx, cost, messages.length)
        ? "over_budget"
        : hasShare(tx, cost, messages.length)
        ? "enough"
        : "over_share";
      if (messages.length > 0 && !always && !goodbye && room !== "enough") {
        const told = before.told.overBudget > clock();
        const dayEnds = calendar.endOfDay(clock());
        messages = told ? [] : [this.usedUp(before, room, dayEnds)];
        phone = { ...phone, told: { ...phone.told, overBudget: dayEnds } };
      }
      const { day, unit, budgets } = cost;
      spendIn(tx, budgets, { day, amount: unit * BigInt(messages.length) });
      if (messages.length > 0) phone = { ...phone, welcomed: true };
      const kind = goodbye ? "goodbye" : secret ? "code" : "answer";
      const outgoing = messages.map((body): Outgoing => ({ kind, body }));
      tx.set(phoneKey, append(tx, number, phone, outgoing, { cost, cause: sid }));
    }, 8_000 + 3_000 * say.length);
  }

  /** Text for a day's budget, or a person's share of it, that is used up. */
  usedUp(
    { language }: Phone,
    what: "over_budget" | "over_share",
    dayEnds: number,
  ): string {
    const { timeZone } = this.deps.calendar;
    const time = new Intl.DateTimeFormat(language, { timeStyle: "short", timeZone });
    const opens = `${time.format(dayEnds)} (${timeZone})`;
    const said = texts(language);
    return what === "over_share" ? said.shareUsed(opens) : said.overBudget(opens);
  }

  /** Adds the greeting for a new person, to the first message if it fits. */
  private greeted({ welcomed, language, optedOut }: Phone, say: readonly string[]): string[] {
    const [first, ...rest] = say;
    if (welcomed || optedOut || first === undefined) return [...say];
    const { welcome } = texts(language);
    const together = `${welcome}\n\n${first}`;
    return together.length <= MESSAGE_UNITS ? [together, ...rest] : [welcome, ...say];
  }
}
