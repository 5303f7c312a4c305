import type { Tool } from "./tool.ts";

/** Days before a model's end from which admins are told. */
export const NOTICE_DAYS = 90;
/** Days before an end at which an alert is raised again. */
const STEPS = [0, 1, 3, 7, 14, 30, 60, NOTICE_DAYS];

/** The alert that is due: the least step that the days left have reached. */
export function endStep(daysLeft: number): number {
  return STEPS.find((step) => daysLeft <= step) ?? NOTICE_DAYS;
}

type ModelsOfTool = Pick<Tool, "model" | "fallbackModel" | "hearingModel" | "chain">;

/** The stored names of all models that a tool may ask, each once. */
export function modelNamesOf(
  { model, fallbackModel, hearingModel, chain }: ModelsOfTool,
): string[] {
  const others = [fallbackModel, hearingModel].filter((name) => name !== null);
  return [...new Set([model, ...others, ...chain ?? []])];
}

/**
 * A tool with one of its models replaced everywhere. A cheaper model that would then be the model
 * itself is left to the program.
 */
export function withModelReplaced(
  tool: Tool,
  isReplaced: (name: string) => boolean,
  replacement: string,
): Tool {
  const swap = (name: string) => isReplaced(name) ? replacement : name;
  const model = swap(tool.model);
  const fallback = tool.fallbackModel === null ? null : swap(tool.fallbackModel);
  const chain = tool.chain === null
    ? null
    : [...new Set(tool.chain.map(swap))].filter((name) => name !== model);
  const hearingModel = tool.hearingModel === null ? null : swap(tool.hearingModel);
  return {
    ...tool,
    model,
    fallbackModel: fallback === model ? null : fallback,
    hearingModel,
    chain,
  };
}
