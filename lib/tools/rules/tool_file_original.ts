import { IMPORT } from "../../locales/admin/tools.ts";

/** Field names used by the original only. */
const ORIGINAL_FIELDS = [
  "isActive",
  "orderIndex",
  "costCeiling",
  "abTestingEnabled",
  "abTestPrompt",
  "abTestSplit",
  "abTestDuration",
  "abTestPreview",
  "exportedAt",
  "exportedBy",
];

/** Whether a tool comes from the original. */
export function isOriginal(raw: Record<string, unknown>): boolean {
  return ORIGINAL_FIELDS.some((name) => Object.hasOwn(raw, name));
}

/** The original's fields under our names, not validated yet. */
export function fromOriginal(
  raw: Record<string, unknown>,
): { fields: Record<string, unknown>; notes: string[] } {
  const notes: string[] = [];
  const fields: Record<string, unknown> = {};
  for (const name of ["id", "name", "description", "icon", "systemPrompt", "model"]) {
    if (isGiven(raw[name])) fields[name] = raw[name];
  }
  for (const name of ["temperature", "maxTokens", "orderIndex"]) {
    if (isGiven(raw[name])) fields[name === "orderIndex" ? "order" : name] = number(raw[name]);
  }
  if (isGiven(raw.isActive)) fields.active = raw.isActive;
  if (Object.hasOwn(raw, "costCeiling")) {
    fields.ceiling = isGiven(raw.costCeiling) && raw.costCeiling !== "" ? raw.costCeiling : null;
  }
  if (Object.hasOwn(raw, "fallbackModel")) fields.fallbackModel = raw.fallbackModel || null;
  if (isGiven(raw.abTestPrompt) || raw.abTestingEnabled === true) {
    fields.experiment = {
      enabled: raw.abTestingEnabled ?? false,
      prompt: raw.abTestPrompt ?? "",
      split: raw.abTestSplit ?? "",
      duration: raw.abTestDuration ?? "",
      preview: raw.abTestPreview ?? false,
    };
    notes.push(IMPORT.experiment);
  }
  return { fields, notes };
}

const isGiven = (value: unknown) => value !== undefined && value !== null;

/** The original saved some numbers as text. */
function number(value: unknown): unknown {
  return typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value.trim()) ? Number(value) : value;
}
