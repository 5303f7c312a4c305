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

/**
 * Combines several providers into one that tries each in turn until one answers, the one that the
 * request names first. The next is tried only when the one before failed before any text or
 * thinking, in a temporary way (busy, down, timeout, broken) or with an empty account. An `attempt`
 * part comes before each attempt. A provider without a known price cannot be paid for and is
 * skipped.
 * @param others providers outside of the order: one that the request names is the only one asked
 */
export function fallbackChain(
  members: readonly Provider[],
  priceOf: PriceOf,
  others: readonly Provider[] = [],
): Provider {
  return {
    name: members.map((member) => member.name).join(","),
    simulated: members.every((member) => member.simulated),
    members,
    others,
    stream: (request, signal) => ({
      [Symbol.asyncIterator]: () => {
        const alone = others.find(({ name }) => name === request.provider);
        const asked = alone ? [alone] : members;
        return closable(signal, (stop) => ask(asked, priceOf, request, stop.signal));
      },
    }),
  };
}

async function* ask(
  members: readonly Provider[],
  priceOf: PriceOf,
  request: ModelRequest,
  stop: AbortSignal,
): AsyncGenerator<Part, undefined, undefined> {
  const first = members.filter(({ name }) => name === request.provider);
  const inOrder = [...first, ...members.filter((member) => !first.includes(member))];
  const attempts = inOrder.flatMap((member) => attemptOf(member, request, priceOf));
  let failed: FailedAttempt | null = null;
  for (const [i, { member, attempt }] of attempts.entries()) {
    if (stop.aborted) return;
    yield { type: "attempt", attempt, failed };
    let claim: Extract<Part, { type: "usage" }> | null = null;
    let answers = false;
    try {
      for await (const part of member.stream(request, stop)) {
        if (!answers && claim === null && part.type === "usage") {
          // A usage claim may come before a failure: the next part tells.
          claim = part;
          continue;
        }
        if (!answers && claim !== null) yield claim;
        answers = true;
        yield part;
      }
      return;
    } catch (error) {
      if (answers || i === attempts.length - 1 || !mayPass(error)) {
        if (!answers && claim !== null) yield claim;
        throw error;
      }
      const usage = claim?.usage ?? null;
      failed = { ...attempt, error, maySpend: error.maySpend || usage !== null, usage };
    }
  }
  if (attempts.length === 0) throw new ProviderError("refused", "No provider's price is known");
}

function attemptOf(
  member: Provider,
  { model }: ModelRequest,
  priceOf: PriceOf,
): { member: Provider; attempt: ProviderAttempt }[] {
  const { name: provider, simulated } = member;
  const price = priceOf(provider, model);
  return price === null ? [] : [{ member, attempt: { provider, model, simulated, price } }];
}

function mayPass(error: unknown): error is ProviderError {
  return error instanceof ProviderError && error.retryable;
}
