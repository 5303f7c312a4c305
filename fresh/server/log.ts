import { HttpError } from "../runtime/http_error.ts";

/** Reports what the visitor must not see. */
export function logError(error: unknown): void {
  if (error instanceof HttpError && error.status < 500) return;
  // deno-lint-ignore no-console -- the server's log
  console.error(error);
}

/** Tells the developer something on the terminal. */
export function announce(text: string): void {
  // deno-lint-ignore no-console -- the terminal is where this belongs
  console.log(text);
}

/** Points out something that works, but not as its author may think. */
export function warn(text: string): void {
  // deno-lint-ignore no-console -- the server's log
  console.warn(text);
}
