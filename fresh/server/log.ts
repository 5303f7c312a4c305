import { HttpError } from "../runtime/http_error.ts";

/** Logs unexpected errors. */
export function logError(error: unknown): void {
  if (error instanceof HttpError && error.status < 500) return;
  // deno-lint-ignore no-console -- the server's log
  console.error(error);
}

/** Prints a message for the developer. */
export function announce(text: string): void {
  // deno-lint-ignore no-console -- the terminal is where this belongs
  console.log(text);
}

/** Warns about likely mistakes. */
export function warn(text: string): void {
  // deno-lint-ignore no-console -- the server's log
  console.warn(text);
}
