import { z } from "zod";
import type { Takes } from "../locales/errors/codes.ts";
import { AppError } from "../platform/errors.ts";
import { toolId } from "../tools/rules/tool.ts";
import { faultOf, takes } from "./takes.ts";

/** Size limit of a request about linking, in bytes. */
export const LINK_BODY_BYTES = 4 * 1024;

const written = (what: Takes) => {
  const message = takes(what);
  return z.string(message).trim().min(1, message).max(64, message);
};

/** A request for a code. */
export const linkAsked = z.object({
  /** The number to send a code to; without it, the answer has one. */
  phone: written("phone").optional(),
  /** The original product's name for it. */
  phoneNumber: written("phone").optional(),
  toolId: toolId.optional(),
}, takes("object"));

/** A request with a code. */
export const linkVerified = z.object({ code: written("linkCode") }, takes("linkCodeBody"));

/**
 * Validates a request for a code.
 * @throws {AppError} `invalid`, naming the field.
 */
export function parseAsked(input: unknown): { phone: string | null; tool: string | null } {
  const { phone, phoneNumber, toolId: tool } = checked(linkAsked, input);
  return { phone: phone ?? phoneNumber ?? null, tool: tool ?? null };
}

/**
 * Validates a request with a code.
 * @throws {AppError} `invalid`, naming the field.
 */
export function parseVerified(input: unknown): { code: string } {
  return checked(linkVerified, input);
}

function checked<T>(schema: z.ZodType<T>, input: unknown): T {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const { field, taken } = faultOf(result.error, "object");
  throw new AppError("invalid", { code: "link.invalid", field, takes: taken }, { field });
}
