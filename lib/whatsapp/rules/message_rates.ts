import type { NanoUsd } from "../../shared/money.ts";
import { type Market, MARKETS } from "./message_markets.ts";

/** Twilio's fee for each message in or out: https://www.twilio.com/en-us/whatsapp/pricing */
export const TWILIO_FEE: NanoUsd = 5_000_000n;

/** Replies a month for which WhatsApp charges nothing, for each of our numbers. */
export const FREE_REPLIES = 1_000;

/**
 * WhatsApp's rates of a reply (the category "service", at the rate of "utility"), in ten-thousandths
 * of a dollar, each card from its day on. They are charged on top of Twilio's fee.
 *
 * Source: Meta's card "Cost per message in USD on the WhatsApp Business Platform, effective
 * October 1, 2026", as copied on 2026-10-09 by a public repository's table of all 47 markets.
 * Compared with: the card in dirhams of the same day (tobachat/whatsapp-api-rates on Hugging Face,
 * seven markets, each within rounding), the cards in euros of 2026-07-01 (two public repositories,
 * 38 markets: the same but for Peru and South Africa, which rose, and the nine new markets), and
 * operators' notices of the nine new markets' direction. Resellers' tables (wappbiz.com, January
 * 2026) are 25% higher throughout: their own margin. Before that day replies within 24 hours were
 * free.
 */
const CARDS: readonly { from: string; rates: Readonly<Record<Market, number>> }[] = [{
  from: "2026-10-01",
  rates: {
    "argentina": 260,
    "bangladesh": 37,
    "brazil": 68,
    "chile": 200,
    "colombia": 8,
    "egypt": 36,
    "france": 300,
    "germany": 550,
    "hong-kong": 260,
    "hungary": 350,
    "india": 14,
    "indonesia": 250,
    "iraq": 79,
    "israel": 53,
    "italy": 300,
    "kazakhstan": 180,
    "kuwait": 440,
    "malaysia": 140,
    "mexico": 85,
    "morocco": 230,
    "netherlands": 500,
    "nepal": 34,
    "nigeria": 67,
    "oman": 247,
    "pakistan": 150,
    "peru": 300,
    "poland": 122,
    "qatar": 120,
    "romania": 290,
    "russia": 400,
    "saudi-arabia": 107,
    "singapore": 160,
    "south-africa": 95,
    "spain": 200,
    "sri-lanka": 20,
    "turkey": 9,
    "ukraine": 298,
    "united-arab-emirates": 157,
    "united-kingdom": 220,
    "north-america": 34,
    "rest-of-africa": 40,
    "rest-of-asia-pacific": 113,
    "rest-of-central-and-eastern-europe": 212,
    "rest-of-latin-america": 113,
    "rest-of-middle-east": 91,
    "rest-of-western-europe": 171,
    "other": 77,
  },
}];

const TEN_THOUSANDTH = 100_000n;

/** The organisation's own rate of a market, or null. */
type OwnRate = (market: Market) => NanoUsd | null;

/** WhatsApp's rate of a reply in a market at an instant. */
export function replyRate(market: Market, at: number, own: OwnRate = () => null): NanoUsd {
  const card = CARDS.findLast(({ from }) => Date.parse(from) <= at);
  return own(market) ?? BigInt(card?.rates[market] ?? 0) * TEN_THOUSANDTH;
}

/** The dearest market's rate, for a person whose country is not known. */
export function dearestRate(at: number, own: OwnRate = () => null): NanoUsd {
  return MARKETS.map((market) => replyRate(market, at, own))
    .reduce((most, rate) => rate > most ? rate : most, 0n);
}

/** The cheapest market's rate. */
export function cheapestRate(at: number, own: OwnRate = () => null): NanoUsd {
  return MARKETS.map((market) => replyRate(market, at, own))
    .reduce((least, rate) => rate < least ? rate : least);
}
