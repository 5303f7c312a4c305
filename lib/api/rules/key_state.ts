import type { Budget } from "../../metering/rules/budget.ts";
import type { ApiKey } from "../records.ts";

const DAY = 24 * 60 * 60_000;
/** A key that was not used for so long is said in the overview. */
const UNUSED_MS = 90 * DAY;
/** Last use is written at most this often. */
const USED_EVERY_MS = 60 * 60_000;

/** Whether a secret proves the key at a time. */
export function provenBy(key: ApiKey, at: number, matches: (hash: string) => boolean): boolean {
  // Compares all of them: the time tells nothing.
  return key.secrets
    .filter(({ hash, endsAt }) => matches(hash) && (endsAt === null || at < endsAt)).length > 0;
}

export function isExpired({ expiresAt }: Pick<ApiKey, "expiresAt">, at: number): boolean {
  return expiresAt !== null && at >= expiresAt;
}

/** A key that was ended at a time. */
export function endedKey(key: ApiKey, at: number): ApiKey {
  return { ...key, secrets: [], endedAt: at };
}

/** A key whose secret was replaced by an unknown one; one that was replaced before has ended. */
export function replacedKey(key: ApiKey, until: number): ApiKey {
  const secrets = key.secrets
    .filter(({ endsAt }) => endsAt === null)
    .map((secret) => ({ ...secret, endsAt: until }));
  return { ...key, secrets };
}

/** Whether a key was neither made nor used for a long time. */
export function isIdle({ createdAt }: ApiKey, usedAt: number | null, at: number): boolean {
  return at - (usedAt ?? createdAt) >= UNUSED_MS;
}

/** The time to store as the last use; null while the stored one is recent. */
export function usedSince(usedAt: number | null, at: number): number | null {
  return usedAt === null || Math.abs(at - usedAt) >= USED_EVERY_MS ? at : null;
}

/** The budgets of a key. Without a limit they count its spending. */
export function budgetsOf({ id, day, month }: Pick<ApiKey, "id" | "day" | "month">): Budget[] {
  return [
    { scope: "api_key", id, window: "day", limit: day },
    { scope: "api_key", id, window: "month", limit: month },
  ];
}
