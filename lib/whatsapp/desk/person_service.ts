import type { Silence } from "../../locales/admin/whatsapp.ts";
import { texts } from "../../locales/whatsapp/texts.ts";
import { AppError } from "../../platform/errors.ts";
import type { SayOutcome } from "../../shared/views/whatsapp_view.ts";
import { audit, AUDIT_WEIGHT } from "../../audit/log.ts";
import { chatKeys } from "../../chat/records.ts";
import { type Phone, phoneKeys } from "../records.ts";
import { splitMessage } from "../format/split.ts";
import type { Chat } from "../../chat/chat.ts";
import type { WhatsAppDeps } from "../deps.ts";
import type { History } from "../../chat/history/history.ts";
import { conversationBusy } from "../../metering/refusals.ts";
import { Erasures } from "../../people/erasures.ts";
import type { Tx } from "../../store/transactions.ts";
import { appendHandoffMessage } from "./handoff_messages.ts";
import { channelCost, fitsCeilings, readsToPay } from "../outbox/channel_cost.ts";
import { append, markWork, type Outgoing } from "../outbox/outgoing.ts";
import { withBlock } from "../opt_outs.ts";
import { visitorOf } from "../people.ts";
import { sendBlockReason } from "../inbox/send_block.ts";

/** Longest takeover, in minutes. */
const LONGEST_TAKEOVER = 24 * 60;
const LONGEST_SAYING = 6_000;

/** An admin's actions on a person; each commits together with its audit entry. */
export class PersonService {
  private readonly erasures: Erasures;

  constructor(
    private readonly deps: WhatsAppDeps,
    private readonly parts: {
      chat: Pick<Chat, "stop">;
      history: Pick<History, "putAside">;
      template: boolean;
    },
  ) {
    this.erasures = new Erasures(deps);
  }

  /** Blocks or unblocks a person: messages from and to them are dropped while blocked. */
  async block(id: string, who: string, blocked: boolean): Promise<void> {
    const action = blocked ? "whatsapp.block" : "whatsapp.unblock";
    await this.change(id, who, action, (phone, tx) => {
      this.erasures.note(tx, { kind: blocked ? "block" : "unblock", visitor: phone.own });
      return withBlock(phone, blocked);
    });
    this.erasures.told();
  }

  /** @throws {AppError} `missing`; `conflict` while another admin answers them */
  async takeOver(id: string, who: string, minutes: number): Promise<void> {
    const span = Math.min(LONGEST_TAKEOVER, Math.max(1, Math.round(minutes)));
    const now = this.deps.clock();
    const until = now + span * 60_000;
    const phone = await this.change(
      id,
      who,
      "whatsapp.take-over",
      (was) => {
        const { takeover } = was;
        if (takeover !== null && takeover.by !== who && takeover.until > now) {
          throw new AppError("conflict", { code: "person.taken", by: takeover.by });
        }
        return { ...was, takeover: { by: who, until } };
      },
      (was) => was.takeover === null ? texts(was.language).takenOver : null,
    );
    // The reply under way stops.
    if (phone.tool !== null) await this.parts.chat.stop(visitorOf(phone), phone.tool);
  }

  async handBack(id: string, who: string): Promise<void> {
    await this.change(
      id,
      who,
      "whatsapp.hand-back",
      (was) => ({ ...was, takeover: null }),
      (was) => was.takeover === null ? null : texts(was.language).handedBack,
    );
  }

  async expire(id: string, who: string): Promise<void> {
    const phone = await this.change(id, who, "whatsapp.expire", (was) => ({
      ...was,
      pending: null,
      menuPage: null,
    }));
    if (phone.tool !== null) await this.parts.history.putAside(visitorOf(phone), phone.tool);
  }

  /**
   * Sends an admin's message and stores it in the conversation.
   * @throws {AppError} `invalid`, `missing`, or `conflict` while a turn is running
   */
  async say(id: string, text: string, who: string): Promise<SayOutcome> {
    const { store: { transactions }, clock } = this.deps;
    const said = text.replaceAll("\r\n", "\n").toWellFormed().replaceAll("\0", "").trim();
    if (said === "" || said.length > LONGEST_SAYING) {
      throw new AppError("invalid", { code: "say.invalid", longest: LONGEST_SAYING }, {
        field: "text",
      });
    }
    const number = await this.numberOf(id);
    const seen = await this.phoneOf(number);
    const headKey = seen.tool === null ? null : chatKeys.head(visitorOf(seen), seen.tool);
    const cost = await channelCost(this.deps, number, seen.tool);
    const phoneKey = phoneKeys.phone(number);
    const cause = `human.${crypto.randomUUID()}`;
    const reads = [
      phoneKey,
      phoneKeys.work(number),
      ...readsToPay(cost),
      ...(headKey ? [headKey] : []),
    ];
    const outcome = await transactions.run<SayOutcome>(reads, (tx) => {
      const phone = tx.get(phoneKey) ?? seen;
      // The mark distinguishes it from the bot's messages, here and on the web.
      const marked = texts(phone.language).fromHuman(said);
      const bodies = splitMessage(marked);
      const reason = this.refusal(phone) ??
        (fitsCeilings(tx, cost, bodies.length) ? null : "budget");
      if (reason !== null) return { kind: "refused", silence: reason };
      const head = headKey && tx.get(headKey);
      if (head?.running) throw conversationBusy();
      if (headKey) {
        appendHandoffMessage(tx, headKey, head ?? null, "assistant", marked, {
          id: cause,
          at: clock(),
        });
      }
      markWork(tx, number);
      const messages = bodies.map((body): Outgoing => ({ kind: "human", body, by: who }));
      tx.set(phoneKey, append(tx, number, phone, messages, { cost, cause, turn: cause }));
      const entry = { at: clock(), who, action: "whatsapp.say", thing: `phone:${id}` };
      audit(tx, { ...entry, before: null, after: { messages: bodies.length } });
      return { kind: "waiting" };
    }, AUDIT_WEIGHT + 4 * said.length);
    const { bus } = this.deps;
    if (seen.tool !== null) {
      bus.emit("ConversationChanged", { visitor: visitorOf(seen), tool: seen.tool });
    }
    bus.emit("OutboxGrew", { number });
    return outcome;
  }

  private refusal(phone: Phone): Silence | null {
    return sendBlockReason(phone, this.deps.clock(), this.parts.template);
  }

  /** Changes a person, audits the change and sends them the notice, if any. */
  private async change(
    id: string,
    who: string,
    action: string,
    change: (phone: Phone, tx: Tx) => Phone,
    notice: (phone: Phone) => string | null = () => null,
  ): Promise<Phone> {
    const { store: { transactions }, clock } = this.deps;
    const number = await this.numberOf(id);
    const seen = await this.phoneOf(number);
    const cost = await channelCost(this.deps, number, seen.tool);
    const phoneKey = phoneKeys.phone(number);
    const cause = `desk.${crypto.randomUUID()}`;
    const phone = await transactions.run(
      [phoneKey, phoneKeys.work(number), ...readsToPay(cost)],
      (tx) => {
        const before = tx.get(phoneKey);
        if (before === null) throw missing();
        let after: Phone = { ...change(before, tx), updatedAt: clock() };
        const body = this.refusal(before) === null ? notice(before) : null;
        if (body !== null) {
          after = append(tx, number, after, [{ kind: "notice", body }], {
            cost,
            cause,
          });
        }
        // A takeover's end is noticed by the phone's work as well.
        markWork(tx, number);
        tx.set(phoneKey, after);
        const entry = { at: clock(), who, action, thing: `phone:${id}` };
        audit(tx, { ...entry, before: shown(before), after: shown(after) });
        return after;
      },
      AUDIT_WEIGHT,
    );
    this.deps.bus.emit("OutboxGrew", { number });
    return phone;
  }

  private async numberOf(id: string): Promise<string> {
    const number = await this.deps.store.phones.numberOf(id);
    if (number === null) throw missing();
    return number;
  }

  private async phoneOf(number: string): Promise<Phone> {
    const phone = await this.deps.store.phones.get(number);
    if (phone === null) throw missing();
    return phone;
  }
}

/** The audited fields of a person. */
function shown({ blocked, takeover }: Phone) {
  return { blocked, takeover };
}

function missing(): AppError {
  return new AppError("missing", { code: "person.gone" });
}
