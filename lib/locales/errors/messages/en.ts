import { formatCount } from "../../../shared/formats.ts";
import { sendAgain } from "../../../shared/send_again.ts";
import { fill } from "../../../shared/text.ts";
import { ENGLISH_COMPOSER } from "../../page/chat/en.ts";
import { dayAndMonth, secondsUntil } from "../../times.ts";
import type { Takes } from "../codes.ts";
import type { ErrorTexts } from "../error_texts.ts";
import { ENGLISH_MEDIA } from "../media/en.ts";

/** Sentences shared with the page's script. */
const { sendAgain: SEND_AGAIN, tooLong: TOO_LONG } = ENGLISH_COMPOSER;

const TAKES: Readonly<Record<Takes, string>> = {
  attachments: "at most four ids of pictures, and of one recording",
  chatAction: "send, edit, regenerate or continue",
  linkCode: "the code from the message",
  linkCodeBody: "an object with code",
  messageNumber: "a message's number",
  messageText: "text is missing",
  object: "an object",
  phone: "a phone number",
  requestId: "16 to 64 letters, digits, - or _",
  toolId: "lower-case letters, digits and hyphens, at most 64",
  turnBody: "an object with toolId and message",
};

export const ENGLISH_ERRORS: ErrorTexts = {
  titles: {
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
  },
  internal: {
    title: "Something went wrong here",
    detail: "The error has been recorded. Try again in a moment.",
  },
  wrongMethod: "This address does not take that kind of request.",
  errors: {
    ...ENGLISH_MEDIA,
    "address.malformed": "The address contains a % that stands for no character.",
    "budget.held": "What is left of today's budget is reserved for answers under way.",
    "budget.message_too_long":
      "This message is too long for what is left of today's budget. Write a shorter one.",
    "budget.month_used": ({ opensAt }, { timeZone }) =>
      `This tool has reached this month's limit. It opens again on ${
        dayAndMonth(opensAt, "en", timeZone)
      }.`,
    "budget.used": ({ opensAt }, { now, timeZone }) =>
      `This tool has reached today's limit. ${sendAgain(SEND_AGAIN, opensAt, now, true, timeZone)}`,
    "conversation.changed": "The conversation has changed: that message is gone.",
    "conversation.gone": "That conversation is gone.",
    "conversation.too_many_versions":
      "This conversation has too many versions. Start a new one to go on.",
    "conversation.version_gone": "That version is gone.",
    "note.gone": "That note is gone.",
    "device.code_over": "This code no longer works. Show a new one on the first device.",
    "device.same": "This is the device that shows the code. Open the address on another one.",
    "device.ended": "This device was ended from another one. Reload the page.",
    "device.not_first": "Devices are managed on the first one.",
    "device.too_many": ({ most }) => `At most ${most} devices. End one of them first.`,
    "share.off": "Sharing is switched off here.",
    "share.ended": "This link has ended. Ask for a new one.",
    "share.too_many": ({ most }) =>
      `A conversation can have ${most} links. Stop one of them first.`,
    "metrics.token_needed": "Metrics are told to admins and with the token only.",
    "cost.token_needed": "Costs are told to admins and with the token only.",
    "cost.tool_id": "Cannot tell the cost: `toolId` is no tool's id.",
    "host.unknown":
      "This server is not known under this name. Its operator can add the name to ALLOWED_HOSTS.",
    "host.unreadable": "The request names no host that could be understood.",
    "link.code_expired": "That code has expired. Ask for a new one.",
    "link.code_wrong": "That code is not right. Look at the message again, or ask for a new code.",
    "link.invalid": ({ field, takes }) => `Cannot link: \`${field}\` takes ${TAKES[takes]}.`,
    "link.phone":
      "That is no phone number. Write it with its country's code, such as +41 79 123 45 67.",
    "message.empty": "The message is empty. Write something first.",
    "message.invalid": ({ field, takes }) =>
      `Cannot take the message: \`${field}\`: ${TAKES[takes]}.`,
    "message.too_long": ({ length, longest }) =>
      fill(TOO_LONG, { length: formatCount(length, "en"), longest: formatCount(longest, "en") }),
    "mirror.missing": "Choose what to send to WhatsApp.",
    "model.ended": () =>
      "This tool cannot answer: its AI model no longer exists. The organisation that runs this page has been told. Use another tool.",
    "model.unpriced": ({ model }) =>
      `Nothing was sent: no price is known for the model "${model}". An administrator can add it to the prices.`,
    "page.outdated": "This page is out of date. Reload it.",
    "rate.limited": ({ things, waitMs }) =>
      `Many ${things} in a short time. You can go on ${
        secondsUntil(Math.ceil(waitMs / 1000), "en")
      }.`,
    "rating.missing": "Cannot rate the answer: `up`, `down` or `none` is missing.",
    "rating.outdated": "Cannot rate the answer: its page is out of date. Reload it.",
    "reply.gone": "That answer is no longer in your conversation.",
    "request.broken": "The request could not be read to its end.",
    "request.form": "The form came in a way that is not understood here.",
    "request.late": "The request did not come in time. Try again.",
    "request.name_too_long": "A name in this request is too long.",
    "request.no_json": "The request is no valid JSON.",
    "request.no_text": "The request could not be read to its end as UTF-8 text.",
    "request.not_json_type": "Only JSON is taken here (content-type: application/json).",
    "request.too_large": ({ bytes }) =>
      `The message is too long: at most ${bytes / 1024} KiB are taken.`,
    "server.busy": "The server is busy with many requests. Try again.",
    "server.restarting": "The server is restarting. Try again in a few seconds.",
    "share.held": "What is left of your share of today is reserved for answers under way.",
    "share.month_used": ({ whose, opensAt }, { timeZone }) =>
      `${
        whose === "person"
          ? "You have used your share of this month."
          : "New visitors from your network have used their share of this month."
      } You can send again on ${dayAndMonth(opensAt, "en", timeZone)}.`,
    "share.used": ({ whose, opensAt }, { now, timeZone }) =>
      `${
        whose === "person"
          ? "You have used your share of today."
          : "New visitors from your network have used their share of today."
      } ${sendAgain(SEND_AGAIN, opensAt, now, false, timeZone)}`,
    "store.failing": "Nothing can be saved or read at the moment. Please try again in a minute.",
    "store.too_large": "This is too large to be saved.",
    "token.wrong": "This bearer token is not the right one.",
    "tool.gone": "This tool is no longer available.",
    "turn.asked_elsewhere":
      "This message has gone to another tool already. Send it here as a new message.",
    "turn.busy":
      "An answer is still being written in this conversation. Wait for it to end, or stop it.",
    "turn.not_stopped": "The answer under way could not be stopped in time. Try again in a moment.",
    "voice.no_transcriber": "Voice messages cannot be written down here.",
    "voice.unpriced": ({ model }) =>
      `Nothing was sent: no price is known for a minute of "${model}". An administrator can add it to the prices.`,
    "whatsapp.not_offered": "WhatsApp is not offered here.",
    "whatsapp.not_twilio": "This is no request of Twilio's.",
    "whatsapp.off": "WhatsApp is off.",
    "whatsapp.tool_not_offered": ({ tool }) => `${tool} is not offered on WhatsApp.`,
  },
};
