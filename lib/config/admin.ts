import {
  GOOD_LENGTH,
  hashProblem,
  isEmail,
  isWeakPassword,
  LEAST_LENGTH,
} from "../platform/password_rules.ts";
import type { SERVER_SETTINGS } from "./server.ts";
import { list, text, type ValuesOf } from "./values.ts";

/** Said without the password, which must not stand in a log. */
const GUESSED =
  `a password that is not among the first to be guessed: at least ${LEAST_LENGTH} characters, better ${GOOD_LENGTH} or more, no common word with digits`;
const password = text.check(({ value, issues }) => {
  const message = isHash(value) ? hashProblem(value) : isWeakPassword(value) ? GUESSED : null;
  if (message !== null) issues.push({ code: "custom", message, input: value });
});
const emails = list.refine((all) => all.every(isEmail), "e-mail addresses, separated by commas");

/** Who may enter the admin area. */
export const ADMIN_SETTINGS = {
  ADMIN_PASSWORD: password.optional(),
  ALLOWED_ADMIN_EMAILS: emails.default([]),
};

type Values = ValuesOf<
  typeof ADMIN_SETTINGS & Pick<typeof SERVER_SETTINGS, "PUBLIC_URL" | "HOST" | "PORT">
>;

/** Fault of a password, given its users' e-mail addresses; null when it is strong enough. */
export function passwordProblem(settings: Values): string | null {
  const { ADMIN_PASSWORD: chosen, ALLOWED_ADMIN_EMAILS: admins } = settings;
  return chosen !== undefined && isWeakPassword(chosen, admins) ? GUESSED : null;
}

/** Sentences on what makes the admin area less safe, or less open, than it seems. */
export function adminWarnings(settings: Values, onDeploy: boolean): string[] {
  const { ADMIN_PASSWORD: chosen, ALLOWED_ADMIN_EMAILS: admins, PUBLIC_URL, HOST } = settings;
  if (chosen === undefined) {
    return admins.length === 0 ? [] : ["The admin area is closed: it needs ADMIN_PASSWORD as well"];
  }
  const warnings: string[] = [];
  if (admins.length === 0) {
    warnings.push("The admin area is closed: it needs ALLOWED_ADMIN_EMAILS as well");
  }
  if (!isHash(chosen) && [...chosen].length < GOOD_LENGTH) {
    warnings.push(`ADMIN_PASSWORD is short: ${GOOD_LENGTH} characters or more are hard to guess`);
  }
  const reachable = !/^(localhost|127\.[\d.]+|\[?::1\]?)$/i.test(HOST ?? "");
  if (reachable && !onDeploy && !PUBLIC_URL?.startsWith("https:")) {
    warnings.push(
      "ADMIN_PASSWORD may travel where others can read it: other machines reach this server and PUBLIC_URL is no https address. Put https in front of it and set PUBLIC_URL, or set HOST to 127.0.0.1",
    );
  }
  return warnings;
}

function isHash(password: string): boolean {
  return password.startsWith("$argon2");
}

/** Where to listen: only this machine until an admin password says that others may come. */
export function listenAddress(config: Values): { port: number; hostname: string } {
  const open = config.ADMIN_PASSWORD !== undefined;
  return { port: config.PORT, hostname: config.HOST ?? (open ? "0.0.0.0" : "127.0.0.1") };
}
