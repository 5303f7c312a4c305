import { phoneKeys } from "@/lib/whatsapp/records.ts";
import { newMessageSid } from "@/lib/whatsapp/simulated.ts";
import { assert, assertEquals } from "../support/assert.ts";
import { Admin, EMAIL, openAdminSite, OTHER, PASSWORD } from "../support/admin.ts";
import { startSpeechServer } from "../simulators/speech_server.ts";
import { setReview } from "../support/asking.ts";
import { SAMPLES } from "../support/media_samples.ts";
import { textOf } from "../support/page_text.ts";
import { offer, openPhones, PUBLIC_URL, TUTOR } from "../support/phones.ts";
import { until } from "../support/wait.ts";

const HOME = "/admin/whatsapp";
const SIMULATOR = `${HOME}/simulator`;
const HOSTILE = `<img src=x onerror=alert(1)> "quoted" </textarea><script>alert(2)</script>`;
const OPEN = {
  ADMIN_PASSWORD: PASSWORD,
  ALLOWED_ADMIN_EMAILS: `${EMAIL},${OTHER}`,
  RATE_LIMIT_ADMIN_PER_5MIN: "1000",
};

function test(name: string, fn: () => Promise<void>): void {
  // The build of the pages leaves a process behind.
  Deno.test({ name, fn, sanitizeOps: false, sanitizeResources: false });
}

async function html(admin: Admin, path: string): Promise<string> {
  const answer = await admin.get(path);
  assertEquals(answer.status, 200, path);
  return await answer.text();
}

/** The program with phones, a tool on WhatsApp, and an adjustable clock. */
async function open(env: Record<string, string> = {}) {
  const later = { ms: 0 };
  const phones = await openPhones({ env: { ...OPEN, ...env }, clock: () => Date.now() + later.ms });
  return {
    site: phones.site,
    world: phones.world,
    later,
    [Symbol.asyncDispose]: () => phones[Symbol.asyncDispose](),
  };
}

/** Says something on the admin's own phone; the page that follows. */
async function say(admin: Admin, text: string): Promise<string> {
  const answer = await admin.post(SIMULATOR, {
    csrf: await admin.token(),
    action: "send",
    text,
  });
  assertEquals([answer.status, answer.headers.get("location")], [303, `${SIMULATOR}#message`]);
  return await html(admin, SIMULATOR);
}

/** The bot's messages, oldest first. */
function saidByBot(page: string): string[] {
  return [...page.matchAll(/<li class="ours">([^]*?)<\/li>/g)].map(([, bubble = ""]) =>
    bubble.replace(/<[^>]+>/g, " ").replace(/\s+/g, " ").trim()
  );
}

test("without Twilio's keys the overview names each missing one, and the simulator works", async () => {
  await using site = await openAdminSite({ TWILIO_PHONE_NUMBER: "+41791234567" });
  const admin = await Admin.signIn(site);
  const overview = await html(admin, HOME);
  assert.match(overview, /WhatsApp is off/);
  for (const key of ["TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "PUBLIC_URL"]) {
    assert.match(overview, new RegExp(`<code>${key}</code>`));
  }
  assert.doesNotMatch(overview, /<code>TWILIO_PHONE_NUMBER<\/code>|Test the connection/);
  assert.match(await html(admin, HOME), /No tool answers on WhatsApp yet/);
  await offer(site.world, TUTOR);
  const page = await say(admin, "help");
  assert.equal(saidByBot(page).length > 0, true, page);
});

test("the overview says whether replies are spoken, by which server and at what price", async () => {
  const set = { LLM_SPEECH_MODEL: "kokoro", LLM_SPEECH_VOICE: "af_heart" };
  const cases: [env: Record<string, string>, shown: RegExp][] = [
    [{}, /Spoken replies Off no speech server is set \(LLM_SPEECH_URL/],
    [{ ...set, LLM_SPEECH_URL: "http://kokoro:8880" }, /On by kokoro, your own server, at no cost/],
    [{ ...set, LLM_SPEECH_URL: "https://tts.example.org" }, /Needs a price kokoro speaks once it/],
    [
      { ...set, LLM_SPEECH_MODEL: "tts-1", LLM_SPEECH_URL: "https://api.openai.com/v1" },
      /On by tts-1, \$0\.0150 for 1,000 characters, and a message each ?; ends on 2027-01-06/,
    ],
  ];
  for (const [env, shown] of cases) {
    await using site = await open(env);
    const admin = await Admin.signIn(site.site);
    assert.match(textOf(await html(admin, HOME)).replace(/\s+/g, " "), shown);
  }
});

test("a simulated phone shows a spoken reply as a voice note, with its length", async () => {
  await using speech = startSpeechServer();
  speech.speak({ seconds: 72.4 });
  await using phones = await openPhones({ env: { ...OPEN, ...speech.env() } });
  const admin = await Admin.signIn(phones.site);
  await say(admin, "voice always");
  await say(admin, "What is a prime?");
  await until(
    "the voice note",
    async () =>
      saidByBot(await html(admin, SIMULATOR)).some((said) => /🔊 Voice note, 1:12/.test(said)),
  );
});

test("the overview shows the exact addresses to paste, findings as sentences, and a preview's limits", async () => {
  await using phones = await openPhones({ env: OPEN });
  const admin = await Admin.signIn(phones.site);
  const overview = await html(admin, HOME);
  assert.match(overview, /WhatsApp is on/);
  for (const path of ["/api/whatsapp", "/api/whatsapp/status"]) {
    assert.match(overview, new RegExp(`class="address"[^>]*>${PUBLIC_URL}${path}<`));
  }
  assert.match(overview, new RegExp(`>\\${phones.twilio.number}<`));
  assert.match(textOf(overview), /What General Assistant is for/);
  phones.twilio.account.webhook = "https://old.example/api/whatsapp";
  const tested = await admin.post(HOME, { csrf: await admin.token(), action: "test" });
  assert.match(
    textOf(await tested.text()),
    /Right Twilio takes our keys.*Wrong Twilio sends messages to another address.*https:/,
  );
  await using preview = await openAdminSite({
    ...phones.twilio.env(),
    PUBLIC_URL,
    DENO_DEPLOYMENT_ID: "1",
    DENO_TIMELINE: "git-branch/try",
  });
  const page = textOf(await html(await Admin.signIn(preview), HOME));
  assert.match(page, /Off on this preview.*Nothing is sent/);
});

test("messages are readable under review or after a takeover, and each look is logged", async () => {
  await using all = await open();
  const { site } = all;
  const admin = await Admin.signIn(site);
  const other = await Admin.signIn(site, { email: OTHER });
  await say(admin, `aardvark ${HOSTILE}`);
  const { person } = await site.world.services.simulator.view(EMAIL);
  const path = `${HOME}/people/${person}`;
  const act = async (who: Admin, fields: Record<string, string>) =>
    await who.post(path, { csrf: await who.token(), ...fields });
  assert.doesNotMatch(await html(admin, path), /aardvark/);
  await setReview(site.world, true);
  assert.doesNotMatch(await html(admin, path), /aardvark/, "Sent before people were told");
  assert.match(await say(admin, "okapi"), /people of this organisation may read/);
  await say(admin, `zebra ${HOSTILE}`);
  const during = await html(other, path);
  assert.match(during, /zebra &lt;img src=x onerror=alert\(1\)/);
  assert.doesNotMatch(during, /aardvark|okapi|<img src=x|<script>alert/);
  await setReview(site.world, false);
  assert.doesNotMatch(await html(other, path), /zebra/);
  assert.match(await say(admin, "export"), /What stood here opens what is the person/);
  const taking = await act(admin, { action: "take-over", hours: "4" });
  assertEquals(taking.headers.get("location"), `${path}?done=taken-over`);
  const taken = await html(admin, path);
  assert.match(taken, /aardvark[^]*zebra/);
  const late = await act(other, { action: "take-over", hours: "1" });
  assertEquals(late.status, 409);
  assert.match(textOf(await late.text()), /ada@example\.org has taken over already/);
  assertEquals((await act(admin, { action: "take-over", hours: "2" })).status, 303, "Prolonged");
  assert.doesNotMatch(taken, /pass=\w/, "What opens a person's data is theirs alone");
  assert.doesNotMatch(await html(other, path), /aardvark|zebra/);
  assert.match(
    textOf(await html(other, path)),
    /ada@example\.org answers until \w+ \d+, 2\d{3}, \d\d:\d\d/,
  );
  const phone = await html(admin, SIMULATOR);
  assert.match(phone, />zebra &lt;img src=x onerror=alert\(1\)[^]*&lt;script>/);
  const screen = textOf(phone);
  assert.match(screen, /A person answers you from here on/);
  await act(admin, { action: "hand-back" });
  assert.doesNotMatch(await html(admin, path), /aardvark|zebra/);
  assertEquals((await act(admin, { action: "nonsense" })).status, 400);
  const { entries } = await site.world.services.audit.list(
    { action: "whatsapp.look", who: "", thing: `phone:${person}`, from: "", to: "" },
    "",
  );
  assert.ok(entries.length >= 8, String(entries.length));
  // Times and ids are digits of their own.
  const told = entries.map(({ id: _, at: __, ...rest }) => rest);
  assert.doesNotMatch(JSON.stringify(told), /\+?999\d|aardvark|zebra/);
});

test("a takeover past its end gives nobody the person's messages, and stops no other admin", async () => {
  await using all = await open();
  const { site, world } = all;
  const { store } = world.deps;
  const [admin, other] = [await Admin.signIn(site), await Admin.signIn(site, { email: OTHER })];
  await say(admin, "aardvark");
  const { person } = await world.services.simulator.view(EMAIL);
  const path = `${HOME}/people/${person}`;
  // Its end was not noticed yet: no process works for the person.
  const key = phoneKeys.phone(await store.phones.numberOf(person ?? "") ?? "");
  const taken = (until: number) =>
    store.transactions.run([key], (tx) => {
      const phone = tx.get(key) ?? assert.fail();
      tx.set(key, { ...phone, takeover: { by: EMAIL, until } });
    });
  await taken(Date.now() + 60_000);
  assert.match(await html(admin, path), /aardvark/);
  await taken(Date.now() - 1);
  const over = await html(admin, path);
  assert.doesNotMatch(over, /aardvark/);
  assert.doesNotMatch(textOf(over), /answers until/);
  const taking = { csrf: await other.token(), action: "take-over", hours: "1" };
  assertEquals((await other.post(path, taking)).status, 303);
  assert.match(await html(other, path), /aardvark/);
});

test("once a takeover's time is over the bot answers again", async () => {
  await using all = await open();
  const { site, later, world } = all;
  const admin = await Admin.signIn(site);
  await say(admin, "aardvark");
  const { person } = await world.services.simulator.view(EMAIL);
  await world.services.whatsapp.takeOver(person ?? "", OTHER, 10);
  later.ms += 10 * 60_000;
  await say(admin, "zebra");
  const told = async () => saidByBot(await html(admin, SIMULATOR)).join("\n");
  await until("the bot's answer", async () => /zebra/.test(await told()));
});

test("a blocked or opted-out person cannot be written to or taken over, and the page says why", async () => {
  await using all = await open();
  const { site, later } = all;
  const admin = await Admin.signIn(site);
  await say(admin, "hello");
  const { person } = await site.world.services.simulator.view(EMAIL);
  const path = `${HOME}/people/${person}`;
  const act = async (fields: Record<string, string>) =>
    await admin.post(path, { csrf: await admin.token(), ...fields });
  await act({ action: "block" });
  for (
    const [undo, why] of [
      [() => act({ action: "unblock" }), /This person is blocked/],
      [() => say(admin, "START"), /This person sent STOP/],
    ] as const
  ) {
    const before = saidByBot(await html(admin, SIMULATOR)).length;
    const saying = await act({ action: "say", text: "Words that are kept" });
    assertEquals(saying.status, 409);
    const page = textOf(await saying.text());
    assert.match(page, why);
    assert.match(page, /Words that are kept/);
    const taking = await act({ action: "take-over", hours: "1" });
    assertEquals(taking.status, 409);
    assert.match(textOf(await taking.text()), why);
    assertEquals(saidByBot(await html(admin, SIMULATOR)).length, before);
    await undo();
    assertEquals((await act({ action: "say", text: "Now" })).status, 303);
    await say(admin, "STOP");
  }
  later.ms += 25 * 60 * 60_000;
  const late = await Admin.signIn(site);
  await say(late, "START");
  later.ms += 25 * 60 * 60_000;
  const anew = await Admin.signIn(site);
  const saying = await anew.post(path, { csrf: await anew.token(), action: "say", text: "Late" });
  assertEquals(saying.status, 409);
  assert.match(textOf(await saying.text()), /More than 24 hours have passed/);
});

test("people are found by status and last digits, page by page; numbers are shown on request only", async () => {
  await using all = await open();
  const { site, world } = all;
  const admin = await Admin.signIn(site);
  const { whatsapp } = world.services;
  for (let i = 0; i < 30; i++) {
    const number = `+41790001${String(i).padStart(3, "0")}`;
    const message = { sid: newMessageSid(), from: number, text: i === 7 ? "stop" : "menu" };
    await whatsapp.receive({ ...message, media: [], type: "text" });
  }
  const first = await html(admin, `${HOME}/people`);
  assert.match(textOf(first), /30 people\./);
  const [, next = ""] = /href="([^"]+)">Earlier</.exec(first) ?? [];
  const second = await html(admin, next.replaceAll("&amp;", "&"));
  const idsOf = (page: string) =>
    [...page.matchAll(/people\/([0-9a-f]{8,})"/g)].map(([, id]) => id);
  assertEquals([idsOf(first).length, idsOf(second).length], [25, 5]);
  assertEquals(new Set([...idsOf(first), ...idsOf(second)]).size, 30);
  const found = await html(admin, `${HOME}/people?digits=%20017x`);
  assert.match(textOf(found), /One person\.[^]*\+41 ••• ••• 1017/);
  assertEquals(idsOf(await html(admin, `${HOME}/people?filter=optedOut`)).length, 1);
  assert.match(textOf(await html(admin, `${HOME}/people?filter=blocked`)), /Nobody fits/);
  const [id] = idsOf(found);
  const page = await html(admin, `${HOME}/people/${id}`);
  assert.doesNotMatch(first + second + found + page, /\+41790001|790001\d{3}/);
  const shown = await admin.post(`${HOME}/people/${id}`, {
    csrf: await admin.token(),
    action: "show-number",
  });
  assertEquals(shown.status, 200);
  assert.match(await shown.text(), /\+41790001017/);
  const { entries } = await world.services.audit.list(
    { action: "whatsapp.number", who: EMAIL, thing: `phone:${id}`, from: "", to: "" },
    "",
  );
  assertEquals(entries.length, 1);
  assert.doesNotMatch(JSON.stringify(entries) + JSON.stringify(world.logged), /790001/);
});

test("the simulator answers five quick messages once, and takes 15 a minute and pictures only", async () => {
  await using all = await open({ WHATSAPP_DEBOUNCE_MS: "300" });
  const { site, later } = all;
  const admin = await Admin.signIn(site);
  await say(admin, "hello");
  const before = saidByBot(await html(admin, SIMULATOR)).length;
  const csrf = await admin.token();
  assertEquals((await admin.post(SIMULATOR, { csrf, action: "five" })).status, 303);
  const five = saidByBot(await html(admin, SIMULATOR)).slice(before);
  assertEquals(five.length, 1, five.join("\n"));
  assertEquals((await admin.post(SIMULATOR, { csrf, action: "five" })).status, 303);
  const tooMany = await admin.post(SIMULATOR, { csrf, action: "five" });
  assertEquals(tooMany.status, 429);
  assert.match(textOf(await tooMany.text()), /You can go on in \d+ seconds/);
  assertEquals((await admin.post(SIMULATOR, { csrf, action: "send", text: " " })).status, 422);
  later.ms += 61_000;
  for (const [type, status] of [["image/png", 303], ["text/html", 422]] as const) {
    const form = new FormData();
    form.set("csrf", await admin.token());
    form.set("action", "send");
    form.set("text", "Look");
    form.set("picture", new File([SAMPLES.png], "a", { type }));
    const answer = await site.fetch(SIMULATOR, {
      method: "POST",
      headers: { cookie: admin.cookie, "sec-fetch-site": "same-origin" },
      body: form,
    });
    assertEquals(answer.status, status, type);
    await answer.body?.cancel();
  }
  assert.match(textOf(await html(admin, SIMULATOR)), /image\/png Look/);
  assertEquals(
    (await admin.post(SIMULATOR, { csrf: await admin.token(), action: "reset" })).status,
    303,
  );
  const { lines, person } = await site.world.services.simulator.view(EMAIL);
  assertEquals([lines, person], [[], null]);
  assertEquals(
    (await site.world.services.whatsappAdmin.people(
      { filter: "all", digits: "", after: "" },
    )).total,
    0,
  );
});

test("who waits: after a failed reply, and during a takeover until the admin answers", async () => {
  await using phones = await openPhones({ env: OPEN });
  const admin = await Admin.signIn(phones.site);
  const list = async () => textOf(await html(admin, `${HOME}/waiting`));
  const shows = (what: RegExp) => until(String(what), async () => what.test(await list()));
  assert.match(await list(), /Nobody waits\./);
  assert.doesNotMatch(await list(), /person waits/);
  const from = phones.twilio.phone("+256700000204");
  await from.says("[[mock:error=500]]");
  await shows(/1 person waits/);
  const failed = await html(admin, `${HOME}/waiting`);
  assert.match(textOf(failed), /WhatsApp 1 person waits.*The reply to them failed.*Take over/);
  const [, path = ""] = /action="(\/admin\/whatsapp\/people\/[^"]+)"/.exec(failed) ?? [];
  const act = async (fields: Record<string, string>) =>
    assertEquals((await admin.post(path, { csrf: await admin.token(), ...fields })).status, 303);
  await act({ action: "take-over" });
  assert.match(await list(), /1 person waits.*With ada@example\.org.*Answer/);
  await act({ action: "say", text: "I am here" });
  await shows(/With somebody 1/);
  const answered = await list();
  assert.match(answered, /Nobody waits.*With somebody 1.*gives back by itself/);
  assert.doesNotMatch(answered, /700000204|person waits/);
  await from.says("Thank you, one more thing");
  await shows(/1 person waits/);
  await act({ action: "hand-back" });
  await shows(/Nobody waits/);
});
