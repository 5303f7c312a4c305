import { signal } from "@preact/signals";
import type { ReaderTexts } from "../../../lib/locales/page/chat/chat_texts.ts";
import { mark, unmark } from "./marking.ts";
import { type Sentence, sentencesOf } from "./sentences.ts";
import { textLanguage } from "./text_language.ts";
import { loadVoices, voiceFor } from "./voice_choice.ts";

const RATES = [1, 1.25, 1.5, 2, 0.75];
/** Chromium ends a longer utterance of a network voice in the middle. */
const MAX_UNITS = 220;
/** A voice that does not begin within this time never does. */
const SILENT_MS = 4_000;

/** Reads one message aloud, sentence by sentence. */
export class Reading {
  readonly at = signal(0);
  readonly paused = signal(false);
  readonly rate = signal(1);
  /** A remark for the person, such as on a missing voice. */
  readonly told = signal("");
  readonly sentences: readonly Sentence[];
  private readonly language: string;
  private voice: SpeechSynthesisVoice | null = null;
  /** Number of the utterances under way; events of earlier ones are late. */
  private run = 0;
  private speaking: SpeechSynthesisUtterance | null = null;
  private silent: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param usual the page's language
   * @param ended called at the end, and when nothing can be read
   */
  constructor(
    private readonly texts: ReaderTexts,
    usual: string,
    private readonly message: Element,
    private readonly ended: (told: string) => void,
  ) {
    this.language = textLanguage(message.textContent ?? "", usual);
    this.sentences = sentencesOf(message, this.language);
  }

  async start(): Promise<void> {
    const { run } = this;
    const voices = await loadVoices();
    if (run !== this.run) return;
    this.voice = voiceFor(this.language, voices);
    const isMissing = voices.length > 0 && this.voice === null;
    this.told.value = isMissing ? this.texts.noVoice : this.texts.reading;
    if (this.sentences.length === 0) this.ended(this.texts.nothing);
    else this.say();
  }

  /** Pauses, or reads on from the sentence's beginning: `pause()` fails on phones. */
  toggle(): void {
    this.paused.value = !this.paused.value;
    this.told.value = this.paused.value ? this.texts.paused : this.texts.reading;
    if (this.paused.value) this.hush();
    else this.say();
  }

  /** Goes some sentences on or back. */
  move(by: number): void {
    const to = this.at.value + by;
    if (to < 0 || to >= this.sentences.length) return;
    this.at.value = to;
    if (this.paused.value) this.show();
    else this.say();
  }

  /** The next speed. */
  hurry(): void {
    this.rate.value = RATES[(RATES.indexOf(this.rate.value) + 1) % RATES.length] ?? 1;
    if (!this.paused.value) this.say();
  }

  stop(): void {
    this.hush();
    unmark();
  }

  private hush(): void {
    this.run++;
    clearTimeout(this.silent);
    speechSynthesis.cancel();
  }

  private show(): void {
    const sentence = this.sentences[this.at.value];
    if (sentence) mark(sentence.range);
  }

  private say(): void {
    this.hush();
    // The message may have been replaced by another version.
    if (!this.message.isConnected) return this.ended("");
    this.show();
    const text = this.sentences[this.at.value]?.text ?? "";
    this.pieces(pieces(text), this.run);
  }

  private pieces([text, ...rest]: readonly string[], run: number): void {
    if (text === undefined) {
      if (this.at.value + 1 < this.sentences.length) this.move(1);
      else this.ended(this.texts.ended);
      return;
    }
    // Kept: Chromium sends no events of a collected one.
    const utterance = this.speaking = new SpeechSynthesisUtterance(text);
    utterance.lang = this.voice?.lang ?? this.language;
    utterance.voice = this.voice;
    utterance.rate = this.rate.value;
    const isLate = () => run !== this.run;
    utterance.onstart = () => clearTimeout(this.silent);
    utterance.onend = () => {
      clearTimeout(this.silent);
      if (!isLate()) this.pieces(rest, run);
    };
    utterance.onerror = ({ error }) => {
      if (isLate() || error === "canceled" || error === "interrupted") return;
      // Without a recent gesture some browsers refuse: the next press goes on.
      if (error === "not-allowed") this.toggle();
      else this.fail();
    };
    this.silent = setTimeout(() => !isLate() && this.fail(), SILENT_MS);
    speechSynthesis.speak(this.speaking);
  }

  private fail(): void {
    this.hush();
    this.ended(this.texts.unable);
  }
}

/** A long sentence in parts, at commas or spaces. */
export function pieces(text: string): string[] {
  const parts: string[] = [];
  let left = text;
  while (left.length > MAX_UNITS) {
    const head = left.slice(0, MAX_UNITS);
    const comma = Math.max(
      ...[",", ";", ":", "\u060c", "\u3001"].map((sign) => head.lastIndexOf(sign)),
    );
    const space = head.lastIndexOf(" ");
    const cut = comma > MAX_UNITS / 3 ? comma + 1 : space > 0 ? space : MAX_UNITS;
    parts.push(left.slice(0, cut).trim());
    left = left.slice(cut).trim();
  }
  return left === "" ? parts : [...parts, left];
}
