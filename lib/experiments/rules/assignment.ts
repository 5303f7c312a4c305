import type { Letter } from "../../shared/views/experiment_view.ts";

function fnv1a32(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  return hash >>> 0;
}

function bucket(seed: string, id: string): number {
  return fnv1a32(String(fnv1a32(seed + id))) % 10_000 / 10_000;
}

export function takesPart(seed: string, person: string, includePercent: number): boolean {
  return bucket(`${seed}:include`, person) < includePercent / 100;
}

export function variantOf(
  seed: string,
  person: string,
  variants: readonly { letter: Letter; share: number }[],
): Letter {
  const total = variants.reduce((sum, { share }) => sum + share, 0);
  let rest = bucket(`${seed}:variant`, person) * total;
  for (const { letter, share } of variants) if ((rest -= share) < 0) return letter;
  return variants.at(-1)?.letter ?? "A";
}
