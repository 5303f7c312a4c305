import type { BreakerStates } from "../../llm/breaker.ts";
import type { ModelCatalogue } from "../../llm/catalogue.ts";
import { attemptWith, modelNamed } from "../../llm/named_models.ts";
import type { Provider, ProviderAttempt } from "../../llm/provider.ts";
import { factsOf } from "../../llm/rules/model_facts.ts";
import type { ModelPrice } from "../../llm/rules/prices.ts";
import { bareName, type ModelRef } from "../../llm/rules/model_ref.ts";
import { type FaultDeps, raiseFault } from "../../metering/spending_alerts.ts";
import { AppError } from "../../platform/errors.ts";
import { estimatePromptTokens, promptTokenBound } from "../../llm/tokens.ts";
import { type PromptMessage, soundSecondsIn } from "../../llm/rules/prompt.ts";
import { type HearingDeps, hears } from "../../llm/audio/hearing.ts";
import { asTextTokens, audioTokenBound } from "../../llm/rules/audio_input.ts";
import type { Tool } from "../../tools/rules/tool.ts";
import type { ModelChoice } from "./model_choice.ts";
import type { TurnPictures } from "./turn_pictures.ts";

interface Needs {
  catalogue: ModelCatalogue;
  provider: Provider;
  firstProvider: string;
  breakers: BreakerStates;
  config: HearingDeps["config"];
}

/** A prompt, as far as not every model takes it. */
interface PromptNeeds {
  images: boolean;
  /** Whether it has recordings, or their text alone would be asked. */
  sounds: boolean;
  /** Close estimate of its tokens. */
  tokens: number;
}

/** The models that may answer a turn. */
export interface ModelOrder {
  /** The model asked first, whose price is held. */
  first: ProviderAttempt;
  /** The models asked when it fails, in their order. */
  successors: ProviderAttempt[];
  /** The tool's own model, where another one is asked first. */
  insteadOf: ModelRef | null;
}

/**
 * Decides which model is asked first and which ones follow. A model whose breaker is open, or that
 * has ended, is passed over; when all breakers are open, the one that opens soonest is asked.
 * @param wanted the tool's model
 */
export function modelOrder(
  deps: Needs,
  tool: Pick<Tool, "chain">,
  wanted: ProviderAttempt,
  prompt: PromptNeeds,
): ModelOrder {
  const able = successorsOf(deps, tool, wanted).filter((each) => takes(deps, each, prompt));
  const gone = able.length > 0 && deps.catalogue.hasEnded(wanted);
  const all = gone ? able : [wanted, ...able];
  const { breakers } = deps;
  const open = all.filter((each) => !breakers.admits(each));
  const ready = all.filter((each) => breakers.admits(each));
  const soonest = open.toSorted((a, b) => breakers.opensAt(a) - breakers.opensAt(b));
  const [first = wanted, ...rest] = ready.length > 0 ? ready : soonest;
  // Models passed over now may be the only ones left later.
  const successors = ready.length > 0 ? [...rest, ...open] : rest;
  const { provider, model } = wanted;
  return { first, successors, insteadOf: first === wanted ? null : { provider, model } };
}

/** The models of one call, with the bounds of its prompt at the dearest of them. */
export interface CallModels extends ModelOrder {
  /** The model that answers near the ceiling, if any. */
  cheaper: ProviderAttempt | null;
  /** Upper bound of the prompt's tokens. */
  promptTokens: number;
  inputEstimate: number;
}

/**
 * Chooses the models of one call.
 * @throws {AppError} `unavailable` when the model has ended and nothing stands in
 */
export function modelsFor(
  deps: Needs & FaultDeps,
  { models, pictures }: { models: ModelChoice; pictures: TurnPictures },
  tool: Tool,
  wanted: ProviderAttempt,
  prompt: PromptMessage[],
): CallModels {
  const seconds = soundSecondsIn(prompt);
  const order = modelOrder(deps, tool, wanted, {
    images: prompt.some(({ images = [] }) => images.length > 0),
    sounds: seconds > 0,
    tokens: estimatePromptTokens(prompt, () => 0),
  });
  const { first, successors } = order;
  refuseEnded(deps, tool, first);
  // A cheaper model that hears, with a price of audio below the tool's, is not looked for.
  const cheaper = seconds > 0
    ? null
    : readyOnly(deps, pictures.seenBy(models.cheaper(tool, first), prompt));
  const imageTokens = pictures.tokens([first, cheaper, ...successors], tool.pictureDetail);
  const soundTokens = mostSoundTokens([first, ...successors], seconds);
  return {
    ...order,
    cheaper,
    promptTokens: promptTokenBound(prompt, imageTokens) + soundTokens,
    inputEstimate: estimatePromptTokens(prompt, imageTokens) + soundTokens,
  };
}

/** The most that recordings count with any of the models, in tokens at their price of text. */
function mostSoundTokens(candidates: readonly ProviderAttempt[], seconds: number): number {
  if (seconds === 0) return 0;
  return Math.max(
    ...candidates.map(({ model, price }) =>
      asTextTokens(audioTokenBound(bareName(model), seconds), price) ?? 0
    ),
  );
}

/** The price of the model that a tool would ask first now; null when unknown. */
export function priceAskedFirst(
  deps: Needs,
  tool: Pick<Tool, "chain" | "model">,
): ModelPrice | null {
  const wanted = attemptWith(modelNamed(tool.model, deps), deps);
  return wanted &&
    modelOrder(deps, tool, wanted, { images: false, sounds: false, tokens: 0 }).first.price;
}

/**
 * Refuses a turn whose model has ended, and alerts the admins, once a day for each model.
 * @throws {AppError} `unavailable`
 */
function refuseEnded(
  deps: FaultDeps & { catalogue: ModelCatalogue },
  { name }: Pick<Tool, "name">,
  ref: ModelRef,
): void {
  const { endsOn, ended, replacement } = deps.catalogue.entry(ref);
  if (!ended || endsOn === null) return;
  const { model } = ref;
  void raiseFault(deps, "model_ended", model, {
    on: endsOn,
    days: 0,
    tools: name,
    replacement: replacement?.model ?? "",
  });
  throw new AppError("unavailable", { code: "model.ended", model }, { retryable: false });
}

/** A model, unless its breaker is open. */
function readyOnly<Model extends ModelRef>(
  { breakers }: Pick<Needs, "breakers">,
  model: Model | null,
): Model | null {
  return model !== null && breakers.admits(model) ? model : null;
}

/** The tool's chain, else the organisation's, as far as prices are known. */
function successorsOf(
  deps: Needs,
  { chain }: Pick<Tool, "chain">,
  wanted: ModelRef,
): ProviderAttempt[] {
  const { provider } = deps;
  const refs = chain === null
    ? provider.after?.(wanted) ?? []
    : chain.map((name) => modelNamed(name, deps));
  const found = refs.flatMap((ref) => isSame(ref, wanted) ? [] : attemptWith(ref, deps) ?? []);
  return found.filter((each, i) => found.findIndex((other) => isSame(each, other)) === i);
}

function takes(
  { catalogue, config }: Pick<Needs, "catalogue" | "config">,
  ref: ProviderAttempt,
  { images, sounds, tokens }: PromptNeeds,
): boolean {
  if (catalogue.hasEnded(ref)) return false;
  if (sounds && (!hears(ref, { config }) || asTextTokens(1, ref.price) === null)) return false;
  if (images && !factsOf(ref).capabilities.vision) return false;
  const context = catalogue.contextOf(ref.provider, ref.model);
  return context === null || tokens < context;
}

function isSame(a: ModelRef, b: ModelRef): boolean {
  return a.provider === b.provider && a.model === b.model;
}
