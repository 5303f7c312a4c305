import { type EstimateView, LONGEST_MESSAGE } from "../../../lib/shared/views/chat_view.ts";
import { CHARS_PER_TOKEN, estimateCost } from "./estimate.ts";

const HALF_A_CENT = 5_000_000;

/** Characters from which on a message may cost half a cent: then the page's script estimates it. */
export function dearFrom(estimate: EstimateView): number {
  const left = HALF_A_CENT - Number(estimateCost(estimate, null, 0));
  const each = Number(estimate.inputRate) / CHARS_PER_TOKEN / 1e6;
  return Math.max(0, Math.min(LONGEST_MESSAGE + 1, Math.floor(left / each) || 0));
}
