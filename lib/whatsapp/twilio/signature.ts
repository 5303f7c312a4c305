import type * as Webhooks from "twilio/lib/webhooks/webhooks.js";
import { constantTimeEqual } from "../../platform/constant_time.ts";

let loading: Promise<typeof Webhooks> | undefined;

/** The validator alone, loaded with the first request that is signed: it needs nothing else of the SDK. */
function load(): Promise<typeof Webhooks> {
  return loading ??= import("twilio/lib/webhooks/webhooks.js").catch((error) => {
    loading = undefined;
    throw error;
  });
}

export interface Signed {
  /** The account's auth token. */
  token: string;
  /** The `X-Twilio-Signature` header; null without one. */
  signature: string | null;
  /** The address that Twilio called, query and all. */
  url: string;
  /** The form's fields; one that came several times has all its values. */
  params: Readonly<Record<string, string | readonly string[]>>;
}

/**
 * Whether Twilio signed a request: HMAC-SHA1 of the address and all fields sorted
 * by name (https://www.twilio.com/docs/usage/security#validating-requests),
 * compared in constant time by Twilio's own validator. It tries the address with
 * and without its scheme's port, as Twilio signs either; scheme, host, another
 * port, path (a slash at its end counts) and query must be the signed ones.
 *
 * Twilio's scheme joins names and values without a mark between them, so a
 * request whose pieces are cut elsewhere has the same signature: what must not be
 * forged is a field that is required, and claimed once by its SID.
 */
export async function verifySignature({ token, signature, url, params }: Signed): Promise<boolean> {
  if (token === "" || signature === null || !URL.canParse(url)) return false;
  const { validateRequest, getExpectedTwilioSignature } = await load();
  const { port, href } = new URL(url);
  if (port === "") return validateRequest(token, signature, url, params);
  // The validator also takes what is signed for the address without its port: another server's.
  return [url, href].some((each) =>
    constantTimeEqual(signature, getExpectedTwilioSignature(token, each, params))
  );
}
