import { HttpError } from "fresh";
import type { CompletionEnd } from "../../api/completion_run.ts";
import type { Reader } from "../../locales/coded.ts";
import type { ErrorKind } from "../../locales/errors/codes.ts";
import { ENGLISH_ERRORS } from "../../locales/errors/messages/en.ts";
import { errorText } from "../../locales/errors/error_text.ts";
import { AppError } from "../../platform/errors.ts";
import { retryAfterOf, statusOf } from "../errors.ts";
import { rateFields } from "./rate_fields.ts";

/** An error as OpenAI's clients read it. */
interface ApiError {
  message: string;
  type: string;
  param: string | null;
  code: string | null;
}

const REQUEST = "invalid_request_error";

const TYPES: Readonly<Record<ErrorKind, [type: string, code: string | null]>> = {
  invalid: [REQUEST, null],
  denied: [REQUEST, "model_not_allowed"],
  missing: [REQUEST, "model_not_found"],
  conflict: [REQUEST, null],
  too_large: [REQUEST, "request_too_large"],
  too_slow: [REQUEST, "request_timeout"],
  wrong_type: [REQUEST, "unsupported_media_type"],
  wrong_host: [REQUEST, "unknown_host"],
  unauthenticated: [REQUEST, "invalid_api_key"],
  limited: ["requests", "rate_limit_exceeded"],
  over_budget: ["insufficient_quota", "insufficient_quota"],
  over_share: ["insufficient_quota", "insufficient_quota"],
  unavailable: ["server_error", "service_unavailable"],
  upstream: ["server_error", "service_unavailable"],
};

/** Codes that say more than their kind. */
const CODES: Readonly<Record<string, string>> = {
  "api.address_unknown": "unknown_url",
  "api.content_unsupported": "unsupported_value",
  "api.invalid": "invalid_value",
  "api.messages_too_long": "context_length_exceeded",
  "api.picture_address": "invalid_image_url",
  "api.reply_failed": "context_length_exceeded",
  "api.unsupported": "unsupported_parameter",
  "picture.not_seen": "unsupported_value",
  "request.no_json": "invalid_json",
};

/** The body of an error's answer, or of the last event of a stream that failed. */
export function apiErrorOf(thrown: unknown, reader: Reader): { error: ApiError } {
  const error = originOf(thrown);
  if (!(error instanceof AppError)) {
    const { detail: message } = ENGLISH_ERRORS.internal;
    return { error: { message, type: "server_error", param: null, code: "internal_error" } };
  }
  const { kind, told } = error;
  const [type, code] = isBusy(error) ? TYPES.limited : TYPES[kind];
  const finer = kind === "invalid" || kind === "missing" ? CODES[told.code] : undefined;
  return {
    error: {
      message: errorText(told, reader),
      type,
      param: error.field ?? null,
      code: finer ?? code,
    },
  };
}

/** Answers an error of /v1 in OpenAI's form. */
export function apiErrorResponse(thrown: unknown, reader: Reader): Response {
  if (thrown instanceof HttpError && thrown.status === 405) {
    const message = ENGLISH_ERRORS.wrongMethod;
    const error = { message, type: REQUEST, param: null, code: "method_not_allowed" };
    return Response.json({ error }, { status: 405 });
  }
  const error = originOf(thrown);
  const status = error instanceof AppError ? statusOf(error) : 500;
  const headers = new Headers();
  const seconds = retryAfterOf(error);
  if (seconds !== null) headers.set("retry-after", String(seconds));
  if (error instanceof AppError) {
    if (status === 401) headers.set("www-authenticate", "Bearer");
    // Official clients retry 429 and 5xx by themselves, and obey this.
    if (!error.retryable && (status === 429 || status >= 500)) {
      headers.set("x-should-retry", "false");
    }
    const { told } = error;
    if (told.code === "api.rate_limited") {
      for (const [name, value] of rateFields(told.rate, 0, told.waitMs)) headers.set(name, value);
    }
  }
  return Response.json(apiErrorOf(error, reader), { status, headers });
}

/** Why a reply failed, as an error. */
export function failureOf({ reason, retryAfterMs }: CompletionEnd & { kind: "failed" }): Error {
  if (reason === "internal") return new Error("A reply failed");
  const told = { code: "api.reply_failed", reason } as const;
  if (reason === "too_long") return new AppError("invalid", told, { field: "messages" });
  return new AppError("unavailable", told, {
    retryable: reason !== "account" && reason !== "refused",
    retryAfterMs: retryAfterMs ?? undefined,
  });
}

/** What is left of a budget is only held by replies under way. */
function isBusy({ kind, retryable }: AppError): boolean {
  return (kind === "over_budget" || kind === "over_share") && retryable;
}

function originOf(error: unknown): unknown {
  if (!(error instanceof HttpError)) return error;
  if (error.cause instanceof AppError) return error.cause;
  return error.status === 404 ? new AppError("missing", { code: "api.address_unknown" }) : error;
}
