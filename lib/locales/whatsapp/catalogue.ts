import type { MirrorView, VoiceModeView } from "../../shared/views/link_view.ts";
import type { MemoryLine } from "./memory_lines.ts";
import type { MenuItem, MenuPage } from "./menu_lines.ts";

/** Figures of a message's cost; amounts as formatted by `formatUsd`. */
export interface CostFigures {
  readonly replies: number;
  readonly conversation: string;
  /** This person's cost today. */
  readonly today: string;
}

/** Costs of a mirrored reply, and of one with its question, in dollars; null below a cent. */
export interface MirrorCost {
  readonly reply: string | null;
  readonly both: string | null;
}

/**
 * The program's own texts on WhatsApp in one language: WhatsApp's markup (`*bold*`), at most 1,500
 * UTF-16 units each. Texts of people or tools are passed in as plain text and are cut.
 */
export interface WhatsAppTexts {
  /**
   * The first answer: introduction, costs, and STOP; then the menu, here or in the next message.
   */
  readonly welcome: string;
  menu(page: MenuPage, current: string | null): string;
  picked(
    tool: { readonly icon: string; readonly name: string; readonly description: string },
  ): string;
  /** Asks which of these tools is meant; numbered as in the list. */
  ambiguous(items: readonly MenuItem[]): string;
  help(tool: string | null): string;
  readonly noTools: string;
  /** No tool was chosen yet: shown with the menu. */
  readonly pickFirst: string;
  /** What happens to a tool's messages: sent to an AI provider, stored, deletable. */
  dataHandled(tool: string): string;
  newStarted(tool: string): string;
  cost(figures: CostFigures): string;
  /** The export follows as a file. */
  exportSent(messages: number): string;
  exportLink(address: string, minutes: number): string;
  readonly nothingToExport: string;
  /** Notes of all tools, latest first, and whether memory is switched off. */
  memory(notes: readonly MemoryLine[], off: boolean): string;
  readonly memoryOff: string;
  readonly memoryOn: string;
  readonly memoryCleared: string;
  /** The chosen tool remembers conversations. */
  readonly remembers: string;
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
  /** The message that carries a code to a phone. `code` as shown on the page. */
  linkCode(code: string, minutes: number): string;
  /** The setting, the cost of each mode per web message, and the commands that change it. */
  mirror(mirror: MirrorView, cost: MirrorCost): string;
  /** When replies are also spoken, what a voice note costs, and the commands that change it. */
  voice(mode: VoiceModeView, cost: string | null): string;
  /** No speech server is set. */
  readonly voiceNone: string;
  /** Before a voice note that does not hold all of the reply; `words` are its last ones. */
  voiceCut(words: string): string;
  /** Precedes a mirrored question from the web. */
  fromWeb(question: string): string;
  limited(seconds: number): string;
  /** The day's ceiling is reached; `resets` is a formatted time. */
  overBudget(resets: string): string;
  /** The person's share of the day is used up. */
  shareUsed(resets: string): string;
  readonly mediaRefused: string;
  /** The current tool's model has no vision. */
  readonly modelEnded: string;
  readonly imagesNotSeen: string;
  /** A picture in another format, damaged, moving or too large by its pixels. */
  readonly pictureNotRead: string;
  mediaTooLarge(megabytes: number): string;
  voiceHeard(transcript: string): string;
  /** With a transcript, where the tool keeps recordings. */
  readonly recordingKept: string;
  /** The model hears a voice message that nobody could write down. */
  readonly voiceUnwritten: string;
  /** In place of its text. */
  voiceMarker(time: string): string;
  readonly voiceFailed: string;
  voiceTooLong(minutes: number): string;
  readonly takenOver: string;
  readonly handedBack: string;
  /** An administrator's message of any length: `splitMessage` cuts it. */
  fromHuman(text: string): string;
  offScope(tool: string, scope: string): string;
  /** No answer; `retry`: the same message may succeed shortly. */
  failed(retry: boolean): string;
  /** Under an interrupted reply. */
  readonly interrupted: string;
  /** Under a reply of another model than the tool's own, which failed. */
  readonly otherModel: string;
  propose(tool: string): string;
  /** The text is longer than a tool accepts. */
  tooLong(characters: number): string;
  /** A recording that cannot be transcribed. */
  readonly audioNotHeard: string;
  /** An attachment could not be fetched. */
  readonly mediaGone: string;
  /** Conversations may be reviewed from now on; default of the organisation's own text. */
  readonly reviewed: string;
}
