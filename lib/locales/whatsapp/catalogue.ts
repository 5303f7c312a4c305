import type { MirrorView } from "../../shared/views/link_view.ts";
import type { MenuItem, MenuPage } from "./menu_lines.ts";

/** What of a message's cost is told; amounts as `formatUsd` writes them. */
export interface CostFigures {
  readonly replies: number;
  readonly conversation: string;
  /** All that this person's messages cost today. */
  readonly today: string;
}

/**
 * What the program itself says on WhatsApp, in one language: WhatsApp's own
 * marks (`*bold*`), at most 1,500 UTF-16 units each. What people or tools
 * wrote is handed in as plain text and is cut where it is long.
 */
export interface WhatsAppTexts {
  /** The very first answer: who answers, that it costs, what STOP does. The menu follows in the same message or the next. */
  readonly welcome: string;
  menu(page: MenuPage, current: string | null): string;
  picked(
    tool: { readonly icon: string; readonly name: string; readonly description: string },
  ): string;
  /** Which of these tools is meant? Their numbers are those of the list. */
  ambiguous(items: readonly MenuItem[]): string;
  help(tool: string | null): string;
  readonly noTools: string;
  /** No tool was chosen yet: shown with the menu. */
  readonly pickFirst: string;
  /** What happens with what is written to a tool: sent to an AI provider, stored, deletable. */
  dataHandled(tool: string): string;
  newStarted(tool: string): string;
  cost(figures: CostFigures): string;
  /** The export follows as a file. */
  exportSent(messages: number): string;
  exportLink(address: string, minutes: number): string;
  readonly nothingToExport: string;
  readonly deleteAsk: string;
  readonly deleteDone: string;
  /** After NO to any question: nothing was changed. */
  readonly declined: string;
  /** The one confirmation after STOP; nothing follows it until START. */
  readonly optedOut: string;
  readonly optedIn: string;
  languageList(names: readonly string[]): string;
  readonly languageChanged: string;
  readonly linkDone: string;
  readonly linkFailed: string;
  readonly linkExpired: string;
  /** Too many wrong codes. */
  linkBlocked(minutes: number): string;
  readonly linkHow: string;
  readonly unlinkAsk: string;
  readonly unlinked: string;
  readonly notLinked: string;
  /** For the message that carries a code to a phone. `code` as shown on the page. */
  linkCode(code: string, minutes: number): string;
  /** What is set, what each way costs for a web message, and the words that change it. */
  mirror(mirror: MirrorView, cost: { readonly reply: string; readonly both: string }): string;
  /** Stands before a mirrored question of the person's own from the web. */
  fromWeb(question: string): string;
  limited(seconds: number): string;
  /** The day's ceiling is reached; `resets` is a time as people read it. */
  overBudget(resets: string): string;
  /** The person has used up their share of the day; others have not. */
  shareUsed(resets: string): string;
  readonly mediaRefused: string;
  /** The current tool's model does not see images. */
  readonly imagesNotSeen: string;
  mediaTooLarge(megabytes: number): string;
  voiceHeard(transcript: string): string;
  readonly voiceFailed: string;
  voiceTooLong(minutes: number): string;
  readonly takenOver: string;
  readonly handedBack: string;
  /** What a person of the organisation writes, as long as it is: `splitMessage` cuts it. */
  fromHuman(text: string): string;
  offScope(tool: string, scope: string): string;
  /** Nothing was answered; `retry`: the same message may work in a moment. */
  failed(retry: boolean): string;
  /** Under a reply that broke off. */
  readonly interrupted: string;
  propose(tool: string): string;
  /** Text was longer than what a tool takes. */
  tooLong(characters: number): string;
  /** A recording of a kind that cannot be heard. */
  readonly audioNotHeard: string;
  /** An attachment could not be fetched. */
  readonly mediaGone: string;
  /** From now on people of the organisation may read along, where it has no words of its own for that. */
  readonly reviewed: string;
}
