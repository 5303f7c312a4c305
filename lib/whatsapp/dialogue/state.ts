import { z } from "zod";
import { toolId } from "../../tools/rules/tool.ts";
import type { Language } from "../../shared/languages.ts";

/** A tool as far as a dialogue knows it. */
export interface DialogueTool {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly icon: string;
}

/** A question that was put to the person and waits for YES or NO (or for a language). */
export const openQuestionSchema = z.discriminatedUnion("kind", [
  // `question` is what the person had asked: the new tool answers it on YES, the current one on NO.
  z.object({ kind: z.literal("switch_tool"), tool: toolId, question: z.string() }),
  z.object({ kind: z.literal("delete_data") }),
  z.object({ kind: z.literal("unlink") }),
  z.object({ kind: z.literal("choose_language") }),
]);
export type OpenQuestion = z.output<typeof openQuestionSchema>;

/** What of a linked web conversation is sent to WhatsApp: the reply, question and reply, or nothing. */
export const MIRRORS = ["reply", "both", "off"] as const;
export const mirrorSchema = z.enum(MIRRORS);
export type Mirror = typeof MIRRORS[number];

/** What is remembered of a dialogue with one person, as much as is needed to understand a message. */
export interface DialogueState {
  readonly language: Language;
  /** The tools that are offered on WhatsApp, in the order in which they are numbered from 1. */
  readonly tools: readonly DialogueTool[];
  readonly currentTool: string | null;
  /** The page of the list that was shown last, from 1; null when what came after it was no choice. */
  readonly menuPage: number | null;
  readonly pending: OpenQuestion | null;
  readonly optedOut: boolean;
  readonly linked: boolean;
}

/** What a message means. Everything but `ask` is answered without a model. */
export type Command =
  | { readonly kind: "stop" }
  | { readonly kind: "start" }
  /** From somebody who opted out: no answer at all. */
  | { readonly kind: "ignore" }
  | { readonly kind: "help" }
  /** The list of tools; `page` from 1 and always one that there is (1 when there are no tools). */
  | { readonly kind: "menu"; readonly page: number }
  | { readonly kind: "pick"; readonly tool: string }
  /** Several tools go by what was said: ids in their order, at least two. */
  | { readonly kind: "ambiguous"; readonly candidates: readonly string[] }
  | { readonly kind: "new" }
  | { readonly kind: "cost" }
  | { readonly kind: "export" }
  /** Asks for YES first; the deletion itself is `confirm`. */
  | { readonly kind: "delete_data" }
  | { readonly kind: "confirm"; readonly pending: OpenQuestion }
  | { readonly kind: "decline"; readonly pending: OpenQuestion }
  | { readonly kind: "language"; readonly language: Language }
  | { readonly kind: "language_list" }
  /** `code` is in the form of `linkCodeFrom`. */
  | { readonly kind: "link"; readonly code: string }
  /** LINK without a code, or with what cannot be one. */
  | { readonly kind: "link_unreadable" }
  /** Asks for YES first when a conversation is linked. */
  | { readonly kind: "unlink" }
  | { readonly kind: "mirror"; readonly mirror: Mirror }
  /** MIRROR alone: says what is set and what can be. */
  | { readonly kind: "mirror_state" }
  /** For the tool: the message as it was written, without space around it; may be empty. */
  | { readonly kind: "ask"; readonly text: string };
