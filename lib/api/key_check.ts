import { createHash } from "node:crypto";
import { recordRefusal, trackRefusals } from "../limits/refusal_log.ts";
import type { Refusals } from "../limits/refusals.ts";
import { limitKeys } from "../limits/records.ts";
import { admit, type RateDecision, type RateLimit } from "../limits/rules/rate.ts";
import type { Calendar } from "../platform/calendar.ts";
import type { Clock } from "../platform/clock.ts";
import { constantTimeEqual } from "../platform/constant_time.ts";
import { AppError } from "../platform/errors.ts";
import type { Transactions, Tx } from "../store/transactions.ts";
import { type ApiKey, apiKeys } from "./records.ts";
import { keyLabel, parseKey } from "./rules/key_format.ts";
import { isExpired, provenBy, usedSince } from "./rules/key_state.ts";
import type { StoredApiKeys } from "./stored_keys.ts";

interface Needs {
  store: { apiKeys: StoredApiKeys; transactions: Transactions; refusals: Refusals };
  calendar: Calendar;
  clock: Clock;
}

/** Wrong keys of one address; well-formed ones only, as others need no read. */
const WRONG: RateLimit = { limit: 20, windowMs: 5 * 60_000 };
const MINUTE = 60_000;

/** A request whose key was right when it came. */
export interface Caller {
  key: ApiKey;
  /** Hash of the secret that it sent. */
  hash: string;
}

/** Identifies programs by their keys, and limits their requests. */
export class KeyCheck {
  constructor(private readonly deps: Needs) {}

  /**
   * The caller of a request. Reads the key's record from the store, so that a key ended in another
   * process is refused at once.
   * @param authorization the request's header
   * @param address for the limit of wrong keys
   * @throws {AppError} `unauthenticated`, or `limited` after many wrong keys
   */
  async caller(authorization: string | null, address: string): Promise<Caller> {
    const [, sent] = /^bearer +(\S+) *$/i.exec(authorization ?? "") ?? [];
    if (sent === undefined) throw new AppError("unauthenticated", { code: "api.key_missing" });
    const parsed = parseKey(sent);
    if (parsed === null) throw wrongKey();
    const hash = hashOf(parsed.secret);
    const key = await this.deps.store.apiKeys.get(parsed.id);
    if (key === null || !this.isProven(key, hash)) {
      await this.countWrong(address);
      throw wrongKey();
    }
    if (isExpired(key, this.deps.clock())) throw expiredKey();
    return { key, hash };
  }

  /** A caller's request as part of a commit: the key is still right, within its rate, and used. */
  admission({ key, hash }: Caller) {
    const record = apiKeys.key(key.id);
    const limit = limitKeys.limit("api", keyLabel(key));
    const used = apiKeys.used(key.id);
    return {
      reads: [record, limit, used],
      run: (tx: Tx): RateDecision => {
        const now = this.deps.clock();
        const current = tx.get(record);
        if (current === null || !this.isProven(current, hash)) throw wrongKey();
        if (isExpired(current, now)) throw expiredKey();
        const rate = admit(tx.get(limit) ?? [], now, rateOf(current));
        if (!rate.admitted) throw tooFast(current, rate);
        tx.set(limit, rate.times);
        const at = usedSince(tx.get(used), now);
        if (at !== null) tx.set(used, at);
        return rate;
      },
    };
  }

  /** Admits a request that costs nothing. */
  async admit(caller: Caller): Promise<RateDecision> {
    const { reads, run } = this.admission(caller);
    return await this.tracked(caller, () => this.deps.store.transactions.run(reads, run));
  }

  /** Runs `run`; a refusal by the key's rate is recorded for the admin area. */
  tracked<T>({ key }: Caller, run: () => Promise<T>): Promise<T> {
    return trackRefusals(this.deps, "api", keyLabel(key), run);
  }

  private isProven(key: ApiKey, hash: string): boolean {
    return key.endedAt === null &&
      provenBy(key, this.deps.clock(), (stored) => constantTimeEqual(hash, stored));
  }

  private async countWrong(address: string): Promise<void> {
    const limit = limitKeys.limit("api-key", address);
    const now = this.deps.clock();
    const { admitted, waitMs } = await this.deps.store.transactions.run([limit], (tx) => {
      const decision = admit(tx.get(limit) ?? [], now, WRONG);
      if (decision.admitted) tx.set(limit, decision.times);
      return decision;
    });
    if (admitted) return;
    recordRefusal(this.deps, "api-key", address);
    throw new AppError("limited", { code: "api.keys_limited", waitMs }, { retryAfterMs: waitMs });
  }
}

/** What is stored of a secret. */
export function hashOf(secret: string): string {
  return createHash("sha256").update(secret).digest("base64url");
}

export function rateOf({ rate }: Pick<ApiKey, "rate">): RateLimit {
  return { limit: rate, windowMs: MINUTE };
}

function wrongKey(): AppError {
  return new AppError("unauthenticated", { code: "api.key_wrong" });
}

function expiredKey(): AppError {
  return new AppError("unauthenticated", { code: "api.key_expired" });
}

function tooFast({ rate }: ApiKey, { waitMs }: RateDecision): AppError {
  return new AppError("limited", { code: "api.rate_limited", rate, waitMs }, {
    retryAfterMs: waitMs,
  });
}
