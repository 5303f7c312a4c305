import { isOwnServer } from "../../shared/own_server.ts";
import { DEFAULT_LIMITS, type StreamLimits } from "../deadline.ts";
import { factsOf } from "../rules/model_facts.ts";

/** First-token limit in ms of models that think first, and of own servers, which may load one. */
const PATIENT_MS = 120_000;
/** First-token limit in ms when another provider can answer instead. */
const SUCCEEDED_MS = 20_000;

export interface TimeoutOptions {
  /** Set by the organisation, for all models. */
  firstTokenSeconds?: number;
  /** Whether another provider is tried when this one fails. */
  succeeded?: boolean;
  limits?: Partial<StreamLimits>;
}

export function streamLimits(
  model: string,
  baseUrl: string,
  { firstTokenSeconds, succeeded, limits }: TimeoutOptions,
): StreamLimits {
  const patient = factsOf({ model }).capabilities.reasoning || isOwnServer(baseUrl);
  const usual = patient ? PATIENT_MS : succeeded ? SUCCEEDED_MS : DEFAULT_LIMITS.firstMs;
  const firstMs = firstTokenSeconds === undefined ? usual : firstTokenSeconds * 1000;
  return { ...DEFAULT_LIMITS, firstMs, ...limits };
}
