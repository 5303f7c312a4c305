import { z } from "zod";
import { AppError } from "../platform/errors.ts";
import { toolId } from "../tools/rules/tool.ts";
import type { Turn } from "../chat/chat.ts";
import type { Action } from "../chat/turn/question.ts";
import { LONGEST_MESSAGE } from "../shared/views/chat_view.ts";

const message = z.string("text is missing")
  .max(LONGEST_MESSAGE, { error: ({ input }) => tooLong(input) })
  .transform((text) => text.replaceAll("\r\n", "\n").toWellFormed().replaceAll("\0", "").trim())
  .refine((text) => text !== "", "the message is empty");

const SEQ = "a message's number";
/** A form sends it as digits. Nothing else counts: an empty one must not mean the first message. */
const seq = z.unknown()
  .transform((value) => typeof value === "number" || isDigits(value) ? Number(value) : NaN)
  .refine((number) => Number.isSafeInteger(number) && number >= 0 && number <= 1_000_000, SEQ);
const REQUEST_ID = "16 to 64 letters, digits, - or _";
const requestId = z.string(REQUEST_ID).regex(/^[\w-]{16,64}$/, REQUEST_ID).optional();

const action = z.discriminatedUnion("action", [
  z.object({ action: z.literal("send"), message }),
  z.object({ action: z.literal("edit"), message, seq }),
  z.object({ action: z.literal("regenerate") }),
  z.object({ action: z.literal("continue") }),
], "send, edit, regenerate or continue");

const NO_FILES = "attachments are not taken yet";
const body = z.object({
  toolId,
  requestId,
  attachments: z.array(z.unknown(), NO_FILES).max(0, NO_FILES).optional(),
}, "an object with toolId and message");

/**
 * Checks what a page or a program sends to begin a turn.
 * @throws {AppError} `invalid`, naming the field.
 */
export function parseTurn(input: unknown): Pick<Turn, "tool" | "request" | "action"> {
  const fields = typeof input === "object" && input !== null ? input : {};
  const about = body.safeParse(input);
  if (!about.success) throw refused(about.error);
  const what = action.safeParse({ action: "send", ...fields });
  if (!what.success) throw refused(what.error);
  return {
    tool: about.data.toolId,
    request: about.data.requestId ?? crypto.randomUUID(),
    action: actionOf(what.data),
  };
}

function actionOf(input: z.output<typeof action>): Action {
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

function tooLong(message: unknown): string {
  const [length, longest] = [String(message).length, LONGEST_MESSAGE].map((count) =>
    count.toLocaleString("en")
  );
  return `Too long: ${length} of ${longest} characters.`;
}

function isDigits(value: unknown): boolean {
  return typeof value === "string" && /^\d{1,7}$/.test(value);
}

function refused(error: z.ZodError): AppError {
  const issue = error.issues[0];
  const field = issue?.path.join(".") || "body";
  if (issue?.code === "too_big" && field === "message") {
    return new AppError("invalid", issue.message, { field });
  }
  return new AppError("invalid", `Cannot take the message: \`${field}\`: ${issue?.message}.`, {
    field,
  });
}
