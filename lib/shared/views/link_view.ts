/** What of a linked web conversation goes to WhatsApp. */
export type MirrorView = "reply" | "both" | "off";

/** A code to be sent from a phone, as a page shows it. */
export interface LinkCodeView {
  /** `"2345-ABCD"`. */
  code: string;
  /** Opens WhatsApp with the message written. */
  href: string;
  /** The same address as a QR code: modules on a side, and an SVG path of the dark ones. */
  qr: { size: number; path: string };
  /** Milliseconds until it ends. */
  leftMs: number;
}

/** A visitor's link with WhatsApp, as its page shows it. */
export interface LinkView {
  /** Our number as people write it. */
  number: string;
  /** With which phone (masked) the conversation is linked, and since when. */
  linked: {
    phone: string;
    since: number;
    mirror: MirrorView;
    /** Why nothing can go there now: STOP was sent, or the 24 hours are over. */
    silent: "stopped" | "window" | null;
  } | null;
  /** The code that the page shows; `"expired"` when its time is over. */
  code: LinkCodeView | "expired" | null;
  /** A code was asked for to be sent to this phone (masked), and holds. */
  sent: { phone: string; leftMs: number } | null;
  /** Somebody else ended the link. */
  ended: { phone: string; at: number; by: "phone" | "replaced" } | null;
  /** What a mirrored message costs, such as `"$0.005"`. */
  costs: { reply: string; both: string };
}

/** What a chat page says about WhatsApp. */
export interface ChatLinkView {
  href: string;
  linked: boolean;
  /** The masked number of a phone whose link somebody else ended. */
  ended: string | null;
}
