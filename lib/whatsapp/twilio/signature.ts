import type * as Webhooks from "twilio/lib/webhooks/webhooks.js";
import { constantTimeEqual } from "../../platform/constant_time.ts";

let loading: Promise<typeof Webhooks> | undefined;

/** The validator alone, loaded with the first signed request, without the rest of the SDK. */
function load(): Promise<typeof Webhooks> {
  return loading ??= import("twilio/lib/webhooks/webhooks.js").catch((error) => {
    loading = undefined;
    throw error;
  });
}

export interface Signed {
  token: string;
  /** `X-Twilio-Signature` header; null without one. */
  signature: string | null;
  /** Address that Twilio called, with its query. */
  url: string;
  /** Form fields; a repeated field has all its values. */
  params: Readonly<Record<string, string | readonly string[]>>;
}

/**
 * Whether Twilio signed a request: HMAC-SHA1 of the address and the fields sorted by name.
 * https://www.twilio.com/docs/usage/security#validating-requests; compared in constant time by
 * Twilio's own validator. The scheme's default port may be present or absent, because Twilio signs
 * either; scheme, other ports, host, path (including a trailing slash) and query must match.
 * Twilio joins names and values without a separator, so a request with other boundaries between
 * them has the same signature. Only a required field, claimed once by its SID, is safe from that.
 */
export async function verifySignature({ token, signature, url, params }: Signed): Promise<boolean> {
  if (token === "" || signature === null || !URL.canParse(url)) return false;
  const { validateRequest, getExpectedTwilioSignature } = await load();
  const { port, href } = new URL(url);
  if (port === "") return validateRequest(token, signature, url, params);
  // The validator ignores any port, so that a signature for another server would pass.
  return [url, href].some((each) =>
    constantTimeEqual(signature, getExpectedTwilioSignature(token, each, params))
  );
}

/** The signature with which Twilio would send a request. */
export async function signatureOf(
  token: string,
  url: string,
  params: Readonly<Record<string, string>>,
): Promise<string> {
  return (await load()).getExpectedTwilioSignature(token, url, params);
}
