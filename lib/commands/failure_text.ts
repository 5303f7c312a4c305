import { errorText } from "../locales/errors/error_text.ts";
import { AppError } from "../platform/errors.ts";

/** One line for the console about an error that ends a command or the start. */
export function failureText(error: unknown): string {
  if (error instanceof Deno.errors.AddrInUse) {
    return "Cannot start: another program listens on this port; set PORT to a free one";
  }
  if (error instanceof AppError) {
    return errorText(error.told, { language: "en", timeZone: "UTC", now: Date.now() });
  }
  return error instanceof Error ? error.message : String(error);
}
