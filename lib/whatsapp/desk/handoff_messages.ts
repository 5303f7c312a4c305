import { texts } from "../../locales/whatsapp/texts.ts";
import { chatKeys, type ConversationHead, type Message, messageKey } from "../../chat/records.ts";
import { type Inbox, type Phone, phoneKeys } from "../records.ts";
import type { Tx } from "../../store/transactions.ts";
import type { WhatsAppDeps } from "../deps.ts";
import { channelCost, readsToPay } from "../outbox/channel_cost.ts";
import { SubjectEvent } from "../../platform/auto_reset_event.ts";
import { conversationSubject } from "../../platform/event_bus.ts";
import type { Leases } from "../inbox/leases.ts";
import { append, markWork } from "../outbox/outgoing.ts";
import { visitorOf } from "../people.ts";

/** Longest single wait for a running turn, alone and where another process may settle it. */
const TURN_MS = 15_000;
const ELSEWHERE_MS = 200;

/**
 * Messages of a handoff: the person's while an admin answers, and the admin's own.
 * Each is stored as a finished turn, so that open pages and the next turn include it.
 */
export class HandoffMessages {
  constructor(
    private readonly deps: WhatsAppDeps,
    private readonly leases: Leases,
  ) {}

  /** Stores a person's message without an answer. */
  async note(number: string, phone: Phone, message: Inbox): Promise<void> {
    const { store: { transactions, processes }, bus, clock } = this.deps;
    const phoneKey = phoneKeys.phone(number);
    const visitor = visitorOf(phone);
    const conversation = { visitor, tool: phone.tool ?? "" };
    using settled = new SubjectEvent(bus, "TurnSettled", conversationSubject(conversation));
    const headKey = phone.tool === null ? null : chatKeys.head(visitor, phone.tool);
    const reads = [phoneKey, phoneKeys.work(number), ...(headKey ? [headKey] : [])];
    const kept = await transactions.run(reads, (tx) => {
      this.leases.hold(tx, number);
      const now = tx.get(phoneKey);
      const order = phone.answered;
      if (now === null || now.answered !== order) return false;
      const head = headKey && tx.get(headKey);
      // Retried once the running turn has ended.
      if (head?.running) return null;
      tx.delete(phoneKeys.inbox(number, order));
      tx.set(phoneKey, { ...now, answered: order + 1, tries: 0, updatedAt: clock() });
      if (headKey) {
        const text = message.text || `(${message.type ?? "attachment"})`;
        appendHandoffMessage(tx, headKey, head ?? null, "user", text, {
          id: message.sid,
          at: message.at,
        });
      }
      return true;
    }, 4_000 + 2 * message.text.length);
    if (kept && phone.tool !== null) bus.emit("ConversationChanged", conversation);
    if (kept === null) await settled.wait(processes.isOnlyProcess ? TURN_MS : ELSEWHERE_MS);
  }

  /** Ends a takeover whose time is over and tells the person; one prolonged since goes on. */
  async handBack(number: string): Promise<void> {
    const { store: { transactions }, clock } = this.deps;
    const phoneKey = phoneKeys.phone(number);
    const seen = await transactions.read(phoneKey);
    const cost = await channelCost(this.deps, number, seen?.tool ?? null);
    const cause = `back.${crypto.randomUUID()}`;
    await transactions.run([phoneKey, phoneKeys.work(number), ...readsToPay(cost)], (tx) => {
      const phone = tx.get(phoneKey);
      if (!phone?.takeover || phone.takeover.until > clock()) return;
      markWork(tx, number);
      const body = texts(phone.language).handedBack;
      const messages = phone.optedOut ? [] : [{ kind: "notice" as const, body }];
      tx.set(phoneKey, append(tx, number, { ...phone, takeover: null }, messages, { cost, cause }));
    });
  }
}

/** Appends a message without a model's reply to a conversation with no running turn. */
export function appendHandoffMessage(
  tx: Tx,
  headKey: ReturnType<typeof chatKeys.head>,
  head: ConversationHead | null,
  role: Message["role"],
  text: string,
  { id, at }: { id: string; at: number },
): void {
  const conversation = head?.conversation ?? id;
  const number = head?.next ?? 0;
  const message: Message = {
    id: `${id}${role === "user" ? "q" : "a"}`,
    turn: id,
    role,
    text,
    at,
    channel: "whatsapp",
    reply: null,
  };
  tx.set(messageKey({ conversation, path: head?.path }, number), message);
  const question = role === "user" ? number : head?.last?.question ?? number;
  tx.set(headKey, {
    ...head,
    conversation,
    next: number + 1,
    turns: (head?.turns ?? 0) + 1,
    spent: head?.spent ?? 0n,
    running: null,
    last: {
      turn: id,
      request: id,
      question,
      replied: role === "assistant" && question < number,
      failure: null,
      notices: [],
    },
    updatedAt: at,
    rated: head?.rated ?? false,
  });
}
