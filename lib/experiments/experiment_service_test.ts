import { assert, assertEquals, assertRejects } from "@/tests/support/assert.ts";
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
