import type { Outbox, Phone } from "../records.ts";
import type { Messenger } from "../messenger.ts";
import type { WhatsAppDeps } from "../deps.ts";
import type { Messengers } from "./messengers.ts";
import type { OutboxTransitions } from "./outbox_transitions.ts";
import { accept, concludeAbsent, lookAgain } from "../rules/outbox_state.ts";
import { AGAIN, type NextStep } from "../next_step.ts";

/** A message absent this long after its attempt, and in this many lookups, was not taken. */
const MIN_ABSENT_MS = 60_000;
const MIN_ABSENCES = 2;
/** Attempts for a message whose delivery is unknown: crashes may cut off more than one. */
const MAX_TRIES = 4;
const GIVE_UP_MS = 15 * 60_000;
/** Delays between lookups. */
const LOOKUP_DELAYS_MS = [10_000, 25_000, 30_000, 60_000];
/** Recent messages whose SIDs are excluded from the lookup. */
const OTHERS = 30;

/** Looks up messages of unknown delivery at Twilio. */
export class DeliveryReconciler {
  constructor(
    private readonly deps: WhatsAppDeps,
    private readonly messengers: Messengers,
    private readonly transitions: OutboxTransitions,
  ) {}

  /** Looks up one message and stores the result. */
  async reconcile(
    number: string,
    n: number,
    row: Outbox,
    phone: Phone,
    messenger: Messenger,
  ): Promise<NextStep> {
    const { store: { phones }, clock, log } = this.deps;
    const others = await phones.outbox(number, phone.next, OTHERS);
    const template = row.template ? this.messengers.settings?.templateSid ?? null : null;
    const since = row.attemptAt ?? row.at;
    const found = await messenger.find({
      message: this.messengers.messageOf(row.to ?? number, row, template),
      since,
      except: others.flatMap(({ message }) => message.sid ?? []),
    });
    const now = clock();
    if (found.kind === "found") {
      log("info", "Message of unknown delivery was sent");
      await this.transitions.apply(number, n, {
        row: (was) => accept(was, found.sid),
        done: true,
        sid: found.sid,
        ...(found.status === null
          ? {}
          : { report: { status: found.status, errorCode: found.errorCode } }),
      });
      return AGAIN;
    }
    const absences = row.absences + (found.kind === "absent" ? 1 : 0);
    const age = now - since;
    if (found.kind === "absent" && absences >= MIN_ABSENCES && age >= MIN_ABSENT_MS) {
      const again = row.tries < MAX_TRIES && n >= phone.dropBefore && !phone.optedOut;
      log("warn", "Message of unknown delivery was not sent", { again });
      await this.transitions.apply(number, n, {
        row: (was) => concludeAbsent(was, absences, again),
        phone: (was) => again ? was : { ...was, failure: { code: null, at: now } },
        done: !again,
      });
      return AGAIN;
    }
    const done = age > GIVE_UP_MS;
    const usual = LOOKUP_DELAYS_MS[Math.min(absences, LOOKUP_DELAYS_MS.length - 1)] ?? 0;
    // The deciding lookup comes as early as possible: later messages wait for it.
    const wait = absences >= MIN_ABSENCES && age < MIN_ABSENT_MS ? MIN_ABSENT_MS - age : usual;
    await this.transitions.apply(number, n, {
      row: (was) => lookAgain(was, absences, now + wait),
      phone: (was) => done ? { ...was, failure: { code: null, at: now } } : was,
      done,
    });
    return AGAIN;
  }
}
