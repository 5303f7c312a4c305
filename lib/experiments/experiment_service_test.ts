import { assert, assertEquals, assertRejects } from "@/tests/support/assert.ts";
import { scratch } from "@/tests/support/scratch.ts";
import { openWorld, type World } from "@/tests/support/world.ts";
import type { ExperimentFields } from "../shared/views/experiment_view.ts";

const ADA = "ada@example.org";
const GRACE = "grace@example.org";
const TOOL = "math-tutor";
const DAY = 24 * 60 * 60_000;

/** A plan whose B greets, with changes. */
async function planned(
  { services }: World,
  over: Partial<ExperimentFields> = {},
): Promise<ExperimentFields> {
  const fields = await services.experiments.newFields(TOOL);
  const [a, b] = fields.variants;
  assert.ok(a && b);
  const variants = [a, { ...b, note: "Greets", systemPrompt: "Greet first." }];
  return { ...fields, name: "Warmer greeting", variants, ...over };
}

async function saved(world: World, over: Partial<ExperimentFields> = {}): Promise<string> {
  const result = await world.services.experiments.save(ADA, null, 0, await planned(world, over));
  assert.ok("id" in result, JSON.stringify(result));
  return result.id;
}

async function started(world: World, over: Partial<ExperimentFields> = {}): Promise<string> {
  const id = await saved(world, over);
  await world.services.experiments.start(ADA, id, 1);
  return id;
}

/** Actions of the audit log, oldest first. */
async function actions(world: World): Promise<string[]> {
  const { entries } = await world.deps.store.audit.find({
    from: 0,
    until: Number.MAX_SAFE_INTEGER,
    fits: () => true,
    limit: 500,
    before: null,
  });
  return entries.map(({ who, action }) => `${who} ${action}`).reverse();
}

/** Saves other texts of the tool, as its editor does. */
async function editTool(world: World, systemPrompt: string, description?: string): Promise<void> {
  const { editing, views } = world.services.tools;
  const { id, order: _order, version, ...content } = await views.tool(TOOL);
  const { description: before } = content;
  const edited = { ...content, systemPrompt, description: description ?? before };
  await editing.save(GRACE, id, version, edited);
}

Deno.test("ExperimentService.save() stores a draft that comes back as it was typed", async () => {
  await using world = await openWorld();
  const { experiments } = world.services;
  const typed = await planned(world, { measure: "turns", turns: "4", days: "60", include: "50" });
  const result = await experiments.save(ADA, null, 0, typed);
  assert.ok("id" in result);
  const { fields, revision } = await experiments.fieldsOf(result.id);
  assertEquals([fields, revision], [typed, 1]);
  const changed = { ...typed, name: "Another name" };
  await experiments.save(ADA, result.id, 1, changed);
  assertEquals(await experiments.fieldsOf(result.id), { fields: changed, revision: 2 });
  // Nothing changed: neither a revision nor an entry.
  await experiments.save(ADA, result.id, 2, changed);
  assertEquals((await experiments.get(result.id)).revision, 2);
  assertEquals(await actions(world), [`${ADA} experiment.create`, `${ADA} experiment.change`]);
});

Deno.test("ExperimentService.start() fixes what A is, the total, the seed and the end", async () => {
  let now = Date.UTC(2026, 9, 12, 9);
  await using world = await openWorld({ clock: () => now });
  const { experiments } = world.services;
  const id = await saved(world, { days: "60" });
  await editTool(world, "As it is at the start.");
  const { version } = await world.services.tools.views.tool(TOOL);
  await experiments.start(ADA, id, 1);
  await editTool(world, "Edited since.");
  const { contents, ...running } = await experiments.get(id);
  assertEquals(contents.A?.systemPrompt, "As it is at the start.");
  assertEquals(contents.B?.systemPrompt, "Greet first.");
  assertEquals(
    [running.state, running.baseVersion, running.startedAt, running.endsAt, running.shareChanges],
    ["running", version, now, now + 60 * DAY, [{ at: now, shares: [50, 50] }]],
  );
  assert.ok((running.planned ?? 0) >= 100 && running.seed.length >= 32);
  now += 60 * DAY;
  const ended = await experiments.get(id);
  assertEquals([ended.state, ended.endedAt], ["ended", now]);
});

Deno.test("ExperimentService.save() returns what is wrong with each field, and saves nothing", async () => {
  await using world = await openWorld();
  const { experiments } = world.services;
  const fields = await planned(world);
  const [a, b] = fields.variants;
  assert.ok(a && b);
  const cases: [over: Partial<ExperimentFields>, wrong: string[]][] = [
    [{ name: " " }, ["name"]],
    [{ name: "x".repeat(81) }, ["name"]],
    [{ measure: "phrase", phrase: " " }, ["phrase"]],
    [{ measure: "turns", turns: "1" }, ["turns"]],
    [{ measure: "turns", turns: "many" }, ["turns"]],
    [{ include: "0" }, ["include"]],
    [{ include: "101" }, ["include"]],
    [{ days: "0" }, ["days"]],
    [{ days: "366" }, ["days"]],
    [{ variants: [a] }, ["variants"]],
    [{ variants: Array(6).fill(b) }, ["variants"]],
    [{ variants: [{ ...a, share: "60" }, b] }, ["shares"]],
    [{ variants: [{ ...a, share: "100" }, { ...b, share: "0" }] }, ["A.share", "B.share"]],
    [{ variants: [{ ...a, share: "" }, b] }, ["A.share"]],
    [{ variants: [a, { ...b, temperature: "hot", maxTokens: "0" }] }, [
      "B.temperature",
      "B.maxTokens",
    ]],
    [{ variants: [a, { ...b, systemPrompt: "x".repeat(20_001) }] }, ["B.systemPrompt"]],
    [{ variants: [a, { ...b, systemPrompt: " " }] }, ["B.systemPrompt"]],
    [{ variants: [a, { ...b, model: "no-such-model" }] }, ["B.model"]],
    [{ variants: [a, { ...b, note: "x".repeat(201) }] }, ["B.note"]],
    [{ name: "", days: "x", variants: [a, { ...b, effort: "huge" }] }, [
      "name",
      "days",
      "B.effort",
    ]],
  ];
  for (const [over, wrong] of cases) {
    const result = await experiments.save(ADA, null, 0, { ...fields, ...over });
    assert.ok("findings" in result, wrong.join());
    assertEquals(result.findings.map(({ field }) => field), wrong);
    assert.ok(result.findings.every(({ level, text }) => level === "error" && text !== ""));
  }
  const noTool = { ...fields, tool: "no-such-tool" };
  await assertRejects(() => experiments.save(ADA, null, 0, noTool), "tool.binned");
  assertEquals(await actions(world), []);
});

Deno.test("ExperimentService.save() keeps the first of two admins' plans, and tells the second", async () => {
  await using world = await openWorld();
  const { experiments } = world.services;
  const id = await saved(world);
  const results = await Promise.allSettled([
    experiments.save(ADA, id, 1, await planned(world, { name: "Ada's" })),
    experiments.save(GRACE, id, 1, await planned(world, { name: "Grace's" })),
  ]);
  assertEquals(results.map(({ status }) => status).sort(), ["fulfilled", "rejected"]);
  const lost = results.find((each) => each.status === "rejected");
  assert.match(String(lost?.reason), /experiment\.changed/);
  assertEquals((await experiments.get(id)).revision, 2);
  await assertRejects(() => experiments.start(GRACE, id, 1), "experiment.changed");
});

Deno.test("ExperimentService.start() starts once, and one experiment of a tool at a time", async () => {
  await using world = await openWorld();
  const { experiments } = world.services;
  const [first, second] = [await saved(world), await saved(world)];
  const twice = await Promise.allSettled([
    experiments.start(ADA, first, 1),
    experiments.start(GRACE, first, 1),
    experiments.start(GRACE, second, 1),
  ]);
  assertEquals(twice.filter(({ status }) => status === "fulfilled").length, 1);
  assertEquals((await actions(world)).filter((each) => each.endsWith(".start")).length, 1);
  const [running, other] = (await experiments.get(first)).state === "running"
    ? [first, second]
    : [second, first];
  await assertRejects(() => experiments.start(ADA, other, 1), "experiment.other");
  await experiments.pause(ADA, running);
  await assertRejects(() => experiments.start(ADA, other, 1), "experiment.other");
  await experiments.end(ADA, running);
  await experiments.start(ADA, other, 1);
});

Deno.test("ExperimentService.start() passes over an experiment whose time is over, before that is written", async () => {
  let now = Date.UTC(2026, 9, 12);
  await using world = await openWorld({ clock: () => now });
  const { experiments } = world.services;
  const first = await started(world, { days: "7" });
  const second = await saved(world);
  now += 7 * DAY;
  assertEquals(world.deps.store.experiments.runningOf(TOOL, now), null);
  await assertRejects(() => experiments.pause(ADA, first), '"state":"ended"');
  await experiments.start(ADA, second, 1);
  await experiments.watch.check();
  const [over] = (await world.deps.store.experiments.list()).filter(({ id }) => id === first);
  assertEquals([over?.state, over?.endedAt, over?.revision], ["ended", now, 3]);
  await experiments.watch.check();
  assertEquals((await experiments.get(first)).revision, 3);
});

Deno.test("ExperimentService takes each action in its states only, and audits it", async () => {
  await using world = await openWorld();
  const { experiments } = world.services;
  const act = {
    start: (id: string, revision: number) => experiments.start(ADA, id, revision),
    pause: (id: string) => experiments.pause(ADA, id),
    resume: (id: string) => experiments.resume(ADA, id),
    end: (id: string) => experiments.end(ADA, id),
    shares: (id: string, revision: number) => experiments.setShares(ADA, id, revision, [60, 40]),
    delete: (id: string) => experiments.remove(ADA, id),
    promote: async (id: string) => void await experiments.promote(ADA, id, "B"),
    save: async (id: string, revision: number) =>
      void await experiments.save(ADA, id, revision, await planned(world, { name: "New" })),
  };
  const takes = {
    draft: ["start", "shares", "delete", "save"],
    running: ["pause", "end", "shares", "promote"],
    paused: ["resume", "end", "shares", "promote"],
    ended: ["promote"],
  };
  for (const [state, taken] of Object.entries(takes)) {
    for (const [name, run] of Object.entries(act)) {
      const id = await saved(world);
      if (state !== "draft") await experiments.start(ADA, id, 1);
      if (state === "paused") await experiments.pause(ADA, id);
      if (state === "ended") await experiments.end(ADA, id);
      const before = await experiments.get(id);
      const entries = (await actions(world)).length;
      if (taken.includes(name)) {
        await run(id, before.revision);
        const verb = name === "save" ? "change" : name;
        const written = (await actions(world)).slice(entries);
        assert.ok(written.includes(`${ADA} experiment.${verb}`), `${state} ${name}`);
      } else {
        await assertRejects(() => run(id, before.revision), name === "promote" ? "" : state);
        assertEquals(await experiments.get(id), before);
        assertEquals((await actions(world)).length, entries);
      }
      await experiments.end(ADA, id).catch(() => {});
    }
  }
  await assertRejects(() => experiments.get("nothing"), "experiment.gone");
  await assertRejects(() => experiments.end(ADA, "nothing"), "experiment.gone");
});

Deno.test("ExperimentService.setShares() records each change, and refuses what is not 100 together", async () => {
  let now = Date.UTC(2026, 9, 12);
  await using world = await openWorld({ clock: () => now });
  const { experiments } = world.services;
  const id = await started(world);
  const since = now;
  now += DAY;
  for (const shares of [[100, 0], [50, 40], [50], [120, -20], [50.5, 49.5], [NaN, 100]]) {
    await assertRejects(() => experiments.setShares(GRACE, id, 2, shares), "form.invalid");
  }
  await experiments.setShares(GRACE, id, 2, [80, 20]);
  await experiments.setShares(GRACE, id, 3, [80, 20]);
  const { shareChanges, variants, revision } = await experiments.get(id);
  assertEquals(shareChanges, [{ at: since, shares: [50, 50] }, { at: now, shares: [80, 20] }]);
  assertEquals([variants.map(({ share }) => share), revision], [[80, 20], 3]);
  await assertRejects(() => experiments.setShares(ADA, id, 2, [50, 50]), "experiment.changed");
});

Deno.test("ExperimentService.promote() replaces the variant's fields only, with all else as it is now", async () => {
  await using world = await openWorld();
  const { experiments, tools } = world.services;
  const id = await started(world);
  await editTool(world, "Edited since.", "A description of since");
  await tools.editing.setActive(GRACE, TOOL, false);
  const before = await tools.views.tool(TOOL);
  assertEquals(await experiments.promote(ADA, id, "B"), before.version + 1);
  const after = await tools.views.tool(TOOL);
  assertEquals(after, { ...before, systemPrompt: "Greet first.", version: before.version + 1 });
  const [latest] = await tools.views.versions(after);
  assertEquals([latest?.by, latest?.how], [ADA, "version B of the experiment “Warmer greeting”"]);
  const { state, promoted, endedAt } = await experiments.get(id);
  assertEquals([state, promoted?.letter, promoted?.version], ["ended", "B", after.version]);
  assertEquals(endedAt, promoted?.at ?? null);
  assertEquals((await actions(world)).slice(-2).sort(), [
    `${ADA} experiment.promote`,
    `${ADA} tool.change`,
  ]);
  // Once only, and each version before it is still there.
  await assertRejects(() => experiments.promote(ADA, id, "A"), "experiment.promoted");
  await assertRejects(() => experiments.promote(ADA, id, "C"), "experiment.variant_gone");
  assertEquals((await tools.views.tool(TOOL)).version, after.version);
  await tools.editing.restoreVersion(ADA, TOOL, before.version, after.version);
  assertEquals((await tools.views.tool(TOOL)).systemPrompt, "Edited since.");
});

Deno.test("ExperimentService.promote() of what the tool is already ends the experiment only", async () => {
  await using world = await openWorld();
  const { experiments, tools } = world.services;
  const id = await started(world);
  const { version } = await tools.views.tool(TOOL);
  assertEquals(await experiments.promote(ADA, id, "A"), version);
  assertEquals((await tools.views.tool(TOOL)).version, version);
  assertEquals((await experiments.get(id)).promoted?.version, version);
});

Deno.test("ExperimentService.promote() by two admins, beside edits of the tool, makes one version of it", async () => {
  await using files = await scratch();
  await using one = await openWorld({ path: files.store });
  await using other = await openWorld({ path: files.store });
  const id = await started(one);
  const results = await Promise.allSettled([
    one.services.experiments.promote(ADA, id, "B"),
    other.services.experiments.promote(GRACE, id, "B"),
    one.services.tools.editing.setActive(ADA, TOOL, false),
    other.services.experiments.setShares(GRACE, id, 2, [70, 30]),
  ]);
  const [mine, theirs] = results.map(({ status }) => status);
  assertEquals([mine, theirs].sort(), ["fulfilled", "rejected"]);
  const versions = await one.deps.store.tools.versions(TOOL);
  const promotions = versions.filter(({ how }) =>
    typeof how !== "string" && how.code === "promoted"
  );
  assertEquals(promotions.length, 1);
  const { promoted, state } = await other.services.experiments.get(id);
  assertEquals([promoted?.version, state], [promotions[0]?.tool.version, "ended"]);
  assertEquals(
    (await one.deps.store.tools.snapshot()).tools.find((each) => each.id === TOOL)?.active,
    false,
  );
});

Deno.test("ExperimentService.promote() refuses a prompt that no longer fits beside the tool's other texts", async () => {
  await using world = await openWorld();
  const { experiments, tools } = world.services;
  const fields = await planned(world);
  const variants = fields.variants.map((each) => ({ ...each, systemPrompt: "x".repeat(20_000) }));
  const id = await started(world, { variants });
  const { id: _id, order: _order, version, ...content } = await tools.views.tool(TOOL);
  const example = { question: "x".repeat(400), answer: "x".repeat(1_200) };
  const examples = Array.from({ length: 6 }, () => example);
  await tools.editing.save(GRACE, TOOL, version, { ...content, examples });
  await assertRejects(() => experiments.promote(ADA, id, "B"), "too long together");
  assertEquals((await tools.views.tool(TOOL)).version, version + 1);
  assertEquals((await experiments.get(id)).state, "running");
});
