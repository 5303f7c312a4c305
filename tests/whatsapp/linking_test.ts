import { texts } from "@/lib/locales/whatsapp/texts.ts";
import { LINK_CODE_MS } from "@/lib/whatsapp/linking/link_offer.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { TwilioSimulator } from "@/tests/simulators/twilio.ts";
import { TOOL } from "@/tests/support/chat_page.ts";
import { openPhones, type PhoneWorld } from "@/tests/support/phones.ts";
import { scratch } from "@/tests/support/scratch.ts";
import type { Site } from "@/tests/support/site.ts";
import { until } from "@/tests/support/wait.ts";

const ADA = "+41790000001", BOB = "+41790000002";
const PAGE = `/chat/${TOOL}/whatsapp`;
const MINUTE = 60_000;
const { linkDone, linkFailed, linkExpired, unlinked } = texts("en");

/** A visitor's browser on a site. */
class Browser {
  private cookie = "";

  constructor(public site: Site, readonly address = "192.0.2.1") {}

  async fetch(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers({ "sec-fetch-site": "same-origin" });
    new Headers(init.headers).forEach((value, name) => headers.set(name, value));
    if (this.cookie) headers.set("cookie", this.cookie);
    const answer = await this.site.fetch(path, { ...init, headers }, this.address);
    this.cookie = answer.headers.getSetCookie()[0]?.split(";", 1)[0] ?? this.cookie;
    return answer;
  }

  post(path: string, fields: Record<string, unknown>): Promise<Response> {
    const headers = { "content-type": "application/json" };
    return this.fetch(path, { method: "POST", headers, body: JSON.stringify(fields) });
  }

  form(fields: Record<string, string>): Promise<Response> {
    return this.fetch(PAGE, { method: "POST", body: new URLSearchParams(fields) });
  }

  /** Requests a new code for the phone, as a program does. */
  async code(): Promise<string> {
    const answer = await this.post("/api/link", { toolId: TOOL });
    assertEquals(answer.status, 201, await answer.clone().text());
    const { code }: { code: string } = await answer.json();
    return code;
  }

  async linked(): Promise<{ phone: string; mirror: string } | null> {
    return (await (await this.fetch("/api/link")).json()).linked;
  }

  async page(): Promise<string> {
    return await (await this.fetch(PAGE)).text();
  }
}

/** A person's phone. */
class Phone {
  constructor(private readonly world: PhoneWorld, readonly number: string) {}

  /** Says something; returns all answers. */
  async says(text: string): Promise<string[]> {
    const before = this.heard().length;
    const phone = this.world.twilio.phone(this.number);
    const [answer] = await phone.says(text);
    assertEquals(answer?.status, 200);
    await this.still();
    return this.heard(before);
  }

  /** Waits until nothing is left to answer or send. */
  async still(): Promise<void> {
    const { phones } = this.world.world.deps.store;
    await until("the phone's messages to be done with", async () => {
      const phone = await phones.get(this.number);
      return phone === null || (phone.answered === phone.arrived && phone.sent === phone.next);
    });
  }

  heard(from = 0): string[] {
    return this.world.twilio.phone(this.number).texts().slice(from);
  }
}

/** A site at a time that the test sets. */
async function open(
  env: Record<string, string> = {},
  kept: { path?: string; twilio?: TwilioSimulator } = {},
) {
  const clock = { now: Date.UTC(2026, 5, 15, 9) };
  const phones = await openPhones({
    env: { RATE_LIMIT_LINKING_PER_5MIN: "1000", WHATSAPP_DEBOUNCE_MS: "0", ...env },
    clock: () => clock.now,
    ...kept,
  });
  return {
    site: phones.site,
    clock,
    phone: (number: string) => new Phone(phones, number),
    [Symbol.asyncDispose]: () => phones[Symbol.asyncDispose](),
  };
}

/** The code in the texts sent to a phone. */
function codeIn(texts: readonly string[]): string {
  const [, code] = /\b([2-9A-Z]{4}-[2-9A-Z]{4})\b/.exec(texts.join("\n")) ?? [];
  assert.ok(code, texts.join("\n"));
  return code;
}

Deno.test("linking: the page's code, sent from a phone, makes one conversation of the two", async () => {
  await using world = await open();
  const web = new Browser(world.site), phone = world.phone(ADA);
  await web.fetch(`/chat/${TOOL}`);
  const html = await web.page();
  const [, code = ""] = /LINK <b>([\w-]{9})<\/b>/.exec(html) ?? [];
  assert.ok(html.includes(`https://wa.me/15005550006?text=LINK%20${code}`));
  assert.ok((await web.page()).includes(code), "The page shows the same code while it holds");
  assert.ok((await phone.says(`LINK ${code}`)).join().includes(linkDone));
  assertEquals((await web.linked())?.phone, "+41 ••• ••• 0001");
  assert.match(await web.page(), /Linked with <bdi dir="ltr">\+41 ••• ••• 0001<\/bdi>/);

  const before = phone.heard().length;
  await phone.says("Hello from the phone");
  assert.equal(phone.heard().length, before + 1);
  const exported = await (await web.fetch(`/chat/${TOOL}/export?format=json`)).text();
  assert.ok(exported.includes("Hello from the phone"));
});

Deno.test("link code: is used once, ends when a new one is made, and after ten minutes", async () => {
  await using world = await open();
  const { site, clock } = world;
  const web = new Browser(site), ada = world.phone(ADA);
  const bob = world.phone(BOB);
  const first = await web.code(), second = await web.code();
  assert.ok((await ada.says(`LINK ${first}`)).join().includes(linkFailed), "It was replaced");
  assertEquals(await ada.says(`LINK ${second}`), [linkDone]);
  assert.ok((await bob.says(`LINK ${second}`)).join().includes(linkFailed), "It was used");
  assertEquals((await web.linked())?.phone, "+41 ••• ••• 0001");
  assertEquals(await ada.says(`LINK ${second}`), [linkDone], "Said again by the one who is linked");

  const other = new Browser(site), late = await other.code();
  clock.now += LINK_CODE_MS - 1;
  assert.doesNotMatch(await other.page(), /time is over/);
  clock.now += 1;
  assert.match(await other.page(), /The code has expired/);
  assertEquals(await bob.says(`LINK ${late}`), [linkExpired]);
  assertEquals(await other.linked(), null);
});

Deno.test("link code: after five guesses a phone's codes are refused, the right one included", async () => {
  await using world = await open({ RATE_LIMIT_LINKING_PER_5MIN: "5" });
  const { site, clock } = world;
  const web = new Browser(site), thief = world.phone(BOB);
  const code = await web.code();
  for (let i = 2; i < 7; i++) {
    assert.ok((await thief.says(`LINK ${i}${i}${i}${i}-ABCD`)).join().includes(linkFailed));
  }
  assertEquals(await thief.says(`LINK ${code}`), [texts("en").linkBlocked(5)]);
  clock.now += 5 * MINUTE;
  assertEquals(await thief.says(`LINK ${code}`), [linkDone], "The limit's time is over");
});

Deno.test("link code: sent by two phones at once, it links one of them", async () => {
  await using world = await open();
  const web = new Browser(world.site);
  const code = await web.code();
  const answers = await Promise.all(
    [ADA, BOB].map((number) => world.phone(number).says(`LINK ${code}`)),
  );
  const done = answers.filter((said) => said.join().includes(linkDone));
  const failed = answers.filter((said) => said.join().includes(linkFailed));
  assertEquals([done.length, failed.length], [1, 1]);
});

Deno.test("linking by number: only a phone that wrote within 24 hours gets a code, and the page cannot tell", async () => {
  await using world = await open();
  const { site, clock } = world;
  const known = world.phone(ADA), web = new Browser(site), other = new Browser(site);
  await known.says("HELP");
  await known.says("STOP");
  const told = new Set<string>();
  const ask = async (number: string) => {
    const answer = await web.post("/api/link", { phone: number });
    const { phone, ...body }: Record<string, unknown> = await answer.json();
    assertEquals(phone, `+41 ••• ••• ${number.slice(-4)}`);
    told.add(JSON.stringify([answer.status, body]));
    await known.still();
  };
  const heard = known.heard();
  await ask(ADA);
  assertEquals(known.heard(), heard, "Who sent STOP gets nothing");
  await known.says("START");
  const before = known.heard().length;
  await ask(ADA);
  await ask(BOB);
  assertEquals(told.size, 1, [...told].join("\n"));
  const [message = "", ...more] = known.heard(before);
  assertEquals(more, []);
  const code = codeIn([message]);

  assertEquals((await other.post("/api/link/verify", { code })).status, 400, "Another browser");
  assertEquals(
    (await web.post("/api/link/verify", { code })).status,
    400,
    "It was for Ada's phone",
  );
  await ask(ADA);
  const newer = codeIn(known.heard().slice(-1));
  assertEquals((await web.post("/api/link/verify", { code })).status, 400, "A new one ended it");
  const verified = await web.post("/api/link/verify", { code: newer.toLowerCase() });
  assertEquals(verified.status, 200, await verified.clone().text());
  assertEquals((await web.linked())?.phone, "+41 ••• ••• 0001");

  clock.now += 24 * 60 * MINUTE;
  const count = known.heard().length;
  await ask(ADA);
  assertEquals(known.heard().length, count, "The 24 hours are over");
});

Deno.test("linking by number: five wrong codes end the code, also after the rate limit's time", async () => {
  await using world = await open({ RATE_LIMIT_LINKING_PER_5MIN: "5" });
  const { site, clock } = world;
  const phone = world.phone(ADA), web = new Browser(site);
  await phone.says("HELP");
  assertEquals((await web.post("/api/link", { phone: ADA })).status, 202);
  await phone.still();
  const code = codeIn(phone.heard().slice(-1));
  const guesses = Array.from(
    { length: 20 },
    (_, i) => web.post("/api/link/verify", { code: `2345-ABC${i % 8 + 2}` }),
  );
  const statuses = (await Promise.all(guesses)).map(({ status }) => status).sort();
  assertEquals(statuses, [...Array(5).fill(400), ...Array(15).fill(429)]);
  const sixth = await web.post("/api/link/verify", { code });
  assertEquals(sixth.status, 429);
  assertEquals(sixth.headers.get("ratelimit-policy"), '"linking";q=5;w=300');
  assert.ok(Number(sixth.headers.get("retry-after")) > 0);
  clock.now += 5 * MINUTE;
  assertEquals((await web.post("/api/link/verify", { code })).status, 400);
  assertEquals(await web.linked(), null);
});

Deno.test("linking: codes are limited per visitor, address and number, then 429 with the limit's headers", async () => {
  await using world = await open({ RATE_LIMIT_LINKING_PER_5MIN: "3" });
  const { site } = world;
  const statuses = async (asks: Promise<Response>[]) =>
    (await Promise.all(asks)).map(({ status }) => status).sort();
  const web = new Browser(site, "198.51.100.1");
  await web.fetch(`/chat/${TOOL}`);
  assertEquals(
    await statuses([1, 2, 3, 4].map(() => web.post("/api/link", {}))),
    [201, 201, 201, 429],
    "A visitor",
  );
  assertEquals(
    await statuses([1, 2, 3, 4].map(() => new Browser(site, "198.51.100.2").post("/api/link", {}))),
    [201, 201, 201, 429],
    "An address",
  );
  const numbers = [1, 2, 3, 4].map((i) =>
    new Browser(site, `203.0.113.${i}`).post("/api/link", { phone: BOB })
  );
  assertEquals(await statuses(numbers), [202, 202, 202, 429], "A number");
  const refused = await web.post("/api/link", {});
  assert.match(refused.headers.get("ratelimit") ?? "", /^"linking";r=0;t=\d+$/);
  assertEquals(refused.headers.get("content-type"), "application/problem+json");
});

Deno.test("linking: a new link ends earlier ones of both sides, and both are told", async () => {
  await using world = await open();
  const { site } = world;
  const [first, second] = [new Browser(site), new Browser(site)] as const;
  const [ada, bob] = [world.phone(ADA), world.phone(BOB)] as const;
  await ada.says(`LINK ${await first.code()}`);
  await bob.says(`LINK ${await first.code()}`);
  assertEquals((await first.linked())?.phone, "+41 ••• ••• 0002");
  await ada.still();
  assertEquals(ada.heard().at(-1), unlinked, "The phone that was left is told");

  await bob.says(`LINK ${await second.code()}`);
  assertEquals(await first.linked(), null);
  assertEquals((await second.linked())?.phone, "+41 ••• ••• 0002");
  const chat = await (await first.fetch(`/chat/${TOOL}`)).text();
  assert.match(chat, /The link with WhatsApp \(\+41 ••• ••• 0002\) has ended/);
  assert.match(await first.page(), /the phone was linked with another browser/);
  assertEquals((await first.form({ action: "seen" })).status, 303);
  assert.doesNotMatch(await (await first.fetch(`/chat/${TOOL}`)).text(), /has ended/);
});

Deno.test("unlinking: on either side the other is told, and the phone's own conversation returns", async () => {
  await using world = await open();
  const { site } = world;
  const web = new Browser(site), phone = world.phone(ADA);
  await phone.says("Said by the phone alone");
  const said = async () => await (await web.fetch(`/chat/${TOOL}/export?format=json`)).text();
  await phone.says(`LINK ${await web.code()}`);
  assert.ok(!(await said()).includes("phone alone"));
  await phone.says("Said to both");

  assertEquals((await web.fetch("/api/link", { method: "DELETE" })).status, 204);
  await phone.still();
  assertEquals(phone.heard().at(-1), unlinked);
  await phone.says("Said to nobody else");
  const exported = await said();
  assertEquals(
    ["Said to both", "Said to nobody else"].map((text) => exported.includes(text)),
    [true, false],
  );
  const { store } = site.world.deps;
  const own = (await store.phones.get(ADA))?.own ?? "";
  const head = await store.conversations.head(own, TOOL);
  const page = await store.conversations.page(
    { conversation: head?.conversation ?? "" },
    head?.next ?? 0,
    20,
  );
  assertEquals(
    page.messages.filter(({ message }) => message.role === "user").map(({ message }) =>
      message.text
    ),
    ["Said by the phone alone", "Said to nobody else"],
  );

  await phone.says(`LINK ${await web.code()}`);
  await phone.says("UNLINK");
  await phone.says("YES");
  assertEquals(await web.linked(), null);
  assert.match(await web.page(), /it was ended on the phone/);
});

Deno.test("linking: codes and links survive restarts, and are deleted with a person's data", async () => {
  await using files = await scratch();
  await using twilio = await TwilioSimulator.start();
  const again = () => open({}, { path: files.store, twilio });
  let web: Browser, code: string;
  {
    await using world = await again();
    web = new Browser(world.site);
    await web.fetch(`/chat/${TOOL}`);
    code = await web.code();
  }
  {
    await using world = await again();
    web.site = world.site;
    assert.ok((await web.page()).includes(code), "The page shows the same code");
    assert.ok((await world.phone(ADA).says(`LINK ${code}`)).join().includes(linkDone));
  }
  await using world = await again();
  web.site = world.site;
  assertEquals((await web.linked())?.phone, "+41 ••• ••• 0001");
  const { services, deps } = world.site.world;
  const visitor = (await deps.store.phones.get(ADA))?.linked?.visitor ?? "";
  await services.visitors.delete(visitor);
  const nothing = { linked: null, code: null, sent: null, ended: null };
  assertEquals(await services.links.state(visitor), nothing);
  assertEquals((await deps.store.phones.get(ADA))?.linked, null);
});

Deno.test("linking: deleting one's data on the web deletes what was said on the phone, before the link too", async () => {
  await using world = await open();
  const web = new Browser(world.site), phone = world.phone(ADA), bob = world.phone(BOB);
  await phone.says("Before the link: quartz-one");
  await bob.says("Somebody else: quartz-three");
  const { conversations, kv, phones } = world.site.world.deps.store;
  await until("the first replies", async () => {
    const all = await Promise.all([ADA, BOB].map(async (number) => {
      const person = await phones.get(number);
      return await conversations.head(person?.own ?? "", person?.tool ?? "");
    }));
    return all.every((head) => head?.next === 2 && head.running === null);
  });
  await web.fetch(`/chat/${TOOL}`);
  await phone.says(`LINK ${await web.code()}`);
  await phone.says("Since the link: quartz-two");
  const file = await (await web.fetch("/my-data/export", { method: "POST" })).text();
  for (const word of ["quartz-one", "quartz-two"]) assert.ok(file.includes(word), word);
  assert.ok(file.includes(ADA) && !file.includes("quartz-three"));
  const body = new URLSearchParams({ confirm: "yes" });
  assertEquals((await web.fetch("/my-data/delete", { method: "POST", body })).status, 303);
  const rows = await Promise.all(
    ["message", "outbox"].map((family) => kv.stored({ prefix: [family] }, 100)),
  );
  const left = Deno.inspect(rows, { depth: 9, strAbbreviateSize: 10_000 });
  assert.doesNotMatch(left, /quartz-(one|two)/);
  assert.match(left, /quartz-three/);
  assertEquals((await phones.get(ADA))?.linked, null);
});

Deno.test("linking: mirroring is chosen on the page and on the phone alike", async () => {
  await using world = await open();
  const web = new Browser(world.site), phone = world.phone(ADA);
  await phone.says(`LINK ${await web.code()}`);
  assertEquals((await web.linked())?.mirror, "reply");
  assertEquals((await web.form({ action: "mirror", mirror: "both" })).status, 303);
  assertEquals((await web.linked())?.mirror, "both");
  assert.match(await web.page(), /value="both" checked/);
  await phone.says("MIRROR OFF");
  assertEquals((await web.linked())?.mirror, "off");
  assert.doesNotMatch(await web.page(), /Nothing is sent there now/);
  await phone.says("STOP");
  assert.match(await web.page(), /the phone sent STOP/);
  await phone.says("START");
  world.clock.now += 24 * 60 * MINUTE;
  assert.match(await web.page(), /have not written on WhatsApp for 24 hours/);
  assertEquals((await web.form({ action: "mirror", mirror: "all" })).status, 400);
});

Deno.test("linking: another site cannot request or use a code, link or unlink in a visitor's name", async () => {
  await using world = await open();
  const web = new Browser(world.site);
  await web.fetch(`/chat/${TOOL}`);
  const cross = { origin: "https://evil.example", "sec-fetch-site": "cross-site" };
  const requests: [string, RequestInit][] = [
    ["/api/link", { method: "POST", body: "{}" }],
    ["/api/link/verify", { method: "POST", body: '{"code":"2345-ABCD"}' }],
    ["/api/link", { method: "DELETE" }],
    [PAGE, { method: "POST", body: new URLSearchParams({ action: "unlink" }) }],
    ["/.netlify/functions/send-link-code", { method: "POST", body: "{}" }],
    ["/.netlify/functions/verify-link-code", { method: "POST", body: "{}" }],
  ];
  for (const [path, init] of requests) {
    assertEquals((await web.fetch(path, { ...init, headers: cross })).status, 403, path);
  }
  assertEquals((await web.post("/.netlify/functions/send-link-code", {})).status, 201);
});

Deno.test("linking: is offered only for tools on WhatsApp", async () => {
  await using world = await open();
  const web = new Browser(world.site);
  const page = await (await web.fetch(`/chat/${TOOL}`)).text();
  assert.ok(page.includes(`href="${PAGE}"`));
  const other = await (await web.fetch("/chat/math-tutor")).text();
  // The islands' data names the channel of WhatsApp messages.
  assert.doesNotMatch(other.replace(/<script.*?<\/script>/gs, ""), /WhatsApp/);
  assertEquals((await web.fetch("/chat/math-tutor/whatsapp")).status, 404);
});
