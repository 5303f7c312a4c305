import { isSimulatedPhone } from "../../people/rules/phone.ts";
import type { WaitingPeople, WaitingPerson } from "../../shared/views/whatsapp_admin_view.ts";
import { visitorOf } from "../people.ts";
import type { WhatsAppDeps } from "../deps.ts";
import { windowOpen } from "../rules/window.ts";
import { findPeople, isTakenOver, type Person, personRow } from "./people_list.ts";

/** Most people looked at, the latest senders first. */
const MOST_PEOPLE = 200;
/** How long a count is good for. */
const COUNT_MS = 10_000;

interface Found {
  person: Person;
  waits: boolean;
}

/** People waiting for an admin: under a takeover, or after a failed reply. */
export class WaitingList {
  private counted = { at: -Infinity, number: 0 };

  constructor(private readonly deps: WhatsAppDeps) {}

  /** Waiting people, the longest first, and people whose admin is up to date. */
  async read(): Promise<WaitingPeople> {
    const all = await this.all();
    this.counted = { at: this.deps.clock(), number: numberOf(all) };
    const rows = await Promise.all(all.map(async ({ person, waits }): Promise<WaitingPerson> => {
      const row = await personRow(this.deps, person);
      return { row, since: waits ? person.phone.lastInboundAt : null };
    }));
    return {
      waiting: rows.filter(({ since }) => since !== null).reverse(),
      answered: rows.filter(({ since }) => since === null),
    };
  }

  /** Number of people who wait, counted at most every ten seconds. */
  async count(): Promise<number> {
    const now = this.deps.clock();
    if (Math.abs(now - this.counted.at) >= COUNT_MS) {
      this.counted = { at: now, number: numberOf(await this.all()) };
    }
    return this.counted.number;
  }

  private async all(): Promise<Found[]> {
    const { store: { conversations }, clock } = this.deps;
    const now = clock();
    const people = await findPeople(
      this.deps,
      ({ phone }) =>
        !phone.blocked && !phone.optedOut && phone.tool !== null &&
        (isTakenOver(phone, now) || windowOpen(phone.lastInboundAt, now)),
    );
    const found = await Promise.all(
      people.slice(0, MOST_PEOPLE).map(async (person) => {
        const { phone } = person;
        const last = (await conversations.head(visitorOf(phone), phone.tool ?? ""))?.last;
        const takenOver = isTakenOver(phone, now);
        const waits = takenOver ? last?.replied === false : (last?.failure ?? null) !== null;
        return takenOver || waits ? [{ person, waits }] : [];
      }),
    );
    return found.flat();
  }
}

/** Number of real people who wait: the simulator's phones are listed only. */
function numberOf(all: readonly Found[]): number {
  return all.filter(({ person, waits }) => waits && !isSimulatedPhone(person.number)).length;
}
