import { Validator } from "@seriousme/openapi-schema-validator";
import { parseCompletion } from "@/lib/api/rules/completion_request.ts";
import { completionParameters } from "@/lib/web/openapi/v1_schemas.ts";
import { filesBelow } from "@/tests/architecture/source.ts";
import type { TwilioSimulator } from "@/tests/simulators/twilio.ts";
import { sign } from "@/tests/simulators/twilio_webhooks.ts";
import { startSpeechServer } from "@/tests/simulators/speech_server.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { DocumentedApi } from "@/tests/support/documented.ts";
import { openPhones, PUBLIC_URL, TUTOR } from "@/tests/support/phones.ts";
import { PICTURES } from "@/tests/support/pictures.ts";
import { METRICS_TOKEN } from "@/tests/support/server.ts";
import type { Site } from "@/tests/support/site.ts";
import { voiceNote } from "@/tests/support/voice_note.ts";
import { until } from "@/tests/support/wait.ts";
import fc from "fast-check";

const JSON_TYPE = { "content-type": "application/json" };

/** Keeps one visitor's cookies, and holds each answer against the document. */
class Caller {
  private readonly cookies = new Map<string, string>();

  constructor(private readonly site: Site, private readonly api: DocumentedApi) {}

  async call(method: string, path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    if (cookie !== "" && !headers.has("cookie")) headers.set("cookie", cookie);
    if (method !== "GET" && method !== "HEAD") headers.set("sec-fetch-site", "same-origin");
    const answer = await this.site.fetch(path, { ...init, method, headers });
    for (const set of answer.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      this.cookies.set(name, value);
    }
    return await this.api.check(new Request(new URL(path, PUBLIC_URL), { method }), answer);
  }

  json(method: string, path: string, body: unknown, headers: Record<string, string> = {}) {
    return this.call(method, path, {
      headers: { ...JSON_TYPE, ...headers },
      body: JSON.stringify(body),
    });
  }

  form(path: string, fields: Record<string, string>) {
    return this.call("POST", path, { body: new URLSearchParams(fields) });
  }
}

async function documentOf(site: Site): Promise<DocumentedApi> {
  return new DocumentedApi(await (await site.fetch("/api/openapi.json")).json());
}

function assertStatus(answer: Response, status: number): void {
  assertEquals(answer.status, status);
}

Deno.test("GET /api/openapi.json is valid OpenAPI 3.1 for a validator of others", async () => {
  await using phones = await openPhones();
  const { text } = await documentOf(phones.site);
  const result = await new Validator().validate(JSON.parse(JSON.stringify(text)));
  assertEquals(result.errors ?? [], []);
  assert.ok(result.valid);
});

Deno.test("every operation of the document is called, and each answer is as it says", async () => {
  await using speech = startSpeechServer();
  await using phones = await openPhones({ env: { ...speech.env(), METRICS_TOKEN } });
  const { site, twilio } = phones;
  const api = await documentOf(site);
  const ann = new Caller(site, api), bob = new Caller(site, api);

  for (const path of ["/", "/?q=math", "/help", "/api/tools", "/api/live", "/api/health"]) {
    assertStatus(await ann.call("GET", path), 200);
  }
  assertStatus(await ann.call("GET", "/api/openapi.json"), 200);
  const bearer = { authorization: `Bearer ${METRICS_TOKEN}` };
  assertStatus(await ann.call("GET", "/metrics", { headers: bearer }), 200);
  assertStatus(await ann.call("GET", "/metrics"), 401);

  // A turn, whole and refused in several ways.
  assertStatus(await ann.json("POST", "/api/chat", { toolId: TUTOR, message: "Hello?" }), 200);
  const accepted = await ann.json("POST", "/api/chat", { toolId: TUTOR, action: "regenerate" }, {
    accept: "application/json",
  });
  assertStatus(accepted, 202);
  await until("the second reply", async () => {
    const { messages } = await (await ann.call("GET", `/chat/${TUTOR}/export?format=json`)).json();
    return messages.length === 2;
  });
  assertStatus(await ann.json("POST", "/api/chat", { toolId: TUTOR }), 400);
  assertStatus(await ann.json("POST", "/api/chat", { toolId: "gone", message: "Hello?" }), 404);
  assertStatus(
    await ann.json("POST", "/api/chat", { toolId: TUTOR, message: "[[mock:error=500]]" }),
    200,
  );
  assertStatus(await ann.call("POST", "/api/chat", { body: "{" }), 415);
  assertStatus(await ann.call("POST", `/api/chat/${TUTOR}/stop`), 204);
  await eventsOf(site, api);
  assertStatus(await ann.call("GET", `/api/chat/gone/events`), 404);
  assertStatus(await ann.call("GET", `/chat/${TUTOR}`), 200);
  assertStatus(await ann.call("GET", `/chat/${TUTOR}/export`), 200);
  assertStatus(await ann.form(`/chat/${TUTOR}`, { action: "send", message: "And so?" }), 303);
  for (const query of ["", `?toolId=${TUTOR}`]) {
    assertStatus(await ann.call("GET", `/api/cost-summary${query}`), 200);
    assertStatus(await ann.call("GET", `/api/cost-summary${query}`, { headers: bearer }), 200);
  }
  assertStatus(await ann.call("GET", "/api/cost-summary?toolId=.."), 400);

  // Files.
  const file = new FormData();
  file.set("file", new File([PICTURES.jpeg], "notes.jpg", { type: "image/jpeg" }));
  const staged = await ann.call("POST", "/api/media", { body: file });
  assertStatus(staged, 201);
  const picture = `/api/media/${(await staged.json()).id}`;
  assertStatus(await ann.call("GET", picture), 200);
  assertStatus(await ann.call("GET", picture, { headers: { range: "bytes=0-9" } }), 206);
  assertStatus(await bob.call("GET", picture), 404);
  assertStatus(await ann.call("DELETE", picture), 204);
  const note = voiceNote(3);
  const begun = await ann.call("POST", "/api/media", {
    headers: { "upload-length": String(note.length) },
  });
  assertStatus(begun, 201);
  const upload = `/api/media/${(await begun.json()).id}`;
  const piece = { "content-type": "application/offset+octet-stream" };
  assertStatus(await ann.call("PATCH", upload, { headers: piece, body: note }), 400);
  assertStatus(
    await ann.call("PATCH", upload, { headers: { ...piece, "upload-offset": "7" }, body: note }),
    409,
  );
  assertStatus(
    await ann.call("PATCH", upload, { headers: { ...piece, "upload-offset": "0" }, body: note }),
    204,
  );
  assertStatus(await ann.call("HEAD", upload), 200);
  assertStatus(await ann.json("POST", `${upload}/transcript`, { toolId: TUTOR }), 200);
  assertStatus(await ann.json("POST", `${upload}/transcript`, {}), 400);

  // WhatsApp: a code shown, one sent and taken back, voice answered by voice.
  assertStatus(await ann.json("POST", "/api/link", { toolId: TUTOR }), 201);
  assertStatus(await ann.json("POST", "/api/link", { phone: "no number" }), 400);
  const phone = twilio.phone("+41791234567");
  await phone.says("help");
  await phone.waitFor(1);
  assertStatus(await ann.json("POST", "/api/link", { phone: phone.number }), 202);
  const code = await until(
    "the code",
    () => /[A-Z2-9]{4}-[A-Z2-9]{4}/.exec(phone.texts().at(-1) ?? "")?.[0],
  );
  assertStatus(await ann.json("POST", "/api/link/verify", { code: "2345-ABCD" }), 400);
  assertStatus(await ann.json("POST", "/api/link/verify", { code }), 200);
  assertStatus(await ann.call("GET", "/api/link"), 200);
  assertStatus(await ann.call("DELETE", "/api/link"), 204);
  assertStatus(await ann.call("GET", "/api/link"), 200);
  const speaker = twilio.phone("+41791234568");
  await speaker.says("", { media: [{ bytes: note, type: "audio/ogg" }] });
  const voiced = await until(
    "the voice note",
    () => speaker.received().find(({ mediaUrl }) => mediaUrl !== null),
  );
  const { search } = new URL(voiced.mediaUrl ?? "");
  assertStatus(await bob.call("GET", `/api/voice${search}`), 200);
  assertStatus(await bob.call("GET", "/api/voice?of=none"), 404);
  await twilioCalls(bob, twilio, voiced.sid);

  // Programs.
  const { api: { keys } } = site.world.services;
  const key = await keys.make("ada@example.org", keys.newId(), {
    name: "Website",
    tools: null,
    rate: 600,
    day: null,
    month: null,
    expires: null,
  });
  const asked = { model: TUTOR, messages: [{ role: "user", content: "Hello?" }] };
  const auth = { authorization: `Bearer ${key}` };
  assertStatus(await bob.call("GET", "/v1"), 200);
  assertStatus(await bob.call("GET", "/v1/models", { headers: auth }), 200);
  assertStatus(await bob.call("GET", `/v1/models/${TUTOR}`, { headers: auth }), 200);
  assertStatus(await bob.call("GET", "/v1/models/gone", { headers: auth }), 404);
  assertStatus(await bob.call("GET", "/v1/models"), 401);
  assertStatus(await bob.json("POST", "/v1/chat/completions", asked, auth), 200);
  const streamed = { ...asked, stream: true, stream_options: { include_usage: true } };
  assertStatus(await bob.json("POST", "/v1/chat/completions", streamed, auth), 200);
  assertStatus(await bob.json("POST", "/v1/chat/completions", { model: TUTOR }, auth), 400);

  // One's own pages.
  for (
    const path of ["/history", "/history?q=Hello", "/my-data", "/device", `/chat/${TUTOR}/share`]
  ) {
    assertStatus(await ann.call("GET", path), 200);
  }
  assertStatus(await ann.form(`/chat/${TUTOR}/share`, { action: "make" }), 303);
  const links = await (await ann.call("GET", `/chat/${TUTOR}/share`)).text();
  const [shared = ""] = /\/shared\/[\w-]{22,}/.exec(links) ?? [];
  assertStatus(await bob.call("GET", shared), 200);
  const offered = await (await ann.form("/device", { action: "offer" })).text();
  const [, redeemed = ""] = /\/device\/redeem\?code=([\w-]{32})/.exec(offered) ?? [];
  assertStatus(await bob.call("GET", `/device/redeem?code=${redeemed}`), 200);
  assertStatus(await bob.form("/device/redeem", { code: redeemed }), 303);
  assertStatus(await ann.form("/device", { action: "end", device: "none" }), 303);
  assertStatus(await ann.call("POST", "/my-data/export"), 200);
  assertStatus(await ann.form("/my-data/delete", { confirm: "yes" }), 303);

  const left = api.places.map(({ operation }) => operation.operationId)
    .filter((id) => !api.succeeded.has(id));
  assertEquals(left, [], "never called with success");
  await twilio.settled();
});

/** Reads a conversation's stream, which never ends, up to the end of its turn. */
async function eventsOf(site: Site, api: DocumentedApi): Promise<void> {
  const path = `/api/chat/${TUTOR}/events`;
  const first = await site.fetch(path);
  const [cookie = ""] = first.headers.getSetCookie();
  await first.body?.cancel();
  const visitor = { cookie: cookie.split(";")[0] ?? "" };
  const asked = await site.fetch("/api/chat", {
    method: "POST",
    headers: { ...visitor, ...JSON_TYPE },
    body: JSON.stringify({ toolId: TUTOR, message: "What then?" }),
  });
  await asked.text();
  const { body, headers, status } = await site.fetch(path, { headers: visitor });
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  while (reader && !text.includes("event: done")) text += (await reader.read()).value ?? "";
  text += (await reader?.read())?.value ?? "";
  await reader?.cancel();
  const whole = text.slice(0, text.lastIndexOf("\n\n") + 2);
  await api.check(new Request(new URL(path, PUBLIC_URL)), new Response(whole, { status, headers }));
}

/** Both of Twilio's addresses, signed and not. */
async function twilioCalls(caller: Caller, twilio: TwilioSimulator, sid: string): Promise<void> {
  const { accountSid, authToken, number } = twilio;
  const calls = {
    "/api/whatsapp": {
      MessageSid: `SM${"0".repeat(31)}9`,
      AccountSid: accountSid,
      From: "whatsapp:+41791234569",
      To: `whatsapp:${number}`,
      Body: "help",
      NumMedia: "0",
    },
    "/api/whatsapp/status": {
      MessageSid: sid,
      AccountSid: accountSid,
      MessageStatus: "delivered",
      From: `whatsapp:${number}`,
      To: "whatsapp:+41791234568",
    },
  };
  for (const [path, fields] of Object.entries(calls)) {
    const signature = sign(authToken, `${PUBLIC_URL}${path}`, Object.entries(fields));
    const post = (headers: HeadersInit) =>
      caller.call("POST", path, { headers, body: new URLSearchParams(fields) });
    assertStatus(await post({ "x-twilio-signature": signature }), 200);
    assertStatus(await post({ "x-twilio-signature": "wrong" }), 403);
  }
}

/** The operations of the files below a folder of routes: method and path without names. */
async function routesBelow(folder: string): Promise<string[]> {
  const files = (await filesBelow()).filter((path) =>
    path.startsWith(folder) && !/\/_|\[\.\.\.|_test\./.test(path) && /\.tsx?$/.test(path)
  );
  const found = await Promise.all(files.map(async (file) => {
    const { handler, config } = await import(`@/${file}`);
    const own = file.slice("routes".length).replace(/\.tsx?$/, "").replace(/\/index$/, "");
    const path = config?.routeOverride ?? own.replace(/\[\w+\]/g, "{}");
    return Object.entries<{ name: string }>(handler)
      .filter(([, { name }]) => name !== "otherMethod").map(([method]) => `${method} ${path}`);
  }));
  return found.flat().sort();
}

Deno.test("every route below /api and /v1 is documented, and nothing else is", async () => {
  await using phones = await openPhones();
  const { places } = await documentOf(phones.site);
  const documented = places.map(({ method, path }) =>
    `${method} ${path.replace(/\{\w+\}/g, "{}")}`
  );
  for (const folder of ["api", "v1"]) {
    const routes = await routesBelow(`routes/${folder}`);
    assert.ok(routes.length >= 4);
    assertEquals(documented.filter((each) => each.includes(` /${folder}`)).sort(), routes);
  }
});

Deno.test("completionParameters describes what parseCompletion() takes", () => {
  const text = fc.constantFrom("", "Hello?", "a");
  const part = fc.oneof(
    fc.record({ type: fc.constant("text"), text }),
    fc.record({ type: fc.constantFrom("text", "input_audio"), text: fc.integer() }),
  );
  const message = fc.record({
    role: fc.constantFrom("system", "developer", "user", "user", "user", "assistant", "tool", 7),
    content: fc.oneof(
      { weight: 4, arbitrary: text },
      fc.array(part, { maxLength: 2 }),
      fc.constantFrom(null, 7),
    ),
  }, { requiredKeys: ["role"] });
  const maybe = <T>(good: fc.Arbitrary<T>) =>
    fc.oneof({ weight: 4, arbitrary: good }, fc.constantFrom(null, "x", -1, true));
  const body = fc.record({
    model: fc.constantFrom("a-tool", "a-tool", "b-tool", "", 7),
    messages: fc.oneof(
      { weight: 6, arbitrary: fc.array(message, { maxLength: 3 }) },
      fc.constant("Hello?"),
    ),
    stream: maybe(fc.boolean()),
    max_tokens: maybe(fc.constantFrom(0, 1, 1.5, 50, 100)),
    temperature: maybe(fc.constantFrom(0, 2, 2.1)),
    stop: maybe(fc.array(text, { maxLength: 5 })),
  }, { requiredKeys: ["model", "messages"] });
  const seen = { taken: 0, refused: 0 };
  fc.assert(
    fc.property(body, (asked) => {
      let taken = true;
      try {
        parseCompletion(asked);
      } catch {
        taken = false;
      }
      const described = completionParameters.safeParse(asked).success;
      seen[taken ? "taken" : "refused"]++;
      // The description cannot say that one message must be a question.
      const asks = Array.isArray(asked.messages) &&
        asked.messages.some((each) =>
          each.role === "user" && JSON.stringify(each.content ?? "").match(/Hello|"a"/)
        );
      assertEquals(described && asks, taken, JSON.stringify(asked));
    }),
    { numRuns: 3_000 },
  );
  assert.ok(seen.taken > 5 && seen.refused > 100, JSON.stringify(seen));
});
