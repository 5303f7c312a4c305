import type { Letter } from "../../shared/views/experiment_view.ts";

/** Steps into which people are divided. */
const STEPS = 10_000;

/** FNV-1a, 32 bits, over the UTF-16 units; ids and seeds are ASCII. */
function fnv1a32(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  return hash >>> 0;
}

/**
 * Place of a person among the steps, 0 to 9,999, the same in each process and for ever.
 * The second round removes the pattern that FNV leaves in ids which differ at their end.
 * Source: GrowthBook's hash version 2, https://docs.growthbook.io/lib/build-your-own
 */
export function personStep(seed: string, person: string): number {
  return fnv1a32(String(fnv1a32(seed + person))) % STEPS;
}

/** Whether a person is among the percentage that takes part; independent of the variant. */
export function takesPart(seed: string, person: string, includePercent: number): boolean {
  return personStep(`${seed}/part`, person) * 100 < includePercent * STEPS;
}

/** The variant of a person, by the shares; a variant with a share of 0 gets nobody. */
export function variantOf(
  seed: string,
  person: string,
  variants: readonly { letter: Letter; share: number }[],
): Letter {
  const total = variants.reduce((sum, { share }) => sum + share, 0);
  const place = personStep(`${seed}/variant`, person) * total;
  let upTo = 0;
  for (const { letter, share } of variants) {
    upTo += share * STEPS;
    if (place < upTo) return letter;
  }
  return "A";
}
