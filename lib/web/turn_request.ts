import { z } from "zod";
import { AppError } from "../platform/errors.ts";
import { toolId } from "../tools/rules/tool.ts";
import type { TurnRequest } from "../chat/turn_request.ts";
import type { AskAction } from "../chat/turn/question.ts";
import { faultOf, takes } from "./takes.ts";
import { LONGEST_MESSAGE } from "../shared/views/chat_view.ts";

const message = z.string(takes("messageText"))
  .max(LONGEST_MESSAGE)
  .transform((text) => text.replaceAll("\r\n", "\n").toWellFormed().replaceAll("\0", "").trim())
  .refine((text) => text !== "", takes("nonEmptyMessage"));

const SEQ = takes("messageNumber");
/** A number, or digits from a form. Nothing else: an empty text must not mean the first message. */
const seq = z.unknown()
  .transform((value) => typeof value === "number" || isDigits(value) ? Number(value) : NaN)
  .refine((number) => Number.isSafeInteger(number) && number >= 0 && number <= 1_000_000, SEQ);
const REQUEST_ID = takes("requestId");
const requestId = z.string(REQUEST_ID).regex(/^[\w-]{16,64}$/, REQUEST_ID).optional();

const action = z.discriminatedUnion("action", [
  z.object({ action: z.literal("send"), message }),
  z.object({ action: z.literal("edit"), message, seq }),
  z.object({ action: z.literal("regenerate") }),
  z.object({ action: z.literal("continue") }),
], takes("chatAction"));

const NO_FILES = takes("attachments");
const body = z.object({
  toolId,
  requestId,
  attachments: z.array(z.unknown(), NO_FILES).max(0, NO_FILES).optional(),
}, takes("turnBody"));

/**
 * Validates a request for a turn.
 * @throws {AppError} `invalid`, naming the field.
 */
export function parseTurn(input: unknown): Pick<TurnRequest, "tool" | "request" | "action"> {
  const fields = typeof input === "object" && input !== null ? input : {};
  const about = body.safeParse(input);
  if (!about.success) throw refused(about.error);
  const what = action.safeParse({ action: "send", ...fields });
  if (!what.success) throw refused(what.error, "message" in fields ? fields.message : "");
  return {
    tool: about.data.toolId,
    request: about.data.requestId ?? crypto.randomUUID(),
    action: actionOf(what.data),
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
  return new AppError("invalid", { code: "message.invalid", field, takes: taken }, { field });
}
