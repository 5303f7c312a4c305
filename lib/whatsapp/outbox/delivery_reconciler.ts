import type { Outbox, Phone } from "../records.ts";
import type { Messenger } from "../messenger.ts";
import type { WhatsAppDeps } from "../deps.ts";
import type { Messengers } from "./messengers.ts";
import type { OutboxTransitions } from "./outbox_transitions.ts";
import { accept, concludeAbsent, lookAgain } from "../rules/outbox_state.ts";
import { AGAIN, type NextStep } from "../next_step.ts";

/** What is not there so long after it was tried, and looked for so often, was not taken. */
const ABSENT_MS = 60_000;
const ABSENCES = 2;
/** A message is tried at most so often where nobody knows what became of it. */
const MOST_TRIES = 2;
const GIVE_UP_MS = 15 * 60_000;
/** Before it is looked for again: soon at first. */
const LOOKS_MS = [10_000, 25_000, 30_000, 60_000];
/** Our own messages among which it must not be found. */
const OTHERS = 30;

/** Finds out what became of messages of which nobody knows whether they were sent. */
export class DeliveryReconciler {
  constructor(
    private readonly deps: WhatsAppDeps,
    private readonly messengers: Messengers,
    private readonly transitions: OutboxTransitions,
  ) {}

  /** Looks for one at Twilio. Returns what follows. */
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
      log("info", "A message that was in doubt had been sent");
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
    if (found.kind === "absent" && absences >= ABSENCES && age >= ABSENT_MS) {
      const again = row.tries < MOST_TRIES && n >= phone.dropBefore && !phone.optedOut;
      log("warn", "A message that was in doubt had not been sent", { again });
      await this.transitions.apply(number, n, {
        row: (was) => concludeAbsent(was, absences, again),
        phone: (was) => again ? was : { ...was, failure: { code: null, at: now } },
        done: !again,
      });
      return AGAIN;
    }
    const done = age > GIVE_UP_MS;
    const usual = LOOKS_MS[Math.min(absences, LOOKS_MS.length - 1)] ?? 0;
    // The look that decides comes as soon as it can: the person waits for this message.
    const wait = absences >= ABSENCES && age < ABSENT_MS ? ABSENT_MS - age : usual;
    await this.transitions.apply(number, n, {
      row: (was) => lookAgain(was, absences, now + wait),
      phone: (was) => done ? { ...was, failure: { code: null, at: now } } : was,
      done,
    });
    return AGAIN;
  }
}
