import { createHash } from "node:crypto";
import { AppError } from "../../platform/errors.ts";
import { type AutoResetEvent, SubjectEvent } from "../../platform/auto_reset_event.ts";
import { SIMULATED_PREFIX } from "../../people/rules/phone.ts";
import { admit } from "../../limits/rules/rate.ts";
import type { SimulatedLine, SimulatorView } from "../../shared/views/whatsapp_admin_view.ts";
import { audit, AUDIT_WEIGHT } from "../../audit/log.ts";
import { limitKeys } from "../../limits/records.ts";
import { type Phone, phoneKeys, type Simulated } from "../records.ts";
import { newMessageSid, type SimulatedMessenger } from "../simulated.ts";
import type { DataDeletion } from "../../chat/history/data_deletion.ts";
import type { WhatsAppDeps } from "../deps.ts";
import { rateLimited } from "../../metering/refusals.ts";
import { simulatorToday } from "../../metering/budgets.ts";
import { deliveryFaultOf, shownBody, stateOf, tickOf } from "./delivery_lines.ts";
import { idOf } from "../people.ts";
import { personRow } from "./people_list.ts";
import type { WhatsApp } from "../whatsapp.ts";

/** Rate limit per admin. */
const RATE = { limit: 15, windowMs: 60_000 };
/** Latest messages of each side that are shown. */
const SHOWN = 40;
/** How long a form waits for the answer, and how often it polls while another process may answer. */
const ANSWER_WAIT_MS = 8_000;
const POLL_MS = 400;
const LONGEST_SIMULATED = 4_096;
export const LARGEST_PICTURE = 5 * 1024 * 1024;

/** A burst of messages, as people send them. */
export const BURST = [
  "I have a question",
  "it is about a workshop",
  "for ten teachers",
  "next week, half a day",
  "How do I plan it?",
] as const;

/** Shown for a text with a code or an address, which is not stored after sending. */
const NOT_KEPT =
  "_What stood here opens what is the person's own, and is not kept once it is sent._";

export interface SimulatedPicture {
  bytes: Uint8Array<ArrayBuffer>;
  type: string;
}

/**
 * A simulated phone per admin, on the same path as a real one but without the provider.
 * Its number cannot exist; it is listed among the people like any other.
 */
export class Simulator {
  constructor(
    private readonly deps: WhatsAppDeps,
    private readonly whatsapp: WhatsApp,
    private readonly messenger: SimulatedMessenger,
    private readonly deletion: Pick<DataDeletion, "deleteVisitor">,
  ) {}

  async view(who: string): Promise<SimulatorView> {
    const { store, provider } = this.deps;
    const state = await this.state(who);
    const number = numberOf(who, state);
    const [phone, tools] = await Promise.all([store.phones.get(number), store.tools.list()]);
    const row = phone &&
      await personRow(this.deps, { number, phone });
    return {
      number,
      lines: await this.lines(number, phone, state),
      working: phone !== null && isWorking(phone),
      tool: row?.tool ?? null,
      person: phone && idOf(phone),
      optedOut: phone?.optedOut ?? false,
      spent: row?.spent ?? 0n,
      budget: await simulatorToday(this.deps),
      longest: LONGEST_SIMULATED,
      simulatedModel: provider.simulated,
      tools: tools.filter(({ active, whatsapp }) => active && whatsapp.enabled).length,
    };
  }

  /**
   * Sends the texts without a pause and waits up to `PATIENCE_MS` for the answers.
   * @throws {AppError} `invalid` when everything is empty, `limited`
   */
  async say(
    who: string,
    texts: readonly string[],
    picture: SimulatedPicture | null = null,
  ): Promise<void> {
    if (texts.every((text) => text.trim() === "") && picture === null) {
      throw new AppError("invalid", { code: "simulator.nothing" });
    }
    const media = picture
      ? [{ url: this.messenger.keep(picture.bytes, picture.type), type: picture.type }]
      : [];
    const said = texts.map((text) => ({
      sid: newMessageSid(),
      text: text.slice(0, LONGEST_SIMULATED).toWellFormed(),
      at: this.deps.clock(),
      attached: picture?.type ?? null,
    }));
    const from = await this.keep(who, said);
    using stepped = new SubjectEvent(this.deps.bus, "PhoneStepped", from);
    for (const { sid, text } of said) {
      const type = media.length > 0 ? "image" : "text";
      await this.whatsapp.receive({ sid, from, text, media, type });
    }
    await this.untilIdle(from, stepped);
  }

  /** Deletes the phone and its conversations; the next phone gets another number. */
  async reset(who: string): Promise<void> {
    const { store, clock } = this.deps;
    const state = await this.state(who);
    const number = numberOf(who, state);
    const phone = await store.phones.get(number);
    if (phone) {
      for (let i = 0; i < 20 && !(await this.deletion.deleteVisitor(phone.own)).done; i++);
    }
    const key = phoneKeys.simulator(who);
    const phoneKey = phoneKeys.phone(number);
    await store.transactions.run([key, phoneKey], (tx) => {
      const gone = tx.get(phoneKey);
      tx.set(key, { phone: state.phone + 1, said: [] });
      if (!gone) return;
      if (gone.linked) tx.delete(phoneKeys.linked(gone.linked.visitor));
      tx.delete(phoneKey);
      tx.delete(phoneKeys.person(idOf(gone)));
      tx.delete(phoneKeys.work(number));
      for (let order = gone.answered; order < gone.arrived; order++) {
        tx.delete(phoneKeys.inbox(number, order));
      }
      const thing = `phone:${idOf(gone)}`;
      audit(tx, { at: clock(), who, action: "whatsapp.forget", thing, before: null, after: null });
    }, 4_000 + AUDIT_WEIGHT);
  }

  private async state(who: string): Promise<Simulated> {
    return await this.deps.store.transactions.read(phoneKeys.simulator(who)) ??
      { phone: 0, said: [] };
  }

  /** Stores the messages within the rate limit. Returns the number they are sent from. */
  private async keep(who: string, said: Simulated["said"]): Promise<string> {
    const key = phoneKeys.simulator(who);
    const limitKey = limitKeys.limit("simulator", who);
    const now = this.deps.clock();
    return await this.deps.store.transactions.run([key, limitKey], (tx) => {
      let times = tx.get(limitKey) ?? [];
      for (const _ of said) {
        const rate = admit(times, now, RATE);
        if (!rate.admitted) throw rateLimited(rate);
        times = rate.times;
      }
      tx.set(limitKey, times);
      const state = tx.get(key) ?? { phone: 0, said: [] };
      tx.set(key, { ...state, said: [...state.said, ...said].slice(-SHOWN) });
      return numberOf(who, state);
    }, 20_000);
  }

  private async lines(
    number: string,
    phone: Phone | null,
    { said }: Simulated,
  ): Promise<SimulatedLine[]> {
    const outbox = phone === null
      ? []
      : await this.deps.store.phones.outbox(number, phone.next, SHOWN);
    const ours = outbox.map(({ n, message }): SimulatedLine => ({
      id: `o${n}`,
      from: "bot",
      text: shownBody(message) || NOT_KEPT,
      at: message.at,
      tick: tickOf(message),
      state: stateOf(message).state,
      fault: deliveryFaultOf(message),
      attached: null,
    }));
    const theirs = said.map(({ sid, text, at, attached }): SimulatedLine => ({
      id: sid,
      from: "phone",
      text,
      at,
      tick: null,
      state: "",
      fault: null,
      attached,
    }));
    return [...theirs, ...ours].sort((a, b) => a.at - b.at).slice(-SHOWN);
  }

  /** Waits until nothing waits to be answered or sent, at most `ANSWER_WAIT_MS`. */
  private async untilIdle(number: string, stepped: AutoResetEvent): Promise<void> {
    const { phones, processes } = this.deps.store;
    const until = performance.now() + ANSWER_WAIT_MS;
    for (;;) {
      const phone = await phones.get(number);
      const left = until - performance.now();
      if (phone === null || !isWorking(phone) || left <= 0) return;
      await stepped.wait(processes.isOnlyProcess ? left : Math.min(left, POLL_MS));
    }
  }
}

function isWorking(phone: Phone): boolean {
  const { answered, arrived, sent, next, takeover } = phone;
  // During a takeover the bot does not answer.
  return (answered < arrived && takeover === null) || sent < next;
}

function numberOf(who: string, { phone }: Simulated): string {
  const hash = createHash("sha256").update(`simulator\0${who}\0${phone}`).digest();
  const digits = hash.readBigUInt64BE() % 10_000_000_000n;
  return SIMULATED_PREFIX + String(digits).padStart(10, "0");
}
