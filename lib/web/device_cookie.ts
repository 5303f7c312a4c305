import { cookieValue } from "./session.ts";

/** Names of the cookie; `__Host-` binds it to the host, over https only. */
const SECURE_NAME = "__Host-device";
const PLAIN_NAME = "device";
/** Marks the cookie of a device that was not confirmed yet: nothing that it keeps is another's. */
const UNCONFIRMED = ".p";
const VALUE = /^([\w-]{43})(\.p)?$/;
const YEAR_SECONDS = 365 * 24 * 60 * 60;

/** What a browser sends as a further device. */
interface SentDevice {
  token: string;
  /** Whether it was used since its confirmation. */
  wasConfirmed: boolean;
}

/**
 * The token of a further device, beside the browser's own visitor cookie, which counts again when
 * the device is ended.
 */
export function sentDevice(cookies: string | null, secure: boolean): SentDevice | null {
  const value = cookieValue(cookies, secure ? SECURE_NAME : PLAIN_NAME);
  const [, token, unconfirmed] = VALUE.exec(value ?? "") ?? [];
  return token === undefined ? null : { token, wasConfirmed: unconfirmed === undefined };
}

/** The Set-Cookie of a device; null ends it. */
export function furtherDeviceCookie(device: SentDevice | null, secure: boolean): string {
  const name = secure ? SECURE_NAME : PLAIN_NAME;
  const age = device === null ? 0 : YEAR_SECONDS;
  const value = device === null ? "" : device.token + (device.wasConfirmed ? "" : UNCONFIRMED);
  const attributes = `Path=/; HttpOnly; SameSite=Lax; Max-Age=${age}`;
  return `${name}=${value}; ${attributes}${secure ? "; Secure" : ""}`;
}
