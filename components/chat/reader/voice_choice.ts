/** Voices load late in some browsers, and never in others. */
const VOICES_MS = 1_500;

/** The device's voices, once they are loaded. */
export async function loadVoices(): Promise<SpeechSynthesisVoice[]> {
  const now = speechSynthesis.getVoices();
  if (now.length > 0) return now;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, VOICES_MS);
    speechSynthesis.addEventListener("voiceschanged", () => {
      clearTimeout(timer);
      resolve();
    }, { once: true });
  });
  return speechSynthesis.getVoices();
}

/**
 * The best voice of a language: one on the device before one over the network, the system's own
 * before others.
 */
export function voiceFor(
  language: string,
  voices: readonly SpeechSynthesisVoice[],
): SpeechSynthesisVoice | null {
  const wanted = language.toLowerCase();
  // Android writes en_US.
  const able = voices.filter(({ lang }) => lang.toLowerCase().split(/[-_]/)[0] === wanted);
  const rank = (voice: SpeechSynthesisVoice) =>
    (voice.localService ? 2 : 0) + (voice.default ? 1 : 0);
  return able.toSorted((a, b) => rank(b) - rank(a))[0] ?? null;
}
