import { FAULTS, type TwilioFault } from "@/tests/simulators/twilio_faults.ts";
import { TwilioSimulator } from "@/tests/simulators/twilio.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import type { Messenger, OutgoingMessage, SendOutcome } from "../messenger.ts";
import { twilioMessenger } from "./twilio.ts";

const ADA = "+41791234567";
const hello: OutgoingMessage = { kind: "text", to: ADA, body: "Hello Ada 👩‍👩‍👧" };

/** A messenger for the simulated Twilio. */
function messengerOf(twilio: TwilioSimulator, timeoutMs = 5_000): Messenger {
  const { accountSid, authToken, number, url: baseUrl } = twilio;
  return twilioMessenger({ accountSid, authToken, number, baseUrl, timeoutMs });
}

Deno.test("send() sends text, template and media and returns their SIDs", async () => {
  await using twilio = await TwilioSimulator.start();
  const messenger = messengerOf(twilio);
  const sids: string[] = [];
  for (
    const message of [
      hello,
      { kind: "template", to: ADA, contentSid: "HX1", variables: { "1": "Ada" } },
      { kind: "media", to: ADA, url: "https://example.org/a.png", body: "Look" },
      { kind: "text", to: "US.13491208655302741918", body: "Hello, whoever you are" },
    ] satisfies OutgoingMessage[]
  ) {
    const outcome = await messenger.send(message, { statusCallback: "https://me.example/s?id=1" });
    assert.ok(outcome.kind === "accepted", JSON.stringify(outcome));
    sids.push(outcome.sid);
  }
  assertEquals(twilio.messages.all.map(({ sid }) => sid), sids);
  const [text, template, media, hidden] = twilio.messages.all;
  assertEquals([text?.body, text?.from, text?.to], [hello.body, twilio.number, ADA]);
  assertEquals([template?.contentSid, template?.contentVariables], ["HX1", '{"1":"Ada"}']);
  assertEquals([media?.mediaUrl, media?.body], ["https://example.org/a.png", "Look"]);
  assertEquals(hidden?.to, "US.13491208655302741918");
  assertEquals(text?.statusCallback, "https://me.example/s?id=1");
});

const FAR: Record<string, [TwilioFault, Partial<SendOutcome>]> = {
  "400": [FAULTS.badRequest, { kind: "refused", class: "never", code: 21211, httpStatus: 400 }],
  "401": [FAULTS.unauthorized, { kind: "refused", class: "auth", code: 20003, httpStatus: 401 }],
  "403": [FAULTS.forbidden, { kind: "refused", class: "auth", code: 20005 }],
  "404": [FAULTS.noAccount, { kind: "refused", class: "auth", code: 20404 }],
  "21408": [
    FAULTS.countryClosed,
    { kind: "refused", class: "never", code: 21408, httpStatus: 403 },
  ],
  "an unknown code": [FAULTS.unheardOf, { kind: "refused", class: "never", code: 64_999 }],
  "429": [FAULTS.tooMany, { kind: "refused", class: "rate", code: 20429, retryAfterMs: 2000 }],
  "503": [FAULTS.unavailable, { kind: "refused", class: "later", code: 20503 }],
  "21610": [FAULTS.optedOut, { kind: "refused", class: "optedOut", code: 21610 }],
  "63016": [FAULTS.windowClosed, { kind: "refused", class: "windowClosed", code: 63016 }],
  "63018": [FAULTS.tooFast, { kind: "refused", class: "rate", code: 63018, retryAfterMs: 1000 }],
  "500": [FAULTS.serverError, { kind: "unknown", reason: "status" }],
  "502 with a page": [FAULTS.htmlError, { kind: "unknown", reason: "status" }],
  "504 after acceptance": [FAULTS.gatewayTimeout, { kind: "unknown", reason: "status" }],
  "201 with a page": [FAULTS.htmlAccepted, { kind: "unknown", reason: "answer" }],
  "a reset before acceptance": [FAULTS.resetBefore, { kind: "unknown", reason: "connection" }],
  "a reset after acceptance": [FAULTS.resetAfter, { kind: "unknown", reason: "connection" }],
  "an answer cut short": [FAULTS.cutAnswer, { kind: "unknown", reason: "connection" }],
};

for (const [name, [fault, expected]] of Object.entries(FAR)) {
  Deno.test(`send() sends one request and reports the outcome after ${name}`, async () => {
    await using twilio = await TwilioSimulator.start();
    twilio.fault(ADA, fault);
    const outcome = await messengerOf(twilio).send(hello);
    assertEquals({ ...outcome, ...expected }, outcome);
    assertEquals(twilio.sends, 1);
    assert.doesNotMatch(JSON.stringify(outcome), /secret|Hello|4179/);
  });
}

Deno.test("send() times out without an answer, as unknown", async () => {
  await using twilio = await TwilioSimulator.start();
  const messenger = messengerOf(twilio, 300);
  for (const fault of [FAULTS.timeoutAfterAcceptance, FAULTS.timeoutBeforeAcceptance]) {
    twilio.fault(ADA, fault);
    assertEquals(await messenger.send(hello), { kind: "unknown", reason: "timeout" });
  }
  assertEquals([twilio.sends, twilio.messages.all.length], [2, 1]);
});

Deno.test("send() reports when aborted whether anything was sent", async () => {
  await using twilio = await TwilioSimulator.start();
  const messenger = messengerOf(twilio);
  twilio.fault(ADA, FAULTS.timeoutBeforeAcceptance);
  const giveUp = new AbortController();
  const sending = messenger.send(hello, { signal: giveUp.signal });
  setTimeout(() => giveUp.abort(), 300);
  assertEquals(await sending, { kind: "unknown", reason: "aborted" });
  const before = await messenger.send(hello, { signal: giveUp.signal });
  assert.ok(before.kind === "refused" && before.class === "later");
  assertEquals(twilio.sends, 1);
});

Deno.test("send() is refused, not unknown, when the connection fails", async () => {
  const twilio = await TwilioSimulator.start();
  const messenger = messengerOf(twilio);
  await twilio.close();
  assertEquals(await messenger.send(hello), {
    kind: "refused",
    class: "later",
    code: null,
    httpStatus: null,
    retryAfterMs: null,
  });
  assertEquals(await messenger.find({ message: hello, since: Date.now() }), { kind: "unknown" });
  assertEquals(await messenger.typing("SM1"), false);
});

Deno.test("find() finds an accepted message, the other one of two equal, and no message that was not accepted", async () => {
  await using twilio = await TwilioSimulator.start();
  const messenger = messengerOf(twilio);
  const since = Date.now();
  assertEquals(await messenger.find({ message: hello, since }), { kind: "absent" });
  const first = await messenger.send(hello);
  assert.ok(first.kind === "accepted");
  twilio.fault(ADA, FAULTS.resetAfter);
  await messenger.send(hello);
  const second = twilio.messages.all[1]?.sid ?? "";
  await messenger.send({ ...hello, to: "+41790000000" });
  assertEquals(await messenger.find({ message: hello, since, except: [first.sid] }), {
    kind: "found",
    sid: second,
    status: "queued",
    errorCode: null,
  });
  await twilio.report(second, "failed", 63016);
  assertEquals(await messenger.find({ message: hello, since, except: [first.sid] }), {
    kind: "found",
    sid: second,
    status: "failed",
    errorCode: 63016,
  });
  const both = { message: hello, since, except: [first.sid, second] };
  assertEquals(await messenger.find(both), { kind: "absent" });
  assertEquals(
    await messenger.find({ message: hello, since: since + 3_600_000 }),
    { kind: "absent" },
  );
  const other: OutgoingMessage = { kind: "text", to: ADA, body: "Hello" };
  assertEquals(await messenger.find({ message: other, since }), { kind: "absent" });
});

Deno.test("find() reads more than one page of messages", async () => {
  await using twilio = await TwilioSimulator.start();
  const messenger = messengerOf(twilio);
  await messenger.send(hello);
  for (let i = 0; i < 120; i++) await messenger.send({ kind: "text", to: ADA, body: `${i}` });
  const found = await messenger.find({ message: hello, since: Date.now() });
  assert.ok(found.kind === "found" && found.sid === twilio.messages.all[0]?.sid);
});

Deno.test("typing() sends the typing indicator for a message", async () => {
  await using twilio = await TwilioSimulator.start();
  assertEquals(await messengerOf(twilio).typing("SM0123"), true);
  assertEquals(twilio.typings, ["SM0123"]);
});

Deno.test("check() reports correct, wrong and unknown settings in sentences", async () => {
  await using twilio = await TwilioSimulator.start();
  const messenger = messengerOf(twilio);
  const hook = "https://helper.example/api/whatsapp";
  const states = async () => (await messenger.check(hook)).map(({ state }) => state).join();
  const texts = async () => (await messenger.check(hook)).map(({ text }) => text).join(" ");
  twilio.account.webhook = hook;
  assertEquals(await states(), "ok,ok,ok");
  twilio.account.webhook = "https://elsewhere.example/";
  assertEquals(await states(), "ok,ok,wrong");
  assert.match(await texts(), /Set the sender's webhook to https:\/\/helper\.example/);
  twilio.account.webhook = null;
  assert.match(await texts(), /has no webhook/);
  twilio.account.sender = "OFFLINE";
  assert.match(await texts(), /status is OFFLINE/);
  twilio.account.sender = null;
  assertEquals(await states(), "ok,wrong");
  assert.match(await texts(), /no WhatsApp sender yet/);
  twilio.account.owned = false;
  assert.match(await texts(), /no such number/);
  twilio.account.status = "suspended";
  assert.match(await texts(), /^Twilio takes our keys, but the account is suspended\.$/);
  twilio.account.status = "active";
  twilio.account.type = "Trial";
  assert.match(await texts(), /trial account/);
});

Deno.test("check() distinguishes wrong keys from no answer, shows no key, and recognises the sandbox", async () => {
  const twilio = await TwilioSimulator.start({ number: "+14155238886" });
  const { accountSid, number, url: baseUrl } = twilio;
  const sandbox = await messengerOf(twilio).check("https://helper.example/w");
  assertEquals(sandbox.map(({ state }) => state), ["ok", "ok", "unknown"]);
  const authToken = "a-wrong-token";
  const stranger = twilioMessenger({ accountSid, authToken, number, baseUrl });
  const [wrong, ...rest] = await stranger.check("https://helper.example/w");
  assertEquals([wrong?.state, rest], ["wrong", []]);
  await twilio.close();
  const [gone] = await stranger.check("https://helper.example/w");
  assertEquals(gone?.state, "unknown");
  assert.doesNotMatch(`${wrong?.text} ${gone?.text}`, /a-wrong-token|secret|AC[0-9a-f]{32}/);
});

Deno.test("twilioMessenger() loads the SDK with the first message", async () => {
  const code = `
    const { twilioMessenger } = await import("@/lib/whatsapp/twilio/twilio.ts");
    await import("@/lib/whatsapp/twilio/webhook.ts");
    twilioMessenger({ accountSid: "AC1", authToken: "t", number: "+15005550006" });
    const { createRequire } = await import("node:module");
    const cache = Object.keys(createRequire(import.meta.url).cache ?? {});
    console.log(JSON.stringify(cache.filter((path) => path.includes("twilio"))));
    await import("twilio");
    const after = Object.keys(createRequire(import.meta.url).cache ?? {});
    console.log(after.some((path) => path.includes("twilio")));`;
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", "--no-lock", code],
    cwd: new URL("../../..", import.meta.url).pathname,
  }).output();
  const text = new TextDecoder();
  assertEquals(text.decode(stdout).trim(), "[]\ntrue", text.decode(stderr));
});
