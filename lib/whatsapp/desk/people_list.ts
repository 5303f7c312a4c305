import { isSimulatedPhone, maskPhone } from "../../people/rules/phone.ts";
import { windowClosesAt, windowOpen } from "../rules/window.ts";
import type { PeopleList, PersonRow } from "../../shared/views/whatsapp_admin_view.ts";
import type { PeopleFilter } from "../../shared/views/whatsapp_view.ts";
import type { Phone } from "../records.ts";
import type { OutboxRow } from "../phones.ts";
import type { WhatsAppDeps } from "../deps.ts";
import { isFaulty, isRepeated, notReached } from "./delivery_lines.ts";
import { personAddress } from "../linking/identity.ts";
import { idOf } from "../people.ts";

const PAGE = 25;
/** Latest messages to a person that are searched for faults. */
const LATEST = 50;

export interface Person {
  number: string;
  phone: Phone;
}

export interface PeopleSearch {
  filter: PeopleFilter;
  /** Last digits of the number. */
  digits: string;
  /** Cursor from the previous page; "" for the first. */
  after: string;
}

/** A page of the people that match, latest sender first. */
export async function listPeople(
  deps: WhatsAppDeps,
  search: PeopleSearch,
): Promise<PeopleList> {
  const now = deps.clock();
  const fitting = await findPeople(deps, (person) => fits(person, search, now));
  const start = indexAfter(fitting, search.after);
  const page = fitting.slice(start, start + PAGE);
  const last = page.at(-1);
  return {
    rows: await Promise.all(page.map((each) => personRow(deps, each))),
    next: last && start + PAGE < fitting.length ? placeOf(last) : null,
    total: fitting.length,
  };
}

/** All people that match, latest sender first. */
export async function findPeople(
  { store }: WhatsAppDeps,
  fitting: (person: Person) => boolean,
): Promise<Person[]> {
  const found: Person[] = [];
  for await (const piece of store.phones.all()) {
    // A record that is being merged into another is no longer listed.
    found.push(...piece.filter((each) => each.phone.joins === undefined && fitting(each)));
  }
  return found.sort((a, b) => wroteAt(b) - wroteAt(a) || (idOf(a.phone) < idOf(b.phone) ? -1 : 1));
}

/** A person as a row of the list. */
export async function personRow(
  { store, clock }: WhatsAppDeps,
  { number, phone }: Person,
): Promise<PersonRow> {
  const [outbox, tool] = await Promise.all([
    latestMessages({ store }, { number, phone }),
    phone.tool === null ? null : store.tools.get(phone.tool),
  ]);
  const now = clock();
  const messages = outbox.map(({ message }) => message);
  return {
    id: idOf(phone),
    number: maskPhone(personAddress({ number, phone })),
    tool: tool?.name ?? phone.tool,
    at: phone.lastInboundAt,
    openUntil: isOpen(phone, now) ? windowClosesAt(phone.lastInboundAt ?? 0) : null,
    takenOver: isTakenOver(phone, now) ? phone.takeover : null,
    blocked: phone.blocked,
    optedOut: phone.optedOut,
    linked: phone.linked !== null,
    simulated: isSimulatedPhone(number),
    waiting: phone.arrived - phone.answered +
      messages.filter((each) =>
        each.state === "waiting" || each.state === "trying" || isRepeated(each)
      ).length,
    failed: messages.filter(notReached).length,
    unknown: messages.filter(({ state }) => state === "unknown").length,
    spent: phone.spent,
  };
}

/** Whether free text can be sent to a person now. */
function isOpen({ lastInboundAt, windowShut }: Phone, now: number): boolean {
  return !windowShut && windowOpen(lastInboundAt, now);
}

/** Whether an admin answers in the bot's place. */
export function isTakenOver({ takeover }: Phone, now: number): boolean {
  return takeover !== null && takeover.until > now;
}

/** Messages to a person that failed, or may have, newest first. */
export async function faultyMessages(deps: WhatsAppDeps, person: Person): Promise<OutboxRow[]> {
  const latest = await latestMessages(deps, person);
  return latest.filter(({ message }) => isFaulty(message)).reverse();
}

/** The latest messages to a person, oldest first. */
export function latestMessages(
  { store }: Pick<WhatsAppDeps, "store">,
  { number, phone }: Person,
): Promise<OutboxRow[]> {
  return store.phones.outbox(number, phone.next, LATEST);
}

function fits({ number, phone }: Person, { filter, digits }: PeopleSearch, now: number): boolean {
  if (![number, ...phone.aliases ?? []].some((each) => each.endsWith(digits))) return false;
  switch (filter) {
    case "all":
      return true;
    case "linked":
      return phone.linked !== null;
    case "takenOver":
      return isTakenOver(phone, now);
    case "failing":
      return phone.failure !== null;
    case "optedOut":
      return phone.optedOut;
    case "blocked":
      return phone.blocked;
  }
}

function wroteAt({ phone }: Person): number {
  return phone.lastInboundAt ?? phone.createdAt;
}

function placeOf(person: Person): string {
  return `${wroteAt(person)}.${idOf(person.phone)}`;
}

/** Index of the first person after a cursor. */
function indexAfter(all: readonly Person[], place: string): number {
  const [, at, id] = /^(\d{1,15})\.([\w-]{1,60})$/.exec(place) ?? [];
  if (at === undefined || id === undefined) return 0;
  const start = all.findIndex((each) =>
    wroteAt(each) < Number(at) || (wroteAt(each) === Number(at) && idOf(each.phone) > id)
  );
  return start === -1 ? all.length : start;
}
