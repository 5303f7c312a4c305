import type { NanoUsd } from "../../shared/money.ts";
import { type Market, marketOf } from "../rules/message_markets.ts";
import { cheapestRate, dearestRate, replyRate, TWILIO_FEE } from "../rules/message_rates.ts";
import type { MessagePriceView } from "../../shared/views/whatsapp_view.ts";
import type { WhatsAppDeps } from "../deps.ts";

interface Needs {
  store: { customPrices: Pick<WhatsAppDeps["store"]["customPrices"], "unit"> };
  clock: () => number;
}

/** Prices of the messages of one person, in nano-dollars. */
export interface MessagePrice {
  /** Twilio's fee: all that an incoming message costs, and a free reply. */
  fee: NanoUsd;
  /** An outgoing message: the fee and WhatsApp's rate in the person's market. */
  unit: NanoUsd;
}

/**
 * Prices of messages from and to an address. The organisation's own prices replace Twilio's fee
 * (`twilio/message`), the rate of a market (`whatsapp/<market>`), and all rates (`whatsapp/all`).
 */
export function messagePrice(deps: Needs, address: string): MessagePrice {
  const market = marketOf(address);
  const own = ownRate(deps);
  const at = deps.clock();
  const fee = messageFee(deps);
  return { fee, unit: fee + (market === null ? dearestRate(at, own) : replyRate(market, at, own)) };
}

/** What an incoming message costs, and the cheapest and the dearest market's reply. */
export function priceRange(deps: Needs): MessagePriceView {
  const own = ownRate(deps);
  const at = deps.clock();
  const fee = messageFee(deps);
  return { fee, least: fee + cheapestRate(at, own), most: fee + dearestRate(at, own) };
}

/** Cost of a question and its reply in a market, each one message. */
export function exchangePrice(deps: Needs, market: Market): NanoUsd {
  return 2n * messageFee(deps) + replyRate(market, deps.clock(), ownRate(deps));
}

function messageFee({ store, clock }: Needs): NanoUsd {
  return store.customPrices.unit("twilio", "message", clock()) ?? TWILIO_FEE;
}

function ownRate({ store, clock }: Needs): (market: Market) => NanoUsd | null {
  const unit = (thing: string) => store.customPrices.unit("whatsapp", thing, clock());
  return (market) => unit(market) ?? unit("all");
}
