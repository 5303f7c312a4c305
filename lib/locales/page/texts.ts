import type { Language } from "../../shared/languages.ts";
import type { Text } from "../../shared/text.ts";
import type { Forms } from "../plurals.ts";
import type { ChatTexts, ComposerTexts, MeterTexts, TurnTexts } from "./chat_texts.ts";
import type { LinkTexts, LinkWaitTexts } from "./link_texts.ts";

/**
 * What the public pages say, in one language. A text that a language lacks does not compile.
 * All of it is plain data, so that islands can be given theirs in props: a place is written
 * `{name}`, or `{name:words}` where the words of a link stand in its sentence.
 */
export interface PageTexts {
  readonly language: Language;
  readonly frame: {
    /** Of all pages, for search engines. */
    readonly description: string;
    readonly skip: string;
    /** Where the organisation has no words of its own. */
    readonly notice: string;
    readonly demoName: string;
    readonly demo: Text<"mode">;
  };
  readonly home: {
    readonly title: string;
    readonly tagline: string;
    readonly search: string;
    readonly searchButton: string;
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
  readonly meter: MeterTexts;
  readonly history: {
    readonly title: string;
    readonly empty: string;
    readonly messages: Forms;
    /** The button's words, and more of them for who hears it apart from its row. */
    readonly open: readonly [shown: string, heard: Text<"title">];
    readonly remove: readonly [shown: string, heard: Text<"title">];
  };
  readonly removal: {
    readonly title: string;
    readonly gone: string;
    readonly empty: string;
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
    /** By status; `other` for a fault of ours. */
    readonly errors: Readonly<Record<ErrorStatus | "other", ErrorTexts>>;
    readonly retrySeconds: Forms;
    readonly retryMinutes: Forms;
    readonly reference: Text<"reference">;
    /** The way on from an error. */
    readonly back: string;
  };
}

export type ErrorStatus = 400 | 403 | 404 | 409 | 413 | 429 | 503;

export interface ErrorTexts {
  readonly title: string;
  readonly detail: string;
}
