import { z } from "zod";
import { toolId } from "../../tools/rules/tool.ts";
import type { Language } from "../../shared/languages.ts";

/** The fields of a tool that a dialogue uses. */
export interface DialogueTool {
  readonly id: string;
  readonly name: string;
  /** Its name in its own language, which the person may say as well. */
  readonly mainName?: string;
  readonly description: string;
  readonly icon: string;
}

/** A question to the person that waits for YES or NO (or for a language). */
export const openQuestionSchema = z.discriminatedUnion("kind", [
  // `question` is answered by `tool` on YES, by the current tool on NO.
  z.object({ kind: z.literal("switch_tool"), tool: toolId, question: z.string() }),
  z.object({ kind: z.literal("delete_data") }),
  z.object({ kind: z.literal("unlink") }),
  z.object({ kind: z.literal("choose_language") }),
]);
export type OpenQuestion = z.output<typeof openQuestionSchema>;

/** Messages of a linked web conversation sent to the phone: replies, both, or none. */
export const MIRRORS = ["reply", "both", "off"] as const;
export const mirrorSchema = z.enum(MIRRORS);
export type Mirror = typeof MIRRORS[number];

/** When replies are also spoken: after a voice message, always, or never. */
export const VOICE_MODES = ["spoken", "always", "never"] as const;
export const voiceModeSchema = z.enum(VOICE_MODES);
export type VoiceMode = typeof VOICE_MODES[number];

/** The state of a dialogue on which the meaning of a message depends. */
export interface DialogueState {
  readonly language: Language;
  /** Tools offered on WhatsApp, numbered from 1 in this order. */
  readonly tools: readonly DialogueTool[];
  readonly currentTool: string | null;
  /** The list page shown, from 1; null once the person went on without a choice. */
  readonly menuPage: number | null;
  readonly pending: OpenQuestion | null;
  readonly optedOut: boolean;
  readonly linked: boolean;
}

/** Commands of one word, without an argument. */
export const PLAIN_COMMANDS = [
  // Opts in again at any time.
  "start",
  "help",
  "new",
  "cost",
  "export",
  // What tools remember of the person: shown, switched off and on, deleted.
  "memory",
  "memory_off",
  "memory_on",
  "memory_clear",
  // Asks for YES; the deletion happens on `confirm`.
  "delete_data",
  // Asks for YES if the phone is linked.
  "unlink",
] as const;
export type PlainCommand = typeof PLAIN_COMMANDS[number];

/** Meaning of a message. Everything but `ask` is answered without a model. */
export type Command =
  | { readonly kind: "stop" }
  | { readonly kind: PlainCommand }
  /** From an opted-out person: no answer. */
  | { readonly kind: "ignore" }
  /** The list of tools; `page` from 1, always an existing one (1 without tools). */
  | { readonly kind: "menu"; readonly page: number }
  | { readonly kind: "pick"; readonly tool: string }
  /** Several tools match: at least two ids, in list order. */
  | { readonly kind: "ambiguous"; readonly candidates: readonly string[] }
  | { readonly kind: "confirm"; readonly pending: OpenQuestion }
  | { readonly kind: "decline"; readonly pending: OpenQuestion }
  | { readonly kind: "language"; readonly language: Language }
  | { readonly kind: "language_list" }
  /** `code` is in the form of `linkCodeFrom`. */
  | { readonly kind: "link"; readonly code: string }
  /** LINK without a valid code. */
  | { readonly kind: "link_unreadable" }
  | { readonly kind: "mirror"; readonly mirror: Mirror }
  /** MIRROR alone: tells the current setting and the choices. */
  | { readonly kind: "mirror_state" }
  | { readonly kind: "voice"; readonly voice: VoiceMode }
  /** VOICE alone: tells the current setting and the choices. */
  | { readonly kind: "voice_state" }
  /** For the tool: the trimmed message, possibly empty. */
  | { readonly kind: "ask"; readonly text: string };
