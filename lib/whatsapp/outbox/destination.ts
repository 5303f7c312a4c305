import { type Config, whatsAppSettings } from "../../config.ts";
import type { Delivery } from "../../people/delivery.ts";
import type { Deps } from "../../deps.ts";
import { messagePrice } from "./channel_cost.ts";

/** What a token comes to at most, as a rule, and a message holds at least, in UTF-16 units. */
const TOKEN_UNITS = 8;
const MESSAGE_UNITS = 1_200;
/** No reply is longer than 30,000 units. */
const MOST_CHUNKS = 26;

/** The most messages that a reply of so many tokens is sent as. */
export function mostChunks(maxTokens: number): number {
  return Math.min(MOST_CHUNKS, Math.ceil(maxTokens * TOKEN_UNITS / MESSAGE_UNITS) + 1);
}

/** Which messages of a phone a turn answers. */
export type Asking = Pick<Delivery, "number" | "from" | "upTo" | "simulated">;

/** Whether what is said in a channel can reach a linked phone; where none can be, nobody looks for one. */
export function mayMirror(config: Config, channel: string): boolean {
  // The admin area has phones of its own, with which all can be tried without Twilio.
  return channel === "web" &&
    (whatsAppSettings(config) !== null || config.ADMIN_PASSWORD !== undefined);
}

/** Where a turn's reply goes beside the page, as far as is known before it begins. */
export function deliveryFor(
  deps: Deps,
  { deliver, channel }: { deliver?: Asking; channel: string },
  { maxTokens }: { maxTokens: number },
  question: string,
): { deliver: Delivery | null; mirror: Omit<Delivery, "number" | "simulated"> | null } {
  const { config } = deps;
  const mirrors = mayMirror(config, channel);
  if (!deliver && !mirrors) return { deliver: null, mirror: null };
  const common = {
    chunks: mostChunks(maxTokens),
    unit: messagePrice(deps),
    template: config.TWILIO_TEMPLATE_SID !== undefined,
  };
  if (deliver) {
    return { deliver: { way: "answer", question: "", ...deliver, ...common }, mirror: null };
  }
  return { deliver: null, mirror: { way: "mirror", from: 0, upTo: 0, question, ...common } };
}
