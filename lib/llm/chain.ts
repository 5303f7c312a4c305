import { type FailedProvider, type Part, type Provider, ProviderError } from "./provider.ts";

/**
 * Several providers as one: each is asked in turn until one answers. The next is
 * asked only when the one before failed before any text or thinking, and in a way
 * that may pass (busy, down, too slow, broken) or is its own (no money left). The
 * first part tells who answers, and who failed before; so does the last one's failure.
 */
export function chain(members: readonly Provider[]): Provider {
  return {
    name: members.map((member) => member.name).join(","),
    simulated: members.every((member) => member.simulated),
    stream: (request, signal, onText) => ({
      [Symbol.asyncIterator]: () =>
        new ChainReader(members, (member, began) =>
          member.stream(
            request,
            signal,
            onText && ((text) => {
              began();
              onText(text);
            }),
          )),
    }),
  };
}

class ChainReader implements AsyncIterator<Part> {
  #reader: AsyncIterator<Part> | null = null;
  #answers = false;
  /** What the one that answers was asked for, to learn that it does. */
  #asked: Promise<IteratorResult<Part>>[] = [];
  #closed = false;
  readonly #failed: FailedProvider[] = [];
  readonly #rest: Provider[];

  constructor(
    members: readonly Provider[],
    private readonly ask: (member: Provider, began: () => void) => AsyncIterable<Part>,
  ) {
    this.#rest = [...members];
  }

  next(): Promise<IteratorResult<Part>> {
    const asked = this.#asked.shift();
    if (asked) return asked;
    return this.#reader && this.#answers ? this.#reader.next() : this.#first();
  }

  async #first(): Promise<IteratorResult<Part>> {
    for (let member = this.#rest.shift(); member && !this.#closed; member = this.#rest.shift()) {
      try {
        const began = Promise.withResolvers<null>();
        this.#reader = this.ask(member, () => began.resolve(null))[Symbol.asyncIterator]();
        this.#asked = [this.#reader.next()];
        let first = await Promise.race([this.#asked[0], began.promise]);
        if (first?.value?.type === "usage") {
          // Its claim may come before its failure: what follows tells.
          this.#asked.push(this.#reader.next());
          first = await Promise.race([this.#asked[1], began.promise]);
        }
        this.#answers = true;
        if (first?.done) break;
        const { name, simulated } = member;
        const source = { type: "source" as const, provider: name, simulated, failed: this.#failed };
        return { done: false, value: source };
      } catch (error) {
        this.#asked = [];
        if (this.#rest.length === 0 || !mayPass(error)) throw this.#with(error, member.name);
        this.#failed.push({ provider: member.name, error });
      }
    }
    this.#asked = [];
    return { done: true, value: undefined };
  }

  /** A failure that tells whose it is, and who failed before. */
  #with(error: unknown, provider: string): unknown {
    if (!(error instanceof ProviderError)) return error;
    const { fault, message, details } = error;
    return new ProviderError(fault, message, { ...details, provider, before: this.#failed });
  }

  async return(): Promise<IteratorResult<Part>> {
    this.#closed = true;
    this.#asked = [];
    await this.#reader?.return?.();
    return { done: true, value: undefined };
  }
}

function mayPass(error: unknown): error is ProviderError {
  return error instanceof ProviderError && error.retryable;
}
