import { Admin, EMAIL, openAdminSite } from "../support/admin.ts";
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
const DAY = 24 * 60 * 60_000;
const PLAN_FORM = /id="plan"/;

type Fields = Record<string, string>;

/** A page's HTML and its text. */
async function read(admin: Admin, path: string): Promise<{ html: string; text: string }> {
  const answer = await admin.get(path);
  assertEquals(answer.status, 200, path);
  const html = await answer.text();
  return { html, text: textOf(html) };
}

/** The plan's form as a browser would send it. */
async function planOf(admin: Admin, path: string): Promise<Fields> {
  return formOf((await read(admin, path)).html, PLAN_FORM);
}

/** A draft made through the form; its page. */
async function drafted(admin: Admin, over: Fields = {}): Promise<string> {
  const fields = await planOf(admin, NEW);
  const own = { name: "Warmer greeting", "B.note": "Greets", "B.systemPrompt": "Greet first." };
  const answer = await admin.post(NEW, { ...fields, ...own, action: "save", ...over });
  assertEquals(answer.status, 303, textOf(await answer.text()));
  return (answer.headers.get("location") ?? "").split("?")[0] ?? "";
}

const idOf = (path: string) => path.slice(PATH.length + 1);

const JUNE = (first: number, last: number) =>
  Array.from(
    { length: last - first + 1 },
    (_, i) => `2026-06-${String(first + i).padStart(2, "0")}`,
  );

test("a plan is made, saved, started, paused, resumed, ended: each by its button", async () => {
  await using site = await openAdminSite();
  const admin = await Admin.signIn(site);
  const { services } = site.world;
  assert.match((await read(admin, PATH)).text, /No experiment yet/);
  assert.match((await read(admin, `${PATH}/new`)).html, /href="\/admin\/experiments\/new\?tool=/);
  const path = await drafted(admin, {
    include: "50",
    days: "60",
    "A.share": "70",
    "B.share": "30",
  });
  const id = idOf(path);
  const draft = await services.experiments.get(id);
  assertEquals(
    [draft.state, draft.name, draft.include, draft.days, draft.guard, draft.measure.code],
    ["draft", "Warmer greeting", 50, 60, true, "rated"],
  );
  assertEquals(draft.variants.map(({ share }) => share), [70, 30]);
  assertEquals(draft.contents.B?.systemPrompt, "Greet first.");
  assert.match((await read(admin, PATH)).text, /Drafts and paused Warmer greeting Draft/);

  const form = await planOf(admin, `${path}?done=saved`);
  assertEquals([form["B.systemPrompt"], form.include, form.measure], [
    "Greet first.",
    "50",
    "rated",
  ]);
  const started = await admin.post(path, {
    ...form,
    measure: "turns",
    turns: "4",
    action: "start",
  });
  assertEquals(started.headers.get("location"), `${path}?done=started`);
  assertEquals((await services.experiments.get(id)).measure, { code: "turns", turns: 4 });
  const token = { csrf: await admin.token() };
  for (
    const [action, done, state, said] of [
      ["pause", "paused", "paused", `Paused by ${EMAIL} on 15 June. Everybody gets version 1.`],
      ["resume", "resumed", "running", "Running, day 1"],
      ["end", "ended", "ended", "Ended"],
    ] as const
  ) {
    const answer = await admin.post(path, { ...token, action });
    assertEquals(answer.headers.get("location"), `${path}?done=${done}`);
    assertEquals((await services.experiments.get(id)).state, state);
    assert.ok((await read(admin, path)).text.includes(said), said);
  }
  assert.match((await read(admin, PATH)).text, /ended 15 June after 1 day/);
});

test("a draft that is not right is shown as it was typed, with what is wrong beside each field", async () => {
  await using site = await openAdminSite();
  const admin = await Admin.signIn(site);
  const fields = await planOf(admin, NEW);
  for (const action of ["save", "start"]) {
    const answer = await admin.post(NEW, {
      ...fields,
      action,
      name: "",
      measure: "phrase",
      phrase: " ",
      "A.share": "50",
      "B.share": "51",
      "B.systemPrompt": "Kept as typed.",
      "B.maxTokens": "many",
      "B.model": "",
    });
    assertEquals(answer.status, 422);
    const html = await answer.text();
    for (const field of ["name", "phrase", "B.model", "B.maxTokens"]) {
      assert.ok(html.includes(`id="${field}-finding"`), field);
    }
    assert.match(html, /id="shares"/);
    assert.match(html, />Kept as typed\.<\/textarea>/);
    assert.match(html, /value="many"/);
  }
  assertEquals((await site.world.services.experiments.list()).waiting, []);
  // Typed before the session ended, it comes back without being saved.
  const look = await admin.post(NEW, { ...fields, name: "Typed before", look: "1" });
  assertEquals(look.status, 200);
  assert.match(await look.text(), /value="Typed before"/);
  for (const action of ["nonsense", "promote", ""]) {
    assertEquals((await admin.post(NEW, { ...fields, action })).status, 400, action);
  }
  assertEquals((await admin.get(`${PATH}/new?tool=no-such-tool`)).status, 404);
  assertEquals((await admin.get(`${PATH}/no-such-experiment`)).status, 404);
});

test("versions are added up to five and taken away, and the forecast follows, without a script", async () => {
  await using site = await openAdminSite();
  const admin = await Admin.signIn(site);
  let fields: Fields = {
    ...await planOf(admin, NEW),
    "B.note": "Second",
    "B.systemPrompt": "Two.",
  };
  for (const count of [3, 4, 5]) {
    const answer = await admin.post(NEW, { ...fields, action: "add" });
    assertEquals(answer.status, 200);
    const html = await answer.text();
    fields = { ...formOf(html, PLAN_FORM) };
    assertEquals(fields.variants, String(count));
    assertEquals(html.includes('value="add"'), count < 5);
  }
  assertEquals([fields["A.share"], fields["E.share"], fields["B.note"]], ["20", "20", "Second"]);
  const dropped = await admin.post(NEW, { ...fields, "C.note": "Third", drop: "B" });
  const left = formOf(await dropped.text(), PLAN_FORM);
  assertEquals([left.variants, left["B.note"], left["A.share"]], ["4", "Third", "25"]);
  const reckoned = await admin.post(NEW, { ...fields, measure: "return", action: "reckon" });
  const text = textOf(await reckoned.text());
  assert.match(text, /There were no people in the last four weeks/);
  assert.match(text, /golden conversations are the better way/);
});

test("what others did meanwhile refuses an action and tells it, and nothing typed is lost", async () => {
  await using site = await openAdminSite();
  const admin = await Admin.signIn(site);
  const { experiments } = site.world.services;
  const path = await drafted(admin);
  const form = await planOf(admin, path);
  await experiments.save(EMAIL, idOf(path), 1, {
    ...(await experiments.fieldsOf(idOf(path))).fields,
    name: "Theirs",
  });
  const stale = await admin.post(path, { ...form, name: "Mine", action: "save" });
  assertEquals(stale.status, 409);
  const html = await stale.text();
  assert.match(html, /changed in the meantime/);
  assert.match(html, /value="Mine"/);
  // Another experiment has the tool's people: the draft is kept, and the reason told.
  await experiments.start(EMAIL, idOf(path), 2);
  const second = await admin.post(NEW, {
    ...await planOf(admin, NEW),
    name: "Second",
    action: "start",
  });
  assertEquals(second.status, 409);
  const page = await second.text();
  assert.match(plainText(page), /“Theirs” has the people of this tool/);
  assertEquals((await experiments.list()).waiting.map(({ name }) => name), ["Second"]);
  // The plan's form of a started experiment is stale as well.
  assertEquals((await admin.post(path, { ...form, action: "start" })).status, 409);
  const token = { csrf: await admin.token() };
  const resumed = await admin.post(path, { ...token, action: "resume" });
  assertEquals(resumed.status, 409);
  assert.match(await resumed.text(), /This experiment is running/);
  const gone = await admin.post(path, { ...token, action: "remove" });
  assertEquals(gone.status, 409);
  const draft = (await experiments.list()).waiting[0]?.id;
  const removed = await admin.post(`${PATH}/${draft}`, { ...token, action: "remove" });
  assertEquals(removed.headers.get("location"), `${PATH}?done=deleted`);
  assertEquals((await experiments.list()).waiting, []);
});

test("shares of a running experiment are changed by numbers that make 100", async () => {
  await using site = await openAdminSite();
  const admin = await Admin.signIn(site);
  const { experiments } = site.world.services;
  const path = await drafted(admin);
  await experiments.start(EMAIL, idOf(path), 1);
  const form = formOf((await read(admin, path)).html, /class="pad form"/);
  assertEquals([form["A.share"], form["B.share"]], ["50", "50"]);
  for (const [a, b] of [["50", "60"], ["x", "50"], ["100", "0"], ["-10", "110"]]) {
    const answer = await admin.post(path, {
      ...form,
      "A.share": a ?? "",
      "B.share": b ?? "",
      action: "shares",
    });
    assertEquals(answer.status, 400, `${a} ${b}`);
    assert.match(await answer.text(), /class="alert bad"/);
  }
  const done = await admin.post(path, {
    ...form,
    "A.share": "80",
    "B.share": "20",
    action: "shares",
  });
  assertEquals(done.headers.get("location"), `${path}?done=shares`);
  assert.match((await read(admin, path)).text, /80 and 20% of the people/);
  // The page before the change is stale.
  const stale = await admin.post(path, {
    ...form,
    "A.share": "70",
    "B.share": "30",
    action: "shares",
  });
  assertEquals(stale.status, 409);
});

test("a clear answer reads as drawn, and its version becomes the tool with one click", async () => {
  await using site = await openAdminSite();
  const { experiments } = site.world.services;
  site.clock.now = Date.UTC(2026, 5, 1, 9);
  const path = await drafted(await Admin.signIn(site));
  await experiments.start(EMAIL, idOf(path), 1);
  site.clock.now += 14 * DAY;
  const counted = { people: 20, turns: 60, conversations: 20 };
  await countDays(site.world.deps.store, idOf(path), JUNE(1, 15), {
    A: { ...counted, up: 9, down: 6 },
    B: { ...counted, up: 13, down: 2 },
  });
  const admin = await Admin.signIn(site);
  const { html, text } = await read(admin, path);
  for (
    const said of [
      "Running, day 15",
      "Math Tutor · started 1 June · half of the people each",
      "Clear answer",
      "B is better. Of 100 people who rate, 87 rate its replies good; with A it is 60.",
      "Looking every day does not weaken this answer",
      "135 of 225 · 60%",
      "195 of 225 · 87%",
      "Becomes version 2. Version 1 stays in the history, and the experiment ends.",
      "Clear since day 4",
      "The split is fair",
      "Wilson 95% for each rate",
      "more than 99.9% (secondary)",
    ]
  ) assert.ok(text.includes(said), `${said} in ${text}`);
  assert.match(
    html,
    /<svg[^>]*role="img"[^>]*aria-label="Gain of B over A[^"]*above zero since day 4/,
  );
  assert.match(html, /role="img" aria-label="between 82% and 90%"/);
  const table = await (await admin.get(`${path}/csv`)).text();
  assertEquals(table.trim().split("\n").length, 31);
  const print = await read(admin, `${path}/print`);
  assert.ok(print.text.includes("Greet first.") && print.text.includes("B is better."));
  assert.match(
    (await read(admin, PATH)).text,
    /Warmer greeting Clear answer B is better: 87 of 100 rate good, against 60/,
  );
  assert.match(
    (await read(admin, `/admin/tools/${TOOL}`)).text,
    /Warmer greeting runs with this tool/,
  );

  const promoted = await admin.post(path, { csrf: await admin.token(), promote: "B" });
  assertEquals(promoted.headers.get("location"), `${path}?done=promoted`);
  const tool = await site.world.deps.store.tools.get(TOOL);
  assertEquals([tool?.systemPrompt, tool?.version], ["Greet first.", 2]);
  assert.match((await read(admin, PATH)).text, /Warmer greeting B became version 2/);
  const twice = await admin.post(path, { csrf: await admin.token(), promote: "B" });
  assertEquals(twice.status, 409);
  for (const letter of ["F", "", "C"]) {
    const answer = await admin.post(path, { csrf: await admin.token(), promote: letter });
    assert.ok(answer.status === 400 || answer.status === 404, letter);
  }
});

test("few ratings and an unfair split name no winner and no percentage", async () => {
  await using site = await openAdminSite();
  const admin = await Admin.signIn(site);
  const { store } = site.world.deps;
  const startedAt = Date.UTC(2026, 5, 14);
  const shareChanges = [{ at: startedAt, shares: [50, 50] }];
  const at = { startedAt, shareChanges, baseVersion: 3, tool: TOOL, planned: 400 };
  await storeExperiment(store, { ...at, id: "thinthinth", name: "Thin" });
  await storeExperiment(store, { ...at, id: "unfairunfa", name: "Unfair" });
  await countDays(site.world.deps.store, "thinthinth", ["2026-06-14"], {
    A: { people: 25, up: 9, down: 5 },
    B: { people: 25, up: 12, down: 5 },
  });
  await countDays(site.world.deps.store, "unfairunfa", ["2026-06-14"], {
    A: { people: 135, up: 41, down: 6 },
    B: { people: 80, up: 25, down: 2, failedFirst: 30 },
  });
  const thin = (await read(admin, `${PATH}/thinthinth`)).text;
  for (
    const said of [
      "Too early to say.",
      "Rated good: 9 of 14 with A and 12 of 17 with B.",
      "At least 20 ratings each are needed before any answer",
      "Percentages are shown from 20 on",
      "Judge golden conversations instead",
    ]
  ) assert.ok(thin.includes(said), `${said} in ${thin}`);
  const unfair = (await read(admin, `${PATH}/unfairunfa`)).text;
  for (
    const said of [
      "The split is not fair, so no winner is named.",
      "135 people got A and 80 got B, where half each was planned.",
      "less than once in 5,000 such experiments",
      "B fails before its first word",
      "41 of 47 –",
      "Rates are listed without intervals",
      "Pause, everybody gets A",
    ]
  ) assert.ok(unfair.includes(said), `${said} in ${unfair}`);
  for (const text of [thin, unfair]) assert.ok(!/\d% to \d|· \d+%|Make B the tool \?/.test(text));
});

test("names, notes and phrases of admins are shown as text on every page", async () => {
  await using site = await openAdminSite();
  const admin = await Admin.signIn(site);
  const evil = `<img src=x onerror="alert(1)">&amp;'`;
  const path = await drafted(admin, {
    name: evil,
    "B.note": evil,
    "B.systemPrompt": `${evil}</textarea>`,
    measure: "phrase",
    phrase: evil,
  });
  const plan = await read(admin, path);
  assertEquals(formOf(plan.html, PLAN_FORM)["B.systemPrompt"], `${evil}</textarea>`);
  await site.world.services.experiments.start(EMAIL, idOf(path), 1);
  await countDays(site.world.deps.store, idOf(path), ["2026-06-15"], {
    A: { people: 60, reached: 20 },
    B: { people: 60, reached: 40 },
  });
  for (const page of [PATH, path, `${path}/print`, `/admin/tools/${TOOL}`, "/admin/audit"]) {
    const { html } = await read(admin, page);
    assert.ok(!/<img src=x/.test(html), page);
  }
  const csv = await (await admin.get(`${path}/csv`)).text();
  assert.ok(!csv.includes("<img"));
});

test("an action without the session's token does nothing", async () => {
  await using site = await openAdminSite();
  const admin = await Admin.signIn(site);
  const path = await drafted(admin);
  const form = await planOf(admin, path);
  for (const csrf of ["", "A".repeat(86)]) {
    const answer = await admin.post(path, { ...form, csrf, action: "start" });
    assert.ok(answer.status === 403 || answer.status === 303, String(answer.status));
  }
  assertEquals((await site.world.services.experiments.get(idOf(path))).state, "draft");
});
