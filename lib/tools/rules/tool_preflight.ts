import { modelEnds } from "../../locales/admin/models.ts";
import { CHECKS } from "../../locales/admin/tools.ts";
import { formatUsd, type NanoUsd } from "../../shared/money.ts";
import type { Finding } from "../../shared/views/tool_admin_view.ts";
import { costOf, type ModelPrice, worstCase } from "../../llm/rules/prices.ts";
import { systemPromptOf, textLength, type Tool, TOOL_LIMITS } from "./tool.ts";
import { sameName } from "./tool_names.ts";

/** Prompt tokens from which a warning is due: they are paid for with every message. */
const LONG_PROMPT = 2_000;
/** Tokens of a typical question and reply. */
const TYPICAL_QUESTION = 60;
const TYPICAL_REPLY = 300;

/** Data that the checks need besides the tool. */
export interface PreflightContext {
  others: readonly Pick<Tool, "id" | "name">[];
  /** Null without a known price. */
  priceOf(model: string): ModelPrice | null;
  /** Announced end of a model within the next months; null without one. */
  endOf(model: string): { endsOn: string; daysLeft: number; replacement: string | null } | null;
  /** Why a model hears no recordings; null when it does. */
  deafness(model: string): "deaf" | "ended" | "unpriced" | null;
  /** A close estimate of a text's tokens. */
  tokens(text: string): number;
  /** Upper bound of the tokens of a first message with this system prompt. */
  bound(systemPrompt: string): number;
}

/**
 * Checks a tool before it is saved.
 * Errors make it unusable or break other features; warnings are the admin's to judge.
 */
export function preflight(tool: Tool, around: PreflightContext): Finding[] {
  const price = around.priceOf(tool.model);
  return [
    ...promptFindings(tool, price, around),
    ...modelFindings(tool, price, around),
    ...chainFindings(tool, around),
    ...hearingFindings(tool, around),
    ...endFindings(tool, around),
    ...(price === null ? [] : ceilingFindings(tool, price, around)),
    ...otherFindings(tool, around),
  ];
}

/** Cost of a typical first message, and the system prompt's share of it in percent. */
export function typicalCost(
  tool: Tool,
  price: ModelPrice,
  tokens: PreflightContext["tokens"],
): { usd: NanoUsd; promptTokens: number; promptShare: number } {
  const promptTokens = tokens(systemPromptOf(tool));
  const output = Math.min(TYPICAL_REPLY, tool.maxTokens);
  const cost = (input: number, output: number) =>
    costOf({ input, cached: 0, output, reasoning: 0 }, price);
  const usd = cost(promptTokens + TYPICAL_QUESTION, output);
  const share = usd === 0n ? 0 : Number(cost(promptTokens, 0) * 100n / usd);
  return { usd, promptTokens, promptShare: share };
}

function promptFindings(
  tool: Tool,
  price: ModelPrice | null,
  { tokens }: PreflightContext,
): Finding[] {
  const field = "systemPrompt";
  if (tool.systemPrompt.trim() === "") {
    return [error(field, CHECKS.noPrompt)];
  }
  const length = textLength(tool);
  if (length > TOOL_LIMITS.texts) {
    return [error(field, CHECKS.textsTooLong(length, TOOL_LIMITS.texts))];
  }
  const count = tokens(systemPromptOf(tool));
  if (count < LONG_PROMPT) return [];
  if (price === null) return [warning(field, CHECKS.longPrompt(count, null))];
  const { usd, promptShare: percent } = typicalCost(tool, price, tokens);
  return [warning(field, CHECKS.longPrompt(count, { percent, usd: formatUsd(usd) }))];
}

function modelFindings(tool: Tool, price: ModelPrice | null, around: PreflightContext): Finding[] {
  if (price === null) {
    return [error(
      "model",
      CHECKS.unpriced(tool.model),
    )];
  }
  if (tool.fallbackModel === null) return [];
  if (tool.fallbackModel === tool.model) {
    return [warning("fallbackModel", CHECKS.sameModel)];
  }
  const cheaper = around.priceOf(tool.fallbackModel);
  if (cheaper === null) {
    return [error("fallbackModel", CHECKS.unpricedFallback(tool.fallbackModel))];
  }
  if (cheaper.input > price.input || cheaper.output >= price.output) {
    return [warning(
      "fallbackModel",
      CHECKS.notCheaper(tool.fallbackModel, tool.model),
    )];
  }
  return [];
}

function chainFindings({ chain }: Tool, { priceOf }: PreflightContext): Finding[] {
  return (chain ?? []).filter((name) => priceOf(name) === null)
    .map((name) => warning("chain", CHECKS.neverAsked(name)));
}

function hearingFindings({ hearingModel }: Tool, { deafness }: PreflightContext): Finding[] {
  const why = hearingModel === null ? null : deafness(hearingModel);
  // Ends are told with those of the other models.
  if (hearingModel === null || why === null || why === "ended") return [];
  const text = why === "deaf" ? CHECKS.deaf : CHECKS.audioUnpriced;
  return [error("hearingModel", text(hearingModel))];
}

function endFindings(
  { model, fallbackModel, hearingModel, chain }: Tool,
  { endOf }: PreflightContext,
): Finding[] {
  const fields: [field: string, name: string | null][] = [
    ["model", model],
    ["fallbackModel", fallbackModel],
    ["hearingModel", hearingModel],
    ...(chain ?? []).map((name): [string, string] => ["chain", name]),
  ];
  return fields.flatMap(([field, name]) => {
    const end = name === null ? null : endOf(name);
    if (name === null || end === null) return [];
    const text = CHECKS.modelEnds(modelEnds(name, end.endsOn, end.daysLeft), end.replacement);
    // A chain passes over a model that has ended.
    return [end.daysLeft <= 0 && field !== "chain" ? error(field, text) : warning(field, text)];
  });
}

function ceilingFindings(tool: Tool, price: ModelPrice, around: PreflightContext): Finding[] {
  const { ceiling, maxTokens } = tool;
  if (ceiling === null) {
    return [warning("ceiling", CHECKS.noCeiling)];
  }
  const bound = around.bound(systemPromptOf(tool));
  const most = worstCase(bound, maxTokens, price);
  if (ceiling >= most) return [];
  const least = worstCase(bound, Math.min(64, maxTokens), price);
  const [day, reply] = [formatUsd(ceiling), formatUsd(most)];
  return ceiling < least || !tool.ladder.clamp
    ? [error("ceiling", CHECKS.ceilingTooLow(day, reply))]
    : [warning("ceiling", CHECKS.ceilingLow(day, reply))];
}

function otherFindings(tool: Tool, { others }: PreflightContext): Finding[] {
  const found: Finding[] = [];
  const twin = others.find(({ id, name }) =>
    id !== tool.id && sameName(name) === sameName(tool.name)
  );
  if (twin) found.push(warning("name", CHECKS.sameName(twin.name, twin.id)));
  if (tool.temperature > 1.2) {
    found.push(warning("temperature", CHECKS.erratic));
  }
  if (tool.whatsapp.enabled && tool.whatsapp.scope.trim() === "") {
    found.push(warning(
      "whatsappScope",
      CHECKS.noScope,
    ));
  }
  if (tool.description.trim() === "") {
    found.push(warning("description", CHECKS.noDescription));
  }
  return found;
}

const error = (field: string, text: string): Finding => ({ level: "error", field, text });
const warning = (field: string, text: string): Finding => ({ level: "warning", field, text });
