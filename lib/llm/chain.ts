import { type FailedProvider, type Part, type Provider, ProviderError } from "./provider.ts";

/**
 * Several providers as one: each is asked in turn until one answers. The next is
 * asked only when the one before failed before any text, and in a way that may
 * pass (busy, down, too slow, broken). The first part tells who answers, and who
 * failed before.
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
  #held: Part | null = null;
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
    return this.#reader && this.#answers && !this.#held ? this.#reader.next() : this.#first();
  }

  async #first(): Promise<IteratorResult<Part>> {
    if (this.#held) return this.#release(this.#held);
    for (let member = this.#rest.shift(); member && !this.#closed; member = this.#rest.shift()) {
      try {
        this.#reader = this.ask(member)[Symbol.asyncIterator]();
        const first = await this.#reader.next();
        this.#answers = true;
        if (first.done) break;
        this.#held = first.value;
        const { name, simulated } = member;
        const source = { type: "source" as const, provider: name, simulated, failed: this.#failed };
        return { done: false, value: source };
      } catch (error) {
        if (this.#rest.length === 0 || !mayPass(error)) throw error;
        this.#failed.push({ provider: member.name, error });
      }
    }
    return { done: true, value: undefined };
  }

  async return(): Promise<IteratorResult<Part>> {
    this.#closed = true;
    this.#held = null;
    await this.#reader?.return?.();
    return { done: true, value: undefined };
  }

  #release(part: Part): IteratorResult<Part> {
    this.#held = null;
    return { done: false, value: part };
  }
}

function mayPass(error: unknown): error is ProviderError {
  return error instanceof ProviderError && error.retryable;
}
