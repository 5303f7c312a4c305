import { AppError } from "../platform/errors.ts";
import { ProviderError } from "../llm/provider.ts";
import type { Failure } from "./records.ts";

const PROBLEMS = "/problems";

/** Tells the person what became of a failed reply and what to do; nothing of the provider's own words. */
export function failureOf(error: unknown): Failure {
  if (error instanceof ProviderError) return providerFailure(error);
  if (error instanceof AppError && error.kind === "unavailable") {
    return problem("store", "The reply could not be saved", 503, error.message, true);
  }
  return problem(
    "internal",
    "Something went wrong here",
    500,
    "Your question is kept. Try again; if it happens again, tell the organisation that runs this page.",
    true,
  );
}

/** A turn whose process ended under it. */
export function interrupted(): Failure {
  return problem(
    "interrupted",
    "The reply was interrupted",
    503,
    "The server was restarted while it was writing. Your question is saved. Try again.",
    true,
  );
}

/** The model answered nothing. */
export function emptyReply(): Failure {
  return problem(
    "empty-reply",
    "The reply was empty",
    502,
    "The AI service ended without a text. Your question is saved. Try again, or put it in other words.",
    true,
  );
}

/** The store can never take the reply. */
export function unsaved(): Failure {
  return problem(
    "unsaved",
    "The reply could not be saved",
    500,
    "What the AI service wrote cannot be saved. Your question is. Try again, or put it in other words.",
    true,
  );
}

function providerFailure(error: ProviderError): Failure {
  const wait = error.details.retryAfterMs;
  switch (error.fault) {
    case "busy": {
      const seconds = wait === undefined ? null : Math.ceil(wait / 1000);
      const when = seconds === null ? "in a moment" : `in ${seconds} seconds`;
      return {
        ...problem(
          "provider-busy",
          "The AI service is busy",
          503,
          `Too many requests reached it at once. Your question is saved. Try again ${when}.`,
          true,
        ),
        retryAfterSeconds: seconds,
      };
    }
    case "down":
      return problem(
        "provider-down",
        "The AI service cannot be reached",
        502,
        "Your question is saved. Try again in a moment.",
        true,
      );
    case "timeout":
      return problem(
        "provider-timeout",
        "The AI service took too long",
        504,
        "It stopped answering. Your question and what had arrived are saved. Try again.",
        true,
      );
    case "broken":
      return problem(
        "provider-broken",
        "The reply broke off",
        502,
        "The AI service ended the reply too early. Your question and the partial reply are saved. Try again.",
        true,
      );
    case "account_empty":
      return problem(
        "provider-account-empty",
        "The AI service's account is empty",
        503,
        "The organisation that runs this page needs to add credit there. Tell them; your question is saved until then.",
        true,
      );
    case "filtered":
      return problem(
        "provider-filtered",
        "The AI service does not answer this",
        502,
        "Its filter stopped the question or the reply. Put it in other words.",
        false,
      );
    case "too_long":
      return problem(
        "provider-too-long",
        "This conversation is too long for the AI model",
        502,
        "Begin a new conversation and ask again there, or ask something shorter.",
        false,
      );
    case "only_thinking":
      return problem(
        "provider-only-thinking",
        "The AI model only got as far as thinking",
        502,
        "It spent the whole length of a reply on thinking. Ask something simpler. The organisation that runs this page can allow longer replies or choose a model that thinks less.",
        false,
      );
    case "refused":
      return problem(
        "provider-refused",
        "The AI service refused the request",
        502,
        "The organisation that runs this page needs to look at its settings. Your question is kept.",
        false,
      );
  }
}

function problem(
  slug: string,
  title: string,
  status: number,
  detail: string,
  retryable: boolean,
): Failure {
  return {
    problem: `${PROBLEMS}/${slug}`,
    title,
    status,
    detail,
    retryable,
    retryAfterSeconds: null,
  };
}
