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
    stream: (request, signal) => ({
      [Symbol.asyncIterator]: () =>
        new ChainReader(members, (member) => member.stream(request, signal)),
    }),
  };
}

class ChainReader implements AsyncIterator<Part> {
  #reader: AsyncIterator<Part> | null = null;
  #answers = false;
  /** Parts that were read to learn that the member answers. */
  #read: IteratorResult<Part>[] = [];
  #closed = false;
  readonly #failed: FailedProvider[] = [];
  readonly #rest: Provider[];

  constructor(
    members: readonly Provider[],
    private readonly ask: (member: Provider) => AsyncIterable<Part>,
  ) {
    this.#rest = [...members];
  }

  next(): Promise<IteratorResult<Part>> {
    const part = this.#read.shift();
    if (part) return Promise.resolve(part);
    return this.#reader && this.#answers ? this.#reader.next() : this.#first();
  }

  async #first(): Promise<IteratorResult<Part>> {
    for (let member = this.#rest.shift(); member && !this.#closed; member = this.#rest.shift()) {
      try {
        this.#reader = this.ask(member)[Symbol.asyncIterator]();
        const first = await this.#reader.next();
        // A claim of usage may come before a failure: the next part tells.
        const claims = !first.done && first.value.type === "usage";
        this.#read = claims ? [first, await this.#reader.next()] : [first];
        this.#answers = true;
        if (this.#read.at(-1)?.done) break;
        const { name, simulated } = member;
        const source = { type: "source" as const, provider: name, simulated, failed: this.#failed };
        return { done: false, value: source };
      } catch (error) {
        this.#read = [];
        if (this.#rest.length === 0 || !mayPass(error)) throw this.#with(error, member.name);
        this.#failed.push({ provider: member.name, error });
      }
    }
    this.#read = [];
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
    this.#read = [];
    await this.#reader?.return?.();
    return { done: true, value: undefined };
  }
}

function mayPass(error: unknown): error is ProviderError {
  return error instanceof ProviderError && error.retryable;
}
