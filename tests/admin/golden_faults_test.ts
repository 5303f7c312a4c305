import { checkLedger } from "@/lib/metering/ledger_check.ts";
import { parseUsd } from "@/lib/shared/money.ts";
import { toolFields } from "@/lib/tools/rules/tool_form.ts";
import { answerAndJudge, startAnsweringModel } from "../support/answering_model.ts";
import { Admin, EMAIL, openAdminSite, OTHER, type TestClock } from "../support/admin.ts";
import { TOOL } from "../support/asking.ts";
import { assert, assertEquals } from "../support/assert.ts";
import { formOf } from "../support/html_forms.ts";
import { textOf } from "../support/page_text.ts";
import type { Site } from "../support/site.ts";
import { until } from "../support/wait.ts";

function test(name: string, fn: () => Promise<void>): void {
  // The build of the pages leaves a process behind.
  Deno.test({ name, fn, sanitizeOps: false, sanitizeResources: false });
}

/** Sets a model's price, in dollars for a million tokens in and out; null ends it. */
async function setPrice(
  { world, clock }: Site & { clock: TestClock },
  model: string,
  usd: string | null,
) {
  const { customPrices } = world.deps.store;
  const rate = usd === null ? null : parseUsd(usd);
  const tokens = rate === null ? null : { input: rate, cachedInput: rate, output: rate };
  await customPrices.set("openai", model, { from: 0, tokens, unit: null });
  await customPrices.refresh(clock.now);
}

/**
 * A site with four examples and a run of them, whose first calls wait for `ended()`.
 * @param other a model with a price of its own to compare with, in place of a draft
 */
async function midRun(other: string | null = null) {
  const gate = Promise.withResolvers<void>();
  const answer = answerAndJudge();
  const model = startAnsweringModel(async (asked) => {
    await gate.promise;
    return answer(asked);
  });
  // Written like this it is no server of one's own, whose models would need no price.
  const OPENAI_BASE_URL = model.env.OPENAI_BASE_URL?.replace("127.0.0.1", "[::ffff:127.0.0.1]");
  const site = await openAdminSite({ ...model.env, ...OPENAI_BASE_URL && { OPENAI_BASE_URL } });
  const admin = await Admin.signIn(site);
  const { golden } = site.world.services;
  const { store } = site.world.deps;
  for (const question of ["hard 1", "hard 2", "easy 1", "easy 2"]) {
    await golden.saveExample(EMAIL, TOOL, null, { question, expects: "Asks the team." });
  }
  const tool = await store.tools.find(TOOL);
  if (other !== null) await setPrice(site, other, "1");
  const run = await golden.start(EMAIL, {
    tool: TOOL,
    a: { code: "version", version: tool.version },
    b: other === null
      ? { code: "draft", fields: { ...toolFields(tool), systemPrompt: "DRAFT" } }
      : { code: "model", model: other },
    judge: "model",
  });
  await until("two calls to wait", () => model.asked.length === 2);
  return {
    model,
    site,
    admin,
    tool,
    run,
    page: `/admin/golden/${TOOL}/runs/${run}`,
    /** Lets the calls go on, and returns the run at its end. */
    ended: async () => {
      gate.resolve();
      await until("the run to end", async () => (await golden.run(run)).state !== "running");
      return await golden.run(run);
    },
    assertBooked: async () => {
      const day = site.world.deps.calendar.dayOf(site.clock.now);
      const [sum] = await store.ledger.days("tool", TOOL, [day]);
      assertEquals([sum?.held, sum?.spent], [0n, (await golden.run(run)).spent]);
      assertEquals((await checkLedger(store)).difference, null);
    },
    [Symbol.asyncDispose]: async () => {
      gate.resolve();
      await site[Symbol.asyncDispose]();
      await model[Symbol.asyncDispose]();
    },
  };
}

test("a run under way obeys the tool's ceiling as it is now, not as it was in the versions that it compares", async () => {
  await using all = await midRun();
  const { site: { world }, tool, model } = all;
  await world.services.tools.editing.setCeiling(EMAIL, TOOL, tool.ceiling, 1n);
  const run = await all.ended();
  assertEquals([run.state, run.stop?.code, run.made], ["stopped", "budget", 2]);
  assertEquals(model.asked.length, 2);
  await all.assertBooked();
});

test("a run books each call at the price in force when it is made, also when it changes meanwhile", async () => {
  await using all = await midRun("gpt-4o-mini");
  const { site, run } = all;
  await setPrice(site, "gpt-4o-mini", "100");
  const ended = await all.ended();
  assertEquals([ended.state, ended.made], ["done", 8]);
  const { replies } = await site.world.deps.store.golden.parts(run);
  const paid = replies.filter(({ side }) => side === "b").map(({ usd }) => usd);
  // 100 tokens in and 20 out.
  assertEquals(paid, Array.from(paid, () => parseUsd("0.012")));
  await all.assertBooked();
});

test("a run whose model loses its price asks it nothing more, says so, and goes on once there is a price", async () => {
  const model = "house-model";
  await using all = await midRun(model);
  const { admin, page, site } = all;
  await setPrice(site, model, null);
  const run = await all.ended();
  assertEquals([run.state, run.stop, run.failed], ["stopped", { code: "price", model }, 0]);
  assert.ok(run.made > 0 && run.made <= 4, `${run.made}`);
  await all.assertBooked();
  assert.match(textOf(await (await admin.get(page)).text()), /because house-model no longer has a/);
  const resume = async () => admin.post(page, { csrf: await admin.token(), action: "resume" });
  const refused = await resume();
  assertEquals(refused.status, 503);
  assert.match(textOf(await refused.text()), /no price is known for the model "house-model"/);
  await setPrice(site, model, "1");
  assertEquals((await resume()).status, 303);
  const whole = await all.ended();
  assertEquals([whole.state, whole.stop, whole.made], ["done", null, 8]);
  await all.assertBooked();
});

test("a run whose model is withdrawn by its provider ends, with its replies failed and nothing paid for them", async () => {
  const gone = Response.json(
    { error: { message: "The model has been withdrawn", code: "model_not_found" } },
    { status: 404 },
  );
  const answer = answerAndJudge();
  await using model = startAnsweringModel((asked) =>
    asked.system.includes("WITHDRAWN") ? gone.clone() : answer(asked)
  );
  await using site = await openAdminSite(model.env);
  const { golden } = site.world.services;
  const { store } = site.world.deps;
  for (const question of ["hard 1", "hard 2", "easy 1"]) {
    await golden.saveExample(EMAIL, TOOL, null, { question, expects: "Asks." });
  }
  const tool = await store.tools.find(TOOL);
  const fields = { ...toolFields(tool), systemPrompt: "WITHDRAWN" };
  const run = await golden.start(EMAIL, {
    tool: TOOL,
    a: { code: "version", version: tool.version },
    b: { code: "draft", fields },
    judge: "model",
  });
  await until("the run to end", async () => (await golden.run(run)).state !== "running");
  const { state, failed, made, summary, spent } = await golden.run(run);
  assertEquals([state, failed, made, summary.better + summary.worse], ["done", 3, 6, 0]);
  const { replies } = await store.golden.parts(run);
  assertEquals(replies.filter(({ side }) => side === "b").map(({ usd }) => usd), [0n, 0n, 0n]);
  assertEquals(spent, replies.reduce((sum, { usd }) => sum + usd, 0n));
  assertEquals((await checkLedger(store)).difference, null);
});

test("a run whose tool is moved to the bin asks nothing more, says why, and goes on once it is restored", async () => {
  await using all = await midRun();
  const { admin, model, page, site } = all;
  const csrf = await admin.token();
  const removed = await admin.post("/admin/tools", { csrf, action: "delete", id: TOOL });
  assertEquals(removed.status, 303);
  const run = await all.ended();
  assertEquals([run.state, run.stop, run.made], ["stopped", { code: "tool" }, 2]);
  assertEquals(model.asked.length, 2);
  await all.assertBooked();
  assert.match(textOf(await (await admin.get(page)).text()), /It stopped because its tool was/);
  const list = textOf(await (await admin.get(`/admin/golden?tool=${TOOL}`)).text());
  assert.match(list, /This tool is no longer available\. It may be in the bin\./);
  assertEquals((await admin.post(page, { csrf, action: "resume" })).status, 404);
  const [binned] = await site.world.deps.store.tools.bin(site.clock.now);
  const at = String(binned?.at);
  await admin.post("/admin/tools/bin", { csrf, action: "restore", id: TOOL, at });
  assertEquals((await admin.post(page, { csrf, action: "resume" })).status, 303);
  const whole = await all.ended();
  assertEquals([whole.state, whole.stop, whole.made], ["done", null, 8]);
  await all.assertBooked();
});

test("of two admins who change an example, the second sees both texts, and replaces theirs only knowingly", async () => {
  await using site = await openAdminSite();
  const { golden } = site.world.services;
  const [ada, grace] = [await Admin.signIn(site), await Admin.signIn(site, { email: OTHER })];
  const id = await golden.saveExample(EMAIL, TOOL, null, { question: "First?", expects: "One." });
  const path = `/admin/golden/${TOOL}/${id}`;
  const form = async (admin: Admin) => formOf(await (await admin.get(path)).text(), /class="panel/);
  const [hers, theirs] = [await form(ada), await form(grace)];
  const save = (admin: Admin, fields: Record<string, string>) =>
    admin.post(path, { ...fields, action: "save" });
  assertEquals((await save(grace, { ...theirs, question: "Grace's?" })).status, 303);
  const refused = await save(ada, { ...hers, question: "Ada's?", expects: "Two." });
  const html = await refused.text();
  assertEquals(refused.status, 409);
  assert.match(textOf(html), /changed by somebody else .*As it is saved now Grace's\? One\./);
  const again = formOf(html, /class="panel/);
  assertEquals([again.question, again.expects], ["Ada's?", "Two."]);
  assertEquals((await golden.example(TOOL, id)).question, "Grace's?");
  // Neither is one removed that was not seen as it is.
  assertEquals((await ada.post(path, { ...hers, action: "remove" })).status, 409);
  assertEquals((await save(ada, again)).status, 303);
  assertEquals((await golden.example(TOOL, id)).question, "Ada's?");
  // Sent twice, it changes nothing.
  assertEquals((await save(ada, again)).status, 303);
});

test("an example that two admins save at the same moment keeps one text, and the other is told", async () => {
  await using site = await openAdminSite();
  const { golden } = site.world.services;
  const [ada, grace] = [await Admin.signIn(site), await Admin.signIn(site, { email: OTHER })];
  const id = await golden.saveExample(EMAIL, TOOL, null, { question: "First?", expects: "One." });
  const path = `/admin/golden/${TOOL}/${id}`;
  const sending = [ada, grace].map(async (admin, i) => {
    const form = formOf(await (await admin.get(path)).text(), /class="panel/);
    return () => admin.post(path, { ...form, action: "save", question: `Of ${i}?` });
  });
  const answers = await Promise.all((await Promise.all(sending)).map((send) => send()));
  assertEquals(answers.map(({ status }) => status).sort(), [303, 409]);
  const won = answers.findIndex(({ status }) => status === 303);
  assertEquals((await golden.example(TOOL, id)).question, `Of ${won}?`);
});

test("an example that was removed while it was changed can be saved as a new one", async () => {
  await using site = await openAdminSite();
  const { golden } = site.world.services;
  const admin = await Admin.signIn(site);
  const id = await golden.saveExample(EMAIL, TOOL, null, { question: "First?", expects: "One." });
  const path = `/admin/golden/${TOOL}/${id}`;
  const form = formOf(await (await admin.get(path)).text(), /class="panel/);
  await golden.removeExample(OTHER, TOOL, id);
  const late = await admin.post(path, { ...form, action: "save", question: "Changed?" });
  const html = await late.text();
  assertEquals(late.status, 409);
  assert.match(textOf(html), /removed in the meantime/);
  const [, action = ""] = /<form[^>]*action="([^"]*new)"/.exec(html) ?? [];
  const again = { ...formOf(html, /class="panel/), action: "save" };
  assertEquals((await admin.post(action, again)).status, 303);
  const { examples } = await golden.list(TOOL);
  assertEquals(examples.map(({ question }) => question), ["Changed?"]);
});
