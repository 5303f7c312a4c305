import { goldenKeys } from "@/lib/experiments/golden/records.ts";
import { centsText } from "@/lib/locales/admin/experiments/report.ts";
import { answerAndJudge, startAnsweringModel } from "../support/answering_model.ts";
import { Admin, EMAIL, openAdminSite, OTHER, post } from "../support/admin.ts";
import { ask, repliesOf, setReview, TOOL } from "../support/asking.ts";
import { assert, assertEquals } from "../support/assert.ts";
import { storeExperiment } from "../support/experiments.ts";
import { formOf } from "../support/html_forms.ts";
import { textOf } from "../support/page_text.ts";
import type { Site } from "../support/site.ts";
import { until } from "../support/wait.ts";

const PATH = "/admin/golden";
const LIST = `${PATH}?tool=${TOOL}`;
const NEW = `${PATH}/${TOOL}/new`;
const EDITOR = `/admin/tools/${TOOL}`;
const RUN_FORM = /action="\/admin\/golden"/;
const EDITOR_FORM = /id="tool-form"/;
const HOSTILE = `</textarea><script>alert(1)</script> "quoted" <img src=x onerror=alert(2)>`;
const PROMPT = 'DRAFT of a prompt, with <b>marks</b> & "quotes".';

type TimedSite = Awaited<ReturnType<typeof openAdminSite>>;
type Fields = Record<string, string>;

function test(name: string, fn: () => Promise<void>): void {
  // The build of the pages leaves a process behind.
  Deno.test({ name, fn, sanitizeOps: false, sanitizeResources: false });
}

/** A site whose tools and judges answer as `answerAndJudge()` does, and an admin. */
async function opened(why?: string) {
  const model = startAnsweringModel(answerAndJudge(why));
  const site = await openAdminSite(model.env);
  const admin = await Admin.signIn(site);
  const { golden } = site.world.services;
  const dispose = async () => {
    await site[Symbol.asyncDispose]();
    await model[Symbol.asyncDispose]();
  };
  return { model, site, admin, golden, [Symbol.asyncDispose]: dispose };
}

async function read(admin: Admin, path: string): Promise<{ html: string; text: string }> {
  const answer = await admin.get(path);
  const html = await answer.text();
  assertEquals(answer.status, 200, path + textOf(html));
  return { html, text: textOf(html) };
}

async function write(site: TimedSite, ...questions: string[]): Promise<string[]> {
  const ids: string[] = [];
  for (const question of questions) {
    site.clock.now += 1_000;
    const { golden } = site.world.services;
    ids.push(await golden.saveExample(EMAIL, TOOL, null, { question, expects: "Asks the team." }));
  }
  return ids;
}

async function over(site: Site, run: string): Promise<void> {
  await until("the run to end", async () => {
    return (await site.world.services.golden.run(run)).state !== "running";
  }, 10_000);
}

/** The run that a redirect leads to, at its end. */
async function ranTo(site: Site, answer: Response): Promise<string> {
  assertEquals(answer.status, 303, textOf(await answer.text()));
  const run = decodeURIComponent(answer.headers.get("location") ?? "").split("/").at(-1) ?? "";
  await over(site, run);
  return run;
}

/** A page's form as a browser sends it, with the token. */
const sent = async (admin: Admin, path: string, tag: RegExp): Promise<Fields> =>
  formOf((await read(admin, path)).html, tag);

test("examples are written, changed and removed by their forms; texts stay as they were typed", async () => {
  await using all = await opened();
  const { admin, golden } = all;
  assert.match((await read(admin, PATH)).text, /Write five questions that people really ask/);
  const csrf = await admin.token();
  const made = await admin.post(NEW, {
    csrf,
    action: "save",
    question: HOSTILE,
    expects: "Two\r\nlines",
  });
  assertEquals(made.headers.get("location"), `${LIST}&done=saved`);
  const [example] = (await golden.list(TOOL)).examples;
  assertEquals([example?.question, example?.expects], [HOSTILE, "Two\nlines"]);
  const own = `${PATH}/${TOOL}/${example?.id}`;
  const list = await read(admin, `${LIST}&done=saved`);
  assert.match(list.text, /Saved\. .*1 example .*&lt;\/textarea>&lt;script>alert\(1\)/);
  for (const page of [list.html, (await read(admin, own)).html]) {
    assert.doesNotMatch(page, /<script>alert|<img src=x/);
  }
  const changed = await admin.post(own, {
    csrf,
    action: "save",
    question: "Shorter?",
    expects: "",
  });
  assertEquals(changed.status, 303);
  assertEquals((await golden.example(TOOL, example?.id ?? "")).question, "Shorter?");
  const removed = await admin.post(own, { csrf, action: "remove" });
  assertEquals(removed.headers.get("location"), `${LIST}&done=removed`);
  assert.match((await read(admin, `${LIST}&done=removed`)).text, /Removed\./);
  assertEquals((await golden.list(TOOL)).examples, []);
  const audit = (await read(admin, "/admin/audit")).text;
  for (const done of ["wrote an example for", "changed an example of", "removed an example of"]) {
    assert.ok(audit.includes(done), done);
  }
});

test("an example that is not right comes back as it was typed, beside what is wrong", async () => {
  await using all = await opened();
  const { admin, golden } = all;
  const csrf = await admin.token();
  const tries = [
    [{ question: " ", expects: "Kept" }, 400, /Write the question/, "question"],
    [
      { question: "x".repeat(4_001), expects: "Kept" },
      413,
      /at most 4000|at most 4,000/,
      "question",
    ],
    [
      { question: "Kept", expects: "x".repeat(1_001) },
      413,
      /at most 1000|at most 1,000/,
      "expects",
    ],
  ] as const;
  for (const [fields, status, told, wrong] of tries) {
    const answer = await admin.post(NEW, { csrf, action: "save", ...fields });
    const html = await answer.text();
    assertEquals(answer.status, status);
    assert.match(textOf(html), told);
    assert.match(html, />Kept<\/textarea>/);
    assert.match(html, new RegExp(`name="${wrong}"[^>]*aria-invalid="true"`));
  }
  assertEquals((await golden.list(TOOL)).examples, []);
  for (const path of [`${PATH}/no-tool/new`, `${PATH}/${TOOL}/none`, `${PATH}/${TOOL}/runs/none`]) {
    assertEquals((await admin.get(path)).status, 404, path);
    assertEquals(
      (await admin.post(path, { csrf, action: "save", question: "x" })).status >= 400,
      true,
    );
  }
  assert.match((await read(admin, `${PATH}?tool=no-tool`)).text, /Golden conversations/);
});

test("nothing is written, run, judged or stopped without the session's token", async () => {
  await using all = await opened();
  const { site, admin, golden } = all;
  const [id = ""] = await write(site, "A usual one?");
  const run = await golden.start(EMAIL, {
    tool: TOOL,
    a: { code: "version", version: 1 },
    b: { code: "model", model: "gpt-6-sol" },
    judge: "people",
  });
  await over(site, run);
  const before = await golden.run(run);
  const at = `${PATH}/${TOOL}/runs/${run}`;
  const posts: [string, Fields][] = [
    [NEW, { action: "save", question: "x" }],
    [`${PATH}/${TOOL}/${id}`, { action: "remove" }],
    [PATH, { tool: TOOL, with: "model:gpt-6-sol", priced: "model:gpt-6-sol", judge: "people" }],
    [at, { action: "stop" }],
    [`${at}/judge`, { action: "left", example: id }],
    [EDITOR, { golden: "run" }],
  ];
  for (const [path, fields] of posts) {
    for (const csrf of ["", "x".repeat(86)]) {
      const answer = await admin.post(path, { ...fields, csrf });
      assert.ok(answer.status >= 400, `${path} ${answer.status}`);
    }
    assertEquals((await post(site, path, fields)).status >= 300, true, path);
  }
  assertEquals(await golden.run(run), before);
  assertEquals((await golden.list(TOOL)).runs.length, 1);
  assertEquals((await golden.list(TOOL)).examples.length, 1);
});

test("a run is priced by what it compares before it starts, and nothing starts at a price not shown", async () => {
  await using all = await opened();
  const { model, site, admin, golden } = all;
  await write(site, "A usual one? ".repeat(300), "Another one?");
  const { store } = site.world.deps;
  const tool = await store.tools.get(TOOL);
  assert.ok(tool);
  await storeExperiment(store, {
    name: `Shorter <b>`,
    contents: {
      B: {
        systemPrompt: "DRAFT",
        model: tool.model,
        temperature: 0.7,
        effort: null,
        maxTokens: 99,
      },
    },
  });
  const { html } = await read(admin, LIST);
  assert.match(
    html,
    /<option value="variant:experiment:B">variant B of Shorter &lt;b>/,
  );
  const form = formOf(html, RUN_FORM);
  const choices = [...html.matchAll(/<option value="(model:[^"]+)"/g)].map(([, value = ""]) =>
    value
  );
  const prices = new Set<string>();
  for (const value of choices.slice(-4)) {
    const other = { code: "model", model: value.slice("model:".length) } as const;
    const sides = [{ code: "version", version: 1 } as const, other];
    const price = await golden.price(TOOL, sides, "people");
    const { text } = await read(admin, `${LIST}&with=${encodeURIComponent(value)}`);
    const shown = `Run against ${other.model} · ${centsText(price ?? 0n)}`;
    assert.ok(text.includes(shown), `${shown}: ${text}`);
    prices.add(shown.split(" · ")[1] ?? "");
  }
  assert.ok(prices.size > 1, [...prices].join());
  for (const judge of ["price", "people", "model"]) {
    const other = choices.find((each) => each !== form.priced) ?? "";
    const answer = await admin.post(PATH, { ...form, with: other, judge });
    const to = new URLSearchParams({ tool: TOOL, with: other });
    assertEquals(answer.headers.get("location"), `${PATH}?${to}#run-title`);
  }
  assertEquals([model.asked.length, (await golden.list(TOOL)).runs.length], [0, 0]);
  for (
    const [fields, status] of [
      [{ ...form, with: "model:none", priced: "model:none", judge: "people" }, 404],
      [{ ...form, judge: "nobody" }, 400],
      [{ ...form, tool: "no-tool", judge: "people" }, 404],
    ] as const
  ) {
    assertEquals((await admin.post(PATH, fields)).status, status);
  }
  const variant = "variant:experiment:B";
  const run = await ranTo(
    site,
    await admin.post(PATH, { ...form, with: variant, priced: variant, judge: "model" }),
  );
  const page = await read(admin, `${PATH}/${TOOL}/runs/${run}`);
  assert.match(page.text, /Variant B against version 1/);
  assert.match(page.text, /No difference in 2 examples\. Judged by \S+, a model\./);
  const state = await (await admin.get(`${PATH}/${TOOL}/runs/${run}/progress`)).json();
  assertEquals(state.running, false);
});

test("a run says what came of it, example by example, and is stopped and gone on with", async () => {
  await using all = await opened("Hostile <script>alert(3)</script> reason");
  const { site, admin } = all;
  await write(site, "hard 1", "hard 2", "easy 1", "usual 1");
  const run = await draftRun(admin, site);
  const at = `${PATH}/${TOOL}/runs/${run}`;
  const { html, text } = await read(admin, at);
  assert.match(text, /Draft 2 against version 1 Not clear/);
  assert.match(
    text,
    /Draft 2 lost 2 of 3, and 1 was the same\. That could still be chance: with so few, nothing would be clear\./,
  );
  assert.match(text, /hard 1 Worse Hostile &lt;script>alert\(3\)&lt;\/script> reason Model/);
  assert.match(text, /easy 1 Better/);
  assert.match(text, /usual 1 Same/);
  assert.doesNotMatch(html, /<script>alert/);
  assert.match((await read(admin, LIST)).text, /Draft 2 lost 2 of 3/);
  const csrf = await admin.token();
  for (const action of ["stop", "resume"]) {
    assertEquals((await admin.post(at, { csrf, action })).headers.get("location"), at);
  }
  assertEquals((await admin.post(at, { csrf, action: "nonsense" })).status, 400);
});

test("a run's form that is sent twice leads to one run, and a run without room is refused on its own page", async () => {
  await using all = await opened();
  const { model, site, admin, golden } = all;
  await write(site, "A usual one?", "Another one?");
  const form = await sent(admin, LIST, RUN_FORM);
  const press = () => admin.post(PATH, { ...form, with: form.priced ?? "", judge: "people" });
  const [one, two] = await Promise.all([press(), press()]);
  assertEquals(one?.headers.get("location"), two?.headers.get("location"));
  const run = await ranTo(site, one ?? new Response());
  assertEquals([model.asked.length, (await golden.list(TOOL)).runs.length], [4, 1]);
  // The page is another one now, and so is what its button asks for.
  const next = await sent(admin, LIST, RUN_FORM);
  assert.notEqual(next.seen, form.seen);
  await setCeiling(site, 1n);
  const refused = await admin.post(PATH, { ...next, with: next.priced ?? "", judge: "model" });
  const html = await refused.text();
  assertEquals(refused.status, 429);
  assert.match(
    textOf(html),
    /A run costs about [\d.<]+¢, and the organisation's budget has 0¢ left for today\. Run it tomorrow, or raise the budget\./,
  );
  assertEquals(formOf(html, RUN_FORM).priced, next.priced);
  const editor = await sent(admin, EDITOR, EDITOR_FORM);
  const draft = await admin.post(EDITOR, {
    ...editor,
    ...await goldenOf(admin),
    systemPrompt: PROMPT,
  });
  const panel = await draft.text();
  assertEquals(draft.status, 429);
  assert.match(textOf(panel), /the organisation's budget has 0¢ left for today/);
  assertEquals(formOf(panel, EDITOR_FORM).systemPrompt, PROMPT);
  assertEquals([model.asked.length, (await golden.list(TOOL)).runs.length], [4, 1]);
  assertEquals((await golden.run(run)).state, "done");
});

test("a run that stopped for its budget says so and when it opens, refuses to go on without room, and shows what was lost", async () => {
  await using all = await opened();
  const { model, site, admin, golden } = all;
  await write(site, "A usual one?", "Another one?");
  const { store } = site.world.deps;
  const run = await golden.start(EMAIL, {
    tool: TOOL,
    a: { code: "version", version: 1 },
    b: { code: "model", model: "gpt-6-sol" },
    judge: "people",
  });
  await over(site, run);
  const opensAt = site.clock.now + 3_600_000;
  const key = goldenKeys.run(TOOL, run);
  await store.transactions.run([key, goldenKeys.cost(run)], (tx) => {
    const [stored, cost] = [tx.get(key), tx.get(goldenKeys.cost(run))];
    assert.ok(stored && cost);
    tx.set(key, { ...stored, state: "stopped", stop: { code: "budget", opensAt } });
    tx.set(goldenKeys.cost(run), { usd: cost.usd + 20_000_000n, lost: 20_000_000n });
    tx.delete(goldenKeys.reply(run, stored.examples[0] ?? "", "b"));
  });
  const at = `${PATH}/${TOOL}/runs/${run}`;
  const { html, text } = await read(admin, at);
  assert.match(
    text,
    /It stopped because a budget had no room left\. What it made is kept\. The budget opens again at /,
  );
  assert.ok(html.includes(`datetime="${new Date(opensAt).toISOString()}"`), html);
  assert.match(text, /It has cost 2\.\d¢, 2\.0¢ of it for replies that were lost\./);
  await setCeiling(site, 1n);
  const csrf = await admin.token();
  const refused = await admin.post(at, { csrf, action: "resume" });
  assertEquals(refused.status, 429);
  assert.match(textOf(await refused.text()), /budget has 0¢ left .*It stopped because a budget/);
  const asked = model.asked.length;
  await setCeiling(site, 10_000_000_000n);
  await admin.post(at, { csrf, action: "resume" });
  await over(site, run);
  assertEquals(model.asked.length, asked + 1);
  assert.doesNotMatch((await read(admin, at)).text, /It stopped|Go on/);
  const removed = await admin.post(at, { csrf, action: "remove" });
  assertEquals(removed.headers.get("location"), `${LIST}&done=dropped`);
  assert.match((await read(admin, `${LIST}&done=dropped`)).text, /The run is deleted\./);
  assertEquals((await admin.get(at)).status, 404);
  assert.match((await read(admin, "/admin/audit")).text, /deleted a run of the examples of/);
});

/** Sets the organisation's ceiling of a day. */
async function setCeiling(site: Site, organisationCeiling: bigint): Promise<void> {
  const { settings } = site.world.services;
  await settings.save({
    who: EMAIL,
    group: "limits",
    seen: settings.current.version,
    edit: (now) => ({ ...now, limits: { ...now.limits, organisationCeiling } }),
  });
}

/** Runs the examples on a draft by the editor's button. */
async function draftRun(admin: Admin, site: Site): Promise<string> {
  const form = await sent(admin, EDITOR, EDITOR_FORM);
  const answer = await admin.post(EDITOR, {
    ...form,
    ...await goldenOf(admin),
    systemPrompt: PROMPT,
  });
  assertEquals(answer.status, 200, textOf(await answer.text()));
  const [run] = (await site.world.services.golden.list(TOOL)).runs;
  await over(site, run?.id ?? "");
  return run?.id ?? "";
}

/** What the editor's run button sends besides the form. */
async function goldenOf(admin: Admin, html?: string): Promise<Fields> {
  const page = html ?? (await read(admin, EDITOR)).html;
  return {
    golden: "run",
    "golden-priced": /name="golden-priced" value="([^"]*)"/.exec(page)?.[1] ?? "",
    "golden-run": /name="golden-run" value="([^"]*)"/.exec(page)?.[1] ?? "",
  };
}

test("judging is blind: the page of a pair is the same whichever side a version is on", async () => {
  await using all = await opened();
  const { site, admin, golden } = all;
  const questions = Array.from({ length: 12 }, (_, i) => `hard ${i}`);
  const ids = await write(site, ...questions);
  const run = await draftRun(admin, site);
  const other = await Admin.signIn(site, { email: OTHER });
  const judge = `${PATH}/${TOOL}/runs/${run}/judge`;
  const pageOf = async (who: Admin, id: string) => {
    const { html } = await read(who, `${judge}?example=${id}`);
    return /<main[^]*<\/main>/.exec(html)?.[0].replace(/name="csrf" value="[^"]*"/, "") ?? "";
  };
  const [GOOD, BAD] = ["<strong>good</strong>", "<em>bad</em>"] as const;
  const swap = (html: string) => html.replace(GOOD, "#").replace(BAD, GOOD).replace("#", BAD);
  let exchanged = 0, straight = 0;
  for (const id of ids) {
    const [mine, theirs] = await Promise.all([pageOf(admin, id), pageOf(other, id)]);
    assert.ok(mine.includes(GOOD) && mine.includes(BAD));
    assert.doesNotMatch(mine, /[Vv]ersion \d|[Dd]raft \d|gpt-|DRAFT|data-side/);
    if (mine.indexOf(GOOD) < mine.indexOf(BAD)) straight++;
    const swapped =
      (mine.indexOf(GOOD) < mine.indexOf(BAD)) !== (theirs.indexOf(GOOD) < theirs.indexOf(BAD));
    exchanged += Number(swapped);
    assertEquals(swapped ? swap(theirs) : theirs, mine);
  }
  assert.ok(exchanged > 0 && straight > 0 && straight < ids.length);
  // The judgement is of the side that was seen there.
  const csrf = await admin.token();
  for (const id of ids) {
    const page = await pageOf(admin, id);
    const action = page.indexOf(GOOD) < page.indexOf(BAD) ? "left" : "right";
    await admin.post(judge, { csrf, action, example: id });
  }
  const { summary, judges, rows } = await golden.run(run);
  assertEquals([summary.worse, summary.better, summary.clear, judges], [12, 0, true, [EMAIL]]);
  assert.ok(rows.every(({ byModel }) => !byModel));
  assert.match(
    (await read(admin, `${PATH}/${TOOL}/runs/${run}`)).text,
    /Draft 2 lost 12 of 12\. By chance alone this is rare\. .*p below \.001/,
  );
});

test("pairs are judged, skipped and taken back one after the other; each button does its own", async () => {
  await using all = await opened();
  const { site, admin, golden } = all;
  const [one = "", two = "", three = ""] = await write(site, "hard 1", "hard 2", "usual 3");
  const run = await draftRun(admin, site);
  const judge = `${PATH}/${TOOL}/runs/${run}/judge`;
  const csrf = await admin.token();
  const now = async () => {
    const { html, text } = await read(admin, judge);
    return { id: /name="example" value="([^"]+)"/.exec(html)?.[1], html, text };
  };
  const first = await now();
  assertEquals(first.id, one);
  assert.match(
    first.text,
    /1 of 3 .*Skip .*A person asks hard 1 Asks the team\. .*Left .*Right .*Left is better ← Same ↓ Right is better →/,
  );
  assert.doesNotMatch(first.text, /Undo/);
  const press = (action: string, example: string) => admin.post(judge, { csrf, action, example });
  assertEquals((await press("skip", one)).headers.get("location"), judge);
  assertEquals((await now()).id, two);
  assertEquals((await press("undo", two)).headers.get("location"), `${judge}?example=${one}`);
  await press("left", one);
  await press("right", two);
  assertEquals((await now()).id, three);
  await press("same", three);
  const last = await now();
  assert.match(last.text, /You have judged all of them\. .*See the result Undo/);
  assertEquals((await golden.run(run)).summary.open, 0);
  for (
    const [fields, status] of [
      [{ action: "both", example: one }, 400],
      [{ action: "constructor", example: one }, 400],
      [{ action: "left", example: "none" }, 404],
    ] as const
  ) {
    assertEquals((await admin.post(judge, { csrf, ...fields })).status, status);
  }
  assert.match((await read(admin, `${LIST}`)).text, /Judge again/);
});

test("the editor's run keeps every field of the draft, and says what got worse", async () => {
  await using all = await opened("Asks <nothing> of the team");
  const { model, site, admin, golden } = all;
  assert.match(
    (await read(admin, EDITOR)).text,
    /no example questions for this tool yet\. Write some/,
  );
  await write(site, "hard 1", "hard 2", "easy 1", "usual 1");
  const { html, text } = await read(admin, EDITOR);
  assert.match(text, /Golden conversations Run 4 examples: \S+¢/);
  const form = formOf(html, EDITOR_FORM);
  const typed = {
    ...form,
    systemPrompt: PROMPT,
    name: "Typed & kept",
    description: HOSTILE.slice(0, 60),
  };
  const begun = await admin.post(EDITOR, { ...typed, ...await goldenOf(admin, html) });
  const page = await begun.text();
  assertEquals(begun.status, 200);
  assertEquals({ ...formOf(page, EDITOR_FORM), csrf: "" }, { ...typed, csrf: "" });
  const run = /name="golden-run" value="([^"]+)"/.exec(page)?.[1] ?? "";
  await over(site, run);
  const look = await admin.post(EDITOR, { ...typed, golden: "look", "golden-run": run });
  const seen = await look.text();
  assertEquals({ ...formOf(seen, EDITOR_FORM), csrf: "" }, { ...typed, csrf: "" });
  const said = textOf(seen);
  assert.match(
    said,
    /2 of 4 got worse This draft against version 1, judged by \S+, a model\. 1 the same, 1 better\./,
  );
  assert.match(said, /hard 1 Asks &lt;nothing> of the team/);
  assert.match(said, /Run again: \S+¢ Judge blind yourself/);
  assert.match(said, /2 of 4 golden conversations got worse/);
  assert.doesNotMatch(said, /The draft has changed since this run/);
  // Sent again, as by a reload, it is not paid for again.
  const asked = model.asked.length;
  await admin.post(EDITOR, { ...typed, ...await goldenOf(admin, html) });
  assertEquals([model.asked.length, (await golden.list(TOOL)).runs.length], [asked, 1]);
  const later = { ...typed, systemPrompt: `${PROMPT} Better.`, golden: "look", "golden-run": run };
  assert.match(
    textOf(await (await admin.post(EDITOR, later)).text()),
    /The draft has changed since this run/,
  );
  // Nothing was stored by any of it; the save goes its way.
  assertEquals((await site.world.deps.store.tools.get(TOOL))?.version, 1);
  const { "golden-run": _run, golden: _look, ...save } = later;
  let answer = await admin.post(EDITOR, { ...save, "golden-run": run });
  const accepted = [
    ...(await answer.clone().text()).matchAll(/name="accepted"[^>]*value="([^"]*)"/g),
  ];
  if (accepted[0]) answer = await admin.post(EDITOR, { ...save, accepted: accepted[0][1] ?? "" });
  assertEquals(
    (await site.world.deps.store.tools.get(TOOL))?.name,
    "Typed & kept",
    String(answer.status),
  );
});

test("the editor runs nothing for a draft that is not right, another model's price, or no example", async () => {
  await using all = await opened();
  const { model, site, admin, golden } = all;
  const form = await sent(admin, EDITOR, EDITOR_FORM);
  const button = { golden: "run", "golden-priced": form.model ?? "", "golden-run": "" };
  const none = await admin.post(EDITOR, { ...form, ...button, systemPrompt: PROMPT });
  const html = await none.text();
  assert.match(textOf(html), /There is no example yet/);
  assertEquals(formOf(html, EDITOR_FORM).systemPrompt, PROMPT);
  await write(site, "hard 1");
  const wrong = await admin.post(EDITOR, { ...form, ...button, name: "", systemPrompt: PROMPT });
  assertEquals(wrong.status, 422);
  assertEquals(formOf(await wrong.text(), EDITOR_FORM).systemPrompt, PROMPT);
  const other = site.world.services.tools.views.models([]).find((each) =>
    each.model !== form.model
  );
  const dear = await admin.post(EDITOR, { ...form, ...button, model: other?.model ?? "" });
  const priced = await dear.text();
  assert.match(
    textOf(priced),
    new RegExp(`with ${other?.model}\\. Press the button again to run\\.`),
  );
  assertEquals([model.asked.length, (await golden.list(TOOL)).runs.length], [0, 0]);
  const again = await admin.post(EDITOR, {
    ...form,
    ...await goldenOf(admin, priced),
    model: other?.model ?? "",
  });
  assertEquals(again.status, 200);
  assertEquals((await golden.list(TOOL)).runs.length, 1);
});

test("a reply of a reviewed conversation becomes an example with what was said before", async () => {
  await using all = await opened();
  const { site, admin, golden } = all;
  await setReview(site.world, true);
  await ask(site.world, "First words");
  await ask(site.world, HOSTILE);
  const list = (await read(admin, "/admin/conversations")).html;
  const [, id] = /href="\/admin\/conversations\/((?!export)[\w-]+)"/.exec(list) ?? [];
  const path = `/admin/conversations/${id}`;
  const [, second] = await repliesOf(site.world);
  assert.match((await read(admin, path)).text, /Make an example/);
  const csrf = await admin.token();
  const taken = await admin.post(path, { csrf, action: "example", message: second?.id ?? "" });
  assertEquals(taken.status, 303);
  const { html, text } = await read(admin, taken.headers.get("location") ?? "");
  assert.match(text, /Said before Person First words Reply A usual reply/);
  assert.match(text, /When that is deleted, this example and all replies to it go too/);
  assert.doesNotMatch(html, /<script>alert|<img src=x/);
  assertEquals((await golden.list(TOOL)).examples[0]?.question, HOSTILE);
  assertEquals((await admin.post(path, { csrf, action: "example", message: "none" })).status, 404);
  await setReview(site.world, false);
  const closed = await admin.post(path, { csrf, action: "example", message: second?.id ?? "" });
  assert.ok(closed.status >= 400);
});
