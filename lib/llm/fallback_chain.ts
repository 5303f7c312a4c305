import type { BreakerCall, Breakers } from "./breaker.ts";
import { blameOf } from "./rules/breaker.ts";
import { factsOf } from "./rules/model_facts.ts";
import type { ModelRef } from "./rules/model_ref.ts";
import { orderInForce } from "./rules/provider_order.ts";
import type { ModelPrice } from "./rules/prices.ts";
import {
  type FailedAttempt,
  type ModelRequest,
  type Part,
  type Provider,
  type ProviderAttempt,
  ProviderError,
} from "./provider.ts";
import { closable } from "./streaming_call.ts";

/** The price of a provider's model; null when unknown. */
export type PriceOf = (provider: string, model: string) => ModelPrice | null;

export interface ChainOptions {
  priceOf: PriceOf;
  breakers: Breakers;
  /** A provider's model where it does not have the one that failed; null for none. */
  defaultModelOf?: (provider: string) => string | null;
  /** The models that a provider lists; empty where that does not tell which ones it has. */
  modelsOf?: (provider: string) => readonly string[];
  /** Providers outside of the order, asked only by their names. */
  others?: readonly Provider[];
  /** Another order, which may have the others too, read with each call; null for the members'. */
  order?: () => readonly string[] | null;
}

type Candidate = { member: Provider; attempt: ProviderAttempt };
type Claim = Extract<Part, { type: "usage" }>;

/**
 * Combines several providers into one. The request's model is asked first, then its successors,
 * until one answers. The next is asked only when the one before failed before any text or
 * thinking, and not for the request's sake: a filter's refusal is final. An `attempt` part comes
 * before each attempt. Models with an open breaker are skipped; when nobody else is left, the one
 * that opens soonest is asked. A model without a known price cannot be paid for and is skipped.
 */
export function fallbackChain(members: readonly Provider[], options: ChainOptions): Provider {
  const { others = [], order = () => null } = options;
  const available = [...members, ...others];
  const inOrder = () => {
    const [own, all] = [members, available].map((each) => each.map(({ name }) => name));
    return orderInForce(order(), own ?? [], all ?? [])
      .flatMap((name) => available.find((each) => each.name === name) ?? []);
  };
  return {
    name: members.map((member) => member.name).join(","),
    simulated: members.every((member) => member.simulated),
    members,
    others,
    after: (ref) => membersAfter(ref, inOrder(), options),
    stream: (request, signal) => ({
      [Symbol.asyncIterator]: () =>
        closable(signal, (stop) => {
          const candidates = candidatesOf(available, inOrder(), options, request);
          return ask(candidates, options.breakers, request, stop.signal);
        }),
    }),
  };
}

/**
 * The models that a chain's other members answer with in place of one, in their order. A provider
 * outside of the order has none: its tools may be kept from the others on purpose.
 */
export function membersAfter(
  { provider, model }: ModelRef,
  members: readonly Provider[],
  { priceOf, defaultModelOf = () => null, modelsOf = () => [] }: Pick<
    ChainOptions,
    "priceOf" | "defaultModelOf" | "modelsOf"
  >,
): ModelRef[] {
  if (!members.some(({ name }) => name === provider)) return [];
  return members.filter(({ name }) => name !== provider).flatMap(({ name }) => {
    const listed = modelsOf(name);
    const has = priceOf(name, model) !== null && (listed.length === 0 || listed.includes(model));
    const same = has ? model : defaultModelOf(name);
    return same === null ? [] : [{ provider: name, model: same }];
  });
}

async function* ask(
  candidates: readonly Candidate[],
  breakers: Breakers,
  request: ModelRequest,
  stop: AbortSignal,
): AsyncGenerator<Part, undefined, undefined> {
  if (candidates.length === 0) throw new ProviderError("refused", "No model's price is known");
  const left = [...candidates];
  const skipped: Candidate[] = [];
  let failed: FailedAttempt | null = null;
  while (!stop.aborted) {
    const forced = left.length === 0;
    const candidate = left.shift() ?? soonest(skipped.splice(0), breakers);
    if (candidate === null) {
      if (failed) throw failed.error;
      return;
    }
    const { attempt } = candidate;
    const call = breakers.begin(attempt, forced);
    if (call === null) {
      skipped.push(candidate);
      continue;
    }
    try {
      yield { type: "attempt", attempt, failed };
      if (stop.aborted) return;
      const successors = left.map(({ attempt }) => attempt).filter((each) => breakers.admits(each));
      const last = left.length === 0 && skipped.length === 0;
      const result = yield* attemptWith(candidate, call, { ...request, successors }, stop, last);
      if (result === null) return;
      failed = { ...attempt, ...result };
    } finally {
      call.end();
    }
  }
}

/**
 * Makes one attempt. Returns its failure if the next model may be asked; null when it is over.
 * @param last whether no other is left: then its usage claim comes before the failure
 */
async function* attemptWith(
  { member, attempt: { provider, model } }: Candidate,
  call: BreakerCall,
  request: ModelRequest,
  stop: AbortSignal,
  last: boolean,
): AsyncGenerator<Part, Pick<FailedAttempt, "error" | "maySpend" | "usage"> | null, undefined> {
  const { longestReply } = factsOf({ provider, model });
  const maxTokens = Math.min(request.maxTokens, longestReply ?? request.maxTokens);
  let claim: Claim | null = null;
  let answers = false;
  try {
    for await (const part of member.stream({ ...request, provider, model, maxTokens }, stop)) {
      if (!answers && claim === null && part.type === "usage") {
        // A usage claim may come before a failure: the next part tells.
        claim = part;
        continue;
      }
      if (!answers) call.answered();
      if (!answers && claim !== null) yield claim;
      answers = true;
      yield part;
    }
    return null;
  } catch (error) {
    if (error instanceof ProviderError) call.failed(error);
    if (answers || last || !mayPass(error)) {
      if (!answers && claim !== null) yield claim;
      throw error;
    }
    const usage = claim?.usage ?? null;
    return { error, maySpend: error.maySpend || usage !== null, usage };
  }
}

function candidatesOf(
  available: readonly Provider[],
  members: readonly Provider[],
  options: ChainOptions,
  { provider, model, successors }: ModelRequest,
): Candidate[] {
  const { priceOf } = options;
  const named = available.find(({ name }) => name === provider) ?? available[0];
  if (named === undefined) return [];
  const first = { provider: named.name, model };
  const refs = [first, ...successors ?? membersAfter(first, members, options)];
  const seen = new Set<string>();
  return refs.flatMap(({ provider, model }): Candidate[] => {
    const member = available.find(({ name }) => name === provider);
    const price = priceOf(provider, model);
    const key = `${provider}\0${model}`;
    if (!member || price === null || seen.has(key)) return [];
    seen.add(key);
    const { simulated } = member;
    return [{ member, attempt: { provider, model, simulated, price } }];
  });
}

/** The one whose breaker opens soonest; the first of several. */
function soonest(candidates: readonly Candidate[], breakers: Breakers): Candidate | null {
  const [first = null, ...others] = candidates;
  return others.reduce(
    (best, each) =>
      best !== null && breakers.opensAt(each.attempt) < breakers.opensAt(best.attempt)
        ? each
        : best,
    first,
  );
}

/** Statuses of a key or a model that this provider does not accept; another one may. */
const ITS_OWN = new Set<number | undefined>([401, 403, 404]);

function mayPass(error: unknown): error is ProviderError {
  if (!(error instanceof ProviderError)) return false;
  const { fault, details: { status } } = error;
  return error.retryable || blameOf(error) === "closed" ||
    (fault === "refused" && ITS_OWN.has(status));
}
