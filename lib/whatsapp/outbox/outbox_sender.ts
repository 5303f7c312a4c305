import { isSimulatedPhone } from "../../people/rules/phone.ts";
import { windowOpen } from "../rules/window.ts";
import type { Key } from "../../store/key.ts";
import { type Outbox, type Phone, phoneKeys } from "../records.ts";
import type { Messenger, OutgoingMessage, SendRefusal } from "../messenger.ts";
import type { WhatsAppDeps } from "../deps.ts";
import { destinationOf } from "../linking/identity.ts";
import type { Leases } from "../inbox/leases.ts";
import type { Messengers } from "./messengers.ts";
import type { OutboxTransitions } from "./outbox_transitions.ts";
import type { SendThrottle } from "./send_throttle.ts";
import type { DeliveryReconciler } from "./delivery_reconciler.ts";
import type { DeliveryRetry } from "./delivery_retry.ts";
import { withFailure } from "./delivery_reports.ts";
import * as transition from "../rules/outbox_state.ts";
import { AGAIN, type NextStep, REST, sooner, waitFor } from "../next_step.ts";

/** Attempts for a message that is refused for passing reasons. */
const MAX_TRIES = 12;
const MAX_WAIT_MS = 5 * 60_000;
/** Delay before the first lookup of a message: Twilio's list lags by seconds. */
const FIRST_LOOKUP_MS = 3_000;
/** A process suspended this long between claim and request does not send. */
const STALE_MS = 15_000;

/** Decision on one attempt; null when the state has changed. */
type Claim = { kind: "go"; message: OutgoingMessage } | { kind: "drop"; why: Why } | null;
type Why = NonNullable<Outbox["why"]>;

/**
 * Sends a phone's outbox in order: each message only after the result of the one before.
 * The attempt is committed before the request, so that a crash never causes a blind repetition.
 */
export class OutboxSender {
  constructor(
    private readonly deps: WhatsAppDeps,
    private readonly parts: {
      leases: Leases;
      messengers: Messengers;
      transitions: OutboxTransitions;
      reconciler: DeliveryReconciler;
      retry: DeliveryRetry;
      throttle: SendThrottle;
    },
  ) {}

  /** One step of the outbox loop, see PhoneWorker. */
  async step(number: string): Promise<NextStep> {
    const messenger = this.parts.messengers.to(number);
    const { transactions, phones, processes } = this.deps.store;
    const key = phoneKeys.phone(number);
    const phone = processes.isOnlyProcess ? await transactions.read(key) : await phones.get(number);
    if (messenger === null || phone === null) return REST;
    const again = await this.parts.retry.step(number, phone);
    if (again.kind === "again" || phone.sent >= phone.next) return again;
    return sooner(again, await this.next(number, phone, messenger));
  }

  /** One step with the first pending message. */
  private async next(number: string, phone: Phone, messenger: Messenger): Promise<NextStep> {
    const { transactions, kv, processes } = this.deps.store;
    const n = phone.sent;
    const rowKey = phoneKeys.outbox(number, n);
    const row = processes.isOnlyProcess
      ? await transactions.read(rowKey)
      : (await kv.get(rowKey)).value;
    const now = this.deps.clock();
    if (row === null) return await this.skip(number, n);
    switch (row.state) {
      case "waiting": {
        const pause = isSimulatedPhone(number) ? 0 : this.parts.throttle.wait(now);
        const wait = Math.max(row.notBefore - now, pause);
        return wait > 0
          ? waitFor(wait)
          : await this.send(number, n, messenger, n > 0 && row.turn !== null);
      }
      case "trying":
        // The process that attempted it died or could not store the result.
        await this.parts.transitions.apply(number, n, {
          row: (was) => transition.doubt(was, now + FIRST_LOOKUP_MS),
          done: false,
        });
        return AGAIN;
      case "unknown":
        if (row.notBefore > now) return waitFor(row.notBefore - now);
        return await this.parts.reconciler.reconcile(number, n, row, phone, messenger);
      default:
        return await this.skip(number, n);
    }
  }

  private async send(
    number: string,
    n: number,
    messenger: Messenger,
    inPart: boolean,
  ): Promise<NextStep> {
    const { clock } = this.deps;
    const at = clock();
    const claim = await this.claim(number, n, at, inPart);
    if (claim === null) return AGAIN;
    if (claim.kind === "drop") {
      const { why } = claim;
      await this.parts.transitions.apply(number, n, {
        row: (row) => transition.withhold(row, why),
        ...(why === "window"
          ? { phone: (phone: Phone) => ({ ...phone, failure: { code: 63016, at } }) }
          : {}),
        done: true,
        refund: true,
      });
      return AGAIN;
    }
    if (clock() - at > STALE_MS) {
      await this.parts.transitions.apply(number, n, {
        row: transition.undoAttempt,
        done: false,
      });
      return AGAIN;
    }
    const { statusCallback } = this.parts.messengers;
    const outcome = await messenger.send(claim.message, statusCallback ? { statusCallback } : {});
    if (outcome.kind === "refused") return await this.refused(number, n, outcome);
    if (outcome.kind === "unknown") {
      this.deps.log("warn", "Message delivery unknown", { reason: outcome.reason });
      const notBefore = clock() + FIRST_LOOKUP_MS;
      await this.parts.transitions.apply(number, n, {
        row: (row) => transition.doubt(row, notBefore),
        done: false,
      });
      return AGAIN;
    }
    this.parts.throttle.resume();
    await this.parts.transitions.apply(number, n, {
      row: (row) => transition.accept(row, outcome.sid),
      phone: (phone) => ({ ...phone, failure: null }),
      done: true,
      sid: outcome.sid,
    });
    return AGAIN;
  }

  /** Commits the attempt, or returns why the message must be dropped. */
  private async claim(
    number: string,
    n: number,
    now: number,
    mayFollow: boolean,
  ): Promise<Claim> {
    const phoneKey = phoneKeys.phone(number), rowKey = phoneKeys.outbox(number, n);
    const beforeKey = mayFollow ? phoneKeys.outbox(number, n - 1) : null;
    const template = this.parts.messengers.settings?.templateSid ?? null;
    const reads: Key<unknown>[] = [phoneKey, rowKey, phoneKeys.work(number)];
    if (beforeKey) reads.push(beforeKey);
    return await this.deps.store.transactions.run<Claim>(reads, (tx) => {
      this.parts.leases.hold(tx, number);
      const phone = tx.get(phoneKey), row = tx.get(rowKey);
      if (phone === null || row?.state !== "waiting" || phone.sent !== n) return null;
      const before = beforeKey && tx.get(beforeKey);
      const why = dropped(phone, row, n, before) ??
        (transition.hasLapsed(row, now) ? "gaveUp" : null);
      if (why !== null) return { kind: "drop", why };
      const open = windowOpen(phone.lastInboundAt, now) && !phone.windowShut;
      const follows = before !== null && before.turn === row.turn;
      if (!open && (template === null || follows || row.voice)) {
        return { kind: "drop", why: "window" };
      }
      const to = destinationOf(number, phone);
      tx.set(rowKey, transition.beginAttempt(row, { to, template: !open, now }));
      return {
        kind: "go",
        message: this.parts.messengers.messageOf(to, row, open ? null : template),
      };
    }, 6_000);
  }

  private async refused(number: string, n: number, refusal: SendRefusal): Promise<NextStep> {
    const { clock, log } = this.deps;
    const now = clock();
    const { code, httpStatus } = refusal;
    log("warn", "Message refused", { class: refusal.class, code, httpStatus });
    const leave = (end: Parameters<OutboxTransitions["apply"]>[2]) =>
      this.parts.transitions.apply(number, n, end);
    const again = async (ms: number) => {
      await leave({
        row: (row) =>
          transition.retryLater(row, { code, notBefore: now + ms, mostTries: MAX_TRIES }),
        done: false,
        phone: (phone) => ({ ...phone, failure: { code: code ?? httpStatus, at: now } }),
      });
      return AGAIN;
    };
    const row = (await this.deps.store.kv.get(phoneKeys.outbox(number, n))).value;
    // Twilio's Retry-After, capped at our own longest wait.
    const asked = Math.min(MAX_WAIT_MS, refusal.retryAfterMs ?? 0);
    const backoff = Math.min(MAX_WAIT_MS, 500 * 2 ** (row?.tries ?? 1)) *
      (0.8 + Math.random() * 0.4);
    switch (refusal.class) {
      case "auth":
        this.parts.throttle.pause(now, code ?? httpStatus);
        await leave({
          row: (was) => transition.retryUncounted(was, code),
          done: false,
        });
        return AGAIN;
      case "rate":
        this.parts.throttle.delay(now, asked || 1_000);
        return await again(Math.max(asked, backoff));
      case "later":
        return await again(Math.max(asked, backoff));
      default: {
        // The window may be closed by Twilio's clock: a template may still pass.
        const template = refusal.class === "windowClosed" && row?.template === false &&
          (this.parts.messengers.settings?.templateSid ?? null) !== null;
        await leave({
          row: (was) =>
            template ? transition.retryAsTemplate(was, code) : transition.refuse(was, code),
          phone: (phone) => withFailure(phone, code ?? httpStatus, now),
          done: !template,
          refund: !template,
        });
        return AGAIN;
      }
    }
  }

  private async skip(number: string, n: number): Promise<NextStep> {
    const phoneKey = phoneKeys.phone(number);
    await this.deps.store.transactions.run([phoneKey, phoneKeys.work(number)], (tx) => {
      this.parts.leases.hold(tx, number);
      const phone = tx.get(phoneKey);
      if (phone?.sent === n) tx.set(phoneKey, { ...phone, sent: n + 1 });
    });
    return AGAIN;
  }
}

/** Why a message must be dropped; null if it may be sent. */
function dropped(phone: Phone, row: Outbox, n: number, before: Outbox | null): Why | null {
  if (phone.blocked) return "blocked";
  // The confirmation of STOP is always sent.
  if (row.kind === "goodbye") return null;
  if (phone.optedOut || n < phone.dropBefore) return "optedOut";
  const broken = before !== null && before.turn !== null && before.turn === row.turn &&
    (before.state === "refused" || before.state === "dropped");
  return broken ? "follows" : null;
}
