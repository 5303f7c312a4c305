import type { Page } from "playwright-core";
import { assert, assertEquals } from "./assert.ts";

/** An utterance that a page gave to the fake voices. */
export interface Said {
  text: string;
  lang: string;
  rate: number;
  voice: string | null;
}

declare global {
  interface Window {
    /** What the fake voices were told, and how they answer. */
    said: Said[];
    canceled: number;
    end(error?: string): void;
    silent: boolean;
  }
}

/**
 * Puts fake voices into the page: the tests' Chromium has none. Each utterance starts at once and
 * ends when the test says so.
 */
export async function withVoices(page: Page, options: { lateMs?: number } = {}): Promise<void> {
  await page.addInitScript(({ lateMs }) => {
    class Utterance {
      lang = "";
      rate = 1;
      voice: { name: string } | null = null;
      onstart: () => void = () => {};
      onend: () => void = () => {};
      onerror: (event: { error: string }) => void = () => {};
      constructor(readonly text: string) {}
    }
    const voices = [
      { name: "Network", lang: "en-US", localService: false, default: true },
      { name: "Local", lang: "en_GB", localService: true, default: false },
      { name: "Paulina", lang: "es-MX", localService: true, default: false },
    ];
    let loaded = lateMs === 0, asked = false;
    let now: Utterance | null = null;
    const events = new EventTarget();
    const drop = () => {
      const last = now;
      now = null;
      if (!last) return;
      // Chromium tells an error, Safari an end.
      setTimeout(() => {
        last.onerror({ error: "canceled" });
        last.onend();
      });
    };
    const fake = {
      getVoices() {
        if (!asked && !loaded) {
          setTimeout(() => {
            loaded = true;
            events.dispatchEvent(new Event("voiceschanged"));
          }, lateMs);
        }
        asked = true;
        return loaded ? voices : [];
      },
      addEventListener: events.addEventListener.bind(events),
      speak(utterance: Utterance) {
        now = utterance;
        const { text, lang, rate, voice } = utterance;
        self.said.push({ text, lang, rate, voice: voice?.name ?? null });
        if (!self.silent) setTimeout(() => now === utterance && utterance.onstart());
      },
      cancel() {
        self.canceled++;
        drop();
      },
    };
    self.said = [];
    self.canceled = 0;
    self.silent = false;
    self.end = (error) => {
      const last = now;
      now = null;
      if (error === undefined) last?.onend();
      else last?.onerror({ error });
    };
    Object.defineProperty(self, "speechSynthesis", { value: fake });
    Object.defineProperty(self, "SpeechSynthesisUtterance", { value: Utterance });
  }, { lateMs: options.lateMs ?? 0 });
}

/** The utterances so far. */
export const said = (page: Page) => page.evaluate(() => self.said);

/** Waits for the n-th utterance. */
export async function spoken(page: Page, count: number): Promise<Said> {
  await page.waitForFunction((count) => self.said.length >= count, count);
  const all = await said(page);
  assertEquals(all.length, count);
  const last = all.at(-1);
  assert.ok(last);
  return last;
}
