import { currentLimits } from "../../limits/limits_in_force.ts";
import { texts } from "../../locales/whatsapp/texts.ts";
import { AppError } from "../../platform/errors.ts";
import type { PromptImage } from "../../llm/rules/prompt.ts";
import { isSimulatedPhone } from "../../people/rules/phone.ts";
import { mediaKeys } from "../../media/records.ts";
import { type Phone, phoneKeys } from "../records.ts";
import { splitMessage } from "../format/split.ts";
import type { Chat } from "../../chat/chat.ts";
import type { WhatsAppDeps } from "../deps.ts";
import type { AskAction } from "../../chat/turn/question.ts";
import type { QueuedQuestion } from "./question.ts";
import { channelCost, readsToPay } from "../outbox/channel_cost.ts";
import type { CompletedMessages, InboxCompletion } from "./inbox_completion.ts";
import { MAX_TRIES } from "../outbox/delivery.ts";
import type { Leases } from "./leases.ts";
import { append } from "../outbox/outgoing.ts";
import { visitorOf } from "../people.ts";
import { disclosureTo } from "./review_notice.ts";
import type { ToolSuggestions } from "./tool_suggestions.ts";
import { answeringParticipant } from "../turn_participant.ts";
import { type Typing, typingUntilSettled } from "./typing.ts";
import type { Understood } from "./media.ts";
import type { Understand } from "./understanding.ts";
import { AGAIN, type NextStep, REST, waitFor } from "../next_step.ts";

/** In UTF-16 units. */
const MAX_QUESTION_UNITS = 16_000;
const MAX_IMAGES = 4;
/** Retry delays: another turn is running; other turns hold the budget; shutdown. */
const BUSY_RETRY_MS = 250;
const HELD_RETRY_MS = 2_000;
const RESTART_RETRY_MS = 1_000;

/** Consecutive messages joined to one question. */
interface Joined {
  kind: "joined";
  text: string;
  images: readonly PromptImage[];
  /** Remarks to send before the answer, each with the SID of its message. */
  notes: { sid: string; say: readonly string[] }[];
  /** Number of messages joined. */
  count: number;
}

/** Starts turns for questions from phones and waits until they are settled. */
export class QuestionHandler {
  constructor(
    private readonly deps: WhatsAppDeps,
    private readonly parts: {
      chat: Pick<Chat, "startTurn">;
      leases: Leases;
      completion: InboxCompletion;
      understand: Understand;
      typing: Typing;
      suggestions: ToolSuggestions;
    },
  ) {}

  /** Answers a question by a turn, or tells the person why not. */
  async ask(question: QueuedQuestion, stopped: () => boolean): Promise<NextStep> {
    const { number, phone, tool } = question;
    const said = texts(phone.language);
    const from = phone.answered;
    const [first] = question.messages;
    if (!first) return REST;
    const one = { number, from, upTo: from + 1, sid: first.sid, at: first.at };
    let joined: Joined | Extract<Understood, { kind: "refused" }>;
    try {
      joined = await this.joined(question, stopped);
    } catch (error) {
      // Aborted by shutdown: another process takes over.
      if (stopped()) return AGAIN;
      return await this.refused(error, phone, one);
    }
    if (joined.kind === "refused") {
      return await this.parts.completion.complete(one, { say: [joined.answer], change: asked });
    }
    if (question.messages.some(({ media }) => media.length > 0)) {
      // Media take a while: the person may have sent STOP meanwhile.
      const now = await this.deps.store.phones.get(number);
      if (now?.answered !== from || now.optedOut) return AGAIN;
    }
    const all = { ...one, upTo: from + joined.count };
    if (joined.text.length > MAX_QUESTION_UNITS) {
      return await this.parts.completion.complete(all, {
        say: [said.tooLong(MAX_QUESTION_UNITS)],
        change: asked,
      });
    }
    const proposed = await this.parts.suggestions.answer(question, joined);
    if (proposed) return await this.parts.completion.complete(all, proposed);
    const { readable, notice } = await disclosureTo(this.deps, number, phone, question.messages);
    await this.prepare(question, joined.notes, notice);
    const simulated = isSimulatedPhone(number);
    const { whatsapp: rate } = currentLimits(this.deps);
    try {
      const begun = await this.parts.chat.startTurn({
        visitor: visitorOf(phone),
        tool: tool.id,
        request: requestOf(first.sid, phone.tries),
        channel: "whatsapp",
        action: await this.action(question, joined),
        rateLimitKey: { kind: "whatsapp", address: number, rate },
        unread: !readable,
        participant: answeringParticipant(this.deps, { number, from, upTo: all.upTo, simulated }),
        forSimulator: simulated,
      });
      await typingUntilSettled(this.deps, this.parts.typing, { question, begun, stopped });
    } catch (error) {
      return await this.refused(error, phone, all);
    }
    return AGAIN;
  }

  /** Joins messages to one question, up to the first that cannot be used. */
  private async joined(
    { number, phone, tool, messages }: QueuedQuestion,
    stopped: () => boolean,
  ): Promise<Joined | Extract<Understood, { kind: "refused" }>> {
    const texts: string[] = [], images: PromptImage[] = [], notes: Joined["notes"] = [];
    let count = 0;
    // Another message in place of YES or NO: the open question goes to the current tool.
    if (phone.pending?.kind === "switch_tool") texts.push(phone.pending.question);
    for (const message of messages) {
      if (message.media.length > 0) this.parts.typing(number, message.sid);
      const understood = await this.parts.understand({ number, phone, message, tool, stopped });
      if (understood.kind === "refused") {
        if (count === 0) return understood;
        break;
      }
      if (count > 0 && images.length + understood.images.length > MAX_IMAGES) break;
      count++;
      if (understood.text !== "") texts.push(understood.text);
      images.push(...understood.images);
      if (understood.notes.length > 0) notes.push({ sid: message.sid, say: understood.notes });
    }
    return { kind: "joined", text: texts.join("\n"), images, notes, count };
  }

  /** `send`; or `retry` after a turn that was interrupted before its first token. */
  private async action(
    { phone, tool, messages: [first] }: QueuedQuestion,
    { text: message, images }: Joined,
  ): Promise<AskAction> {
    if (phone.tries === 0) return { kind: "send", message, images };
    const head = await this.deps.store.conversations.head(visitorOf(phone), tool.id);
    const last = head?.last;
    const before = requestOf(first?.sid ?? "", phone.tries - 1);
    const again = last?.request === before && !last.replied && head?.next === last.question + 1;
    return again
      ? { kind: "retry", seq: last.question, message }
      : { kind: "send", message, images };
  }

  /** Sends the greeting, the review notice and remarks once each; closes the open question. */
  private async prepare(
    { number, phone, tool, messages: [first] }: QueuedQuestion,
    notes: Joined["notes"],
    notice: string | null,
  ): Promise<void> {
    const { welcomed, pending, menuPage } = phone;
    const closed = pending === null && menuPage === null && phone.tool === tool.id;
    if (welcomed && closed && notes.length === 0 && notice === null) return;
    const cost = await channelCost(this.deps, number, tool.id);
    const phoneKey = phoneKeys.phone(number);
    const noted = notes.map(({ sid, say }) => ({ key: mediaKeys.noted(sid), sid, say }));
    const reads = [
      phoneKey,
      phoneKeys.work(number),
      ...readsToPay(cost),
      ...noted.map(({ key }) => key),
    ];
    await this.deps.store.transactions.run(reads, (tx) => {
      this.parts.leases.hold(tx, number);
      const before = tx.get(phoneKey);
      if (before === null || before.answered !== phone.answered) return;
      const said = texts(before.language);
      const now = { ...asked(before), tool: tool.id, welcomed: true };
      const greeting = before.welcomed ? [] : [said.welcome, said.dataHandled(tool.name)];
      const body = [...greeting, ...(notice === null ? [] : [notice])].join("\n\n");
      const messages = body === "" || before.optedOut
        ? []
        : splitMessage(body).map((body) => ({ kind: "answer" as const, body }));
      let after = append(tx, number, now, messages, { cost, cause: `${first?.sid}.hi` });
      if (notice !== null && messages.length > 0) {
        after = { ...after, review: { n: after.next - 1, at: null } };
      }
      for (const { key, sid, say } of noted) {
        if (tx.get(key) || before.optedOut) continue;
        tx.set(key, true);
        const messages = say.map((body) => ({ kind: "answer" as const, body }));
        after = append(tx, number, after, messages, { cost, cause: `${sid}.note` });
      }
      tx.set(phoneKey, after);
    });
  }

  private async refused(error: unknown, phone: Phone, all: CompletedMessages): Promise<NextStep> {
    if (!(error instanceof AppError)) return await this.failed(error, phone, all);
    const { completion } = this.parts;
    const said = texts(phone.language);
    const now = this.deps.clock();
    const { retryAfterMs = 0, retryable } = error;
    const tell = async (body: string, told: Partial<Phone["told"]> = {}) => {
      const change = (was: Phone) => ({ ...asked(was), told: { ...was.told, ...told } });
      await completion.complete(all, { say: body === "" ? [] : [body], change }, { always: true });
      return AGAIN;
    };
    switch (error.kind) {
      case "conflict":
        return waitFor(BUSY_RETRY_MS);
      case "limited": {
        const seconds = Math.ceil(retryAfterMs / 1000);
        const say = phone.told.limited > now ? "" : said.limited(seconds);
        return await tell(say, { limited: now + retryAfterMs });
      }
      case "over_share":
      case "over_budget": {
        // Other turns' holds are released soon.
        if (retryable) return waitFor(HELD_RETRY_MS);
        const dayEnds = this.deps.calendar.endOfDay(now);
        const silent = phone.told.overBudget > now;
        return await tell(silent ? "" : completion.usedUp(phone, error.kind, dayEnds), {
          overBudget: dayEnds,
        });
      }
      case "unavailable":
        if (error.told.code === "model.ended") return await tell(said.modelEnded);
        return retryable ? waitFor(RESTART_RETRY_MS) : await tell(said.failed(false));
      case "too_large":
      case "invalid":
        return await tell(said.tooLong(MAX_QUESTION_UNITS));
      default:
        return await tell(said.failed(false));
    }
  }

  /**
   * Counts a failed attempt; after the last one tells the person.
   * @throws the given error
   */
  private async failed(error: unknown, phone: Phone, all: CompletedMessages): Promise<NextStep> {
    if (phone.tries + 1 >= MAX_TRIES) {
      const { failed } = texts(phone.language);
      await this.parts.completion.complete(all, { say: [failed(true)], change: asked });
    } else {
      const phoneKey = phoneKeys.phone(all.number);
      await this.deps.store.transactions.run([phoneKey], (tx) => {
        const now = tx.get(phoneKey);
        if (now?.answered === all.from && now.tries === phone.tries) {
          tx.set(phoneKey, { ...now, tries: now.tries + 1 });
        }
      });
    }
    throw error;
  }
}

/** Request id of one attempt to answer a message: sent again it begins no new turn. */
function requestOf(sid: string, tries: number): string {
  return `${sid}.${tries}`;
}

/** The person without an open question. */
function asked(phone: Phone): Phone {
  return { ...phone, pending: null, menuPage: null };
}
