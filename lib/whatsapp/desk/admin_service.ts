import { IN_THE_LOG } from "../../locales/admin/delivery.ts";
import { AppError } from "../../platform/errors.ts";
import { maskPhone } from "../../people/rules/phone.ts";
import type {
  FaultRow,
  FindingView,
  OptOutRow,
  PeopleList,
  PersonView,
  WhatsAppOverview,
} from "../../shared/views/whatsapp_admin_view.ts";
import { audit, AUDIT_WEIGHT } from "../../audit/log.ts";
import { EMPTY_DAY } from "../../metering/ledger.ts";
import type { Outbox } from "../records.ts";
import { refusalClass } from "../twilio/twilio_errors.ts";
import type { WhatsAppDeps } from "../deps.ts";
import { deliveryFaultOf, errorOf, stateOf } from "./delivery_lines.ts";
import {
  faultyMessages,
  findPeople,
  latestMessages,
  listPeople,
  type PeopleSearch,
  type Person,
} from "./people_list.ts";
import { personAddress } from "../linking/identity.ts";
import { idOf } from "../people.ts";
import { lookingOf, personView } from "./person_view.ts";
import { sendBlockReason } from "../inbox/send_block.ts";
import { type DeliveryDecision, resolveUnknown } from "../outbox/resolve_unknown.ts";
import type { WhatsApp } from "../whatsapp.ts";
import { WaitingList } from "./waiting.ts";

/** Most people searched for delivery faults, and most faults shown. */
const MOST_PEOPLE = 200;
const MOST_FAULTS = 100;
/** Recent senders are searched for past faults too. */
const RECENT_MS = 7 * 24 * 60 * 60_000;
const KEYS = [
  "TWILIO_ACCOUNT_SID",
  "TWILIO_AUTH_TOKEN",
  "TWILIO_PHONE_NUMBER",
  "PUBLIC_URL",
] as const;

/**
 * WhatsApp in the admin area.
 * People are addressed by an opaque id, never by number; opening one is written to the audit log.
 */
export class WhatsAppAdminService {
  readonly waiting: WaitingList;

  constructor(
    private readonly deps: WhatsAppDeps,
    private readonly whatsapp: WhatsApp,
  ) {
    this.waiting = new WaitingList(deps);
  }

  /** Status, missing configuration, and today's cost. */
  async overview(): Promise<WhatsAppOverview> {
    const { store, calendar, clock, config } = this.deps;
    const status = this.whatsapp.status();
    const missing = KEYS.filter((key) => config[key] === undefined);
    const [[today = EMPTY_DAY], busy, tools] = await Promise.all([
      store.ledger.shown("channel", "whatsapp", [calendar.dayOf(clock())]),
      findPeople(this.deps, (each) => isStuck(each) || isWaiting(each)),
      store.tools.list(),
    ]);
    const stuck = busy.filter(isStuck).slice(0, MOST_PEOPLE);
    const latest = (await Promise.all(stuck.map((each) => latestMessages(this.deps, each)))).flat();
    // Another process may have had the refusal.
    const paused = status.paused ?? latest.map(({ message }) => message).find(isHeldByKeys) ?? null;
    return {
      state: status.on ? "on" : config.preview ? "preview" : "off",
      missing,
      price: status.price,
      number: status.number,
      webhookUrl: status.webhookUrl,
      statusUrl: status.statusUrl,
      template: status.template,
      speech: this.whatsapp.speech(),
      paused: paused && errorOf(paused.code ?? 401),
      waiting: busy.filter(isWaiting).length,
      asking: await this.waiting.count(),
      unknown: latest.filter(({ message }) => message.state === "unknown").length,
      today: { spent: today.spent, simulated: today.simulated, messages: today.entries },
      tools: tools.filter(({ whatsapp }) => whatsapp.enabled)
        .map(({ id, name, active, whatsapp }) => ({
          id,
          name,
          active,
          scope: whatsapp.scope.trim(),
        })),
    };
  }

  /** Connection test; audited, because it sends requests to the provider. */
  async test(who: string): Promise<FindingView[]> {
    await this.note(who, "whatsapp.test", "whatsapp", null);
    return await this.whatsapp.check();
  }

  people(search: PeopleSearch): Promise<PeopleList> {
    return listPeople(this.deps, search);
  }

  /**
   * One person with the messages that this admin may see; audited before it is shown.
   * @throws {AppError} `missing`
   */
  async person(
    who: string,
    id: string,
    { before = null, withNumber = false }: { before?: number | null; withNumber?: boolean } = {},
  ): Promise<PersonView> {
    const person = await this.find(id);
    const looking = lookingOf(this.deps, person, who);
    const action = withNumber ? "whatsapp.number" : "whatsapp.look";
    await this.note(who, action, `phone:${id}`, { words: looking });
    const view = await personView(this.deps, person, looking, before);
    return { ...view, fullNumber: withNumber ? personAddress(person) : null };
  }

  /**
   * Silences the bot while an admin answers in its place.
   * The admin may then read the conversation, so only people who can be told are taken over.
   * @throws {AppError} `missing`; `conflict` when they cannot be told
   */
  async takeOver(who: string, id: string, hours: number): Promise<void> {
    const { phone } = await this.find(id);
    const { clock, config } = this.deps;
    const silence = sendBlockReason(phone, clock(), config.TWILIO_TEMPLATE_SID !== undefined);
    if (silence !== null) throw new AppError("conflict", { code: "person.unreachable", silence });
    await this.whatsapp.takeOver(id, who, hours * 60);
  }

  /**
   * Applies an admin's decision on a message whose delivery is unknown.
   * @throws {AppError} `missing`; `conflict` when its delivery is known by now
   */
  async decide(who: string, id: string, n: number, decision: DeliveryDecision): Promise<void> {
    const { number } = await this.find(id);
    await resolveUnknown(this.deps, { who, id, number, n, decision });
    this.deps.bus.emit("OutboxGrew", { number });
  }

  /** Messages that were not delivered, newest first. */
  async faults(): Promise<{ rows: FaultRow[]; more: boolean }> {
    const since = this.deps.clock() - RECENT_MS;
    const people = await findPeople(
      this.deps,
      (each) => isStuck(each) || (each.phone.lastInboundAt ?? 0) > since,
    );
    // People with a current fault first.
    const asked = [...people.filter(isStuck), ...people.filter((each) => !isStuck(each))];
    const found = await Promise.all(
      asked.slice(0, MOST_PEOPLE).map(async (person) =>
        (await faultyMessages(this.deps, person)).map(({ n, message }): FaultRow => ({
          person: idOf(person.phone),
          number: maskPhone(personAddress(person)),
          n,
          at: message.at,
          ...stateOf(message),
          fault: deliveryFaultOf(message) ??
            { code: null, ...IN_THE_LOG },
        }))
      ),
    );
    const rows = found.flat().sort((a, b) => b.at - a.at);
    const more = rows.length > MOST_FAULTS || people.length > MOST_PEOPLE;
    return { rows: rows.slice(0, MOST_FAULTS), more };
  }

  /** People who opted out, latest sender first. */
  async optOuts(): Promise<OptOutRow[]> {
    const all = await findPeople(this.deps, ({ phone }) => phone.optedOut);
    return all.map(({ number, phone }) => ({
      person: idOf(phone),
      number: maskPhone(personAddress({ number, phone })),
      at: phone.lastInboundAt ?? phone.updatedAt,
    }));
  }

  private async find(id: string): Promise<Person> {
    const { phones } = this.deps.store;
    const number = await phones.numberOf(id);
    const phone = number === null ? null : await phones.get(number);
    if (number === null || phone === null) {
      throw new AppError("missing", { code: "person.not_found" });
    }
    return { number, phone };
  }

  private async note(who: string, action: string, thing: string, after: unknown): Promise<void> {
    const at = this.deps.clock();
    await this.deps.store.transactions.run(
      [],
      (tx) => audit(tx, { at, who, action, thing, before: null, after }),
      AUDIT_WEIGHT,
    );
  }
}

/** Whether messages to a person are failing, or still waiting to be sent. */
function isStuck({ phone }: Person): boolean {
  return phone.failure !== null || phone.sent < phone.next;
}

/** Whether a message waits until our keys or rights are corrected. */
function isHeldByKeys({ state, code }: Outbox): boolean {
  return state === "waiting" && code !== null && refusalClass(code, null) === "auth";
}

/** Whether a person's messages wait for an answer, or messages to them for sending. */
function isWaiting({ phone }: Person): boolean {
  const { answered, arrived, takeover, sent, next } = phone;
  return (answered < arrived && takeover === null) || sent < next;
}
