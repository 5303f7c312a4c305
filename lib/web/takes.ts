import type { z } from "zod";
import { TAKES, type Takes } from "../locales/errors/codes.ts";

/** A schema's message: the code of the accepted values. */
export function takes(what: Takes): string {
  return what;
}

/** The first invalid field and its accepted values, of schemas with such codes as messages. */
export function faultOf(
  { issues: [issue] }: z.ZodError,
  otherwise: Takes,
): { field: string; taken: Takes; issue: string | undefined } {
  return {
    field: issue?.path.join(".") || "body",
    taken: TAKES.find((code) => code === issue?.message) ?? otherwise,
    issue: issue?.code,
  };
}
