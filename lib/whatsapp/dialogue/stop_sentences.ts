import { stripMarks } from "./normalise.ts";
import { VOCABULARIES } from "./vocabularies.ts";

const SENTENCES = Object.values(VOCABULARIES).flatMap(({ stopSentences }) => stopSentences);
const WHOLE = new RegExp(`^(?:${stripMarks(SENTENCES.join("|"))})$`, "u");

const CLAUSES = /[.,;:!?\u061b\u061f\u060c\u0964\u2026\u2013\u2014]+| - /u;

export function clauses(said: string): string[] {
  return said.split(CLAUSES).map((each) => each.trim()).filter((each) => each !== "");
}

/** Whether a message without courtesies is an opt-out sentence. */
export function isStopSentence(essential: string): boolean {
  return WHOLE.test(essential);
}
