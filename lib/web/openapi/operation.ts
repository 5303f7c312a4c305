import type { z } from "zod";
import type { OperationName } from "../../locales/admin/openapi.ts";

/** Who may call: anybody, a visitor by cookie, a program by key, Twilio, or an operator. */
export type Access = "anybody" | "visitor" | "key" | "twilio" | "operator";

/** A body's type, and the schema of JSON or of a form's fields; any bytes without one. */
export interface DocumentedBody {
  type: string;
  schema?: z.ZodType;
  /** The data of each event of a stream. */
  events?: z.ZodType;
}

export interface DocumentedParameter {
  name: string;
  in: "path" | "query" | "header";
  schema: z.ZodType;
  required?: boolean;
}

/** An operation of the API, as documented and tested. */
export interface Operation {
  id: OperationName;
  method: "GET" | "HEAD" | "POST" | "PATCH" | "DELETE";
  /** With parameters in braces. */
  path: string;
  access: Access;
  parameters?: readonly DocumentedParameter[];
  request?: readonly DocumentedBody[];
  /** By status; errors are added for all. An answer without a body has no types. */
  answers: Readonly<Record<number, readonly DocumentedBody[]>>;
  /** The original product's address of the same. */
  alsoAt?: string;
}

export function json(schema: z.ZodType): DocumentedBody {
  return { type: "application/json", schema };
}

export const NO_BODY: readonly DocumentedBody[] = [];
export const HTML: readonly DocumentedBody[] = [{ type: "text/html" }];
