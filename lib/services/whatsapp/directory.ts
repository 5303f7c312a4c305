import { AppError } from "../../domain/errors.ts";
import { deliveryError } from "../../domain/delivery_errors.ts";
import { isSimulatedPhone, maskPhone } from "../../domain/phone.ts";
import type { Tool } from "../../domain/tool.ts";
import { windowClosesAt, windowOpen } from "../../domain/whatsapp_window.ts";
import type {
  PeopleFilter,
  PeopleView,
  PersonPage,
  PersonView,
  ThreadEntry,
} from "../../shared/whatsapp_view.ts";
import { audit, AUDIT_WEIGHT } from "../../store/audit.ts";
import type { Message } from "../../store/keys.ts";
import type { Outbox, Phone } from "../../store/phone_records.ts";
import type { Deps } from "../deps.ts";
import { currentTool, idOf, offered, visitorOf } from "./people.ts";
import { meaningOf } from "./sent_rows.ts";

const PAGE = 25;
/** Messages of a person that are shown, each way. */
const THREAD = 100;

const FILTERS: Readonly<Record<PeopleFilter, (phone: Phone) => boolean>> = {
  all: () => true,
  linked: ({ linked }) => linked !== null,
  takenOver: ({ takeover }) => takeover !== null,
  failing: ({ failure }) => failure !== null,
  optedOut: ({ optedOut }) => optedOut,
  blocked: ({ blocked }) => blocked,
};

/** People on WhatsApp as the admin area sees them: never a whole number. */
export class Directory {
  constructor(private readonly deps: Deps) {}

  /** Those who wrote last come first. */
  async list(
    { filter, search, after }: { filter: PeopleFilter; search: string; after: number | null },
  ): Promise<PeopleView> {
    const digits = search.replace(/\D/g, "");
    const found: { number: string; phone: Phone }[] = [];
    for await (const piece of this.deps.store.phones.all()) {
      found.push(
        ...piece.filter(({ number, phone }) => FILTERS[filter](phone) && number.endsWith(digits)),
      );
    }
    found.sort((a, b) => b.phone.updatedAt - a.phone.updatedAt);
    const from = Math.max(0, after ?? 0);
    const tools = await offered(this.deps.store.tools);
    return {
      people: found.slice(from, from + PAGE).map(({ number, phone }) =>
        this.view(number, phone, tools)
      ),
      total: found.length,
      after: from + PAGE < found.length ? from + PAGE : null,
    };
  }

  /** One person; that somebody looked is written down first. */
  async person(id: string, who: string): Promise<PersonPage> {
    const { store, clock } = this.deps;
    const number = await store.phones.numberOf(id);
    const phone = number === null ? null : await store.phones.get(number);
    if (number === null || phone === null) {
      throw new AppError("missing", "There is no such person on WhatsApp (any more).");
    }
    await store.transactions.run([], (tx) => {
      const entry = { at: clock(), who, action: "whatsapp.look", thing: `phone:${id}` };
      audit(tx, { ...entry, before: null, after: null });
    }, AUDIT_WEIGHT);
    const tools = await offered(store.tools);
    const tool = currentTool(phone, tools);
    const head = tool === null ? null : await store.conversations.head(visitorOf(phone), tool.id);
    const [page, rows, waiting] = await Promise.all([
      head === null ? null : store.conversations.page(head.conversation, head.next, THREAD),
      store.phones.outbox(number, phone.next, THREAD),
      store.phones.inbox(number, phone.answered, phone.arrived),
    ]);
    const asked = (page?.messages ?? []).flatMap(({ message }) => questionOf(message));
    const sent = rows.map(({ message }) => sentEntry(message));
    const came = waiting.flatMap((each) =>
      each
        ? [{ at: each.at, from: "person" as const, text: each.text, by: null, delivery: null }]
        : []
    );
    const states = rows.map(({ message }) => message.state);
    const count = (state: Outbox["state"]) => states.filter((each) => each === state).length;
    return {
      ...this.view(number, phone, tools),
      thread: [...asked, ...sent, ...came].sort((a, b) => a.at - b.at),
      conversationCost: head?.spent ?? 0n,
      delivered:
        rows.filter(({ message: { status } }) => status === "delivered" || status === "read")
          .length,
      refused: count("refused"),
      unknown: count("unknown"),
    };
  }

  private view(number: string, phone: Phone, tools: readonly Tool[]): PersonView {
    const { lastInboundAt, windowShut, failure } = phone;
    const open = windowOpen(lastInboundAt, this.deps.clock()) && !windowShut;
    return {
      id: idOf(phone),
      masked: maskPhone(number),
      simulated: isSimulatedPhone(number),
      linked: phone.linked !== null,
      mirror: phone.linked?.mirror ?? null,
      tool: currentTool(phone, tools)?.name ?? null,
      language: phone.language,
      optedOut: phone.optedOut,
      blocked: phone.blocked,
      takeover: phone.takeover,
      lastInboundAt,
      windowClosesAt: open && lastInboundAt !== null ? windowClosesAt(lastInboundAt) : null,
      unanswered: phone.arrived - phone.answered,
      waiting: phone.next - phone.sent,
      failure: failure && { ...failure, ...failureText(failure.code) },
    };
  }
}

function failureText(code: number | null) {
  if (code !== null) {
    const { meaning, action } = deliveryError(code);
    return { meaning, action };
  }
  return {
    meaning: "Nobody knows whether a message was sent: Twilio did not say.",
    action: "Look at Twilio's log before you send it again.",
  };
}

function questionOf({ role, channel, at, text }: Message): ThreadEntry[] {
  if (role !== "user") return [];
  const from = channel === "whatsapp" ? "person" : "web";
  return [{ at, from, text, by: null, delivery: null }];
}

function sentEntry(row: Outbox): ThreadEntry {
  const { state, status, code, template } = row;
  const { meaning = null, action = null } = meaningOf(row) ?? {};
  return {
    at: row.at,
    from: row.kind === "human" ? "human" : "bot",
    text: row.kind === "code" ? "" : row.body,
    by: row.by,
    delivery: { state, status, code, meaning, action, template },
  };
}
