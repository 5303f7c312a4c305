import { counter } from "../plurals.ts";

const counted = counter("en");
/** Names of tools in an alert. */
const FEW = 3;

/** A day (YYYY-MM-DD) as `14 January 2027`. */
function longDate(day: string): string {
  const format = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeZone: "UTC" });
  return format.format(new Date(`${day}T00:00:00Z`));
}

/** Says when a model ends, or that it has ended. */
export function modelEnds(model: string, endsOn: string, daysLeft: number): string {
  const date = longDate(endsOn);
  if (daysLeft <= 0) return `${model} ended on ${date}.`;
  if (daysLeft === 1) return `${model} ends tomorrow, on ${date}.`;
  return `${model} ends on ${date}, in ${daysLeft} days.`;
}

/** Says what uses a model. */
export function modelUse(
  tools: readonly string[],
  { isDefault, transcribes }: { isDefault: boolean; transcribes: boolean },
): string {
  const sentences = [];
  const [only] = tools;
  if (only !== undefined) {
    sentences.push(tools.length === 1 ? `${only} uses it.` : `${tools.length} tools use it.`);
  }
  if (isDefault) sentences.push("It is the default model: change LLM_DEFAULT_MODEL.");
  if (transcribes) {
    sentences.push("It writes down voice messages: change LLM_TRANSCRIPTION_MODEL.");
  }
  return sentences.join(" ");
}

export const MODEL_ENDS_TEXTS = {
  move: (tools: number) => counted(tools, { one: "Move # tool", other: "Move # tools" }),
  to: (replacement: string) => `${replacement} takes its place.`,
  noReplacement: "Choose another model in its editor.",
  /** In the choice of models. */
  until: (endsOn: string) => `until ${longDate(endsOn)}`,
  ended: (endsOn: string) => `ended on ${longDate(endsOn)}`,
} as const;

/** The first of some names. */
function few(names: string): string {
  const all = names.split(", ");
  return all.length <= FEW ? names : `${all.slice(0, FEW).join(", ")} and more`;
}

/** Alert of a model that ends or has ended; `tools` are names in one text. */
export function modelEndAlert(
  model: string,
  { on, days, tools, replacement }: Readonly<Record<string, string | number>>,
): string {
  const ends = modelEnds(model, String(on), Number(days));
  const used = tools === "" ? "" : ` Tools that use it: ${few(String(tools))}.`;
  const refuses = Number(days) <= 0 && tools !== "" ? " They answer nobody." : "";
  const next = replacement === "" ? "" : ` The overview offers to move them to ${replacement}.`;
  return `${ends}${used}${refuses}${tools === "" ? "" : next}`;
}
