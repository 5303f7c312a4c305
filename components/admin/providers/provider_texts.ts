import { formatUsd } from "../../../lib/shared/money.ts";
import type { ProviderRow } from "../../../lib/shared/views/provider_view.ts";
import { count, hourText, seconds } from "../costs/formats.ts";

const CENT = 10_000_000n;

/** What a call costs at most: "less than 1¢". */
export function mostCostText(most: bigint): string {
  if (most === 0n) return "free";
  return most < CENT ? "less than 1¢" : formatUsd(most);
}

interface Chip {
  kind: "" | "good" | "warn" | "bad";
  text: string;
}

/** A provider's state in two or three words. */
export function stateChip({ state }: ProviderRow, timeZone: string): Chip {
  switch (state.kind) {
    case "answers":
      return { kind: "good", text: "Answers" };
    case "untried":
      return { kind: "", text: "No call yet" };
    case "unused":
      return { kind: "", text: "Not in use" };
    case "failed":
      return { kind: "warn", text: "Last call failed" };
    case "trying":
      return { kind: "warn", text: "Trying again" };
    case "resting":
      return { kind: "warn", text: `Resting until ${hourText(state.until, timeZone)}` };
    case "closed":
      return { kind: "bad", text: "Waits for you" };
  }
}

/** A provider's state and figures, in sentences. */
export function aboutProvider(provider: ProviderRow, timeZone: string): string {
  return [
    stateText(provider, timeZone),
    provider.used || provider.state.kind === "unused" ? "" : "Asked only by tools that name it.",
    figuresText(provider, timeZone),
    keyText(provider),
    provider.host === null ? "" : `At ${provider.host}.`,
  ].filter((sentence) => sentence !== "").join(" ");
}

function stateText({ state }: ProviderRow, timeZone: string): string {
  if (state.kind === "closed") {
    return "It refused the key, or the account is empty. Set another key and restart, or add credit " +
      "there. Then test it.";
  }
  if (state.kind !== "resting") return "";
  const of = state.models.length === 0 ? "" : ` of ${state.models.join(", ")}`;
  return `Calls${of} failed. One call is tried at ${hourText(state.until, timeZone)}.`;
}

function figuresText({ figures }: ProviderRow, timeZone: string): string {
  if (figures === null || figures.calls === 0) return "";
  const { calls, failed, firstMs, lastFailure } = figures;
  const word = firstMs === null ? "" : `First word after ${seconds(firstMs)}, `;
  const many = `${count(calls)} ${calls === 1 ? "call" : "calls"} in 24 hours`;
  const last = lastFailure === null ? "" : `, the last at ${hourText(lastFailure, timeZone)}`;
  return `${word}${many}, ${failed === 0 ? "none failed" : `${count(failed)} failed${last}`}.`;
}

/** A provider's key, masked. */
export function keyText({ keySetting, keyEnd, simulated }: ProviderRow): string {
  if (simulated || keySetting === null) return "Needs no key.";
  if (keyEnd === null) return "No key is set.";
  return keyEnd === "" ? "A key is set." : `Key ends in …${keyEnd}.`;
}
