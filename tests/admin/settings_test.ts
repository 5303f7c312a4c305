import { PRICE_LIST } from "@/lib/llm/catalogue.ts";
import { meteringKeys } from "@/lib/metering/records.ts";
import { settingsKeys } from "@/lib/settings/records.ts";
import { Admin, EMAIL, openAdminSite, OTHER } from "../support/admin.ts";
import { assert, assertEquals } from "../support/assert.ts";
import { formOf } from "../support/html_forms.ts";
import { PICTURES } from "../support/pictures.ts";
import type { Site } from "../support/site.ts";

function test(name: string, fn: () => Promise<void>): void {
  // The build of the pages leaves a process behind.
  Deno.test({ name, fn, sanitizeOps: false, sanitizeResources: false });
}

const PATH = "/admin/settings";
const ALERTS = { group: "alerts", sessionCost: "", shares: "50, 80, 100", webhookUrl: "" };

/** Sends one of the page's forms. */
async function save(admin: Admin, fields: Record<string, string>, path = PATH) {
  return await admin.post(path, { csrf: await admin.token(), version: "0", ...fields });
}

async function actions(site: Site, action: string) {
  const filter = { action, who: "", thing: "", from: "", to: "" };
  return (await site.world.services.audit.list(filter, "")).entries;
}

test("each form saves its own settings, and says so", async () => {
  await using site = await openAdminSite();
  const admin = await Admin.signIn(site);
  const forms: Record<string, string>[] = [
    {
      group: "organisation",
      name: "Wycliffe",
      colour: "FC0",
      picked: "#0f6b62",
      pickedFrom: "#0f6b62",
    },
    { group: "texts", tagline: "Ask us", notice: "Check it" },
    { group: "review", review: "on", reviewNotice: "We read along." },
    { group: "retention", retentionDays: "20" },
    { ...ALERTS, sessionCost: "0,25", shares: "90 50", webhookUrl: "https://hooks.example.org/x" },
    { group: "whatsapp" },
    {
      group: "people",
      contactName: "Miriam",
      contactPhone: "+254 700 000-001",
      contactMail: "help@example.org",
    },
  ];
  for (const fields of forms) {
    const answer = await save(admin, fields);
    const to = `/admin/settings?saved=${fields.group}#${fields.group}`;
    assertEquals([answer.status, answer.headers.get("location")], [303, to], await answer.text());
    assert.match(await (await admin.get(to)).text(), /Saved\./);
  }
  const { organisation, review, retentionDays, alerts, whatsapp, people, version } =
    site.world.services.settings.current;
  assertEquals([organisation.name, organisation.colour], ["Wycliffe", "#ffcc00"]);
  assertEquals([organisation.tagline, organisation.notice], ["Ask us", "Check it"]);
  assertEquals(review, { enabled: true, notice: "We read along." });
  assertEquals([retentionDays, version], [20, 7]);
  assertEquals(alerts, {
    sessionCost: 250_000_000n,
    shares: [50, 90],
    webhookUrl: "https://hooks.example.org/x",
  });
  assertEquals(whatsapp, { proposals: false });
  assertEquals(people, {
    sharing: false,
    contactName: "Miriam",
    contactPhone: "+254700000001",
    contactMail: "help@example.org",
  });
  assertEquals((await actions(site, "settings.change")).length, 7);
});

test("errors stand beside their fields with what was typed, and nothing is saved", async () => {
  await using site = await openAdminSite();
  const admin = await Admin.signIn(site);
  const wrong: [Record<string, string>, string[]][] = [
    [{ group: "organisation", name: "", colour: "<red>" }, ["name", "colour"]],
    [{ group: "texts", tagline: "x".repeat(601), notice: "" }, ["tagline"]],
    [{ group: "retention", retentionDays: "91" }, ["retentionDays"]],
    [{ group: "retention", retentionDays: "0" }, ["retentionDays"]],
    [{ ...ALERTS, sessionCost: "-1", shares: "101", webhookUrl: "javascript:alert(1)" }, [
      "sessionCost",
      "shares",
      "webhookUrl",
    ]],
    [{ ...ALERTS, webhookUrl: "https://user:pass@example.org" }, ["webhookUrl"]],
    [{ group: "people", contactPhone: "0700", contactMail: "nobody" }, [
      "contactPhone",
      "contactMail",
    ]],
  ];
  for (const [fields, names] of wrong) {
    const answer = await save(admin, fields);
    const html = await answer.text();
    assertEquals(answer.status, 422);
    for (const name of names) {
      assert.ok(html.includes(`id="${name}-finding"`), `${fields.group} ${name}`);
      assert.match(html, new RegExp(`name="${name}"[^>]*aria-invalid`));
    }
    assert.ok(!html.includes("<red>"));
  }
  assert.match(
    await (await save(admin, { group: "texts", tagline: `<b>${"x".repeat(600)}` })).text(),
    /&lt;b>x{600}/,
  );
  assertEquals(site.world.services.settings.current.version, 0);
  assertEquals((await save(admin, { group: "no-such" })).status, 400);
});

test("two admins: the second sees the differences, loses nothing, and may insist", async () => {
  await using site = await openAdminSite();
  const [ada, grace] = [await Admin.signIn(site), await Admin.signIn(site, { email: OTHER })];
  assertEquals((await save(ada, { group: "texts", tagline: "Ada's", notice: "" })).status, 303);
  const late = { group: "texts", tagline: "Grace's", notice: "Mine" };
  const refused = await save(grace, late);
  const html = await refused.text();
  assertEquals(refused.status, 409);
  assert.ok(html.includes(EMAIL) && html.includes("Yours are not saved yet"));
  assert.match(html, /Theirs: <bdi>Ada's<\/bdi>[^]*Yours: <bdi>Grace's<\/bdi>/);
  assert.match(html, /<textarea[^>]*name="notice"[^>]*>Mine<\/textarea>/);
  assertEquals(site.world.services.settings.current.organisation.tagline, "Ada's");
  // Another group is no conflict, and the page that was shown again carries the new version.
  assertEquals((await save(grace, { group: "retention", retentionDays: "8" })).status, 303);
  assertEquals((await save(grace, { ...late, version: "1" })).status, 303);
  assertEquals(site.world.services.settings.current.organisation.tagline, "Grace's");
});

const GROUPS = ["organisation", "texts", "review", "retention", "alerts", "whatsapp"];

/** Opens the page, and gives a function that sends its form with other values in some fields. */
async function openForm(site: Site, admin: Admin) {
  const { group: _, ...served } = formOf(await (await admin.get(PATH)).text(), /settings-form/);
  return async (typed: Record<string, string>) => {
    const body = new URLSearchParams({ ...served, ...typed });
    for (const group of GROUPS) body.append("group", group);
    const headers = { cookie: admin.cookie, "sec-fetch-site": "same-origin" };
    return await site.fetch(PATH, { method: "POST", headers, body });
  };
}

test("the page's form saves all changed groups in one commit, or nothing at all", async () => {
  await using site = await openAdminSite();
  const admin = await Admin.signIn(site);
  const send = await openForm(site, admin);
  const typed = { name: "Wycliffe", tagline: "Ask us", retentionDays: "20" };
  const refused = await send({ ...typed, retentionDays: "91", shares: "101" });
  const html = await refused.text();
  assertEquals(refused.status, 422);
  assert.match(html, /class="save"[^]*4 changes in Organisation, Texts, Retention and Alerts\./);
  assert.match(html, /class="save"[^]*href="#retentionDays"[^>]*>2 need a correction\./);
  assert.match(
    html,
    /<details class="sec" open[^>]*>(?:(?!<details)[^])*id="retentionDays-finding"/,
  );
  assertEquals(site.world.services.settings.current.version, 0);
  const saved = await send(typed);
  assertEquals([saved.status, saved.headers.get("location")], [
    303,
    "/admin/settings?saved=organisation,texts,retention#organisation",
  ]);
  const { organisation, retentionDays, version, changes } = site.world.services.settings.current;
  assertEquals([organisation.name, organisation.tagline, retentionDays, version], [
    "Wycliffe",
    "Ask us",
    20,
    1,
  ]);
  assertEquals(Object.keys(changes), ["organisation", "texts", "retention"]);
  const entries = await actions(site, "settings.change");
  assertEquals(entries.map(({ thing }) => thing).sort(), [
    "settings:organisation",
    "settings:retention",
    "settings:texts",
  ]);
  assertEquals(new Set(entries.map(({ at }) => at)).size, 1);
});

test("two admins with the whole page: other fields join, the same field is a conflict that saves nothing", async () => {
  await using site = await openAdminSite();
  const [ada, grace] = [await Admin.signIn(site), await Admin.signIn(site, { email: OTHER })];
  const [first, second] = [await openForm(site, ada), await openForm(site, grace)];
  assertEquals((await first({ tagline: "Ada's", shares: "50" })).status, 303);
  // The tagline was Ada's alone, the notice is Grace's alone.
  assertEquals((await second({ notice: "Grace's" })).status, 303);
  const { organisation } = site.world.services.settings.current;
  assertEquals([organisation.tagline, organisation.notice], ["Ada's", "Grace's"]);
  const refused = await second({ notice: "Grace's", shares: "80", retentionDays: "9" });
  const html = await refused.text();
  assertEquals(refused.status, 409);
  assert.match(
    html,
    /Shares of a day(&#39;|')s budget<\/dt><dd>Theirs: <bdi>50<[^]*Yours: <bdi>80</,
  );
  assertEquals(html.match(/Theirs: /g)?.length, 1);
  assertEquals(site.world.services.settings.current.retentionDays, 30);
  const { group: _, ...again } = formOf(html, /settings-form/);
  assertEquals([again.shares, again.retentionDays, again.tagline], ["80", "9", "Ada's"]);
  assertEquals((await second(again)).status, 303);
  const { alerts, retentionDays } = site.world.services.settings.current;
  assertEquals([alerts.shares, retentionDays], [[80], 9]);
});

test("a logo's type is taken from its bytes, whatever its name", async () => {
  await using site = await openAdminSite();
  const admin = await Admin.signIn(site);
  const csrf = await admin.token();
  const send = async (bytes: Uint8Array<ArrayBuffer>, type: string, version: number) => {
    const body = new FormData();
    body.set("csrf", csrf);
    body.set("group", "logo");
    body.set("version", String(version));
    body.set("logo", new File([bytes], "logo.png", { type }));
    return await site.fetch(PATH, {
      method: "POST",
      headers: { cookie: admin.cookie, "sec-fetch-site": "same-origin" },
      body,
    });
  };
  const svg = new TextEncoder().encode("<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>");
  const refused = await send(svg, "image/png", 0);
  assertEquals(refused.status, 422);
  assert.match(await refused.text(), /This is no PNG, JPEG or WebP picture/);
  const large = new Uint8Array(48 * 1024 + 1);
  large.set(PICTURES.png);
  assert.match(await (await send(large, "image/png", 0)).text(), /at most 48 KiB are taken/);
  const wide = PICTURES.png.slice();
  new DataView(wide.buffer).setUint32(16, 1025);
  assert.match(await (await send(wide, "image/png", 0)).text(), /1025 × 2 pixels/);
  assertEquals((await send(PICTURES.webp, "text/html", 0)).status, 303);
  const logo = await site.fetch("/logo?v=1");
  assertEquals(logo.headers.get("content-type"), "image/webp");
  await logo.body?.cancel();
  assertEquals((await send(PICTURES.png, "image/png", 0)).status, 409);
  assertEquals((await save(admin, { group: "logo", action: "remove", version: "1" })).status, 303);
  assertEquals((await site.fetch("/logo")).status, 404);
  assertEquals(await site.world.deps.store.kv.get(settingsKeys.settingsLogo()), {
    value: null,
    versionstamp: null,
  });
});

test("a test alert goes to the webhook, and its page says the outcome", async () => {
  const got: string[] = [];
  let status = 200;
  await using hook = Deno.serve({ port: 0, onListen: () => {} }, async (request) => {
    got.push(await request.text());
    return new Response(null, { status });
  });
  await using site = await openAdminSite({ ALERT_WEBHOOK_PRIVATE: "true" });
  const admin = await Admin.signIn(site);
  const test = async () => await (await save(admin, { group: "test-alert" })).text();
  assert.match(await test(), /There is no webhook yet/);
  const webhookUrl = `http://localhost:${hook.addr.port}/secret-path`;
  assertEquals((await save(admin, { ...ALERTS, webhookUrl })).status, 303);
  assert.match(await test(), /The test alert was taken by localhost:\d+\./);
  assertEquals(JSON.parse(got[0] ?? "").type, "test");
  // The webhook's own answer is neither on the page nor in the audit log.
  const refused: string[] = [];
  for (const answer of [503, 404, 200]) {
    status = answer;
    if (answer === 200) await hook.shutdown();
    const html = await test();
    assert.match(html, /was not taken by localhost:\d+\. The server(&#39;|')s log says why/);
    refused.push(/<p class="alert bad"[^]*?<\/p>/.exec(html)?.[0] ?? "");
  }
  assertEquals(new Set(refused).size, 1);
  const audited = (await actions(site, "alert.test")).map(({ changes }) => changes[0]?.after);
  assertEquals(audited.sort(), ["not taken", "not taken", "not taken", "taken"]);
  const logged = site.world.logged.filter(({ message }) => /test alert/.test(message));
  assertEquals(logged.map(({ details }) => details?.why), [
    "status 503",
    "status 404",
    "it cannot be reached",
  ]);
});

test("a webhook in the server's own network is refused in its form", async () => {
  await using site = await openAdminSite({ PUBLIC_URL: "https://helper.example.org" });
  const admin = await Admin.signIn(site);
  for (
    const webhookUrl of [
      "http://169.254.169.254/latest/meta-data",
      "http://localhost:8000/",
      "http://10.0.0.7/hook",
      "https://helper.example.org/hook",
    ]
  ) {
    const answer = await save(admin, { ...ALERTS, webhookUrl });
    assertEquals(answer.status, 422, webhookUrl);
    assert.match(await answer.text(), /id="webhookUrl-finding"[^]*ALERT_WEBHOOK_PRIVATE/);
  }
});

test("alerts of the last 30 days are listed with their delivery", async () => {
  await using site = await openAdminSite();
  const { store, calendar } = site.world.deps;
  const raise = async (daysAgo: number, percent: number, sent: boolean) => {
    const at = site.clock.now - daysAgo * 86_400_000;
    const day = calendar.dayOf(at), name = `tool general-assistant ${percent}`;
    await store.transactions.run([], (tx) => {
      const spent = 1_000_000_000n;
      const alert = { at, scope: "tool" as const, name: "general-assistant", percent };
      tx.set(meteringKeys.alert(day, name), { ...alert, spent, ceiling: spent });
      if (sent) tx.set(meteringKeys.alertSent(day, name), { claimedUntil: 0, tries: 1, sent });
    });
  };
  await raise(40, 51, true);
  await raise(3, 80, true);
  await raise(1, 100, false);
  const admin = await Admin.signIn(site);
  const html = await (await admin.get("/admin/alerts")).text();
  assert.match(html, /come to 100%[^]*not sent[^]*come to 80%[^]*· sent/);
  assert.ok(!html.includes("51%"));
});

/** Sends a chat message from an address; the answer's status. */
async function chatFrom(site: Site, from: string): Promise<number> {
  const answer = await site.fetch("/api/chat", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ toolId: "general-assistant", message: "Hello" }),
  }, from);
  await answer.text();
  return answer.status;
}

test("a limit that is set takes effect at once; empty returns it to the environment's value", async () => {
  await using site = await openAdminSite({ RATE_LIMIT_CHAT_PER_MINUTE: "3" });
  const admin = await Admin.signIn(site);
  const chat = (from: string) => chatFrom(site, from);
  const limits = {
    group: "limits",
    whatsappPerMinute: "",
    linkingPer5Minutes: "",
    adminPer5Minutes: "",
  };
  const set = (chatPerMinute: string, version: number) =>
    save(admin, { ...limits, chatPerMinute, version: String(version) }, "/admin/limits");
  assertEquals((await set("1", 0)).status, 303);
  assertEquals([await chat("198.51.100.7"), await chat("198.51.100.7")], [200, 429]);
  assertEquals((await set("", 1)).status, 303);
  assertEquals(await chat("198.51.100.7"), 200);
  const wrong = await set("0", 2);
  assertEquals(wrong.status, 422);
  assert.match(await wrong.text(), /id="chatPerMinute-finding"/);
});

test("rate-limited sources are listed, masked, and can be let through again", async () => {
  await using site = await openAdminSite({ RATE_LIMIT_CHAT_PER_MINUTE: "1" });
  const admin = await Admin.signIn(site);
  const chat = (from: string) => chatFrom(site, from);
  const address = "198.51.100.77";
  assertEquals([await chat(address), await chat(address), await chat(address)], [200, 429, 429]);
  const html = await (await admin.get("/admin/limits")).text();
  assert.match(html, /Messages on the web[^]*198\.51\.100\.…[^]*2 times[^]*Let through/);
  assert.ok(!html.includes(address));
  const hidden = (name: string) =>
    new RegExp(`name="${name}" value="([^"]+)"/?>(?![^]*name="${name}" value)`).exec(html)?.[1] ??
      "";
  const fields = { group: "let-through", kind: "chat", day: hidden("day"), id: hidden("id") };
  assertEquals((await save(admin, fields, "/admin/limits")).status, 303);
  assertEquals(await chat(address), 200);
  const [entry] = await actions(site, "limit.clear");
  assert.ok(entry && JSON.stringify(entry).includes("198.51.100.…"));
  const after = await (await admin.get("/admin/limits?saved=free")).text();
  assert.match(after, /it is let through/);
  assertEquals((await save(admin, { ...fields, id: "nobody" }, "/admin/limits")).status, 404);
  const stored = JSON.stringify(await site.world.deps.store.refusals.ofDays("0"));
  assert.ok(stored.length > 50 && !stored.includes(address), stored);
});

test("failed logins and too many actions are recorded too", async () => {
  await using site = await openAdminSite({ RATE_LIMIT_ADMIN_PER_5MIN: "2" });
  for (let i = 0; i < 7; i++) {
    const body = new URLSearchParams({ email: EMAIL, password: "wrong" });
    await (await site.fetch("/admin/login", { method: "POST", body }, "203.0.113.9")).text();
  }
  const admin = await Admin.signIn(site, { email: OTHER });
  for (let i = 0; i < 4; i++) await save(admin, { group: "nothing" });
  const { rows } = await site.world.services.settings.limits.refused();
  const told = rows.map(({ kind, who, count }) => `${kind} ${who} ${count}`).sort();
  assertEquals(told, ["admin g…@example.org 2", "login-address 203.0.113.… 2"]);
});

test("changes are counted by person and by address: two people share their address's limit", async () => {
  await using site = await openAdminSite({ RATE_LIMIT_ADMIN_PER_5MIN: "3" });
  const [ada, grace] = [await Admin.signIn(site), await Admin.signIn(site, { email: OTHER })];
  const change = async (admin: Admin) => {
    const answer = await save(admin, { group: "nothing" });
    await answer.text();
    return answer.status === 429;
  };
  const refused = [];
  for (const admin of [ada, ada, grace, grace]) refused.push(await change(admin));
  assertEquals(refused, [false, false, false, true]);
  const { rows } = await site.world.services.settings.limits.refused();
  assertEquals(rows.map(({ kind, who }) => `${kind} ${who}`), ["admin 192.0.2.…"]);
});

test("ten thousand refusals from as many addresses make one small record", async () => {
  await using site = await openAdminSite();
  const { refusals } = site.world.deps.store;
  for (let i = 0; i < 10_000; i++) {
    const source = `198.51.${i >> 8}.${i & 255}`;
    refusals.note({ day: "2026-06-15", kind: "chat", source, at: site.clock.now });
  }
  await refusals.flush();
  const [{ refused } = { refused: { others: 0, sources: {} } }] = await refusals.ofDays(
    "2026-06-15",
  );
  assertEquals([Object.keys(refused.sources).length, refused.others], [100, 9_900]);
  assert.ok(JSON.stringify(refused).length < 12_000);
});

test("prices: a custom price from a date, its end, and models without a price", async () => {
  await using site = await openAdminSite();
  const admin = await Admin.signIn(site);
  const { catalogue, firstProvider } = site.world.deps;
  const html = async (path = "/admin/prices") => await (await admin.get(path)).text();
  assert.match(await html(), /gpt-6-luna[^]*\$0\.10[^]*General/);
  assert.ok(!(await html("/admin/prices?q=claude")).includes(">gpt-6-luna"));
  const form = { action: "set", provider: "openai", thing: "gpt-4o-mini", cached: "", unit: "" };
  const send = (fields: Record<string, string>) => save(admin, fields, "/admin/prices");
  const wrong = await send({ ...form, from: "2026-02-30", input: "-1", output: "1" });
  const text = await wrong.text();
  assertEquals(wrong.status, 422);
  assert.ok(text.includes('id="from-finding"') && text.includes('id="input-finding"'));
  assertEquals((await send({ ...form, from: "2026-06-15", input: "9", output: "" })).status, 422);
  assertEquals((await send({ ...form, from: "2026-06-15", input: "9", output: "18" })).status, 303);
  await html();
  assertEquals(catalogue.priceOf(firstProvider, "gpt-4o-mini")?.input, 9_000_000_000n);
  assert.match(
    await html(),
    /holds now[^]*From 2026-06-15: \$9\.00 in, \$9\.00 cached, \$18\.00 out/,
  );
  assertEquals((await send({ ...form, action: "end" })).status, 303);
  await html();
  assertEquals(catalogue.priceOf(firstProvider, "gpt-4o-mini")?.input, 150_000_000n);
  assertEquals((await send({ ...form, action: "end", thing: "no-such" })).status, 404);
  assertEquals((await actions(site, "price")).map(({ action }) => action).sort(), [
    "price.end",
    "price.set",
  ]);
});

test("prices: what another admin set for the same day is replaced, ended or taken back only once it was seen", async () => {
  await using site = await openAdminSite();
  const [ada, grace] = [await Admin.signIn(site), await Admin.signIn(site, { email: OTHER })];
  const opened = async (admin: Admin, tag: RegExp) =>
    formOf(await (await admin.get("/admin/prices")).text(), tag);
  const texts = async () =>
    (await site.world.services.settings.prices.view("")).own.map(({ day, text }) =>
      `${day} ${text}`
    );
  const adding = /action="\/admin\/prices" class="form"/, row = /action="\/admin\/prices">/;
  const typed = { provider: "openai", thing: "gpt-4o-mini", from: "2026-06-15" };
  const [hers, theirs] = [await opened(ada, adding), await opened(grace, adding)];
  const price = (input: string) => ({ ...typed, input, output: "18" });
  const post = (admin: Admin, form: Record<string, string>) => admin.post("/admin/prices", form);
  assertEquals((await post(grace, { ...theirs, ...price("9") })).status, 303);
  const refused = await post(ada, { ...hers, ...price("7") });
  const html = await refused.text();
  assertEquals(refused.status, 409);
  assert.match(html, /Somebody else has changed the price of that day/);
  const again = formOf(html, adding);
  assertEquals([again.thing, again.input, again.output], ["gpt-4o-mini", "7", "18"]);
  assertEquals(await texts(), ["2026-06-15 $9.00 in, $9.00 cached, $18.00 out"]);
  assertEquals((await post(ada, again)).status, 303);
  assertEquals(await texts(), ["2026-06-15 $7.00 in, $7.00 cached, $18.00 out"]);
  // Sent twice, it is the price already.
  assertEquals((await post(ada, again)).status, 303);
  // A price for a day of its own replaces nothing, whatever was seen.
  const apart = { ...theirs, ...price("8"), from: "2026-06-20" };
  assertEquals((await post(grace, apart)).status, 303);
  const { prices } = site.world.services.settings;
  const [, other] = (await prices.view("")).own;
  assertEquals(other?.day, "2026-06-20");
  await prices.drop(OTHER, { provider: "openai", thing: "gpt-4o-mini" }, other?.from ?? 0);
  const end = { ...await opened(grace, row), action: "end" };
  assertEquals((await post(ada, { ...await opened(ada, adding), ...price("5") })).status, 303);
  assertEquals((await post(grace, end)).status, 409);
  const later = { ...price("4"), from: "2026-07-01" };
  assertEquals((await post(ada, { ...await opened(ada, adding), ...later })).status, 303);
  const rows = (await (await grace.get("/admin/prices")).text()).match(/<form[^]*?<\/form>/g) ?? [];
  const drop = formOf(rows.find((each) => each.includes('value="drop"')) ?? "", row);
  assertEquals(
    (await post(ada, { ...await opened(ada, adding), ...later, input: "3" })).status,
    303,
  );
  assertEquals((await post(grace, { ...drop, action: "drop" })).status, 409);
  assertEquals(await texts(), [
    "2026-06-15 $5.00 in, $5.00 cached, $18.00 out",
    "2026-07-01 $3.00 in, $3.00 cached, $18.00 out",
  ]);
});

Deno.test("PRICE_LIST names the version of the package that the prices come from", async () => {
  const config = await Deno.readTextFile(new URL("../../deno.json", import.meta.url));
  assert.ok(config.includes(`npm:@pydantic/${PRICE_LIST.replace(" ", "@")}"`), PRICE_LIST);
});

test("prices: a model in use without a price is listed with the tools that need it", async () => {
  await using site = await openAdminSite();
  const { store } = site.world.deps;
  const [tool] = await store.tools.list();
  assert.ok(tool);
  await store.tools.put({ ...tool, model: "my-own-model" });
  const admin = await Admin.signIn(site);
  const html = await (await admin.get("/admin/prices")).text();
  assert.ok(html.includes("No price is known for my-own-model."));
  const asked = await (await admin.get("/admin/prices?provider=openai&thing=my-own-model")).text();
  assert.match(
    asked,
    /name="thing"[^>]*value="my-own-model"|value="my-own-model"[^>]*name="thing"/,
  );
});
