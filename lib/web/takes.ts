import type { z } from "zod";
import { TAKES, type Takes } from "../locales/errors/codes.ts";

/** A schema's message: the code of what a field takes. */
export function takes(what: Takes): string {
  return what;
}

/** The first field at fault and what it takes, of schemas whose messages are such codes. */
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
