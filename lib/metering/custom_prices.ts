import { isDeepStrictEqual } from "node:util";
import { AppError } from "../platform/errors.ts";
import type { ModelPrice } from "../llm/rules/prices.ts";
import type { Generation } from "../store/generations.ts";
import type { Kv } from "../store/kv.ts";
import { type CustomPrice, meteringKeys } from "./records.ts";
import type { Transactions, Tx } from "../store/transactions.ts";

const FRESH_MS = 2_000;
/** Most prices of one thing; bounds the record, and its entry in the audit log. */
const MOST_PRICES = 200;
const WEIGHT = 100_000;

/** Writes for the commit of a change, such as its audit log entry. */
type AlsoWrite = (tx: Tx, before: readonly CustomPrice[], after: readonly CustomPrice[]) => void;

/** Options of a change. */
interface PriceChange {
  also?: AlsoWrite;
  /** Version of the prices that the admin saw: what changed since is not replaced. */
  seen?: string | undefined;
}

/**
 * Prices set by the organisation, each valid from an instant.
 * For models on no price list, for discounts, and for units (a WhatsApp message, a minute of
 * transcription, 1,000 spoken characters).
 */
export class CustomPrices {
  private all = new Map<string, CustomPrice[]>();
  private version: string | null = null;
  private generation: Generation | null = null;
  private checkedAt = -Infinity;
  /** Model prices in force, by `provider/model`; updated by {@link refresh}. */
  readonly current = new Map<string, ModelPrice>();

  constructor(private readonly kv: Kv, private readonly transactions: Transactions) {}

  /** Reads the prices if they changed, and selects those in force. */
  async refresh(now: number): Promise<void> {
    if (now - this.checkedAt < FRESH_MS && now >= this.checkedAt) return;
    this.checkedAt = now;
    const { value: version } = await this.kv.get(meteringKeys.prices());
    const { generation } = this.kv;
    if (version !== this.version || generation !== this.generation) {
      const rows = await this.kv.list(
        { prefix: ["price"] },
        (path) => meteringKeys.price(String(path[1]), String(path[2])),
        // Strict: a skipped price would book a model at another one.
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

  /** Changes with any price; "" before the first. */
  get seen(): string {
    return this.version ?? "";
  }

  /** All prices with their dates, by `provider/thing`. */
  list(): ReadonlyMap<string, readonly CustomPrice[]> {
    return this.all;
  }

  /** Price of one unit now, in nano-dollars; null when none is set. */
  unit(provider: string, thing: string, now: number): bigint | null {
    return holdingAt(this.all.get(`${provider}/${thing}`) ?? [], now)?.unit ?? null;
  }

  /**
   * Adds a price, or replaces the one that starts at the same instant.
   * @throws {AppError} `conflict` when that one may be another than was seen
   */
  set(provider: string, thing: string, price: CustomPrice, how?: PriceChange): Promise<void> {
    return this.change(provider, thing, price.from, [price], how);
  }

  /**
   * Removes the price that starts at an instant.
   * @throws {AppError} `conflict` as {@link set}
   */
  drop(provider: string, thing: string, from: number, how?: PriceChange): Promise<void> {
    return this.change(provider, thing, from, [], how);
  }

  /** Removes all prices of a thing. */
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
    { also, seen }: PriceChange = {},
  ): Promise<void> {
    const key = meteringKeys.price(provider, thing), version = meteringKeys.prices();
    await this.transactions.run([key, version], (tx) => {
      const before = tx.get(key) ?? [];
      const replaced = before.filter((price) => price.from === from);
      if (isDeepStrictEqual(replaced, instead)) return;
      const isUnseen = seen !== undefined && seen !== (tx.get(version) ?? "");
      if (isUnseen && replaced.length > 0) {
        throw new AppError("conflict", { code: "price.changed" });
      }
      const others = before.filter((price) => price.from !== from);
      const after = [...others, ...instead].sort((a, b) => a.from - b.from);
      if (after.length > MOST_PRICES) {
        throw new AppError("invalid", { code: "price.too_many", most: MOST_PRICES });
      }
      if (after.length > 0) tx.set(key, after);
      else tx.delete(key);
      tx.set(version, crypto.randomUUID());
      also?.(tx, before, after);
    }, WEIGHT);
    this.checkedAt = -Infinity;
  }
}

function holdingAt(prices: readonly CustomPrice[], now: number): CustomPrice | undefined {
  return prices.findLast(({ from }) => from <= now);
}
