import { currentLimits } from "../../limits/limits_in_force.ts";
import { texts } from "../../locales/whatsapp/texts.ts";
import type { ByteRoom, HeldBytes } from "../../platform/byte_room.ts";
import { AppError } from "../../platform/errors.ts";
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
import { memoryNotice, toldOfMemory } from "./memory_notice.ts";
import { disclosureTo } from "./review_notice.ts";
import type { ToolSuggestions } from "./tool_suggestions.ts";
import { answeringParticipant } from "../turn_participant.ts";
import { type Typing, typingUntilSettled } from "./typing.ts";
import type { Understood } from "./media.ts";
import { type JoinedQuestion, joinMessages, mostVoiceBytes } from "./joined_question.ts";
import type { Understand } from "./understanding.ts";
import { AGAIN, type NextStep, REST, waitFor } from "../next_step.ts";

/** In UTF-16 units. */
const MAX_QUESTION_UNITS = 16_000;
/** Retry delays: another turn is running; other turns hold the budget; shutdown. */
const BUSY_RETRY_MS = 250;
const HELD_RETRY_MS = 2_000;
const RESTART_RETRY_MS = 1_000;

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
      /** Memory for voice messages. */
      soundRoom: ByteRoom;
    },
  ) {}

  /** Answers a question by a turn, or tells the person why not. */
  async ask(question: QueuedQuestion, stopped: () => boolean): Promise<NextStep> {
    // All at once: questions that hold some and wait for more could wait for each other.
    using held = await this.parts.soundRoom.take(mostVoiceBytes(question));
    if (stopped()) return AGAIN;
    return await this.answer(question, stopped, held);
  }

  private async answer(
    question: QueuedQuestion,
    stopped: () => boolean,
    held: HeldBytes,
  ): Promise<NextStep> {
    const { number, phone, tool } = question;
    const said = texts(phone.language);
    const from = phone.answered;
    const [first] = question.messages;
    if (!first) return REST;
    const one = { number, from, upTo: from + 1, sid: first.sid, at: first.at };
    let joined: JoinedQuestion | Extract<Understood, { kind: "refused" }>;
    try {
      joined = await joinMessages(this.parts, question, { stopped, held });
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
    const memory = await memoryNotice(this.deps, question);
    await this.prepare(question, joined.notes, { review: notice, memory });
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
        participant: answeringParticipant(this.deps, {
          number,
          from,
          upTo: all.upTo,
          spoke: joined.spoke,
          simulated,
        }),
        forSimulator: simulated,
      });
      await typingUntilSettled(this.deps, this.parts.typing, { question, begun, stopped });
    } catch (error) {
      return await this.refused(error, phone, all);
    }
    return AGAIN;
  }

  /** `send`; or `retry` after a turn that was interrupted before its first token. */
  private async action(
    { phone, tool, messages: [first] }: QueuedQuestion,
    { text: message, images, recordings, sounds }: JoinedQuestion,
  ): Promise<AskAction> {
    if (phone.tries === 0) return { kind: "send", message, images, recordings, sounds };
    const head = await this.deps.store.conversations.head(visitorOf(phone), tool.id);
    const last = head?.last;
    const before = requestOf(first?.sid ?? "", phone.tries - 1);
    const again = last?.request === before && !last.replied && head?.next === last.question + 1;
    return again
      ? { kind: "retry", seq: last.question, message, sounds }
      : { kind: "send", message, images, recordings, sounds };
  }

  /** Sends the greeting, the review notice and remarks once each; closes the open question. */
  private async prepare(
    { number, phone, tool, messages: [first] }: QueuedQuestion,
    notes: JoinedQuestion["notes"],
    notices: { review: string | null; memory: string | null },
  ): Promise<void> {
    const { welcomed, pending, menuPage } = phone;
    const closed = pending === null && menuPage === null && phone.tool === tool.id;
    const told = Object.values(notices).filter((notice) => notice !== null);
    if (welcomed && closed && notes.length === 0 && told.length === 0) return;
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
      const opened = { ...asked(before), tool: tool.id, welcomed: true };
      const now = notices.memory === null ? opened : toldOfMemory(opened, tool.id);
      const greeting = before.welcomed ? [] : [said.welcome, said.dataHandled(tool.name)];
      const body = [...greeting, ...told].join("\n\n");
      const messages = body === "" || before.optedOut
        ? []
        : splitMessage(body).map((body) => ({ kind: "answer" as const, body }));
      let after = append(tx, number, now, messages, { cost, cause: `${first?.sid}.hi` });
      if (notices.review !== null && messages.length > 0) {
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
