import { ADMIN_ERRORS, type AdminErrorParams } from "../admin/errors.ts";
import { type Catalogue, type Reader, textOf } from "../coded.ts";
import type { ApiErrorParams } from "./api_codes.ts";
import { API_ERRORS } from "./api_en.ts";
import type { ErrorCode, ErrorParams } from "./codes.ts";
import { ERRORS } from "./en.ts";

/** The pages are in English; the admin area's errors always are. */
const ALL: Catalogue<ErrorParams & AdminErrorParams & ApiErrorParams> = {
  ...ERRORS,
  ...ADMIN_ERRORS,
  ...API_ERRORS,
};

export function errorText(error: ErrorCode, reader: Reader): string {
  return textOf(ALL, error, reader);
}
