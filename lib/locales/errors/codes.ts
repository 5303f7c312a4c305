import type { Coded, None } from "../coded.ts";
import type { AdminErrorParams } from "../admin/errors.ts";
import type { ApiErrorParams } from "./api_codes.ts";
import type { PictureErrorParams } from "./picture_codes.ts";
import type { SoundErrorParams } from "./sound_codes.ts";

/** Kinds of refusals and faults; lib/web maps each to a status. */
export type ErrorKind =
  | "invalid"
  | "denied"
  | "missing"
  | "conflict"
  | "too_large"
  | "too_slow"
  | "wrong_type"
  | "wrong_host"
  | "unauthenticated"
  | "limited"
  | "over_budget"
  | "over_share"
  | "unavailable"
  | "upstream";

/** Accepted values of a request's field. */
export const TAKES = [
  "attachments",
  "chatAction",
  "linkCode",
  "linkCodeBody",
  "messageNumber",
  "messageText",
  "object",
  "phone",
  "requestId",
  "toolId",
  "turnBody",
] as const;
export type Takes = (typeof TAKES)[number];

/** Owner of a share of the day. */
export type Whose = "person" | "address";

/** Errors outside of the admin area, for people and API callers. Times in ms. */
export interface ErrorParams {
  "address.malformed": None;
  "budget.held": None;
  "budget.message_too_long": None;
  "budget.month_used": { opensAt: number };
  "budget.used": { opensAt: number };
  "conversation.changed": None;
  "conversation.gone": None;
  "conversation.too_many_versions": None;
  "conversation.version_gone": None;
  "note.gone": None;
  "device.code_over": None;
  "device.same": None;
  "device.ended": None;
  "device.not_first": None;
  "device.too_many": { most: number };
  "share.off": None;
  "share.ended": None;
  "share.too_many": { most: number };
  "cost.token_needed": None;
  "metrics.token_needed": None;
  "cost.tool_id": None;
  "host.unknown": None;
  "host.unreadable": None;
  "link.code_expired": None;
  "link.code_wrong": None;
  "link.invalid": { field: string; takes: Takes };
  "link.phone": None;
  "message.empty": None;
  "message.invalid": { field: string; takes: Takes };
  "message.too_long": { length: number; longest: number };
  "mirror.missing": None;
  "model.ended": { model: string };
  "model.unpriced": { model: string };
  "page.outdated": None;
  "rate.limited": { things: "messages" | "codes" | "recordings"; waitMs: number };
  "rating.missing": None;
  "rating.outdated": None;
  "reply.gone": None;
  "request.broken": None;
  "request.form": None;
  "request.late": None;
  "request.name_too_long": None;
  "request.no_json": None;
  "request.no_text": None;
  "request.not_json_type": None;
  "request.too_large": { bytes: number };
  "server.busy": None;
  "server.restarting": None;
  "share.held": None;
  "share.month_used": { whose: Whose; opensAt: number };
  "share.used": { whose: Whose; opensAt: number };
  "store.failing": None;
  "store.too_large": None;
  "token.wrong": None;
  "tool.gone": None;
  "turn.asked_elsewhere": None;
  "turn.busy": None;
  "turn.not_stopped": None;
  "voice.no_transcriber": None;
  "voice.unpriced": { model: string };
  "whatsapp.not_offered": None;
  "whatsapp.not_twilio": None;
  "whatsapp.off": None;
  "whatsapp.tool_not_offered": { tool: string };
}

/** An error as a code with parameters; a catalogue turns it into text where it is shown. */
export type ErrorCode =
  | Coded<ErrorParams>
  | Coded<AdminErrorParams>
  | Coded<ApiErrorParams>
  | Coded<PictureErrorParams>
  | Coded<SoundErrorParams>;
