import type { None } from "../coded.ts";

/** Accepted values of a parameter of /v1. */
export type ApiTakes =
  | "boolean"
  | "content"
  | "messages"
  | "model"
  | "object"
  | "picture"
  | "positiveCount"
  | "role"
  | "stop"
  | "temperature";

/** Errors of /v1. Times in ms. */
export interface ApiErrorParams {
  "api.address_unknown": None;
  "api.budget_used": { window: "day" | "month"; opensAt: number };
  "api.content_unsupported": { parameter: string; kind: string };
  "api.invalid": { parameter: string; takes: ApiTakes };
  "api.key_expired": None;
  "api.key_missing": None;
  "api.key_wrong": None;
  "api.keys_limited": { waitMs: number };
  "api.model_denied": { model: string };
  "api.model_missing": { model: string };
  "api.picture_address": None;
  "api.pictures_too_many": { most: number };
  "api.rate_limited": { rate: number; waitMs: number };
  "api.messages_too_long": { most: number };
  "api.messages_too_many": { most: number };
  "api.reply_failed": { reason: ReplyFailure };
  "api.unsupported": { parameter: string };
}

/** Why a reply over /v1 failed. */
export type ReplyFailure =
  | "account"
  | "broken"
  | "busy"
  | "down"
  | "interrupted"
  | "refused"
  | "timeout"
  | "too_long";
