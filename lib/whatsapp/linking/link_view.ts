import { qrCode } from "./qr_code.ts";
import { maskPhone } from "../../people/rules/phone.ts";
import type { Language } from "../../shared/languages.ts";
import type { LinkCodeView, LinkView } from "../../shared/views/link_view.ts";
import { formatCents, type NanoUsd } from "../../shared/money.ts";
import type { LinkState } from "./web_links.ts";

/** Parts of a link page besides the visitor's state. */
export interface LinkViewContext {
  /** Our number, E.164. */
  number: string;
  /** Price of a message to a number. */
  priceTo: (number: string) => NanoUsd;
  now: number;
  /** Language that amounts are written in. */
  language: Language;
}

/** The visitor's link as its page shows it; the only full number in it is ours. */
export function linkView(state: LinkState, around: LinkViewContext): LinkView {
  const { linked, code, sent, ended } = state;
  const { number, priceTo, now, language } = around;
  // Before a phone is known: as if it were in our own country.
  const price = priceTo(linked?.number ?? sent?.number ?? number);
  return {
    number,
    linked: linked && {
      phone: maskPhone(linked.number),
      since: linked.since,
      mirror: linked.mirror,
      silent: linked.silent,
    },
    code: code && (code.over ? "expired" : codeView(code.code, number, code.expiresAt - now)),
    sent: sent && { phone: maskPhone(sent.number), leftMs: sent.expiresAt - now },
    ended,
    costs: { reply: formatCents(price, language), both: formatCents(2n * price, language) },
  };
}

function codeView(code: string, number: string, leftMs: number): LinkCodeView {
  const href = linkAddress(number, code);
  return { code, href, qr: qrCode(href), leftMs };
}

/**
 * Address that opens WhatsApp with the linking message to us.
 * https://faq.whatsapp.com/5913398998672934 ("click to chat")
 */
export function linkAddress(number: string, code: string): string {
  return `https://wa.me/${number.slice(1)}?text=LINK%20${code}`;
}
