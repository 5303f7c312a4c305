import { currentLimits } from "../../limits/limits_in_force.ts";
import { texts } from "../../locales/whatsapp/texts.ts";
import { admit } from "../../limits/rules/rate.ts";
import { limitKeys } from "../../limits/records.ts";
import { type Phone, phoneKeys } from "../records.ts";
import type { WhatsAppDeps } from "../deps.ts";
import { spendIn } from "../../metering/budgets.ts";
import { noteOptOut } from "../opt_outs.ts";
import { visitorOf } from "../people.ts";
import { Erasures } from "../../people/erasures.ts";
import { channelCost, readsToPay, roomFor } from "../outbox/channel_cost.ts";
import { AGAIN, type NextStep, waitFor } from "../next_step.ts";
import type { CommandReply } from "./commands.ts";
import type { Leases } from "./leases.ts";
import { append, type Outgoing } from "../outbox/outgoing.ts";

/** Limit of one message, in UTF-16 units. */
const MESSAGE_UNITS = 1_500;
/** Commands allowed per question of the rate limit. */
const COMMANDS_PER_QUESTION = 3;
/** Delay before an answer is tried again for which replies under way hold the budget. */
const HELD_RETRY_MS = 2_000;
/** Longest such wait since the message came: a command must not wait for ever. */
const LONGEST_HELD_MS = 60_000;

/** Only holds of replies under way leave no room for the answer. */
class BudgetHeld extends Error {
  override name = "BudgetHeld";
}

/** Inbox positions `from` (inclusive) to `upTo` (exclusive). */
export interface CompletedMessages {
  number: string;
  from: number;
  upTo: number;
  /** The SID of the first, and when it came. */
  sid: string;
  at: number;
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
  private readonly erasures: Erasures;

  constructor(private readonly deps: WhatsAppDeps, private readonly leases: Leases) {
    this.erasures = new Erasures(deps);
  }

  /** Returns the next step: again, or later where the budget for the answer is held. */
  async complete(
    messages: CompletedMessages,
    reply: CommandReply,
    options: CompletionOptions = {},
  ): Promise<NextStep> {
    try {
      await this.commit(messages, reply, options);
      return AGAIN;
    } catch (error) {
      if (!(error instanceof BudgetHeld)) throw error;
      return waitFor(HELD_RETRY_MS);
    }
  }

  /** The wait for a budget that is held, to be asked before a command has effects; else null. */
  async waitForBudget(number: string, phone: Phone, at: number): Promise<NextStep | null> {
    if (!this.mayWait(at)) return null;
    const { transactions } = this.deps.store;
    const cost = await channelCost(this.deps, number, phone.tool, visitorOf(phone));
    const room = await transactions.run(readsToPay(cost), (tx) => roomFor(tx, cost, 1));
    return room === "held" ? waitFor(HELD_RETRY_MS) : null;
  }

  private mayWait(at: number): boolean {
    return this.deps.clock() - at < LONGEST_HELD_MS;
  }

  private async commit(
    { number, from, upTo, sid, at }: CompletedMessages,
    { say, change, secret = false, goodbye = false }: CommandReply,
    { always = false, metered = false }: CompletionOptions,
  ): Promise<void> {
    const { store: { transactions }, calendar, clock } = this.deps;
    const phoneKey = phoneKeys.phone(number);
    const seen = await transactions.read(phoneKey);
    const visitor = seen && visitorOf(seen);
    const cost = await channelCost(this.deps, number, seen?.tool ?? null, visitor);
    const limitKey = limitKeys.limit("whatsapp-commands", number);
    const { limit, windowMs } = currentLimits(this.deps).whatsapp;
    const rate = { limit: limit * COMMANDS_PER_QUESTION, windowMs };
    const reads = [phoneKey, phoneKeys.work(number), limitKey, ...readsToPay(cost)];
    const noted = await transactions.run(reads, (tx) => {
      this.leases.hold(tx, number);
      const before = tx.get(phoneKey);
      if (before === null || before.answered !== from) return false;
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
      const room = roomFor(tx, cost, messages.length);
      if (messages.length > 0 && !always && !goodbye && room !== "enough") {
        if (room === "held" && this.mayWait(at)) throw new BudgetHeld();
        const told = before.told.overBudget > clock();
        const dayEnds = calendar.endOfDay(clock());
        const what = room === "over_share" ? room : "over_budget";
        messages = told ? [] : [this.usedUp(before, what, dayEnds)];
        phone = { ...phone, told: { ...phone.told, overBudget: dayEnds } };
      }
      if (messages.length > 0) phone = { ...phone, welcomed: true };
      const kind = goodbye ? "goodbye" : secret ? "code" : "answer";
      const outgoing = messages.map((body): Outgoing => ({ kind, body }));
      const after = append(tx, number, phone, outgoing, { cost, cause: sid });
      spendIn(tx, cost.budgets, { day: cost.day, amount: after.spent - phone.spent });
      tx.set(phoneKey, after);
      return noteOptOut(tx, this.erasures, before, after);
    }, 8_000 + 3_000 * say.length);
    if (noted) this.erasures.told();
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
