import type { Config } from "../../config.ts";
import type { AudioFormat } from "../../config/audio_formats.ts";
import type { ModelCatalogue } from "../catalogue.ts";
import { attemptWith, modelNamed, type NamingModels } from "../named_models.ts";
import type { ProviderAttempt } from "../provider.ts";
import { asTextTokens, audioFormatOf, USUAL_FORMATS } from "../rules/audio_input.ts";
import { factsOf } from "../rules/model_facts.ts";
import type { ModelRef } from "../rules/model_ref.ts";

export interface HearingDeps extends NamingModels {
  catalogue: ModelCatalogue;
  config: Pick<Config, "audioFormats">;
}

/** A model that takes recordings, and the formats that it takes. */
export interface Hearing {
  model: ProviderAttempt;
  formats: readonly AudioFormat[];
}

/** Why a model hears no recordings: it cannot, it has ended, or audio has no price. */
export type HearingProblem = "deaf" | "ended" | "unpriced";

/** How a stored model name hears recordings. */
export function hearingOf(name: string, deps: HearingDeps): Hearing | HearingProblem {
  const ref = modelNamed(name, deps);
  if (!hears(ref, deps)) return "deaf";
  if (deps.catalogue.hasEnded(ref)) return "ended";
  const model = attemptWith(ref, deps);
  if (model === null || asTextTokens(1, model.price) === null) return "unpriced";
  return { model, formats: formatsOf(ref, deps) };
}

/** Whether a model takes recordings: by its name, or by the setting of its server. */
export function hears(ref: ModelRef, { config }: Pick<HearingDeps, "config">): boolean {
  return factsOf(ref).capabilities.audioInput || config.audioFormats.has(ref.provider);
}

/** Whether a model takes a recording of a media type. */
export function takesSound({ formats }: Hearing, type: string): boolean {
  const format = audioFormatOf(type);
  return format !== null && formats.includes(format);
}

function formatsOf({ provider }: ModelRef, { config }: Pick<HearingDeps, "config">) {
  return config.audioFormats.get(provider) ?? USUAL_FORMATS;
}
