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
  #asked: Promise<IteratorResult<Part>> | null = null;
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
    const asked = this.#asked;
    this.#asked = null;
    if (asked) return asked;
    return this.#reader && this.#answers ? this.#reader.next() : this.#first();
  }

  async #first(): Promise<IteratorResult<Part>> {
    for (let member = this.#rest.shift(); member && !this.#closed; member = this.#rest.shift()) {
      try {
        const began = Promise.withResolvers<null>();
        this.#reader = this.ask(member, () => began.resolve(null))[Symbol.asyncIterator]();
        const asked = this.#reader.next();
        const first = await Promise.race([asked, began.promise]);
        this.#answers = true;
        if (first?.done) break;
        this.#asked = asked;
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
    this.#asked = null;
    await this.#reader?.return?.();
    return { done: true, value: undefined };
  }
}

function mayPass(error: unknown): error is ProviderError {
  return error instanceof ProviderError && error.retryable;
}
