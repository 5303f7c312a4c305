import { ADMIN_ERRORS, type AdminErrorParams } from "../admin/errors.ts";
import { type Catalogue, type Reader, textOf } from "../coded.ts";
import type { Language } from "../../shared/languages.ts";
import type { ApiErrorParams } from "./api_codes.ts";
import { API_ERRORS } from "./api_en.ts";
import type { ErrorCode } from "./codes.ts";
import type { ErrorTexts } from "./error_texts.ts";
import { ERROR_TEXTS } from "./messages/languages.ts";

type AllErrors = ErrorTexts["errors"] & Catalogue<AdminErrorParams & ApiErrorParams>;

/** Errors of the admin area and of /v1 are in English always. */
const withAll = ({ errors }: ErrorTexts): AllErrors => ({
  ...errors,
  ...ADMIN_ERRORS,
  ...API_ERRORS,
});

const ALL: Readonly<Record<Language, AllErrors>> = {
  en: withAll(ERROR_TEXTS.en),
  es: withAll(ERROR_TEXTS.es),
  fr: withAll(ERROR_TEXTS.fr),
  pt: withAll(ERROR_TEXTS.pt),
  sw: withAll(ERROR_TEXTS.sw),
  id: withAll(ERROR_TEXTS.id),
  ar: withAll(ERROR_TEXTS.ar),
  hi: withAll(ERROR_TEXTS.hi),
};

/** An error's text in the reader's language. */
export function errorText(error: ErrorCode, reader: Reader): string {
  return textOf(ALL[reader.language], error, reader);
}
