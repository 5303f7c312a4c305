import type { MessageCreateParamsStreaming } from "@anthropic-ai/sdk/resources/messages";
import type { ModelRequest } from "../provider.ts";
import { effortFor } from "../rules/effort.ts";
import { factsOf } from "../rules/model_facts.ts";
import { bareName } from "../rules/model_ref.ts";
import type { AnthropicRefusal } from "./errors.ts";

/** Request fields that a model may refuse; the request is then sent without them. */
export type ThinkingField = "thinking" | "effort";

type Fields = Pick<MessageCreateParamsStreaming, "thinking" | "output_config">;

/** How models that think unless told otherwise are told: they differ, and refuse each other's way. */
const OFF: readonly [RegExp, "between_tools" | "disabled"][] = [
  [/^claude-sonnet-5-5/, "between_tools"],
  [/^claude-(haiku|sonnet|opus)-5/, "disabled"],
];
/** Models that think only when they are told to. */
const ON = /^claude-(opus|sonnet)-4-[6-9]/;

/**
 * The fields that set how much a model thinks. Without them some models do not think, and others do
 * by default; a model that takes no effort gets none of them.
 */
export function thinkingFields(
  { model, effort: wanted }: ModelRequest,
  without: ReadonlySet<ThinkingField>,
): Fields {
  const facts = factsOf({ provider: "anthropic", model });
  const effort = effortFor(facts, wanted);
  const name = bareName(model);
  if (effort === null) return {};
  if (effort === "none") {
    const type = OFF.find(([models]) => models.test(name))?.[1];
    if (type === undefined) return {};
    // Where thinking cannot be off after all, it shall be short.
    return without.has("thinking") ? effortOf("low", without) : { thinking: { type } };
  }
  const on = ON.test(name) && !without.has("thinking");
  const least = effort === "minimal" ? "low" : effort;
  return { ...(on ? { thinking: { type: "adaptive" } } : {}), ...effortOf(least, without) };
}

function effortOf(
  effort: NonNullable<NonNullable<Fields["output_config"]>["effort"]>,
  without: ReadonlySet<ThinkingField>,
): Fields {
  return without.has("effort") ? {} : { output_config: { effort } };
}

const NAMES: readonly [ThinkingField, RegExp][] = [
  // A refused way of thinking names the effort as well, as the way to choose.
  ["thinking", /\bthinking\b/i],
  ["effort", /\b(effort|output_config)\b/i],
];

/** The field that caused a refusal, if the request can be sent without it; else null. */
export function refusedThinking(
  status: number,
  { type, words }: AnthropicRefusal,
  { thinking, output_config }: Fields,
): ThinkingField | null {
  if (status !== 400 || type !== "invalid_request_error") return null;
  const sent = { thinking: thinking !== undefined, effort: output_config !== undefined };
  return NAMES.find(([field, name]) => sent[field] && name.test(words))?.[0] ?? null;
}
