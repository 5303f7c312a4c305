import { reasons } from "./openai/request.ts";

/** Other companies' models that think before they write, and show nothing of it or a summary. */
const OTHERS = /^(gemini-(2\.5|[3-9])|grok-(3-mini|[4-9]))/;

/**
 * Whether a model, by its name, may think without showing it: then what came of a
 * reply says little of what it cost.
 */
export function thinksUnseen(model: string): boolean {
  return reasons(model) || OTHERS.test(model.toLowerCase().replace(/^([\w-]+\/)*/, ""));
}
