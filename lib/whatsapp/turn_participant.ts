import type {
  BeginPart,
  BegunQuestion,
  TurnParticipant,
  TurnToBegin,
} from "../chat/participants.ts";
import { retainedFamily } from "../chat/history/retained.ts";
import { isSimulatedPhone } from "../people/rules/phone.ts";
import { messagePrice } from "./outbox/message_price.ts";
import { deliveryPart } from "./outbox/delivery.ts";
import { speechSettings } from "../config/speech.ts";
import { speechRecordsOf } from "./speech/queue.ts";
import {
  type Delivery,
  deliveryOf,
  maxDeliveryCost,
  mayMirror,
  mostChunks,
  PARTICIPANT,
} from "./outbox/destination.ts";
import { OUTBOX_DAYS, phoneKeys } from "./records.ts";
import type { WhatsAppDeps } from "./deps.ts";

/** Retention of outbox messages. */
const OUTBOX_MS = OUTBOX_DAYS * 24 * 60 * 60_000;

type Needs = Pick<WhatsAppDeps, "config" | "clock" | "bus"> & {
  store: Pick<WhatsAppDeps["store"], "customPrices" | "settings" | "kv" | "media">;
};

/** The inbound messages that a turn answers. */
type AnsweredMessages = Pick<Delivery, "number" | "from" | "upTo" | "spoke" | "simulated">;

/**
 * WhatsApp's part in turns: replies to phones, and the mirror of web conversations on linked
 * phones. The cost of messages is held with the turn; they enter the outbox when it is settled,
 * with a mark for those that are to be spoken.
 */
export function whatsAppParticipant(needs: Needs): TurnParticipant {
  return {
    name: PARTICIPANT,
    begin: (turn) => mayMirror(needs.config, turn.channel) ? mirrorPart(needs, turn) : null,
    settle: (running, outcome) => {
      const { shares } = needs.store.settings.current.alerts;
      const speaks = speechSettings(needs.config) !== null;
      return deliveryPart(running, outcome, { shares, speaks });
    },
    settled: (running) => {
      const delivery = deliveryOf(running);
      if (delivery) needs.bus.emit("OutboxGrew", delivery);
    },
    kept: (conversation) => speechRecordsOf(needs.store, conversation),
    retained: [
      retainedFamily(
        "outbox",
        (number = "", n = "") => phoneKeys.outbox(number, Number(n)),
        ({ at }, key) => ({ row: { key, until: at + OUTBOX_MS } }),
      ),
    ],
  };
}

/** WhatsApp's part in a turn that answers a phone's messages. */
export function answeringParticipant(
  needs: Omit<Needs, "bus">,
  answered: AnsweredMessages,
): Pick<TurnParticipant, "name" | "begin"> {
  return {
    name: PARTICIPANT,
    begin: () => ({
      run: (_, begun) => {
        const keep: Delivery = {
          way: "answer",
          question: "",
          ...answered,
          ...termsOf(needs, begun, answered.number),
        };
        // Messages to a simulated phone are free.
        return { keep, cost: answered.simulated ? 0n : maxDeliveryCost(keep) };
      },
    }),
  };
}

function mirrorPart(needs: Omit<Needs, "bus">, turn: TurnToBegin): BeginPart {
  const linkedKey = phoneKeys.linked(turn.visitor);
  return {
    reads: [linkedKey],
    run: (tx, begun) => {
      const number = tx.get(linkedKey);
      if (number === null) return {};
      const simulated = isSimulatedPhone(number);
      const keep: Delivery = {
        way: "mirror",
        number,
        simulated,
        from: 0,
        upTo: 0,
        question: begun.text,
        ...termsOf(needs, begun, number),
      };
      return { keep, cost: maxDeliveryCost(keep), known: true };
    },
  };
}

function termsOf(needs: Omit<Needs, "bus">, { maxTokens }: BegunQuestion, number: string) {
  return {
    chunks: mostChunks(maxTokens),
    ...messagePrice(needs, number),
    free: needs.store.settings.current.budgets.freeReplies,
    template: needs.config.TWILIO_TEMPLATE_SID !== undefined,
  };
}
