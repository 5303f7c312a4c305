import { Admin, EMAIL, openAdminSite, OTHER } from "../support/admin.ts";
import { assert, assertEquals } from "../support/assert.ts";
import { formOf as formIn } from "../support/html_forms.ts";
import type { Site } from "../support/site.ts";

const TUTOR = "/admin/tools/math-tutor";

/** The fields that a browser would send of the editor's form. */
const formOf = (html: string) => formIn(html, /class="tool-form /);

async function editor(admin: Admin, path: string): Promise<Record<string, string>> {
  const answer = await admin.get(path);
  assertEquals(answer.status, 200, path);
  return formOf(await answer.text());
}

async function tutor(site: Site) {
  const { tools } = await site.world.deps.store.tools.snapshot();
  return tools.find(({ id }) => id === "math-tutor") ?? assert.fail();
}

Deno.test("the editor's form sent unchanged changes nothing; changed, it is stored", async () => {
  await using site = await openAdminSite();
  const admin = await Admin.signIn(site);
  const form = await editor(admin, TUTOR);
  const before = await tutor(site);
  const same = await admin.post(TUTOR, form);
  assertEquals([same.status, same.headers.get("location")], [303, `${TUTOR}?done=saved`]);
  assertEquals(await tutor(site), before);
  await admin.post(TUTOR, { ...form, systemPrompt: 'Teach <b>well</b> & "kindly".\r\nAlways.' });
  const after = await tutor(site);
  assertEquals(after, {
    ...before,
    systemPrompt: 'Teach <b>well</b> & "kindly".\nAlways.',
    version: 2,
  });
  assertEquals((await editor(admin, TUTOR)).systemPrompt, after.systemPrompt);
});

Deno.test("of two admins who save the same field, the second sees both texts and loses none", async () => {
  await using site = await openAdminSite();
  const ada = await Admin.signIn(site);
  const grace = await Admin.signIn(site, { email: OTHER });
  const [first, second] = [await editor(ada, TUTOR), await editor(grace, TUTOR)];
  await ada.post(TUTOR, { ...first, systemPrompt: "What Ada wrote." });
  const refused = await grace.post(TUTOR, { ...second, systemPrompt: "What Grace wrote." });
  assertEquals(refused.status, 409);
  const html = await refused.text();
  for (const part of ["What Ada wrote.", "What Grace wrote.", EMAIL, 'role="alert"']) {
    assert.ok(html.includes(part), part);
  }
  assertEquals((await tutor(site)).systemPrompt, "What Ada wrote.");
  const again = await grace.post(TUTOR, formOf(html));
  assertEquals(again.status, 303);
  assertEquals((await tutor(site)).systemPrompt, "What Grace wrote.");
  const history = await (await grace.get(`${TUTOR}/versions?from=2&to=3`)).text();
  assert.ok(history.includes("What Ada wrote.") && history.includes("What Grace wrote."));
});

Deno.test("two admins who change different fields of a tool keep both changes", async () => {
  await using site = await openAdminSite();
  const ada = await Admin.signIn(site);
  const grace = await Admin.signIn(site, { email: OTHER });
  const [first, second] = [await editor(ada, TUTOR), await editor(grace, TUTOR)];
  const example = { exampleQuestion0: "Why?", exampleAnswer0: "Because." };
  const hers = await ada.post(TUTOR, { ...first, systemPrompt: "What Ada wrote.", ...example });
  assertEquals(hers.status, 303);
  const wrong = await grace.post(TUTOR, { ...second, temperature: "hot" });
  assertEquals(wrong.status, 422);
  const corrected = { ...formOf(await wrong.text()), temperature: "0.9" };
  const saved = await grace.post(TUTOR, corrected);
  assertEquals([saved.status, saved.headers.get("location")], [303, `${TUTOR}?done=merged`]);
  const { systemPrompt, temperature, examples } = await tutor(site);
  assertEquals([systemPrompt, temperature], ["What Ada wrote.", 0.9]);
  assertEquals(examples[0]?.question, "Why?");
  assert.match(await (await grace.get(`${TUTOR}?done=merged`)).text(), /theirs are kept too/);
});

Deno.test("only a field that both admins changed is a conflict", async () => {
  await using site = await openAdminSite();
  const ada = await Admin.signIn(site);
  const grace = await Admin.signIn(site, { email: OTHER });
  const [first, second] = [await editor(ada, TUTOR), await editor(grace, TUTOR)];
  await ada.post(TUTOR, { ...first, name: "Ada's", description: "As Ada says", temperature: "1" });
  const mine = { ...second, name: "Grace's", maxTokens: "900", temperature: "1.00" };
  const refused = await grace.post(TUTOR, mine);
  assertEquals(refused.status, 409);
  const html = await refused.text();
  const note = /<section class="panel conflict"[^]*?<\/section>/.exec(html)?.[0] ?? "";
  assert.ok(note.includes("Ada's") && note.includes("Grace's") && note.includes(EMAIL), note);
  for (const other of ["As Ada says", "900"]) assert.ok(!note.includes(other), other);
  assertEquals((await tutor(site)).name, "Ada's");
  assertEquals((await grace.post(TUTOR, formOf(html))).status, 303);
  const { name, description, maxTokens, temperature } = await tutor(site);
  assertEquals([name, description, maxTokens, temperature], ["Grace's", "As Ada says", 900, 1]);
});

Deno.test("of a field that both changed, theirs, yours or both together is chosen, without scripts", async () => {
  await using site = await openAdminSite();
  const ada = await Admin.signIn(site);
  const grace = await Admin.signIn(site, { email: OTHER });
  const [first, second] = [await editor(ada, TUTOR), await editor(grace, TUTOR)];
  const prompt = second.systemPrompt ?? "";
  const theirs = `Ask first. ${prompt}`, mine = `${prompt} Be brief.`;
  await ada.post(TUTOR, { ...first, systemPrompt: theirs, temperature: "0.1" });
  const edit = { systemPrompt: mine, temperature: "0.9", maxTokens: "900" };
  const refused = await grace.post(TUTOR, { ...second, ...edit });
  const html = await refused.text();
  assertEquals(refused.status, 409);
  // Changes in different places of a text are put together, for Grace to look at.
  const form = formOf(html);
  assertEquals(form["choose-systemPrompt"], "together");
  assertEquals(form["together-systemPrompt"], `Ask first. ${prompt} Be brief.`);
  assertEquals([form["choose-temperature"], form["together-temperature"]], ["yours", undefined]);
  assert.match(html, /<ins>Ask first\. ?<\/ins>[^]*<ins> ?Be brief\.<\/ins>/);
  assert.match(
    html,
    /1 of 3 changes fits[^]*Fits together[^]*Longest reply[^]*<b>900<\/b>[^]*Yours/,
  );
  // Whatever happens in between, nothing that was chosen is lost.
  await ada.post(TUTOR, { ...await editor(ada, TUTOR), description: "As Ada says" });
  const choice = { "choose-temperature": "theirs", "together-systemPrompt": "Both, in my words." };
  assertEquals((await grace.post(TUTOR, { ...form, ...choice })).status, 303);
  const after = await tutor(site);
  assertEquals([after.systemPrompt, after.temperature, after.maxTokens, after.description], [
    "Both, in my words.",
    0.1,
    900,
    "As Ada says",
  ]);
});

Deno.test("concurrent saves keep what each of them changed", async () => {
  await using site = await openAdminSite();
  const admin = await Admin.signIn(site);
  const form = await editor(admin, TUTOR);
  const changes: Record<string, string>[] = [
    { description: "One" },
    { temperature: "0.3" },
    { maxTokens: "700" },
    { starters: "Two?" },
  ];
  const answers = await Promise.all(changes.map((each) => admin.post(TUTOR, { ...form, ...each })));
  assertEquals(answers.map(({ status }) => status), [303, 303, 303, 303]);
  const { description, temperature, maxTokens, starters } = await tutor(site);
  assertEquals([description, temperature, maxTokens, starters], ["One", 0.3, 700, ["Two?"]]);
});

Deno.test("a tool that was deleted while it was edited can be saved as a new one", async () => {
  await using site = await openAdminSite();
  const admin = await Admin.signIn(site);
  const form = await editor(admin, TUTOR);
  await admin.post("/admin/tools", {
    csrf: await admin.token(),
    id: "math-tutor",
    action: "delete",
  });
  const refused = await admin.post(TUTOR, { ...form, systemPrompt: "Kept." });
  assertEquals(refused.status, 409);
  const html = await refused.text();
  assert.match(html, /action="\/admin\/tools\/new"/);
  const stored = await admin.post("/admin/tools/new", formOf(html));
  assert.match(stored.headers.get("location") ?? "", /^\/admin\/tools\/math-tutor-2\?done=created/);
});

Deno.test("errors forbid saving, new warnings ask once, and the text comes back", async () => {
  await using site = await openAdminSite();
  const admin = await Admin.signIn(site);
  const form = await editor(admin, TUTOR);
  const wrong = await admin.post(TUTOR, { ...form, temperature: "hot", systemPrompt: "My text." });
  assertEquals(wrong.status, 422);
  const html = await wrong.text();
  assert.match(html, /A number from 0 to 2/);
  assertEquals([formOf(html).temperature, formOf(html).systemPrompt], ["hot", "My text."]);
  const useless = await admin.post(TUTOR, { ...form, ceiling: "0" });
  assertEquals(useless.status, 422);
  assert.match(await useless.text(), /answer nobody/);
  const asks = await admin.post(TUTOR, { ...form, ceiling: "" });
  assertEquals(asks.status, 422);
  const asking = await asks.text();
  assert.match(asking, /Save all the same/);
  assertEquals((await tutor(site)).ceiling, 1_000_000_000n);
  assertEquals((await admin.post(TUTOR, formOf(asking))).status, 303);
  assertEquals((await tutor(site)).ceiling, null);
  // Warnings that the stored tool already had are not asked again.
  const more = { ...await editor(admin, TUTOR), description: "Sums" };
  assertEquals((await admin.post(TUTOR, more)).status, 303);
});

Deno.test("a tool's texts in other languages are edited, kept as typed, and read by people", async () => {
  await using site = await openAdminSite();
  const admin = await Admin.signIn(site);
  const form = await editor(admin, TUTOR);
  assertEquals([form["in-fr-name"], form["in-ar-group"]], ["Tuteur de maths", "العمل اليومي"]);
  assert.ok(!("in-en-name" in form), "the tool's own language has its fields above");
  const saved = await admin.post(TUTOR, {
    ...form,
    greeting: "Which sum?",
    "in-fr-name": "Prof de maths",
    "in-fr-greeting": "Quel calcul ?",
    "in-fr-starters": "Un\n\nDeux …",
    ...Object.fromEntries(
      ["name", "description", "starters", "group"].map((field) => [`in-hi-${field}`, ""]),
    ),
  });
  assertEquals(saved.status, 303, await saved.text());
  const { texts, greeting, language } = await tutor(site);
  assertEquals([greeting, language, texts.fr?.name, texts.fr?.starters], [
    "Which sum?",
    "en",
    "Prof de maths",
    ["Un", "Deux …"],
  ]);
  assertEquals(texts.hi, undefined);
  const { pages } = site.world.services;
  const { tool } = await pages.chat("v1", "math-tutor", null, "fr");
  assertEquals([tool.name, tool.greeting, tool.langs], [
    "Prof de maths",
    "Quel calcul ?",
    undefined,
  ]);
  const long = await admin.post(TUTOR, {
    ...await editor(admin, TUTOR),
    "in-fr-name": "x".repeat(81),
  });
  assertEquals(long.status, 422);
  assert.match(await long.text(), /In each language a name of at most 80 characters/);
});

Deno.test("a template opens in the editor, and is stored when it is saved", async () => {
  await using site = await openAdminSite();
  const admin = await Admin.signIn(site);
  const gallery = await (await admin.get("/admin/tools/new")).text();
  const links = [...gallery.matchAll(/href="(\/admin\/tools\/new\?template=[\w-]+)"/g)];
  assert.ok(links.length >= 11);
  const form = await editor(admin, "/admin/tools/new?template=meeting-minutes");
  const stored = await admin.post("/admin/tools/new", form);
  assertEquals(
    stored.headers.get("location"),
    "/admin/tools/meeting-minutes?done=created&draft=new%3Ameeting-minutes",
  );
  const blank = await editor(admin, "/admin/tools/new?template=blank");
  const refused = await admin.post("/admin/tools/new", { ...blank, systemPrompt: "Not lost." });
  assertEquals(refused.status, 422);
  assertEquals(formOf(await refused.text()).systemPrompt, "Not lost.");
});

Deno.test("the list's buttons: order, on and off, copy, delete and undo", async () => {
  await using site = await openAdminSite();
  const admin = await Admin.signIn(site);
  const csrf = await admin.token();
  const act = async (action: string, id = "math-tutor") =>
    (await admin.post("/admin/tools", { csrf, id, action })).headers.get("location");
  const ids = async () => (await site.world.deps.store.tools.snapshot()).tools.map(({ id }) => id);
  const before = await ids();
  assertEquals(await act("up"), "/admin/tools#up-math-tutor");
  assertEquals((await ids()).indexOf("math-tutor"), before.indexOf("math-tutor") - 1);
  await act("down");
  assertEquals(await ids(), before);
  await act("off");
  assertEquals((await tutor(site)).active, false);
  assert.equal((await site.fetch("/chat/math-tutor")).status, 404);
  assertEquals(await act("duplicate"), "/admin/tools/math-tutor-copy?done=copied");
  assertEquals(await act("delete"), "/admin/tools?deleted=math-tutor");
  const list = await (await admin.get("/admin/tools?deleted=math-tutor")).text();
  const at = /name="at" value="(\d+)"/.exec(list)?.[1] ?? "";
  const undone = await admin.post("/admin/tools/bin", {
    csrf,
    id: "math-tutor",
    at,
    action: "restore",
  });
  assertEquals(undone.status, 303);
  assert.ok((await ids()).includes("math-tutor"));
  assertEquals((await admin.post("/admin/tools", { csrf, action: "other" })).status, 400);
});

Deno.test("tools are exported, checked and imported through the pages", async () => {
  await using site = await openAdminSite();
  const admin = await Admin.signIn(site);
  const csrf = await admin.token();
  const answer = await admin.get("/admin/tools/export");
  assert.match(
    answer.headers.get("content-disposition") ?? "",
    /obt-helper-tools-2026-06-15\.json/,
  );
  const text = await answer.text();
  const one = await (await admin.get("/admin/tools/export?id=math-tutor")).json();
  assertEquals(one.tools.length, 1);
  const changed = text.replace('"Math Tutor"', '"Maths <Tutor>"').replace(
    '"maxTokens": 3000',
    '"maxTokens": 0',
  );
  const planned = await admin.post("/admin/tools/import", { csrf, action: "plan", text: changed });
  const html = await planned.text();
  assert.ok(html.includes("Maths &lt;Tutor>") || html.includes("Maths &lt;Tutor&gt;"));
  assert.match(html, /1 changed, 16 the same, 1 refused/);
  const seen = /name="seen" value="([^"]+)"/.exec(html)?.[1] ?? "";
  const stored = await admin.post("/admin/tools/import", {
    csrf,
    action: "import",
    text: changed,
    seen,
    chosen: "math-tutor",
  });
  assertEquals(stored.headers.get("location"), "/admin/tools?done=imported");
  assertEquals((await tutor(site)).name, "Maths <Tutor>");
  const late = await admin.post("/admin/tools/import", { csrf, action: "import", text, seen });
  assertEquals(late.status, 409);
  const bad = await admin.post("/admin/tools/import", { csrf, action: "plan", text: "{" });
  assertEquals(bad.status, 400);
});

Deno.test("an export of more than 1 MiB comes back whole through the pages", async () => {
  await using site = await openAdminSite();
  const admin = await Admin.signIn(site);
  const csrf = await admin.token();
  const { tools: [pattern], ...format } = await (await admin.get("/admin/tools/export")).json();
  const many = Array.from({ length: 60 }, (_, i) => ({
    ...pattern,
    id: `long-${i}`,
    name: `Long ${i}`,
    order: 100 + i,
    systemPrompt: "Say it in <plain> words.\n".repeat(800),
  }));
  const send = async (fields: Record<string, string | File>, chosen: readonly string[] = []) => {
    const body = new FormData();
    for (const [name, value] of Object.entries({ csrf, ...fields })) body.set(name, value);
    for (const id of chosen) body.append("chosen", id);
    return await site.fetch("/admin/tools/import", {
      method: "POST",
      headers: { cookie: admin.cookie, "sec-fetch-site": "same-origin" },
      body,
    });
  };
  const text = JSON.stringify({ ...format, tools: many }, null, 2);
  assert.ok(text.length > 1.2 * 1024 * 1024);
  const planned = await send({ action: "plan", file: new File([text], "tools.json") });
  assertEquals(planned.status, 200);
  const form = formIn(await planned.text(), /action="\/admin\/tools\/import"/);
  assert.ok(form.text === text, "The page posts the file again");
  const stored = await send(
    { action: "import", text, seen: form.seen ?? "" },
    many.map(({ id }) => id),
  );
  assertEquals(stored.headers.get("location"), "/admin/tools?done=imported");
  const ids = many.map(({ id }) => `id=${id}`).join("&");
  assert.ok(await (await admin.get(`/admin/tools/export?${ids}`)).text() === `${text}\n`);
  const tooLarge = new File([" ".repeat(4 * 1024 * 1024 + 1)], "tools.json");
  assertEquals((await send({ action: "plan", file: tooLarge })).status, 413);
});

Deno.test("the preview answers a draft, books it as preview, and is limited to 15 a minute", async () => {
  await using site = await openAdminSite();
  const admin = await Admin.signIn(site);
  const token = await admin.token();
  const fields = { ...await editor(admin, TUTOR), systemPrompt: "A draft." };
  const ask = (message: string, over = {}) =>
    site.fetch("/admin/tools/preview", {
      method: "POST",
      headers: {
        cookie: admin.cookie,
        "x-admin-token": token,
        "content-type": "application/json",
        accept: "application/json, text/event-stream",
        "sec-fetch-site": "same-origin",
      },
      body: JSON.stringify({
        tool: "math-tutor",
        fields,
        conversation: "a12345678",
        request: crypto.randomUUID(),
        message,
        ...over,
      }),
    });
  const answer = await ask("What is 1 + 1?");
  assertEquals(answer.headers.get("content-type"), "text/event-stream; charset=utf-8");
  const events = await answer.text();
  assert.match(events, /^event: start$/m);
  assert.match(events, /^event: cost$/m);
  assert.match(events, /^event: done$/m);
  const { deps } = site.world;
  const today = [deps.calendar.dayOf(deps.clock())];
  const [booked] = await deps.store.ledger.days("channel", "preview", today);
  assertEquals(booked?.entries, 1);
  assertEquals((await tutor(site)).systemPrompt === "A draft.", false);
  const stored = await ask("Hi", { fields: null, conversation: "c12345678" });
  assert.match(await stored.text(), /^event: done$/m);
  const own = { systemPrompt: "Mine.", model: "gpt-4o-mini", temperature: "0,1", maxTokens: "50" };
  const second = await ask("Hi", { fields: null, own, conversation: "d12345678" });
  assert.match(await second.text(), /^event: start\ndata: .*"gpt-4o-mini"/m);
  const unfit = await ask("Hi", { own: { ...own, maxTokens: "-5" }, conversation: "d12345678" });
  assertEquals([unfit.status, (await unfit.json()).field], [400, "maxTokens"]);
  const none = await ask("Hi", { fields: null, tool: "no-such" });
  assertEquals(none.status, 404);
  const wrong = await ask("Hi", { fields: { ...fields, temperature: "hot" } });
  assertEquals([wrong.status, (await wrong.json()).field], [400, "temperature"]);
  const others = await Promise.all(
    Array.from({ length: 20 }, (_, i) => ask("Hi", { conversation: `b1234567${i}` })),
  );
  await Promise.all(others.map((each) => each.text()));
  assertEquals(others.filter(({ status }) => status === 200).length, 12);
  assertEquals(others.filter(({ status }) => status === 429).length, 8);
});

Deno.test("the tools' list stands by group, and is searched in names and prompts", async () => {
  await using site = await openAdminSite();
  const admin = await Admin.signIn(site);
  await admin.post(TUTOR, {
    ...await editor(admin, TUTOR),
    group: "School",
    systemPrompt: "Zebra",
  });
  const list = async (query = "") => await (await admin.get(`/admin/tools${query}`)).text();
  const ids = (html: string) => [...html.matchAll(/data-tool="([^"]*)"/g)].map(([, id]) => id);
  const move = async (id: string, group: string) => {
    const form = { csrf: await admin.token(), id, group };
    assertEquals((await admin.post("/admin/tools", form)).status, 303);
  };
  assertEquals(ids(await list()).at(-1), "math-tutor");
  await move("general-assistant", "");
  const all = await list();
  assertEquals(ids(all).slice(-2), ["math-tutor", "general-assistant"]);
  assert.match(
    all,
    /Bible translation<\/h2>[^]*>Everyday work<\/h2>[^]*>School<\/h2>[^]*>Other tools<\/h2>/,
  );
  await move("recipe-helper", "School");
  assertEquals(ids(await list()).slice(-3), ["math-tutor", "recipe-helper", "general-assistant"]);
  assertEquals(ids(await list("?q=zebra")), ["math-tutor"]);
  const none = await list("?q=nothinglikeit");
  assert.ok(none.includes("No tool has these words."));
  assertEquals(ids(none), []);
});
