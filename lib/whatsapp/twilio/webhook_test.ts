import fc from "fast-check";
import { type Fields, sign } from "@/tests/simulators/twilio_webhooks.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { ACCOUNT, cases, FORM, judge } from "@/tests/whatsapp/forgeries.ts";
import { parseStatus, parseWebhook, type SignedRequest, type WebhookRefusal } from "./webhook.ts";

const URL_HERE = "https://helper.example/api/whatsapp";
const SID = `SM${"0".repeat(32)}`;

const minimal = {
  MessageSid: SID,
  AccountSid: ACCOUNT.accountSid,
  From: "whatsapp:+41791234567",
  To: `whatsapp:${ACCOUNT.number}`,
  Body: "Hello",
  NumMedia: "0",
};

const status = {
  MessageSid: SID,
  AccountSid: ACCOUNT.accountSid,
  From: `whatsapp:${ACCOUNT.number}`,
  To: "whatsapp:+41791234567",
  MessageStatus: "delivered",
};

function signed(fields: Fields): SignedRequest {
  return {
    body: new URLSearchParams(fields.map(([name, value]) => [name, value])).toString(),
    contentType: FORM,
    signature: sign(ACCOUNT.authToken, URL_HERE, fields),
    url: URL_HERE,
  };
}

const message = (fields: Record<string, string>) =>
  parseWebhook(signed(Object.entries(fields)), ACCOUNT);

Deno.test("parseWebhook() parses a text", async () => {
  assertEquals(await message({ ...minimal, ProfileName: "Ada", MessageType: "text" }), {
    kind: "message",
    message: {
      sid: SID,
      from: "+41791234567",
      alias: null,
      to: ACCOUNT.number,
      text: "Hello",
      media: [],
      profileName: "Ada",
      type: "text",
      button: null,
      optOut: null,
      repliedTo: null,
      location: null,
    },
  });
});

Deno.test("parseWebhook() parses media, buttons, lists, replies and places", async () => {
  const read = async (fields: Record<string, string>) => {
    const outcome = await message({ ...minimal, ...fields });
    assert.ok(outcome.kind === "message");
    return outcome.message;
  };
  const media = await read({
    Body: "",
    NumMedia: "2",
    MediaUrl0: "https://api.twilio.com/a",
    MediaContentType0: "image/jpeg",
    MediaUrl1: "https://api.twilio.com/b",
    MediaContentType1: "audio/ogg",
  });
  assertEquals(media.media, [
    { url: "https://api.twilio.com/a", type: "image/jpeg" },
    { url: "https://api.twilio.com/b", type: "audio/ogg" },
  ]);
  assertEquals(media.text, "");
  const keyword = async (OptOutType: string) => (await read({ OptOutType })).optOut;
  assertEquals(
    await Promise.all(["STOP", "START", "Help", "", "else"].map(keyword)),
    ["STOP", "START", "HELP", null, null],
  );
  const button = await read({ Body: "", ButtonText: "Yes, please", ButtonPayload: "yes" });
  assertEquals([button.text, button.button?.payload], ["Yes, please", "yes"]);
  const list = await read({ Body: "", ListTitle: "Tutor", ListId: "t1" });
  assertEquals(list.button, { text: "Tutor", payload: "t1" });
  assertEquals((await read({ OriginalRepliedMessageSid: "SM9" })).repliedTo, "SM9");
  const place = { Latitude: "46.948", Longitude: "-7.45", Address: "Bern", Label: "" };
  assertEquals((await read(place)).location, {
    latitude: 46.948,
    longitude: -7.45,
    address: "Bern",
    label: null,
  });
  assertEquals((await read({ Latitude: "north", Longitude: "1" })).location, null);
});

Deno.test("parseWebhook() accepts a person who hides their number, and unknown fields", async () => {
  const from = "US.13491208655302741918";
  const outcome = await message({
    ...minimal,
    From: `whatsapp:${from}`,
    Tomorrow: "1",
    __proto__x: "",
  });
  assert.ok(outcome.kind === "message" && outcome.message.from === from);
  const strange = signed([...Object.entries(minimal), ["__proto__", "x"], ["constructor", "y"]]);
  assertEquals((await parseWebhook(strange, ACCOUNT)).kind, "message");
});

Deno.test("parseWebhook() returns the id of a shown number as alias, and vice versa", async () => {
  const alias = async (From: string, ExternalUserIdentifier: string) => {
    const outcome = await message({ ...minimal, From, ExternalUserIdentifier });
    assert.ok(outcome.kind === "message");
    return outcome.message.alias;
  };
  const number = "whatsapp:+41791234567";
  assertEquals(await alias(number, "whatsapp:CH.1349"), "CH.1349");
  assertEquals(await alias(number, "CH.1349"), "CH.1349");
  assertEquals(await alias("whatsapp:CH.1349", number), "+41791234567");
  assertEquals(await alias("whatsapp:CH.1349", "whatsapp:CH.1349"), null);
  for (const odd of ["", "me", "messenger:1", "whatsapp:", "x".repeat(9_000)]) {
    assertEquals(await alias(number, odd), null, odd.slice(0, 20));
  }
});

Deno.test("parseWebhook() accepts any value of an optional field", async () => {
  const long = "x".repeat(10_000);
  for (
    const name of [
      "ProfileName",
      "MessageType",
      "ButtonText",
      "ButtonPayload",
      "ListTitle",
      "OriginalRepliedMessageSid",
      "Address",
      "Label",
      "Latitude",
      "ExternalUserIdentifier",
    ]
  ) {
    const outcome = await message({ ...minimal, [name]: long });
    assert.ok(outcome.kind === "message" && outcome.message.text === "Hello", name);
    const twice = signed([...Object.entries(minimal), [name, "a"], [name, "b"]]);
    assertEquals((await parseWebhook(twice, ACCOUNT)).kind, "message", name);
  }
  const essay = await message({ ...minimal, Body: "y".repeat(50_000) });
  assert.ok(essay.kind === "message" && essay.message.text.length === 20_000);
  const nowhere = await message({ ...minimal, Latitude: "91", Longitude: "0" });
  assert.ok(nowhere.kind === "message" && nowhere.message.location === null);
});

Deno.test("parseWebhook() reports an attachment without an address", async () => {
  const outcome = await message({ ...minimal, NumMedia: "1" });
  assert.ok(outcome.kind === "message");
  assertEquals(outcome.message.media, [{ url: "", type: "" }]);
});

Deno.test("parseWebhook() accepts the longest text that a phone sends", async () => {
  const outcome = await message({ ...minimal, Body: "é".repeat(4096) });
  assert.ok(outcome.kind === "message" && outcome.message.text.length === 4096);
});

const { Body: _, ...bodiless } = minimal;
const wrong: Record<string, [Record<string, string>, WebhookRefusal]> = {
  "another account": [{ ...minimal, AccountSid: "AC2" }, "account"],
  "another number": [{ ...minimal, To: "whatsapp:+15005550007" }, "number"],
  "an SMS": [{ ...minimal, From: "+41791234567" }, "number"],
  "another channel": [{ ...minimal, From: "messenger:1234567" }, "number"],
  "no body": [bodiless, "form"],
  "a SID that is none": [{ ...minimal, MessageSid: "SM1" }, "form"],
  "media without number": [{ ...minimal, NumMedia: "many" }, "form"],
  "more media than there can be": [{ ...minimal, NumMedia: "11" }, "form"],
};

for (const [name, [fields, reason]] of Object.entries(wrong)) {
  Deno.test(`parseWebhook() refuses ${name} though it is signed`, async () => {
    assertEquals(await message(fields), { kind: "refused", reason });
  });
}

Deno.test("parseWebhook() refuses a repeated known field and accepts a repeated unknown one", async () => {
  const twice = (name: string, value: string) =>
    parseWebhook(signed([...Object.entries(minimal), [name, value], ["New", "1"], ["New", "2"]]), {
      ...ACCOUNT,
    });
  assertEquals(await twice("Body", "Other"), { kind: "refused", reason: "form" });
  assertEquals(await twice("MessageSid", SID), { kind: "refused", reason: "form" });
  assertEquals(await twice("AccountSid", "AC2"), { kind: "refused", reason: "account" });
  assertEquals((await twice("Other", "1")).kind, "message");
});

Deno.test("parseWebhook() accepts forms only", async () => {
  const request = signed(Object.entries(minimal));
  for (const contentType of [null, "", "application/json", "multipart/form-data", `${FORM}x`]) {
    const outcome = await parseWebhook({ ...request, contentType }, ACCOUNT);
    assertEquals(outcome, { kind: "refused", reason: "form" });
  }
  const contentType = "Application/X-WWW-Form-Urlencoded; charset=UTF-8";
  assertEquals((await parseWebhook({ ...request, contentType }, ACCOUNT)).kind, "message");
});

Deno.test("parseWebhook() refuses a signature for another scheme, host, port or path", async () => {
  const request = signed(Object.entries(minimal));
  for (
    const url of [
      "http://helper.example/api/whatsapp",
      "https://helper.example.org/api/whatsapp",
      "https://helper.example:8443/api/whatsapp",
      "https://helper.example/api/whatsapp/",
      "https://helper.example/api/whatsapp/status",
      "https://helper.example/api/whatsapp?x=1",
      "",
    ]
  ) {
    const outcome = await parseWebhook({ ...request, url }, ACCOUNT);
    assertEquals(outcome, { kind: "refused", reason: "signature" }, url);
  }
});

Deno.test("parseStatus() parses every status with its error", async () => {
  const read = (fields: Record<string, string>) =>
    parseStatus(signed(Object.entries({ ...status, ...fields })), ACCOUNT);
  assertEquals(await read({}), {
    kind: "status",
    update: { sid: SID, status: "delivered", errorCode: null, to: "+41791234567" },
  });
  const failed = await read({ MessageStatus: "failed", ErrorCode: "63016" });
  assert.ok(failed.kind === "status");
  assertEquals([failed.update.status, failed.update.errorCode], ["failed", 63016]);
  const odd = await read({ ErrorCode: "none" });
  assert.ok(odd.kind === "status" && odd.update.errorCode === null);
  assertEquals(await read({ MessageStatus: "lost" }), { kind: "refused", reason: "form" });
  assertEquals(await read({ AccountSid: "AC2" }), { kind: "refused", reason: "account" });
  assertEquals(await read({ From: "whatsapp:+1500555" }), { kind: "refused", reason: "number" });
  const unsigned = { ...signed(Object.entries(status)), signature: null };
  assertEquals(await parseStatus(unsigned, ACCOUNT), { kind: "refused", reason: "signature" });
});

Deno.test("parseWebhook() and parseStatus() never throw, accept genuine requests and refuse altered ones", async () => {
  await fc.assert(
    fc.asyncProperty(cases, async (each) => assertEquals(await judge(each), null)),
    { numRuns: 2_000 },
  );
});
