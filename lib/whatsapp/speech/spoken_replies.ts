import { ProviderError } from "../../llm/provider.ts";
import { texts } from "../../locales/whatsapp/texts.ts";
import type { PaidSpeech, SpokenNote } from "../../media/speech.ts";
import type { File } from "../../media/stored_media.ts";
import { isSimulatedPhone } from "../../people/rules/phone.ts";
import { AppError, causeOf } from "../../platform/errors.ts";
import { chatKeys } from "../../chat/records.ts";
import { spendIn } from "../../metering/budgets.ts";
import type { Tx } from "../../store/transactions.ts";
import type { WhatsAppDeps } from "../deps.ts";
import type { Leases } from "../inbox/leases.ts";
import { AGAIN, type NextStep, REST, waitFor } from "../next_step.ts";
import { addSpending, channelCost, readsToPay, roomFor } from "../outbox/channel_cost.ts";
import { append, type Outgoing } from "../outbox/outgoing.ts";
import { type Phone, phoneKeys } from "../records.ts";
import { speechesOf, voiceModeOf } from "./queue.ts";
import { NOTE_MS, type Speech, speechKeys } from "./records.ts";

/** A voice note that comes later than this is no answer any more. */
const LATEST_MS = 30 * 60_000;
/** Longest call, with its hold and booking. */
const ASKED_MS = 180_000;
/** Attempts while the server is busy or unreachable, and their delay. */
const MAX_TRIES = 3;
const RETRY_MS = 5_000;
/** Interval in which the text is expected to be sent; the outbox's steps wake this one. */
const TEXT_MS = 5_000;
/** Time to finish after shutdown begins. */
const GRACE_MS = 1_500;
const POLL_MS = 250;
/** Random bytes of a voice note's address. */
const ID_BYTES = 24;

type Pending = NonNullable<Phone["speeches"]>[number];

/** The speech is no longer as it was read. */
class Changed extends Error {
  override name = "Changed";
}

/**
 * Sends replies as voice notes, each after its text was sent.
 * Runs beside the outbox, so that a slow or failing speech server delays no text. A speech is
 * marked as asked for in the commit of its hold: after a crash it is not asked for again.
 */
export class SpokenReplies {
  constructor(
    private readonly deps: WhatsAppDeps,
    private readonly leases: Leases,
    private readonly speech: PaidSpeech,
  ) {}

  /** One step of the speech loop, see PhoneWorker. */
  async step(number: string, stopped: () => boolean): Promise<NextStep> {
    const { store, clock } = this.deps;
    const phone = store.processes.isOnlyProcess
      ? await store.transactions.read(phoneKeys.phone(number))
      : await store.phones.get(number);
    const pending = phone?.speeches?.[0];
    if (phone === null || pending === undefined) return REST;
    const now = clock();
    if (isUnwanted(phone, pending, now)) return await this.drop(number, pending);
    if (phone.sent <= pending.n) return waitFor(TEXT_MS);
    const { value: text } = await store.kv.get(phoneKeys.outbox(number, pending.n));
    const { value: speech } = await store.kv.get(keyOf(pending));
    if (text?.state !== "taken" || speech === null) return await this.drop(number, pending);
    const { state } = speech;
    switch (state.kind) {
      case "waiting":
        if (state.notBefore > now) return waitFor(state.notBefore - now);
        return await this.make(number, pending, speech, stopped);
      case "asked":
        // Of another process, or of one that died.
        if (state.until > now) return waitFor(state.until - now);
        return await this.drop(number, pending);
      case "made":
        return await this.send(number, pending, speech);
    }
  }

  /** A voice note by the id in its address; null when it is unknown, or its time is over. */
  async note(id: string): Promise<File | null> {
    const { store, clock } = this.deps;
    if (!/^[\w-]{32}$/.test(id)) return null;
    const { value } = await store.kv.get(speechKeys.voiceNote(id));
    return value !== null && value.until > clock() ? await store.media.file(id) : null;
  }

  private async make(
    number: string,
    pending: Pending,
    speech: Speech,
    stopped: () => boolean,
  ): Promise<NextStep> {
    const { store, clock, log } = this.deps;
    const tool = await store.tools.get(speech.tool);
    if (!this.speech.isAvailable || tool === null || !await this.hasRoom(number, speech)) {
      return await this.drop(number, pending);
    }
    const key = keyOf(pending);
    const ending = new AbortController();
    let left = GRACE_MS;
    const timer = setInterval(() => {
      if (stopped() && (left -= POLL_MS) <= 0) ending.abort();
    }, POLL_MS);
    let note: { id: string; isKept: boolean } | null = null;
    try {
      await this.speech.speak({
        text: speech.text,
        language: speech.language,
        place: {
          tool: tool.id,
          ceiling: tool.ceiling,
          channel: "whatsapp",
          visitor: speech.visitor,
          forSimulator: isSimulatedPhone(number),
        },
        admission: {
          reads: [key],
          run: (tx) => {
            const now = tx.get(key);
            if (now?.state.kind !== "waiting") throw new Changed();
            tx.set(key, { ...now, state: { kind: "asked", until: clock() + ASKED_MS } });
          },
        },
        keep: async (spoken) => note = await this.keep(pending, speech, spoken),
      }, ending.signal);
      return AGAIN;
    } catch (error) {
      if (error instanceof Changed) return AGAIN;
      const { tries } = speech.state.kind === "waiting" ? speech.state : { tries: MAX_TRIES };
      log("warn", "Reply not spoken", { tries, error: whyOf(error) });
      if (!mayTryAgain(error) || tries + 1 >= MAX_TRIES) return await this.drop(number, pending);
      const notBefore = clock() + RETRY_MS;
      await store.transactions.run([key], (tx) => {
        const now = tx.get(key);
        const state = { kind: "waiting" as const, tries: tries + 1, notBefore };
        if (now !== null) tx.set(key, { ...now, state });
      });
      return waitFor(RETRY_MS);
    } finally {
      clearInterval(timer);
      await this.dropUnkept(pending, note);
    }
  }

  private async dropUnkept(
    { conversation }: Pending,
    note: { id: string; isKept: boolean } | null,
  ): Promise<void> {
    if (note === null || note.isKept) return;
    await this.deps.store.media.drop(speechesOf(conversation), note.id);
  }

  /** Whether the messages fit the budgets: otherwise nothing is spoken. */
  private async hasRoom(number: string, speech: Speech): Promise<boolean> {
    const cost = await channelCost(this.deps, number, speech.tool, speech.visitor);
    const count = speech.cutAfter === null ? 1 : 2;
    return await this.deps.store.transactions.run(
      readsToPay(cost),
      (tx) => roomFor(tx, cost, count) === "enough",
    );
  }

  /** Stores a voice note before it is booked; deletes it again where its conversation was. */
  private async keep(pending: Pending, speech: Speech, { bytes, seconds, usd }: SpokenNote) {
    const { store: { kv, media }, clock } = this.deps;
    const key = keyOf(pending), erasingKey = chatKeys.erasing(pending.conversation);
    if ((await kv.get(key)).value === null) throw new Changed();
    const id = crypto.getRandomValues(new Uint8Array(ID_BYTES)).toBase64({ alphabet: "base64url" });
    const until = clock() + NOTE_MS;
    const file = { type: "audio/ogg", bytes };
    await media.keep(speechesOf(pending.conversation), speech.visitor, id, file, NOTE_MS);
    const note = {
      id,
      isKept: false,
      reads: [key, erasingKey],
      run: (tx: Tx) => {
        // A deletion may have listed its records without this one.
        note.isKept = tx.get(key) !== null && tx.get(erasingKey) === null;
        if (!note.isKept) return;
        tx.set(key, { ...speech, text: "", state: { kind: "made", id, seconds, usd, until } });
        tx.set(speechKeys.voiceNote(id), { until });
      },
    };
    return note;
  }

  /** Appends the voice note to the outbox and books its message. */
  private async send(number: string, pending: Pending, made: Speech): Promise<NextStep> {
    const { transactions } = this.deps.store;
    const cost = await channelCost(this.deps, number, made.tool, made.visitor);
    const phoneKey = phoneKeys.phone(number);
    const key = keyOf(pending);
    const reads = [phoneKey, phoneKeys.work(number), key, ...readsToPay(cost)];
    const sent = await transactions.run(reads, (tx) => {
      this.leases.hold(tx, number);
      const phone = tx.get(phoneKey), speech = tx.get(key);
      if (phone === null || speech?.state.kind !== "made") return true;
      const { id, seconds, usd, until } = speech.state;
      const messages: Outgoing[] = [{ kind: "reply", body: "", voice: { id, seconds, until } }];
      if (speech.cutAfter !== null) {
        const body = texts(phone.language).voiceCut(speech.cutAfter);
        messages.unshift({ kind: "reply", body });
      }
      const unwanted = isUnwanted(phone, pending, cost.at);
      if (unwanted || roomFor(tx, cost, messages.length) !== "enough") return false;
      tx.delete(key);
      const { turn } = pending;
      const paid = addSpending(without(phone, pending), cost.day, usd);
      const after = append(tx, number, paid, messages, { cost, cause: `${turn}.voice`, turn });
      spendIn(tx, cost.budgets, { day: cost.day, amount: after.spent - paid.spent });
      tx.set(phoneKey, after);
      return true;
    }, 12_000);
    return sent ? AGAIN : await this.drop(number, pending);
  }

  /** Gives up a speech; its text was sent, or will be. */
  private async drop(number: string, pending: Pending): Promise<NextStep> {
    const { transactions, media } = this.deps.store;
    const phoneKey = phoneKeys.phone(number), workKey = phoneKeys.work(number);
    const key = keyOf(pending);
    const id = await transactions.run([phoneKey, workKey, key], (tx) => {
      this.leases.hold(tx, number);
      const state = tx.get(key)?.state;
      tx.delete(key);
      const phone = tx.get(phoneKey);
      if (phone !== null) {
        const after = without(phone, pending);
        tx.set(phoneKey, after);
        this.leases.end(tx, number, after);
      }
      if (state?.kind !== "made") return null;
      tx.delete(speechKeys.voiceNote(state.id));
      return state.id;
    }, 6_000);
    if (id !== null) await media.drop(speechesOf(pending.conversation), id);
    return AGAIN;
  }
}

const keyOf = ({ conversation, turn }: Pending) => speechKeys.speech(conversation, turn);

function without(phone: Phone, { turn }: Pending): Phone {
  return { ...phone, speeches: (phone.speeches ?? []).filter((each) => each.turn !== turn) };
}

function isUnwanted(phone: Phone, pending: Pending, now: number): boolean {
  return phone.optedOut || phone.blocked || voiceModeOf(phone) === "never" ||
    pending.n < phone.dropBefore || now - pending.at > LATEST_MS;
}

/** Whether nothing was spent, and it may pass later. */
function mayTryAgain(error: unknown): boolean {
  if (error instanceof AppError) return error.retryable;
  return error instanceof ProviderError && error.retryable && !error.maySpend;
}

function whyOf(error: unknown): string {
  return error instanceof ProviderError ? error.message : causeOf(error);
}
