import { contentOf } from "@/lib/experiments/rules/variant_content.ts";
import { Admin, EMAIL, openAdminSite, OTHER } from "../support/admin.ts";
import { assert, assertEquals } from "../support/assert.ts";
import { countDays, storeExperiment } from "../support/experiments.ts";
import { formOf, plainText } from "../support/html_forms.ts";
import { textOf } from "../support/page_text.ts";

function test(name: string, fn: () => Promise<void>): void {
  // The build of the pages leaves a process behind.
  Deno.test({ name, fn, sanitizeOps: false, sanitizeResources: false });
}

const PATH = "/admin/experiments";
const TOOL = "math-tutor";
const NEW = `${PATH}/new?tool=${TOOL}`;
const PLAN_FORM = /id="plan"/;

type Fields = Record<string, string>;

/** The plan's form as a browser would send it. */
async function planOf(admin: Admin, path = NEW): Promise<Fields> {
  const answer = await admin.get(path);
  assertEquals(answer.status, 200, path);
  return formOf(await answer.text(), PLAN_FORM);
}

/** Saves a plan that is right but for `over`. */
async function save(admin: Admin, over: Fields = {}): Promise<Response> {
  const own = { name: "Warmer greeting", "B.note": "Greets", "B.systemPrompt": "Greet first." };
  return await admin.post(NEW, { ...await planOf(admin), ...own, action: "save", ...over });
}

/** A draft made through the form; its page. */
async function drafted(admin: Admin, over: Fields = {}): Promise<string> {
  const answer = await save(admin, over);
  assertEquals(answer.status, 303, textOf(await answer.text()));
  return (answer.headers.get("location") ?? "").split("?")[0] ?? "";
}

const idOf = (path: string) => path.slice(PATH.length + 1);

test("a saved draft that cannot start yet is saved again from the same page", async () => {
  await using site = await openAdminSite();
  const admin = await Admin.signIn(site);
  const { experiments } = site.world.services;
  const first = await drafted(admin, { name: "First" });
  await experiments.start(EMAIL, idOf(first), 1);
  const path = await drafted(admin, { name: "Second" });
  const refused = await admin.post(path, {
    ...await planOf(admin, path),
    name: "Second, changed",
    action: "start",
  });
  assertEquals(refused.status, 409);
  const form = formOf(await refused.text(), PLAN_FORM);
  assertEquals(form.name, "Second, changed");
  const saved = await admin.post(path, { ...form, name: "Second, again", action: "save" });
  assertEquals(saved.headers.get("location"), `${path}?done=saved`);
  assertEquals((await experiments.get(idOf(path))).name, "Second, again");
});

test("a draft that another admin changed says so once, and the next save replaces theirs", async () => {
  await using site = await openAdminSite();
  const [admin, other] = [await Admin.signIn(site), await Admin.signIn(site, { email: OTHER })];
  const { experiments } = site.world.services;
  const path = await drafted(admin);
  const mine = await planOf(admin, path);
  const theirs = await other.post(path, {
    ...await planOf(other, path),
    name: "Theirs",
    action: "save",
  });
  assertEquals(theirs.status, 303);
  const refused = await admin.post(path, { ...mine, name: "Mine", action: "start" });
  assertEquals(refused.status, 409);
  const html = await refused.text();
  assert.match(plainText(html), /changed in the meantime.*Save it to replace that change/);
  assertEquals((await experiments.get(idOf(path))).name, "Theirs");
  const again = await admin.post(path, { ...formOf(html, PLAN_FORM), action: "start" });
  assertEquals(again.headers.get("location"), `${path}?done=started`);
  assertEquals((await experiments.get(idOf(path))).name, "Mine");
});

test("the form of a plan that has started is shown to copy from, not as a draft", async () => {
  await using site = await openAdminSite();
  const admin = await Admin.signIn(site);
  const path = await drafted(admin);
  const form = await planOf(admin, path);
  await site.world.services.experiments.start(EMAIL, idOf(path), 1);
  for (const [action, status] of [["add", 200], ["reckon", 200], ["save", 409], ["start", 409]]) {
    const answer = await admin.post(path, { ...form, name: "Typed", action: String(action) });
    assertEquals(answer.status, status, String(action));
    const html = await answer.text();
    assert.match(html, /value="Typed"/);
    assert.match(html, /has started meanwhile/);
    assert.ok(!/>Draft<|value="start"|value="remove"/.test(html), String(action));
    assert.ok(html.includes(`href="${path}"`));
  }
});

test("with its tool in the bin a draft is deleted from its page, and a report offers no version of it", async () => {
  await using site = await openAdminSite();
  const admin = await Admin.signIn(site);
  const { experiments, tools } = site.world.services;
  const runs = await drafted(admin, { name: "Runs" });
  await experiments.start(EMAIL, idOf(runs), 1);
  await countDays(site.world.deps.store, idOf(runs), ["2026-06-15"], {
    A: { people: 400, up: 100, down: 100 },
    B: { people: 400, up: 180, down: 20 },
  });
  const draft = await drafted(admin, { name: "Planned" });
  await tools.editing.remove(EMAIL, TOOL);

  const read = async (path: string) => textOf(await (await admin.get(path)).text());
  const list = await read(PATH);
  assert.ok(
    list.includes("Its tool is in the bin, so nobody uses it. Math Tutor · in the bin"),
    list,
  );
  const answer = await admin.get(draft);
  assertEquals(answer.status, 200);
  const html = await answer.text();
  assert.match(html, /Its tool is in the bin.*href="\/admin\/tools\/bin"/);
  assert.match(html, /value="remove"/);
  const removed = await admin.post(draft, { csrf: await admin.token(), action: "remove" });
  assertEquals(removed.headers.get("location"), `${PATH}?done=deleted`);

  const report = await (await admin.get(runs)).text();
  assert.match(report, /B is better/);
  assert.match(report, /Its tool is in the bin/);
  assert.ok(!/name="promote"|Becomes version|href="\/admin\/tools\/math-tutor"/.test(report));
  const promoted = await admin.post(runs, { csrf: await admin.token(), promote: "B" });
  assertEquals(promoted.status, 404);
  assert.match(await promoted.text(), /It may be in the bin[^]*B is better/);
  const paused = await admin.post(runs, { csrf: await admin.token(), action: "pause" });
  assertEquals(paused.status, 303);
  assert.ok(!/version 0/.test(await read(runs) + await read(`${runs}/print`) + await read(PATH)));

  const [binned] = await tools.bin.list();
  await tools.bin.takeBack(EMAIL, TOOL, binned?.at ?? null);
  assert.match(await (await admin.get(runs)).text(), /Everybody gets version 1/);
});

test("shares that are refused stay as they were typed, in the open form", async () => {
  await using site = await openAdminSite();
  const admin = await Admin.signIn(site);
  const path = await drafted(admin);
  await site.world.services.experiments.start(EMAIL, idOf(path), 1);
  const shares = /class="pad form"/;
  const form = formOf(await (await admin.get(path)).text(), shares);
  const typed = { "A.share": "60", "B.share": "5o" };
  const refused = await admin.post(path, { ...form, ...typed, action: "shares" });
  assertEquals(refused.status, 400);
  const html = await refused.text();
  assert.match(html, /<details[^>]*id="shares"[^>]* open/);
  const kept = formOf(html, shares);
  assertEquals([kept["A.share"], kept["B.share"]], ["60", "5o"]);
  // Another admin's change in between: the typed shares stay, and are set by the next try.
  await site.world.services.experiments.setShares(OTHER, idOf(path), 2, [30, 70]);
  const stale = await admin.post(path, { ...kept, "B.share": "40", action: "shares" });
  assertEquals(stale.status, 409);
  const again = formOf(await stale.text(), shares);
  assertEquals([again["A.share"], again["B.share"]], ["60", "40"]);
  assertEquals((await admin.post(path, { ...again, action: "shares" })).status, 303);
});

test("a plan's name and phrase have something to see, and turn no text around them", async () => {
  await using site = await openAdminSite();
  const admin = await Admin.signIn(site);
  const { experiments } = site.world.services;
  for (const name of ["\0", "\u200b\u200e", "\u202e", " \n ", "x".repeat(10_000)]) {
    assertEquals((await save(admin, { name })).status, 422, JSON.stringify(name));
  }
  for (const phrase of ["\u0301", "\u200f", "\u202e \u200d", "ك".repeat(101)]) {
    const answer = await save(admin, { measure: "phrase", phrase });
    assertEquals(answer.status, 422, JSON.stringify(phrase));
  }
  const path = await drafted(admin, {
    name: "\u202eشكرا\n\u0007 👩‍👩‍👧‍👦\ud800",
    "B.note": "a\u2028b",
    measure: "phrase",
    phrase: "شُكْرًا",
    "A.share": "70%",
    "B.share": " 30 % ",
  });
  const { name, measure, variants } = await experiments.get(idOf(path));
  assertEquals([name, variants.map(({ note, share }) => [note, share])], [
    "شكرا 👩‍👩‍👧‍👦\ufffd",
    [["", 70], ["a b", 30]],
  ]);
  assertEquals(measure, { code: "phrase", phrase: "شُكْرًا" });
  await experiments.start(EMAIL, idOf(path), 1);
  // The figures after a phrase that reads from right to left keep their order.
  assert.ok((await (await admin.get(path)).text()).includes("“\u2068شُكْرًا\u2069”: 0 of 0 with A"));
});

test("a new plan sent twice, or again after going back, makes one draft", async () => {
  await using site = await openAdminSite();
  const admin = await Admin.signIn(site);
  const { experiments } = site.world.services;
  const own = { name: "Once", "B.systemPrompt": "Greet first." };
  const form = { ...await planOf(admin), ...own };
  const twice = await Promise.all([1, 2].map(() => admin.post(NEW, { ...form, action: "save" })));
  const [first] = twice.filter(({ status }) => status === 303);
  const path = (first?.headers.get("location") ?? "").split("?")[0] ?? "";
  const drafts = async () => (await experiments.list()).waiting.map(({ name }) => name);
  assertEquals(await drafts(), ["Once"]);
  assertEquals((await admin.post(NEW, { ...form, action: "save" })).status, 303);
  // Another name, typed on the page of before.
  const back = await admin.post(NEW, { ...form, name: "Twice", action: "save" });
  assertEquals(back.status, 409);
  const html = await back.text();
  assert.ok(html.includes(`action="${path}"`));
  const saved = await admin.post(path, { ...formOf(html, PLAN_FORM), action: "save" });
  assertEquals([saved.status, await drafts()], [303, ["Twice"]]);
  for (const draft of ["", "../../x", "A".repeat(10), "x".repeat(999)]) {
    const answer = await admin.post(NEW, { ...form, draft, action: "reckon" });
    assert.match(formOf(await answer.text(), PLAN_FORM).draft ?? "", /^[a-z0-9]{10}$/);
  }
  // A draft that was deleted meanwhile is not made again by its form.
  const late = await planOf(admin, path);
  await experiments.remove(EMAIL, idOf(path));
  assertEquals((await admin.post(path, { ...late, action: "save" })).status, 404);
});

test("an experiment over daylight saving and 29 February has each day once, and ends after its start", async () => {
  for (
    const [TIME_ZONE, start, days] of [
      // Clocks go back at 03:00.
      ["Europe/Zurich", "2026-10-24T22:30:00Z", ["2026-10-25", "2026-10-26"]],
      ["Pacific/Apia", "2028-02-28T21:00:00Z", ["2028-02-29", "2028-03-01", "2028-03-02"]],
    ] as const
  ) {
    await using site = await openAdminSite({ TIME_ZONE });
    const started = site.clock.now = Date.parse(start);
    const path = await drafted(await Admin.signIn(site), { days: "365" });
    await site.world.services.experiments.start(EMAIL, idOf(path), 1);
    site.clock.now += 48 * 60 * 60_000;
    let admin = await Admin.signIn(site);
    const csv = await (await admin.get(`${path}/csv`)).text();
    const rows = csv.trim().split("\r\n").slice(1).map((row) => row.slice(0, 12));
    assertEquals(rows, days.flatMap((day) => [`${day},A`, `${day},B`]));
    // A clock that is set back by forty days, and then put right.
    site.clock.now = started - 40 * 24 * 60 * 60_000;
    admin = await Admin.signIn(site);
    assert.match(textOf(await (await admin.get(path)).text()), /Running, day 1/);
    await admin.post(path, { csrf: await admin.token(), action: "end" });
    const { startedAt, endedAt } = await site.world.services.experiments.get(idOf(path));
    assertEquals([startedAt, endedAt], [started, started]);
  }
});

test("an experiment that a guard paused says so, and its resuming that nothing guards it now", async () => {
  await using site = await openAdminSite();
  const admin = await Admin.signIn(site);
  const startedAt = Date.UTC(2026, 5, 14);
  await storeExperiment(site.world.deps.store, {
    id: "guardguard",
    tool: TOOL,
    name: "Guarded",
    startedAt,
    planned: 400,
    guard: true,
    shareChanges: [{ at: startedAt, shares: [50, 50] }],
  });
  await countDays(site.world.deps.store, "guardguard", ["2026-06-14"], {
    A: { people: 300, turns: 600, failed: 0 },
    B: { people: 300, turns: 600, failed: 90 },
  });
  await site.world.services.experiments.watch.check();
  const path = `${PATH}/guardguard`;
  const read = async (path: string) => textOf(await (await admin.get(path)).text());
  assert.match(
    await read(path),
    /Paused by itself on 15 June: B failed clearly more often than A\. Everybody gets version 1\./,
  );
  assert.match(
    await read("/admin"),
    /The experiment “Guarded” is paused: version B fails clearly more often than A\. Everybody gets Math Tutor as it is\./,
  );
  const resumed = await admin.post(path, { csrf: await admin.token(), action: "resume" });
  const to = resumed.headers.get("location") ?? "";
  assert.match(await read(to), /It runs again.*It does not pause by itself any more/);
  await site.world.services.experiments.watch.check();
  assertEquals((await site.world.services.experiments.get("guardguard")).state, "running");
});

test("a new tool with a deleted one's name takes over neither its experiment nor its examples", async () => {
  await using site = await openAdminSite();
  const { tools, golden } = site.world.services;
  const { store } = site.world.deps;
  const admin = await Admin.signIn(site);
  const old = await store.tools.find(TOOL);
  const variant = { ...contentOf(old), systemPrompt: "Of the deleted tool" };
  await storeExperiment(store, { tool: TOOL, contents: { A: contentOf(old), B: variant } });
  await golden.saveExample(EMAIL, TOOL, null, { question: "Of the deleted tool?", expects: "" });
  const csrf = await admin.token();
  await admin.post("/admin/tools", { csrf, action: "delete", id: TOOL });
  const [binned] = await store.tools.bin(site.clock.now);
  const at = String(binned?.at);
  await admin.post("/admin/tools/bin", { csrf, action: "discard", id: TOOL, at });
  const id = await tools.editing.create(EMAIL, old);
  assert.notEqual(id, TOOL);
  assertEquals(store.experiments.runningOf(id, site.clock.now), null);
  assertEquals((await golden.list(id)).examples, []);
});
