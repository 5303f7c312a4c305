import { HttpError } from "fresh";
import type { Reader } from "../locales/coded.ts";
import type { ErrorKind } from "../locales/errors/codes.ts";
import { ERROR_TEXTS } from "../locales/errors/messages/languages.ts";
import { errorText } from "../locales/errors/error_text.ts";
import { AppError } from "../platform/errors.ts";
import { noteError, requestIdOf } from "./edge/request_record.ts";
import { readerOf } from "./reader.ts";

const STATUS = {
  invalid: 400,
  denied: 403,
  missing: 404,
  conflict: 409,
  too_large: 413,
  too_slow: 408,
  wrong_type: 415,
  wrong_host: 421,
  unauthenticated: 401,
  limited: 429,
  over_budget: 429,
  over_share: 429,
  unavailable: 503,
  upstream: 502,
} as const satisfies Record<ErrorKind, number>;

/** RFC 9457 problem details, and whether a retry may succeed. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  /** The code of the detail, for programs; program faults have none. */
  code?: string;
  field?: string;
  retryable: boolean;
  /** The request's id, by which admins find the error. */
  requestId?: string;
}

export function statusOf({ kind }: AppError) {
  return STATUS[kind];
}

/** Whole seconds until a retry is useful, or null. */
export function retryAfterOf(thrown: unknown): number | null {
  const error = originOf(thrown);
  return error instanceof AppError && error.retryAfterMs !== undefined
    ? Math.max(1, Math.ceil(error.retryAfterMs / 1000))
    : null;
}

/** The problem details of an error; a program fault's text is left out. */
export function problemOf(thrown: unknown, reader: Reader): Problem {
  const error = originOf(thrown);
  const { titles, internal, wrongMethod } = ERROR_TEXTS[reader.language];
  if (error instanceof AppError) {
    return {
      type: `/problems/${error.kind.replaceAll("_", "-")}`,
      title: titles[error.kind],
      status: STATUS[error.kind],
      detail: errorText(error.told, reader),
      code: error.told.code,
      ...(error.field === undefined ? {} : { field: error.field }),
      retryable: error.retryable,
    };
  }
  if (error instanceof HttpError && error.status < 500) {
    const kind = error.status === 404 ? "missing" : error.status === 403 ? "denied" : "invalid";
    return {
      type: `/problems/http-${error.status}`,
      title: titles[kind],
      status: error.status,
      detail: error.status === 405 ? wrongMethod : `${titles[kind]}.`,
      retryable: false,
    };
  }
  return {
    type: "/problems/internal",
    status: 500,
    ...internal,
    retryable: true,
  };
}

/** An AppError as Fresh's error, for its error pages. */
export function httpErrorOf(error: AppError): HttpError {
  return new HttpError(statusOf(error), error.message, { cause: error });
}

/** The original of an error that was turned into HTTP. */
function originOf(error: unknown): unknown {
  return error instanceof HttpError && error.cause instanceof AppError ? error.cause : error;
}

/** The code of an error, for reports; a program fault's name. */
export function codeOf(thrown: unknown): string {
  const error = originOf(thrown);
  if (error instanceof AppError) return error.told.code;
  if (error instanceof HttpError) return `http.${error.status}`;
  return error instanceof Error ? `fault.${error.name}` : "fault";
}

/** Answers a request with an error's problem details, and notes the error. */
export function problemResponse(
  error: unknown,
  ctx: { req: Request } & Parameters<typeof readerOf>[0],
): Response {
  noteError(ctx.req, codeOf(error));
  return problemAnswer(error, readerOf(ctx), requestIdOf(ctx.req));
}

/** An answer with an error's problem details. */
export function problemAnswer(error: unknown, reader: Reader, requestId: string): Response {
  const problem = {
    ...problemOf(error, reader),
    ...(requestId === "" ? {} : { requestId }),
  };
  const headers = new Headers({ "content-type": "application/problem+json" });
  if (problem.status === 401) headers.set("www-authenticate", "Bearer");
  const seconds = retryAfterOf(error);
  if (seconds !== null) headers.set("retry-after", String(seconds));
  return new Response(JSON.stringify(problem), { status: problem.status, headers });
}
