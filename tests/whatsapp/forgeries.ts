import fc from "fast-check";
import { parseStatus, parseWebhook, type TwilioAccount } from "@/lib/whatsapp/twilio/webhook.ts";
import { sign } from "@/tests/simulators/twilio_webhooks.ts";

export const ACCOUNT: TwilioAccount = {
  accountSid: "AC00000000000000000000000000000001",
  authToken: "0123456789abcdef0123456789abcdef",
  number: "+15005550006",
};
export const FORM = "application/x-www-form-urlencoded";
const URL_HERE = "https://helper.example/api/whatsapp?x=1";

const sid = fc.stringMatching(/^(SM|MM)[0-9a-f]{32}$/);
const person = fc.oneof(
  fc.stringMatching(/^\+[1-9]\d{6,14}$/),
  fc.stringMatching(/^[A-Z]{2}\.[A-Za-z0-9]{1,40}$/),
);
const text = fc.string({ unit: "grapheme", maxLength: 400 });

/** Fields of a message as Twilio sends it, sometimes with unknown ones. */
const fields = fc.record({
  MessageSid: sid,
  AccountSid: fc.constant(ACCOUNT.accountSid),
  From: person.map((number) => `whatsapp:${number}`),
  To: fc.constant(`whatsapp:${ACCOUNT.number}`),
  Body: text,
  NumMedia: fc.constantFrom("0", "1", "10"),
  ProfileName: text,
  MediaUrl0: fc.webUrl(),
  Latitude: fc.constantFrom("46.5", "-1", "north", ""),
  Longitude: fc.constantFrom("7.45", "200.1"),
  ButtonPayload: text,
  NewField: text,
}, { requiredKeys: ["MessageSid", "AccountSid", "From", "To", "Body", "NumMedia"] });

/** A form's text in one of several equivalent spellings. */
const spelled = fc.tuple(fields, fc.boolean(), fc.boolean()).map(([fields, spaces, reversed]) => {
  const pairs = Object.entries(fields);
  if (reversed) pairs.reverse();
  const body = new URLSearchParams(pairs).toString();
  return { fields, body: spaces ? body.replaceAll("+", "%20") : body };
});

const change = fc.record({
  where: fc.constantFrom("body", "url", "token", "signature"),
  at: fc.nat(),
  to: fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCharCode(code)),
});

/** One case for {@link judge}: noise, or a genuine request and a change of one byte. */
export const cases = fc.oneof(
  fc.record({
    kind: fc.constant("noise" as const),
    body: fc.string({ unit: "binary", maxLength: 300 }),
    signature: fc.option(fc.base64String({ minLength: 28, maxLength: 28 })),
    type: fc.constantFrom(FORM, `${FORM}; charset=UTF-8`, "application/json", null, "text/plain"),
  }),
  fc.record({ kind: fc.constant("genuine" as const), request: spelled, change }),
);
export type Case = typeof cases extends fc.Arbitrary<infer T> ? T : never;

/** The text that Twilio signs for a form: two forms with the same text are indistinguishable. */
export function signedText(url: string, body: string): string {
  const values = new Map<string, Set<string>>();
  for (const [name, value] of new URLSearchParams(body)) {
    values.set(name, (values.get(name) ?? new Set()).add(value));
  }
  const names = [...values.keys()].sort();
  const text = names.map((name) =>
    [...values.get(name) ?? []].sort().map((value) => name + value).join("")
  );
  return new URL(url).href + text.join("");
}

/** A text with one character replaced. */
export function changed(text: string, at: number, to: string): string {
  const place = at % text.length;
  return text.slice(0, place) + to + text.slice(place + 1);
}

/** Parses one case with both parsers; returns an error, or null. */
export async function judge(each: Case): Promise<string | null> {
  if (each.kind === "noise") {
    const { body, signature, type } = each;
    const request = { body, signature, contentType: type, url: URL_HERE };
    const outcomes = [await parseWebhook(request, ACCOUNT), await parseStatus(request, ACCOUNT)];
    return outcomes.every(({ kind }) => kind === "refused") ? null : "noise was believed";
  }
  const { body, fields } = each.request;
  const signature = sign(ACCOUNT.authToken, URL_HERE, Object.entries(fields));
  const genuine = { body, signature, contentType: FORM, url: URL_HERE };
  const taken = await parseWebhook(genuine, ACCOUNT);
  if (taken.kind !== "message") return `a genuine one was refused: ${taken.reason}`;
  const { message } = taken;
  if (message.sid !== fields.MessageSid || (fields.Body && message.text !== fields.Body)) {
    return "a genuine one was misread";
  }
  const { where, at, to } = each.change;
  const forged = { ...genuine };
  const account = { ...ACCOUNT };
  if (where === "token") account.authToken = changed(account.authToken, at, to);
  else if (where === "signature") forged.signature = changed(signature, at, to);
  else forged[where] = changed(forged[where], at, to);
  const same = account.authToken === ACCOUNT.authToken && forged.signature === signature &&
    (!URL.canParse(forged.url) ? false : signedText(forged.url, forged.body) ===
      signedText(genuine.url, genuine.body));
  const outcome = await parseWebhook(forged, account);
  if (same) return null;
  return outcome.kind === "refused" ? null : `a forged ${where} was believed`;
}
