import { ADMIN_ERRORS, type AdminErrorParams } from "../admin/errors.ts";
import { type Catalogue, type Reader, textOf } from "../coded.ts";
import type { ErrorCode, ErrorParams } from "./codes.ts";
import { ERRORS } from "./en.ts";

/** The pages are in English; the admin area's errors always are. */
const ALL: Catalogue<ErrorParams & AdminErrorParams> = { ...ERRORS, ...ADMIN_ERRORS };

export function errorText(error: ErrorCode, reader: Reader): string {
  return textOf(ALL, error, reader);
}
