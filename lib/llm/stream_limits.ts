import { isOwnServer } from "../shared/own_server.ts";
import { DEFAULT_LIMITS, type StreamLimits } from "./deadline.ts";
import type { ModelRequest } from "./provider.ts";
import { mayThink } from "./rules/model_facts.ts";

/** First-token limit in ms of models that think first, and of own servers, which may load one. */
const PATIENT_MS = 120_000;
/** First-token limit in ms when another model can answer instead. */
const SUCCEEDED_MS = 20_000;

export interface TimeoutOptions {
  /** Set by the organisation, for all models. */
  firstTokenSeconds?: number;
  limits?: Partial<StreamLimits>;
}

export function streamLimits(
  { model, effort, successors = [] }: Pick<ModelRequest, "model" | "effort" | "successors">,
  baseUrl: string,
  { firstTokenSeconds, limits }: TimeoutOptions,
): StreamLimits {
  const patient = mayThink({ model }, effort) || isOwnServer(baseUrl);
  const usual = patient
    ? PATIENT_MS
    : successors.length > 0
    ? SUCCEEDED_MS
    : DEFAULT_LIMITS.firstMs;
  const firstMs = firstTokenSeconds === undefined ? usual : firstTokenSeconds * 1000;
  return { ...DEFAULT_LIMITS, firstMs, ...limits };
}
