/** The part of a linked web conversation that is mirrored to WhatsApp. */
export type MirrorView = "reply" | "both" | "off";

/** When a person's replies on WhatsApp are also spoken. */
export type VoiceModeView = "spoken" | "always" | "never";

/** A link code to send from a phone. */
export interface LinkCodeView {
  /** `"2345-ABCD"`. */
  code: string;
  /** Opens WhatsApp with the message prepared. */
  href: string;
  /** The same address as a QR code: modules per side, and an SVG path of the dark ones. */
  qr: { size: number; path: string };
  /** Milliseconds until it expires. */
  leftMs: number;
}

export interface LinkView {
  /** Our number, formatted for display. */
  number: string;
  /** The linked phone (masked), and the time of linking. */
  linked: {
    phone: string;
    since: number;
    mirror: MirrorView;
    /** Why nothing can be sent there now: STOP was sent, or the 24-hour window is closed. */
    silent: "stopped" | "window" | null;
  } | null;
  /** The code on the page; `"expired"` after its time. */
  code: LinkCodeView | "expired" | null;
  /** A code was sent to this phone (masked) and is valid. */
  sent: { phone: string; leftMs: number } | null;
  /** The link was ended from elsewhere. */
  ended: { phone: string; at: number; by: "phone" | "replaced" } | null;
  /** Cost of a turn's mirrored messages, such as `"1¢"`; null below a cent. */
  costs: { reply: string | null; both: string | null };
}

export interface ChatLinkView {
  href: string;
  linked: boolean;
  /** Masked number of a phone whose link was ended from elsewhere. */
  ended: string | null;
}
