import { z } from "zod";
import { AppError } from "../platform/errors.ts";
import { isBlank } from "../llm/rules/reply_text.ts";
import { toolId } from "../tools/rules/tool.ts";
import type { TurnRequest } from "../chat/turn_request.ts";
import type { AskAction } from "../chat/turn/question.ts";
import { faultOf, takes } from "./takes.ts";
import { MOST_RECORDINGS } from "../chat/attachments.ts";
import { MOST_PICTURES } from "../media/pictures/staged_pictures.ts";
import { LONGEST_MESSAGE } from "../shared/views/chat_view.ts";

const anyMessage = z.string(takes("messageText"))
  .max(LONGEST_MESSAGE)
  .transform((text) => text.replaceAll("\r\n", "\n").toWellFormed().replaceAll("\0", "").trim())
  // Invisible characters alone would be asked, and paid, with nothing to see.
  .transform((text) => isBlank(text) ? "" : text);
const message = anyMessage.refine((text) => text !== "").meta({ minLength: 1 });

const SEQ = takes("messageNumber");
/** A number, or digits from a form. Nothing else: an empty text must not mean the first message. */
const seq = z.unknown()
  .transform((value) => typeof value === "number" || isDigits(value) ? Number(value) : NaN)
  .refine((number) => Number.isSafeInteger(number) && number >= 0 && number <= 1_000_000, SEQ)
  .meta({ type: "integer", minimum: 0, maximum: 1_000_000 });
const REQUEST_ID = takes("requestId");
const requestId = z.string(REQUEST_ID).regex(/^[\w-]{16,64}$/, REQUEST_ID).optional();

const actionWith = (sent: typeof anyMessage) =>
  z.discriminatedUnion("action", [
    z.object({ action: z.literal("send").default("send"), message: sent }),
    z.object({ action: z.literal("edit"), message, seq }),
    z.object({ action: z.literal("regenerate") }),
    z.object({ action: z.literal("continue") }),
  ], takes("chatAction"));
const action = actionWith(message);
/** Pictures need no words. */
const actionWithPictures = actionWith(anyMessage);

const FILES = takes("attachments");
const FILE_ID = /^[\w-]{8,64}(:once)?$/;
const MOST_FILES = MOST_PICTURES + MOST_RECORDINGS;
const body = z.object({
  toolId,
  requestId,
  attachments: z.custom<string[]>(isListOfIds, FILES).default([]).meta({
    type: "array",
    items: { type: "string", pattern: FILE_ID.source },
    maxItems: MOST_FILES,
  }),
}, takes("turnBody"));

/** A request for a turn as the API describes it; {@link parseTurn} reads its two parts. */
export const turnBody = z.intersection(body, actionWithPictures);

interface ParsedTurn extends Pick<TurnRequest, "tool" | "request" | "action"> {
  /** Ids of staged pictures and of uploads. */
  attachments: string[];
}

/**
 * Validates a request for a turn.
 * @param hasPictures whether pictures come with it, besides the attachments
 * @throws {AppError} `invalid`, naming the field.
 */
export function parseTurn(input: unknown, hasPictures = false): ParsedTurn {
  const fields = typeof input === "object" && input !== null ? input : {};
  const about = body.safeParse(input);
  if (!about.success) throw refused(about.error);
  const { attachments } = about.data;
  const schema = hasPictures || attachments.length > 0 ? actionWithPictures : action;
  const what = schema.safeParse({ action: "send", ...fields });
  if (!what.success) throw refused(what.error, "message" in fields ? fields.message : "");
  return {
    tool: about.data.toolId,
    request: about.data.requestId ?? crypto.randomUUID(),
    action: actionOf(what.data),
    attachments,
  };
}

function actionOf(input: z.output<typeof action>): AskAction {
  switch (input.action) {
    case "send":
      return { kind: "send", message: input.message };
    case "edit":
      return { kind: "edit", message: input.message, seq: input.seq };
    case "regenerate":
    case "continue":
      return { kind: input.action };
  }
}

function isListOfIds(value: unknown): boolean {
  return Array.isArray(value) && value.length <= MOST_FILES &&
    value.every((id) => typeof id === "string" && FILE_ID.test(id));
}

function isDigits(value: unknown): boolean {
  return typeof value === "string" && /^\d{1,7}$/.test(value);
}

function refused(error: z.ZodError, message: unknown = ""): AppError {
  const { field, taken, issue } = faultOf(error, "turnBody");
  if (issue === "too_big" && field === "message") {
    const { length } = String(message);
    return new AppError("invalid", {
      code: "message.too_long",
      length,
      longest: LONGEST_MESSAGE,
    }, { field });
  }
  // The schema's own condition.
  if (issue === "custom" && field === "message") {
    return new AppError("invalid", { code: "message.empty" }, { field });
  }
  return new AppError("invalid", { code: "message.invalid", field, takes: taken }, { field });
}
