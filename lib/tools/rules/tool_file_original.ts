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

/** The original's fields under our names, and its A/B test; neither is validated yet. */
export function fromOriginal(
  raw: Record<string, unknown>,
): { fields: Record<string, unknown>; test: unknown } {
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
  const { abTestPrompt: prompt, abTestSplit: split, abTestDuration: duration } = raw;
  const test = isGiven(prompt) || raw.abTestingEnabled === true
    ? { prompt, split, duration }
    : undefined;
  return { fields, test };
}

const isGiven = (value: unknown) => value !== undefined && value !== null;

/** The original saved some numbers as text. */
function number(value: unknown): unknown {
  return typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value.trim()) ? Number(value) : value;
}
