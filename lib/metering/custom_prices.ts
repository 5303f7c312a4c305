import { AppError } from "../platform/errors.ts";
import type { ModelPrice } from "../llm/rules/prices.ts";
import type { Generation } from "../store/generations.ts";
import type { Kv } from "../store/kv.ts";
import { type CustomPrice, meteringKeys } from "./records.ts";
import type { Transactions, Tx } from "../store/transactions.ts";

const FRESH_MS = 2_000;
/** Prices of one thing that are kept, and the bytes that they and an entry of the audit log take. */
const MOST = 200;
const WEIGHT = 100_000;

/** What is written in the commit of a change, such as its entry in the audit log. */
type AlsoWrite = (tx: Tx, before: readonly CustomPrice[], after: readonly CustomPrice[]) => void;

/**
 * Prices that the organisation sets itself: for models that no price list
 * knows, for discounts, and for what is paid by the piece (a message of
 * WhatsApp, a minute of transcription). Each holds from an instant on.
 */
export class CustomPrices {
  private all = new Map<string, CustomPrice[]>();
  private version: string | null = null;
  private generation: Generation | null = null;
  private checkedAt = -Infinity;
  /** Prices of models that hold now, by `provider/model`; kept up to date by {@link refresh}. */
  readonly current = new Map<string, ModelPrice>();

  constructor(private readonly kv: Kv, private readonly transactions: Transactions) {}

  /** Reads the prices if they changed, and looks which of them hold now. */
  async refresh(now: number): Promise<void> {
    if (now - this.checkedAt < FRESH_MS && now >= this.checkedAt) return;
    this.checkedAt = now;
    const { value: version } = await this.kv.get(meteringKeys.prices());
    const { generation } = this.kv;
    if (version !== this.version || generation !== this.generation) {
      const rows = await this.kv.list(
        { prefix: ["price"] },
        (path) => meteringKeys.price(String(path[1]), String(path[2])),
        // Without its own price a model would be booked at another one.
        { strict: true },
      );
      this.all = new Map(
        rows.map(({ path, value }) => [path.slice(1).map(String).join("/"), value]),
      );
      this.version = version;
      this.generation = generation;
    }
    this.current.clear();
    for (const [name, prices] of this.all) {
      const price = holdingAt(prices, now)?.tokens;
      if (price) this.current.set(name, price);
    }
  }

  /** All prices with their dates, by `provider/thing`. */
  list(): ReadonlyMap<string, readonly CustomPrice[]> {
    return this.all;
  }

  /** What one piece of a thing costs now, in nano-dollars; null when nobody said. */
  unit(provider: string, thing: string, now: number): bigint | null {
    return holdingAt(this.all.get(`${provider}/${thing}`) ?? [], now)?.unit ?? null;
  }

  /** Adds a price, or replaces the one that holds from the same instant. */
  set(provider: string, thing: string, price: CustomPrice, also?: AlsoWrite): Promise<void> {
    return this.change(provider, thing, price.from, [price], also);
  }

  /** Takes the price back that holds from an instant. */
  drop(provider: string, thing: string, from: number, also?: AlsoWrite): Promise<void> {
    return this.change(provider, thing, from, [], also);
  }

  /** Takes all prices of a thing back. */
  async remove(provider: string, thing: string): Promise<void> {
    await this.transactions.run([], (tx) => {
      tx.delete(meteringKeys.price(provider, thing));
      tx.set(meteringKeys.prices(), crypto.randomUUID());
    });
    this.checkedAt = -Infinity;
  }

  private async change(
    provider: string,
    thing: string,
    from: number,
    instead: readonly CustomPrice[],
    also?: AlsoWrite,
  ): Promise<void> {
    const key = meteringKeys.price(provider, thing);
    await this.transactions.run([key], (tx) => {
      const before = tx.get(key) ?? [];
      const others = before.filter((price) => price.from !== from);
      const after = [...others, ...instead].sort((a, b) => a.from - b.from);
      if (after.length > MOST) {
        throw new AppError("invalid", { code: "price.too_many", most: MOST });
      }
      if (after.length > 0) tx.set(key, after);
      else tx.delete(key);
      tx.set(meteringKeys.prices(), crypto.randomUUID());
      also?.(tx, before, after);
    }, WEIGHT);
    this.checkedAt = -Infinity;
  }
}

function holdingAt(prices: readonly CustomPrice[], now: number): CustomPrice | undefined {
  return prices.findLast(({ from }) => from <= now);
}
