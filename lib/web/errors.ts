import { HttpError } from "fresh";
import { AppError, type ErrorKind } from "../platform/errors.ts";

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

const TITLE: Record<ErrorKind, string> = {
  invalid: "The request is not right",
  denied: "This is not allowed",
  missing: "There is nothing here",
  conflict: "This does not fit what is there",
  too_large: "This is too large",
  too_slow: "The request took too long",
  wrong_type: "This kind of content is not taken",
  wrong_host: "This address is not served here",
  unauthenticated: "A key is needed",
  limited: "Too many requests",
  over_budget: "Today's budget is used up",
  over_share: "Your share of today is used up",
  unavailable: "Not available at the moment",
  upstream: "A service that is needed did not answer",
};

/** RFC 9457 problem details, with whether the same request may succeed later. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  /** The input field at fault. */
  field?: string;
  retryable: boolean;
}

/** Whole seconds until it makes sense to try again, or null. */
export function retryAfterOf(thrown: unknown): number | null {
  const error = originOf(thrown);
  return error instanceof AppError && error.retryAfterMs !== undefined
    ? Math.max(1, Math.ceil(error.retryAfterMs / 1000))
    : null;
}

/** What a person is told of an error; of a fault of the program, nothing of its text. */
export function problemOf(thrown: unknown): Problem {
  const error = originOf(thrown);
  if (error instanceof AppError) {
    return {
      type: `/problems/${error.kind.replaceAll("_", "-")}`,
      title: TITLE[error.kind],
      status: STATUS[error.kind],
      detail: error.message,
      ...(error.field === undefined ? {} : { field: error.field }),
      retryable: error.retryable,
    };
  }
  if (error instanceof HttpError && error.status < 500) {
    const kind = error.status === 404 ? "missing" : error.status === 403 ? "denied" : "invalid";
    return {
      type: `/problems/http-${error.status}`,
      title: TITLE[kind],
      status: error.status,
      detail: error.status === 405
        ? "This address does not take that kind of request."
        : `${TITLE[kind]}.`,
      retryable: false,
    };
  }
  return {
    type: "/problems/internal",
    title: "Something went wrong here",
    status: 500,
    detail: "The fault was noted. Try again in a moment.",
    retryable: true,
  };
}

/** An error in the program's terms as Fresh's, for its error pages. */
export function httpErrorOf(error: AppError): HttpError {
  return new HttpError(STATUS[error.kind], error.message, { cause: error });
}

/** What stands behind an error that was turned into HTTP already. */
function originOf(error: unknown): unknown {
  return error instanceof HttpError && error.cause instanceof AppError ? error.cause : error;
}

/** An error as an answer of the API. */
export function problemResponse(error: unknown): Response {
  const problem = problemOf(error);
  const headers = new Headers({ "content-type": "application/problem+json" });
  if (problem.status === 401) headers.set("www-authenticate", "Bearer");
  const seconds = retryAfterOf(error);
  if (seconds !== null) headers.set("retry-after", String(seconds));
  return new Response(JSON.stringify(problem), { status: problem.status, headers });
}
