import {
  FAILURE_CODES,
  type FailureCode,
  type FailureText,
} from "../../locales/errors/turn_codes.ts";
import { picturesInLanguage } from "../../locales/own/sent_pictures.ts";
import { TURN_ERROR_TEXTS } from "../../locales/errors/turns/languages.ts";
import type { Notice } from "../../metering/call_records.ts";
import type { ChatEvent, ErrorEvent, NoticeEvent, NoticeKind } from "../../shared/chat_events.ts";
import { NO_ANSWER } from "../../shared/chat_state.ts";
import type { Language } from "../../shared/languages.ts";
import type { FailureView } from "../../shared/views/chat_view.ts";
import type { Failure } from "../records.ts";

/** Failure of a reply whose text was taken back. */
export const WITHDRAWN = "provider-withdrawn" satisfies FailureCode;

const PROBLEMS = "/problems/";

/** Of events that nobody reads yet. */
const ENGLISH: Language = "en";

/** HTTP status of each failure in problem details. */
const STATUS: Readonly<Record<FailureCode, number>> = {
  "empty-reply": 502,
  internal: 500,
  interrupted: 503,
  "provider-account-empty": 503,
  "provider-broken": 502,
  "provider-busy": 503,
  "provider-down": 502,
  "provider-filtered": 502,
  "provider-only-thinking": 502,
  "provider-refused": 502,
  "provider-timeout": 504,
  "provider-too-long": 502,
  "provider-withdrawn": 502,
  restored: 503,
  store: 503,
  unsaved: 500,
};

/** A failure as an event with its text. */
export function errorEvent(
  { code, retryable, retryAfterSeconds }: Failure,
  language: Language = ENGLISH,
): ErrorEvent {
  return {
    type: "error",
    problem: PROBLEMS + code,
    ...failureText(code, retryAfterSeconds, language),
    status: STATUS[code],
    retryable,
    retryAfterSeconds,
  };
}

/** A failure on the page; without one, that no answer came. */
export function failureView(
  failure: Failure | null | undefined,
  language: Language | null,
): FailureView {
  if (!failure) return NO_ANSWER;
  const { title, detail, retryable } = errorEvent(failure, language ?? ENGLISH);
  return { title, detail, retryable };
}

function failureText(code: FailureCode, seconds: number | null, language: Language): FailureText {
  const { failures } = TURN_ERROR_TEXTS[language];
  const { title, detail } = code === "provider-busy" ? failures[code](seconds) : failures[code];
  return { title, detail };
}

/** A notice as an event with its text. */
export function noticeEvent(notice: Notice): NoticeEvent {
  if ("text" in notice) return { type: "notice", ...notice };
  const { code: kind, ...params } = notice;
  const about = "session" in params ? { session: `${params.session}` } : params;
  return { type: "notice", kind, text: noticeText(kind, about, ENGLISH), about };
}

function noticeText(
  kind: NoticeKind,
  { nearest = "tool", model = "", session = "0" }: NonNullable<NoticeEvent["about"]>,
  language: Language,
): string {
  const { notices } = TURN_ERROR_TEXTS[language];
  switch (kind) {
    case "downgraded":
      return notices.downgraded({ nearest, model });
    case "clamped":
      return notices.clamped({ nearest });
    case "alert":
      return notices.alert({ session: BigInt(session) });
    case "failed_over":
      return notices.failed_over({});
    case "truncated":
      return "";
  }
}

/** An event with its texts in a reader's language; those that were stored as texts stay. */
export function eventInLanguage(event: ChatEvent, language: Language): ChatEvent {
  if (event.type === "notice") {
    const { about, ...told } = event;
    return about === undefined ? event : { ...told, text: noticeText(told.kind, about, language) };
  }
  if (event.type === "start") {
    const { question } = event;
    return {
      ...event,
      question: { ...question, html: picturesInLanguage(question.html, language) },
    };
  }
  if (event.type !== "error" || language === ENGLISH) return event;
  const code = FAILURE_CODES.find((each) => PROBLEMS + each === event.problem);
  return code === undefined
    ? event
    : { ...event, ...failureText(code, event.retryAfterSeconds, language) };
}
