import type { MediaOptions, MediaOutcome } from "../messenger.ts";
import { mediaType } from "./media_type.ts";
import { basicAuth, type TwilioOptions } from "./twilio_client.ts";
import { exchange, type WireAnswer, WireError } from "./wire.ts";

const MAX_REDIRECTS = 4;

/** Host of media of accounts without "Enforce HTTP Auth on Media URLs". */
const BUCKET = { host: "s3-external-1.amazonaws.com", path: "/media.twiliocdn.com/" };

/**
 * Fetches an attachment over HTTPS from Twilio's hosts only.
 * Each redirect is verified, names with private addresses are refused, and bytes are counted as
 * they arrive. Keys are sent to the API's host alone. A simulator's base address counts as
 * Twilio's host on any port, and keys go to its origin alone.
 */
export async function fetchTwilioMedia(
  options: TwilioOptions,
  address: string,
  { maxBytes, signal }: MediaOptions,
): Promise<MediaOutcome> {
  const end = performance.now() + (options.mediaTimeoutMs ?? 30_000);
  let url = URL.canParse(address) ? new URL(address) : null;
  try {
    for (let hops = 0; hops <= MAX_REDIRECTS; hops++) {
      const way = url === null ? null : accessTo(url, options.baseUrl);
      if (url === null || way === null) return { kind: "refused", reason: "address" };
      const authorization = way.keys ? basicAuth(options.accountSid, options.authToken) : null;
      const answer = await exchange({
        url,
        method: "GET",
        headers: { Accept: "*/*", ...(authorization ? { Authorization: authorization } : {}) },
      }, {
        timeoutMs: Math.max(1, end - performance.now()),
        maxBytes,
        signal,
        publicOnly: !way.simulator,
      }, options.http);
      if (![301, 302, 303, 307, 308].includes(answer.status)) return outcome(answer);
      const location = answer.headers.get("location") ?? "";
      url = URL.canParse(location, url) ? new URL(location, url) : null;
    }
    return { kind: "refused", reason: "address" };
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    if (error.fault === "tooLarge") return { kind: "refused", reason: "tooLarge" };
    return { kind: "refused", reason: error.fault === "address" ? "address" : "unavailable" };
  }
}

function outcome({ status, headers, body }: WireAnswer): MediaOutcome {
  if (status === 401 || status === 403) return { kind: "refused", reason: "auth" };
  if (status === 404 || status === 410) return { kind: "refused", reason: "missing" };
  if (status !== 200) return { kind: "refused", reason: "unavailable" };
  const type = mediaType(body, headers.get("content-type") ?? "");
  return type === null ? { kind: "refused", reason: "type" } : { kind: "media", type, bytes: body };
}

interface Access {
  /** Whether account and token are sent. */
  keys: boolean;
  simulator: boolean;
}

/** Access to an address; null where requests are not allowed. */
function accessTo(url: URL, baseUrl: string | undefined): Access | null {
  if (url.username !== "" || url.password !== "") return null;
  const base = baseUrl === undefined ? null : new URL(baseUrl);
  if (base !== null && url.hostname === base.hostname && /^https?:$/.test(url.protocol)) {
    return { keys: url.origin === base.origin, simulator: true };
  }
  if (url.protocol !== "https:" || url.port !== "") return null;
  const { hostname } = url;
  // With regional hosts: api.dublin.ie1.twilio.com.
  if (/^api(\.[a-z0-9-]+){0,2}\.twilio\.com$/.test(hostname)) {
    // With a simulator, no keys go to Twilio's real hosts.
    return { keys: base === null, simulator: false };
  }
  const theirs = /^([a-z0-9-]+\.)+(twilio|twiliocdn)\.com$/.test(hostname) ||
    (hostname === BUCKET.host && url.pathname.startsWith(BUCKET.path));
  return theirs ? { keys: false, simulator: false } : null;
}
