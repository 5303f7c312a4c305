import { parseStatus, parseWebhook, type WebhookOutcome } from "@/lib/whatsapp/twilio/webhook.ts";
import { twilioMessenger } from "@/lib/whatsapp/twilio/twilio.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { SAMPLES } from "@/tests/support/media_samples.ts";
import { FAULTS } from "./twilio_faults.ts";
import { TwilioSimulator } from "./twilio.ts";

const ADA = "+41791234567";
const EMPTY = { status: 200, type: "text/xml", body: "<Response/>" };

/** A program that records requests from Twilio and answers as told. */
function startApp(twilio: TwilioSimulator, publicUrl?: string) {
  const messages: WebhookOutcome[] = [];
  const statuses: string[] = [];
  const tokens: (string | null)[] = [];
  const answer = { ...EMPTY };
  const server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    async (request) => {
      const { pathname, search } = new URL(request.url);
      const signed = {
        body: await request.text(),
        contentType: request.headers.get("content-type"),
        signature: request.headers.get("x-twilio-signature"),
        url: (publicUrl ?? `http://127.0.0.1:${server.addr.port}`) + pathname + search,
      };
      tokens.push(request.headers.get("i-twilio-idempotency-token"));
      if (pathname === "/api/whatsapp") messages.push(await parseWebhook(signed, twilio));
      else {
        const outcome = await parseStatus(signed, twilio);
        statuses.push(
          outcome.kind === "status"
            ? `${outcome.update.status} ${outcome.update.errorCode ?? ""}`.trim()
            : outcome.reason,
        );
      }
      const { status, type, body } = answer;
      return new Response(body, { status, headers: { "content-type": type } });
    },
  );
  const url = `http://127.0.0.1:${server.addr.port}`;
  twilio.connect(url, publicUrl);
  return {
    messages,
    statuses,
    tokens,
    answer,
    statusUrl: `${publicUrl ?? url}/api/whatsapp/status`,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

const messengerOf = ({ accountSid, authToken, number, url: baseUrl }: TwilioSimulator) =>
  twilioMessenger({ accountSid, authToken, number, baseUrl });

Deno.test("Phone.says() sends a message signed for the public address, as often as told", async () => {
  await using twilio = await TwilioSimulator.start();
  await using app = startApp(twilio, "https://helper.example");
  const answers = await twilio.phone(ADA).says("Hello", { deliveries: 2, profileName: "Ada" });
  assertEquals(answers.map(({ status }) => status), [200, 200]);
  const [first, second] = app.messages;
  assert.ok(first?.kind === "message" && second?.kind === "message");
  assertEquals(first, second);
  assertEquals([first.message.text, first.message.from], ["Hello", ADA]);
  assert.ok(app.tokens[0] !== null && app.tokens[0] === app.tokens[1]);
});

Deno.test("Phone.says() and presses() send fetchable pictures, and buttons", async () => {
  await using twilio = await TwilioSimulator.start();
  await using app = startApp(twilio);
  const phone = twilio.phone(ADA);
  await phone.says("", { media: [{ bytes: SAMPLES.jpeg, type: "image/jpeg" }] });
  await phone.presses("Yes", "yes-1");
  const [picture, button] = app.messages;
  assert.ok(picture?.kind === "message" && button?.kind === "message");
  const url = picture.message.media[0]?.url ?? "";
  const fetched = await messengerOf(twilio).fetchMedia(url, { maxBytes: 1000 });
  assert.ok(fetched.kind === "media" && fetched.type === "image/jpeg");
  assertEquals(button.message.button, { text: "Yes", payload: "yes-1" });
});

Deno.test("TwilioSimulator.report() sends signed statuses in any order, failures with their code", async () => {
  await using twilio = await TwilioSimulator.start({ reports: ["sent", "delivered", "read"] });
  await using app = startApp(twilio, "https://helper.example");
  const send = () =>
    messengerOf(twilio).send({ kind: "text", to: ADA, body: "Hi" }, {
      statusCallback: app.statusUrl,
    });
  await send();
  await twilio.settled();
  assertEquals(app.statuses.splice(0), ["sent", "delivered", "read"]);
  const [message] = twilio.messages.all;
  await twilio.report(message?.sid ?? "", "sent");
  assertEquals(app.statuses.splice(0), ["sent"]);
  twilio.fault(ADA, FAULTS.failsClosed);
  await send();
  await twilio.settled();
  assertEquals(app.statuses, ["failed 63016"]);
  assertEquals(twilio.phone(ADA).texts(), ["Hi"]);
});

Deno.test("TwilioSimulator forwards a webhook's text to the person, but no empty TwiML", async () => {
  await using twilio = await TwilioSimulator.start();
  await using app = startApp(twilio);
  const phone = twilio.phone(ADA);
  await phone.says("one");
  Object.assign(app.answer, { type: "text/plain", body: "OK" });
  await phone.says("two");
  Object.assign(app.answer, {
    type: "text/xml",
    body: "<Response><Message>Hi</Message></Response>",
  });
  await phone.says("three");
  assertEquals(phone.texts(), ["OK", "Hi"]);
  Object.assign(app.answer, { status: 429, body: "" });
  await phone.says("four");
  assertEquals(twilio.webhooks.errors, [{ path: "/api/whatsapp", status: 429 }]);
});

Deno.test("TwilioSimulator refuses messages over the rate limit and over the length limit", async () => {
  await using twilio = await TwilioSimulator.start({ perSecond: 3 });
  const messenger = messengerOf(twilio);
  const kinds: string[] = [];
  for (let i = 0; i < 4; i++) {
    const outcome = await messenger.send({ kind: "text", to: ADA, body: `${i}` });
    kinds.push(outcome.kind === "refused" ? `${outcome.code}` : outcome.kind);
  }
  assertEquals(kinds, ["accepted", "accepted", "accepted", "63018"]);
  const long = await messenger.send({ kind: "text", to: ADA, body: "x".repeat(1601) });
  assert.ok(long.kind === "refused" && long.code === 21617 && long.class === "never");
});

Deno.test("Phone.waitFor() waits for messages and lists the missing ones", async () => {
  await using twilio = await TwilioSimulator.start();
  const messenger = messengerOf(twilio);
  const phone = twilio.phone(ADA);
  const waiting = phone.waitFor(2);
  twilio.always(ADA, { kind: "slow", ms: 50 });
  for (const body of ["a", "b"]) await messenger.send({ kind: "text", to: ADA, body });
  assertEquals((await waiting).map(({ body }) => body), ["a", "b"]);
  const failed = await phone.waitFor(3, 50).then(() => "", (error) => String(error));
  assert.match(failed, /3 messages to the phone \(2 came\)/);
});
