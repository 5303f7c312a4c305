import type { FinishReason } from "../../../shared/chat_events.ts";
import type { Language } from "../../../shared/languages.ts";
import type { CostBasis } from "../../../shared/money.ts";
import type { SendAgainTexts } from "../../../shared/send_again.ts";
import type { Text } from "../../../shared/text.ts";
import type { MemoryState } from "../../../shared/views/memory_view.ts";

/** Static texts of a chat page. */
export interface ChatTexts {
  readonly skipToField: string;
  readonly skipToEnd: string;
  readonly allTools: string;
  readonly allToolsOf: Text<"organisation">;
  /** Above the starters of an empty chat. */
  readonly greeting: string;
  readonly olderMessages: string;
  readonly newerMessages: string;
  readonly backToLatest: string;
  /** Without a script, while a reply is written. */
  readonly beingWritten: string;
  readonly linkEnded: Text<"phone">;
  readonly whyLinkEnded: string;
  /** When a conversation has become expensive. */
  readonly costAlert: Text<"amount">;
  /** Payer. */
  readonly pays: Text<"organisation">;
  readonly free: string;
  readonly dayStarts: Text<"time">;
  /** What a tool remembers: on, or switched off by the person. */
  readonly memory: Readonly<Record<MemoryState, Text<"link">>>;
  readonly menu: {
    readonly name: string;
    readonly newConversation: string;
    readonly history: string;
    readonly cost: string;
    readonly share: string;
    readonly exportMarkdown: string;
    readonly exportJson: string;
    readonly whatsapp: string;
    readonly linked: string;
    readonly memory: string;
    readonly remove: string;
    readonly shortcuts: string;
  };
  /** A key's label on the keyboard, and its action. */
  readonly shortcuts: Readonly<Record<Shortcut, readonly [key: string, action: string]>>;
  readonly closeShortcuts: string;
}

export type Shortcut = "send" | "newLine" | "stop" | "field" | "show";

/** Texts of questions, replies and their actions, on the page and in its script. */
export interface TurnTexts {
  readonly language: Language;
  readonly you: string;
  readonly whatsapp: string;
  readonly sending: string;
  readonly copyQuestion: string;
  readonly versionBefore: string;
  readonly versionAfter: string;
  readonly version: Text<"at" | "of">;
  readonly editQuestion: string;
  readonly writing: string;
  readonly readAloud: string;
  readonly reader: ReaderTexts;
  readonly copyReply: string;
  readonly regenerate: string;
  readonly goodReply: string;
  readonly badReply: string;
  readonly sayWhy: string;
  readonly simulated: string;
  /** On a reply of another model than the tool's own, which failed. */
  readonly otherModel: string;
  /** Why a reply is incomplete. */
  readonly finish: Readonly<Record<Exclude<FinishReason, "stop">, string>>;
  readonly proceed: string;
  readonly tryAgain: string;
  readonly askAgain: string;
  readonly noAnswer: string;
  readonly noAnswerBecause: Text<"title">;
  readonly failure: Text<"title" | "detail">;
  readonly questionSaved: string;
  /** Announced when a reply is complete. */
  readonly replied: Text<"tool" | "reply">;
  readonly copied: string;
  readonly notCopied: string;
  readonly notRated: string;
  readonly notShown: string;
}

/** Texts of reading aloud. */
export interface ReaderTexts {
  readonly name: string;
  readonly pause: string;
  readonly resume: string;
  readonly before: string;
  readonly next: string;
  /** Said before the place, to those who do not see the strip. */
  readonly sentence: string;
  readonly place: Text<"number" | "count">;
  readonly speed: string;
  readonly stop: string;
  /** What happens, for readers of screens. */
  readonly reading: string;
  readonly paused: string;
  readonly ended: string;
  /** A reply of code or formulas only. */
  readonly nothing: string;
  readonly noVoice: string;
  readonly unable: string;
}

/** Texts of the message field. */
export interface ComposerTexts {
  readonly language: Language;
  readonly form: string;
  readonly field: string;
  readonly placeholder: string;
  readonly latest: string;
  readonly send: string;
  readonly resend: string;
  readonly stop: string;
  readonly costs: Text<"amount">;
  readonly otherTool: string;
  readonly tooLong: Text<"length" | "longest">;
  readonly offline: string;
  readonly offlineDetail: string;
  readonly reconnecting: string;
  readonly saved: string;
  readonly queued: string;
  readonly doNotSend: string;
  readonly editing: string;
  readonly cancel: string;
  readonly unreachable: string;
  readonly notSent: string;
  readonly sendAgain: SendAgainTexts;
  readonly canSend: string;
}

export interface MeterTexts {
  readonly language: Language;
  readonly name: string;
  readonly usedUp: string;
  /** In place of an amount below a cent. */
  readonly cheap: string;
  /** The rest of the day's budget, when little is left. */
  readonly left: Text<"percent">;
  readonly reply: Readonly<Record<CostBasis, string>>;
  readonly conversation: string;
  readonly toolToday: string;
  /** An amount of the day's budget. */
  readonly of: Text<"amount" | "ceiling">;
  readonly next: string;
  /** The exact estimate of the next message. */
  readonly estimate: Text<"amount">;
  readonly simulated: string;
  readonly hasCost: Text<"amount">;
  readonly dismiss: string;
}
