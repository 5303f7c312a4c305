import { formatCount } from "../../shared/formats.ts";
import { sendAgain } from "../../shared/send_again.ts";
import type { Catalogue } from "../coded.ts";
import { ENGLISH_COMPOSER } from "../page/chat/en.ts";
import { counter } from "../plurals.ts";
import type { ApiErrorParams, ApiTakes, ReplyFailure } from "./api_codes.ts";

const { sendAgain: SEND_AGAIN } = ENGLISH_COMPOSER;
const counted = counter("en");
const seconds = (ms: number) =>
  counted(Math.ceil(ms / 1000), { one: "# second", other: "# seconds" });

const TAKES: Readonly<Record<ApiTakes, string>> = {
  boolean: "true or false",
  content: "a text, or a list of parts of type text and image_url",
  messages: "a list with at least one message of role user",
  model: "the id of a tool",
  object: "a JSON object",
  picture: "a PNG, JPEG or WebP picture as a data: URL in base64",
  positiveCount: "a whole number from 1 up",
  role: "system, developer, user or assistant",
  stop: "a text, or a list of up to four texts",
  temperature: "a number from 0 to 2",
};

const FAILED: Readonly<Record<ReplyFailure, string>> = {
  account: "The AI provider's account is empty. The organisation needs to add credit there.",
  broken: "The AI provider ended the reply too early.",
  busy: "The AI provider is busy. Try again in a moment.",
  down: "The AI provider cannot be reached. Try again in a moment.",
  interrupted: "The server is restarting. Try again in a few seconds.",
  refused: "The AI provider refused the request. The organisation needs to look at its settings.",
  timeout: "The AI provider stopped answering. Try again.",
  too_long: "The messages are longer than this tool's model takes.",
};

/** For programs and the people who write them. */
export const API_ERRORS: Catalogue<ApiErrorParams> = {
  "api.address_unknown": "There is no such address below /v1.",
  "api.budget_used": ({ window, opensAt }, { now, timeZone }) =>
    `This API key has used its budget of this ${window}. ${
      sendAgain(SEND_AGAIN, opensAt, now, true, timeZone)
    }`,
  "api.content_unsupported": ({ parameter, kind }) =>
    `\`${parameter}\`: content of type "${kind}" is not supported.`,
  "api.invalid": ({ parameter, takes }) => `\`${parameter}\` takes ${TAKES[takes]}.`,
  "api.key_expired": "This API key has expired. An administrator can make a new one.",
  "api.key_missing": "No API key was sent. Send it in the header Authorization: Bearer obt_…",
  "api.key_wrong": "This API key is not right, or has ended.",
  "api.keys_limited": ({ waitMs }) =>
    `Too many wrong API keys came from this address. Try again in ${seconds(waitMs)}.`,
  "api.model_denied": ({ model }) => `This API key may not ask the tool "${model}".`,
  "api.model_missing": ({ model }) => `There is no active tool "${model}".`,
  "api.picture_address":
    "Pictures are taken as data: URLs only; the server fetches none from other addresses.",
  "api.pictures_too_many": ({ most }) => `At most ${most} pictures are taken in one request.`,
  "api.rate_limited": ({ rate, waitMs }) =>
    `This API key may send ${
      counted(rate, { one: "# request", other: "# requests" })
    } a minute. Try again in ${seconds(waitMs)}.`,
  "api.messages_too_long": ({ most }) =>
    `The messages are too long: at most ${formatCount(most, "en")} characters in all.`,
  "api.messages_too_many": ({ most }) => `At most ${most} messages are taken in one request.`,
  "api.reply_failed": ({ reason }) => FAILED[reason],
  "api.unsupported": ({ parameter }) => `\`${parameter}\` is not supported here.`,
};
