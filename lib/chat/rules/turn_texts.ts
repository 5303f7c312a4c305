import { ENGLISH_TURNS } from "../../locales/errors/turns_en.ts";
import type { FailureCode } from "../../locales/errors/turn_codes.ts";
import type { Notice } from "../../metering/call_records.ts";
import type { ChatEvent, ErrorEvent } from "../../shared/chat_events.ts";
import type { Failure } from "../records.ts";

/** Failure of a reply whose text was taken back. */
export const WITHDRAWN = "provider-withdrawn" satisfies FailureCode;

const PROBLEMS = "/problems";

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
  store: 503,
  unsaved: 500,
};

/** A failure as an event with its text. */
export function errorEvent({ code, retryable, retryAfterSeconds }: Failure): ErrorEvent {
  const { failures } = ENGLISH_TURNS;
  const { title, detail } = code === "provider-busy"
    ? failures[code](retryAfterSeconds)
    : failures[code];
  return {
    type: "error",
    problem: `${PROBLEMS}/${code}`,
    title,
    status: STATUS[code],
    detail,
    retryable,
    retryAfterSeconds,
  };
}

/** A notice as an event with its text. */
export function noticeEvent(notice: Notice): Extract<ChatEvent, { type: "notice" }> {
  return "text" in notice
    ? { type: "notice", ...notice }
    : { type: "notice", kind: notice.code, text: textOf(notice) };
}

function textOf(notice: Exclude<Notice, { text: string }>): string {
  const { notices } = ENGLISH_TURNS;
  switch (notice.code) {
    case "downgraded":
      return notices.downgraded(notice);
    case "clamped":
      return notices.clamped(notice);
    case "alert":
      return notices.alert(notice);
    case "failed_over":
      return notices.failed_over(notice);
  }
}
