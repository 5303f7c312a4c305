import type { ModelCatalogue } from "../llm/catalogue.ts";
import { modelNamed } from "../llm/named_models.ts";
import type { Provider } from "../llm/provider.ts";
import type { ModelRef } from "../llm/rules/model_ref.ts";
import type { Clock } from "../platform/clock.ts";
import { NOTICE_DAYS } from "./rules/tool_models.ts";

interface Needs {
  catalogue: ModelCatalogue;
  provider: Provider;
  firstProvider: string;
  clock: Clock;
}

/** An end within the next {@link NOTICE_DAYS}, or in the past. */
export interface ModelEnd {
  /** Shutdown day (YYYY-MM-DD). */
  endsOn: string;
  daysLeft: number;
  /** Stored name of the model to use instead; null where none is known and priced. */
  replacement: string | null;
}

const DAY_MS = 24 * 60 * 60_000;

/** The end of a model that is to be told of; null while there is none. */
export function endOf(ref: ModelRef, deps: Needs): ModelEnd | null {
  const { endsOn, replacement } = deps.catalogue.entry(ref);
  if (endsOn === null) return null;
  const daysLeft = Math.round(Date.parse(endsOn) / DAY_MS) - Math.floor(deps.clock() / DAY_MS);
  if (!(daysLeft <= NOTICE_DAYS)) return null;
  // At the provider in use: the simulated one has OpenAI's models.
  const next = replacement && { ...replacement, provider: ref.provider };
  return {
    endsOn,
    daysLeft,
    replacement: next && isLiving(next, deps) ? storedName(next, deps) : null,
  };
}

/** The same for a stored model name. */
export function endOfNamed(name: string, deps: Needs): ModelEnd | null {
  return endOf(modelNamed(name, deps), deps);
}

/** A model's name as tools store it: bare for the first provider. */
export function storedName(
  { provider, model }: ModelRef,
  { firstProvider }: Pick<Needs, "firstProvider">,
): string {
  return provider === firstProvider ? model : `${provider}:${model}`;
}

function isLiving(ref: ModelRef, { catalogue }: Needs): boolean {
  const { price, minute, ended } = catalogue.entry(ref);
  return !ended && (price !== null || minute !== null);
}
