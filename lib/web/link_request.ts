import { z } from "zod";
import { AppError } from "../platform/errors.ts";
import { toolId } from "../tools/rules/tool.ts";

/** The largest request about linking, in bytes. */
export const LINK_BODY_BYTES = 4 * 1024;

const written = (takes: string) => z.string(takes).trim().min(1, takes).max(64, takes);

const asked = z.object({
  /** Send a code to this number; without it, the answer has one. */
  phone: written("a phone number").optional(),
  /** The original's name for it. */
  phoneNumber: written("a phone number").optional(),
  toolId: toolId.optional(),
}, "an object");

const verified = z.object({ code: written("the code from the message") }, "an object with code");

/**
 * Checks a request for a code.
 * @throws {AppError} `invalid`, naming the field.
 */
export function parseAsked(input: unknown): { phone: string | null; tool: string | null } {
  const { phone, phoneNumber, toolId: tool } = checked(asked, input);
  return { phone: phone ?? phoneNumber ?? null, tool: tool ?? null };
}

/**
 * Checks a request with a code.
 * @throws {AppError} `invalid`, naming the field.
 */
export function parseVerified(input: unknown): { code: string } {
  return checked(verified, input);
}

function checked<T>(schema: z.ZodType<T>, input: unknown): T {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const field = issue?.path.join(".") || "body";
  throw new AppError("invalid", `Cannot link: \`${field}\` takes ${issue?.message}.`, { field });
}
