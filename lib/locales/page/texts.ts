import type { Language } from "../../shared/languages.ts";
import type { Text } from "../../shared/text.ts";
import type { Forms } from "../plurals.ts";
import type { ChatTexts, ComposerTexts, MeterTexts, TurnTexts } from "./chat/chat_texts.ts";
import type { PictureTexts } from "./pictures/picture_texts.ts";
import type { VoiceTexts } from "./voice/voice_texts.ts";
import type { LinkTexts, LinkWaitTexts } from "./link/link_texts.ts";

/**
 * Texts of the public pages in one language. A missing text does not compile. All is plain data, so
 * that it can be passed to islands in props: a place is written `{name}`, or `{name:words}` where a
 * link's words are part of its sentence.
 */
export interface PageTexts {
  readonly language: Language;
  readonly frame: {
    /** Of all pages, for search engines. */
    readonly description: string;
    readonly skip: string;
    /** Default of the organisation's own text. */
    readonly notice: string;
    /** Counted in days. */
    readonly kept: Forms;
    /** Where recordings stay with their messages. */
    readonly keptWithSound: Forms;
    readonly backTo: Text<"name">;
    readonly demoName: string;
    readonly demo: Text<"mode">;
  };
  readonly home: {
    readonly title: string;
    readonly search: string;
    /** Headings of tools without a group: alone, and below groups. */
    readonly tools: string;
    readonly otherTools: string;
    readonly noneFound: Text<"query">;
    /** With the place `query`. */
    readonly found: Forms;
    readonly showAll: string;
    readonly empty: string;
    readonly emptyText: Text<"organisation">;
  };
  readonly chat: ChatTexts;
  readonly turn: TurnTexts;
  readonly composer: ComposerTexts;
  readonly pictures: PictureTexts;
  readonly voice: VoiceTexts;
  readonly meter: MeterTexts;
  readonly removal: {
    readonly title: string;
    readonly empty: string;
    readonly forGood: string;
    readonly lost: Forms;
    readonly confirm: string;
    readonly cancel: string;
  };
  readonly dataExport: {
    readonly title: string;
    readonly about: string;
    readonly download: string;
    readonly expired: Text<"command">;
  };
  readonly reason: {
    readonly title: string;
    readonly question: string;
    readonly field: Text<"tool">;
    readonly send: string;
    readonly back: string;
  };
  readonly link: LinkTexts;
  readonly linkWait: LinkWaitTexts;
  readonly errorPage: {
    readonly status: Text<"status">;
    /** By status; `other` for program faults. */
    readonly errors: Readonly<Record<ErrorStatus | "other", ErrorPageTexts>>;
    readonly retrySeconds: Forms;
    readonly retryMinutes: Forms;
    readonly reference: Text<"reference">;
    /** The link on an error page. */
    readonly back: string;
  };
}

export type ErrorStatus = 400 | 403 | 404 | 409 | 413 | 429 | 503;

export interface ErrorPageTexts {
  readonly title: string;
  readonly detail: string;
}
