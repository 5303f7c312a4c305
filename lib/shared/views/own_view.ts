import type { ToolView } from "./chat_view.ts";

/** A conversation in the list of a person's own, with any tool. */
export interface OwnConversationView {
  id: string;
  title: string;
  /** Last activity in ms since 1970. */
  at: number;
  messages: number;
  /** `lang` where the name is not in the reader's language. */
  tool: { id: string; name: string; icon: string; active: boolean; lang?: string };
  shared: boolean;
}

/** A read-only link to a conversation, as its maker sees it. */
export interface SharedLinkView {
  id: string;
  address: string;
  at: number;
  until: number;
}

/** A conversation to continue, on the home page. */
export interface RecentView {
  id: string;
  title: string;
  at: number;
  /** Time, weekday or date of its last activity. */
  when: string;
  tool: ToolView;
  /** Whether the tool's chat page shows it; an archived one is continued by a form. */
  current: boolean;
  /** Whether a reply is being written, or ended while no page showed it. */
  reply: "writing" | "ready" | null;
}

/** A tool or a conversation in the list that opens over a page. */
export interface PaletteItem {
  kind: "tool" | "conversation";
  /** Id of the tool, and its icon. */
  tool: string;
  icon: string;
  title: string;
  about: string;
  /** Language of the title, where it is not the reader's. */
  lang?: string;
  /** Of an archived conversation, which is taken up by a form. */
  conversation?: string;
}

/** A message as a shared page shows it. */
export interface SharedMessageView {
  seq: number;
  role: "user" | "assistant";
  /** Safe HTML, rendered by the server. */
  html: string;
  at: number;
  /** Addresses of its pictures. */
  pictures: string[];
}

/** Amounts of what is kept of a person. */
export interface OwnSumsView {
  conversations: number;
  pictures: number;
  recordings: number;
  links: number;
  /** Masked; null when none is linked. */
  phone: string | null;
  /** When the oldest conversation will be deleted; null without one. */
  oldestUntil: number | null;
}

/** What the help page says of the settings in force. */
export interface HelpView {
  days: number;
  /** Names of the AI companies that are asked. */
  companies: string[];
  /** Whether a server of the organisation answers. */
  ownServer: boolean;
  /** Whether conversations may be read; the organisation's own words, or "". */
  review: { notice: string } | null;
  /** Null while nobody is named. */
  contact: { name: string; whatsapp: string | null; mail: string | null } | null;
}

/** A further device, as the first one lists it. */
export interface DeviceView {
  id: string;
  /** Browser and system, or "". */
  name: string;
  at: number;
  confirmed: boolean;
  /** The number that it shows while it waits. */
  number: string;
}

/** A code for another device. */
export interface DeviceCodeView {
  address: string;
  /** SVG path and side of the QR code. */
  qr: { size: number; path: string };
}
