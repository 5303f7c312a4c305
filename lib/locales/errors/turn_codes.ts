import type { Whose } from "./codes.ts";

/** Why a turn failed; the last part of a problem's `type`. */
export const FAILURE_CODES = [
  "empty-reply",
  "internal",
  "interrupted",
  "provider-account-empty",
  "provider-broken",
  "provider-busy",
  "provider-down",
  "provider-filtered",
  "provider-only-thinking",
  "provider-refused",
  "provider-timeout",
  "provider-too-long",
  "provider-withdrawn",
  "restored",
  "store",
  "unsaved",
] as const;
export type FailureCode = (typeof FAILURE_CODES)[number];

/** The budget that is nearly used: a share, or the tool's day. */
export type NearlyUsed = Whose | "tool";

export interface NoticeParams {
  /** A cheaper model answers. */
  downgraded: { nearest: NearlyUsed; model: string };
  /** The reply is kept short. */
  clamped: { nearest: NearlyUsed };
  /** The conversation has become expensive; in nano-dollars. */
  alert: { session: bigint };
  /** Another model answers than the tool's own, which failed. */
  failed_over: Record<never, never>;
}

/** Texts of failures and notices, in one language. */
export interface TurnErrorTexts {
  readonly failures:
    & {
      readonly [Code in Exclude<FailureCode, "provider-busy">]: FailureText;
    }
    & {
      readonly "provider-busy": (retryAfterSeconds: number | null) => FailureText;
    };
  /** While conversations may be reviewed; default of the organisation's own text. */
  readonly reviewed: string;
  readonly notices: {
    readonly [Code in keyof NoticeParams]: (params: NoticeParams[Code]) => string;
  };
}

export interface FailureText {
  readonly title: string;
  readonly detail: string;
}
