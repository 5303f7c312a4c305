import fc from "fast-check";
import { sign } from "@/tests/simulators/twilio_webhooks.ts";
import { openPhones, PUBLIC_URL } from "@/tests/support/phones.ts";
import { type Case, cases, changed, FORM, signedText } from "./forgeries.ts";

/**
 * Soak test: `deno run -A --lock=tests/deno.lock tests/whatsapp/handler_fuzz.ts [COUNT] [SEED]`
 * posts COUNT (1,000,000) bodies to the program's handler, most of them noise or forged by one
 * character, one in a hundred genuine; exits with 1 if a forged one was accepted, a genuine one
 * refused, or any answer was a server error.
 */
const count = Number(Deno.args[0] ?? 1_000_000);
const seed = Number(Deno.args[1] ?? crypto.getRandomValues(new Int32Array(1))[0]);
const GENUINE_EACH = 100;
const PATH = "/api/whatsapp";

await using phones = await openPhones({ env: { WHATSAPP_DEBOUNCE_MS: "10000" } });
const { site, twilio } = phones;
const seen: Record<string, number> = {};

async function post(path: string, body: string, signature: string | null, type: string | null) {
  const headers = new Headers();
  if (type !== null) headers.set("content-type", type);
  if (signature !== null) headers.set("x-twilio-signature", signature);
  const answer = await site.fetch(path, { method: "POST", headers, body });
  await answer.body?.cancel();
  return answer.status;
}

async function judge(each: Case, number: number): Promise<string | null> {
  if (each.kind === "noise") {
    const status = await post(PATH, each.body, each.signature, each.type);
    seen.noise = (seen.noise ?? 0) + 1;
    return status === 403 || status === 400 ? null : `noise was answered with ${status}`;
  }
  const fields = Object.entries({
    ...each.request.fields,
    AccountSid: twilio.accountSid,
    To: `whatsapp:${twilio.number}`,
  });
  const body = new URLSearchParams(fields).toString();
  const signature = sign(twilio.authToken, PUBLIC_URL + PATH, fields);
  if (number % GENUINE_EACH === 0) {
    const reserved = each.request.fields.From.startsWith("whatsapp:+999");
    const status = await post(PATH, body, signature, FORM);
    seen.genuine = (seen.genuine ?? 0) + 1;
    return status === (reserved ? 403 : 200) ? null : `a genuine one was answered with ${status}`;
  }
  const { where, at, to } = each.change;
  let path = PATH, forgedBody = body, forgedSignature = signature;
  if (where === "body") forgedBody = changed(body, at, to);
  else if (where === "url") path = `${PATH}?${to === "#" ? "x" : encodeURIComponent(to)}`;
  else if (where === "signature") forgedSignature = changed(signature, at, to);
  else forgedSignature = sign(changed(twilio.authToken, at, to), PUBLIC_URL + PATH, fields);
  const same = path === PATH && forgedSignature === signature &&
    signedText(PUBLIC_URL + PATH, forgedBody) === signedText(PUBLIC_URL + PATH, body);
  if (same) return null;
  // Trailing white space is no part of a header's value.
  if (forgedSignature.trim() === signature && path === PATH && forgedBody === body) return null;
  const status = await post(path, forgedBody, forgedSignature, FORM);
  seen.forged = (seen.forged ?? 0) + 1;
  return status === 403 || status === 400 ? null : `a forged ${where} was answered with ${status}`;
}

let number = 0;
const start = performance.now();
const result = await fc.check(
  fc.asyncProperty(cases, async (each) => {
    const wrong = await judge(each, number++);
    if (wrong !== null) throw new Error(wrong);
  }),
  { numRuns: count, seed, endOnFailure: true },
);
const seconds = (performance.now() - start) / 1000;
const told = Object.entries(seen).map(([kind, times]) => `${times} ${kind}`).join(", ");
const lines = [
  `${result.numRuns} bodies (${told}), seed ${seed}: ${
    result.failed ? "FAILED" : "none misjudged, no fault"
  }`,
  `${(seconds / (result.numRuns / 100_000)).toFixed(1)} s for each 100,000`,
  ...(result.failed ? [fc.defaultReportMessage(result) ?? ""] : []),
];
// deno-lint-ignore no-console -- the output of a script run by hand
console.log(lines.join("\n"));
Deno.exit(result.failed ? 1 : 0);
