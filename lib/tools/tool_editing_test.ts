import { toolKeys } from "./records.ts";
import { assert, assertEquals, assertRejects } from "@/tests/support/assert.ts";
import { scratch } from "@/tests/support/scratch.ts";
import { openWorld, type World } from "@/tests/support/world.ts";
import { parseToolFields, toolFields } from "./rules/tool_form.ts";
import { KEPT_VERSIONS } from "./tool_repository.ts";
import { ToolChanged } from "./tool_editing.ts";

const ADA = "ada@example.org";
const GRACE = "grace@example.org";
const ID = "math-tutor";

async function contentFor(world: World, over: Record<string, unknown> = {}) {
  const { content } = parseToolFields(toolFields(await world.services.tools.views.tool(ID)));
  assert.ok(content);
  return { ...content, ...over };
}

async function order(world: World): Promise<string[]> {
  const { tools } = await world.deps.store.tools.snapshot();
  return tools.map(({ id }) => id);
}

async function actions(world: World): Promise<string[]> {
  const { entries } = await world.deps.store.audit.find({
    from: 0,
    until: Number.MAX_SAFE_INTEGER,
    fits: ({ action }) => action.startsWith("tool."),
    limit: 500,
    before: null,
  });
  return entries.map(({ who, action, thing }) => `${who} ${action} ${thing}`);
}

Deno.test("ToolEditing.create() gives a new id, the last place and an audit entry", async () => {
  await using world = await openWorld();
  const { editing, views } = world.services.tools;
  const content = await contentFor(world, { name: "Ánálisis de datos!" });
  assertEquals(await editing.create(ADA, content), "analisis-de-datos");
  assertEquals(await editing.create(ADA, content), "analisis-de-datos-2");
  assertEquals(await editing.create(ADA, { ...content, name: "Import" }), "import-tool");
  assertEquals((await order(world)).slice(-3), [
    "analisis-de-datos",
    "analisis-de-datos-2",
    "import-tool",
  ]);
  assertEquals((await views.tool("import-tool")).version, 1);
  assertEquals((await actions(world)).sort(), [
    `${ADA} tool.create tool:analisis-de-datos`,
    `${ADA} tool.create tool:analisis-de-datos-2`,
    `${ADA} tool.create tool:import-tool`,
  ]);
});

Deno.test("ToolEditing.save() accepts the first of two admins and returns the current tool to the second", async () => {
  await using world = await openWorld();
  const { editing, views } = world.services.tools;
  const seen = (await views.tool(ID)).version;
  await editing.save(ADA, ID, seen, await contentFor(world, { systemPrompt: "Ada's" }));
  const error = await assertRejects(async () =>
    editing.save(GRACE, ID, seen, await contentFor(world, { systemPrompt: "Grace's" }))
  );
  assert.ok(error instanceof ToolChanged);
  assertEquals(error.current.systemPrompt, "Ada's");
  await editing.save(
    GRACE,
    ID,
    error.current.version,
    await contentFor(world, { systemPrompt: "Grace's" }),
  );
  const versions = await views.versions(await views.tool(ID));
  assertEquals(versions.map(({ number, by, how, current }) => [number, by, how, current]), [
    [3, GRACE, "changed", true],
    [2, ADA, "changed", false],
    [1, "", "as it was before", false],
  ]);
  assertEquals((await actions(world)).length, 2);
});

Deno.test("ToolEditing.save() called concurrently saves once", async () => {
  await using world = await openWorld();
  const { editing, views } = world.services.tools;
  const contents = await Promise.all(
    Array.from({ length: 10 }, (_, i) => contentFor(world, { systemPrompt: `Text ${i}` })),
  );
  const results = await Promise.allSettled(
    contents.map((content) => editing.save(ADA, ID, 1, content)),
  );
  assertEquals(results.filter(({ status }) => status === "fulfilled").length, 1);
  assertEquals((await views.tool(ID)).version, 2);
  assertEquals((await actions(world)).length, 1);
});

Deno.test("ToolEditing.save() without a difference writes nothing", async () => {
  await using world = await openWorld();
  const { editing, views } = world.services.tools;
  await editing.save(ADA, ID, 1, await contentFor(world));
  assertEquals((await views.tool(ID)).version, 1);
  assertEquals(await actions(world), []);
});

Deno.test("ToolEditing in two processes never overwrites the other's tools", async () => {
  await using files = await scratch();
  const path = files.store;
  await using one = await openWorld({ path });
  await using other = await openWorld({ path });
  const names = Array.from({ length: 8 }, (_, i) => `Tool ${i}`);
  await Promise.all(names.map(async (name, i) => {
    const world = i % 2 === 0 ? one : other;
    await world.services.tools.editing.create(ADA, await contentFor(world, { name }));
  }));
  assertEquals((await order(one)).slice(-8).sort(), names.map((_, i) => `tool-${i}`));
  const { tools } = await one.deps.store.tools.snapshot();
  assertEquals(new Set(tools.map(({ order }) => order)).size, tools.length);
  assertEquals((await actions(other)).length, 8);
});

Deno.test("ToolEditing.move() changes only the order, and stops at the ends", async () => {
  await using world = await openWorld();
  const { editing, views } = world.services.tools;
  const before = await order(world);
  await editing.move(ADA, ID, (now) => now - 1);
  const at = before.indexOf(ID);
  assertEquals((await order(world)).slice(at - 1, at + 1), [ID, before[at - 1]]);
  assertEquals((await views.tool(ID)).version, 1);
  await editing.move(ADA, ID, () => 0);
  assertEquals((await order(world))[0], ID);
  await editing.move(ADA, ID, (now) => now - 1);
  await editing.move(ADA, ID, () => 99);
  assertEquals((await order(world)).at(-1), ID);
  assertEquals((await actions(world)).length, 3);
});

Deno.test("ToolEditing.move() to another group makes a version of the tool alone", async () => {
  await using world = await openWorld();
  const { editing, views } = world.services.tools;
  await editing.move(ADA, ID, () => 0, " Maths ");
  const tool = await views.tool(ID);
  assertEquals([tool.group, tool.version, (await order(world))[0]], ["Maths", 2, ID]);
  await editing.move(ADA, ID, () => 0, "Maths");
  assertEquals((await views.tool(ID)).version, 2);
  const others = (await world.deps.store.tools.list()).filter(({ id }) => id !== ID);
  assertEquals(new Set(others.map(({ version }) => version)), new Set([1]));
});

Deno.test("ToolEditing.duplicate() adds an inactive copy after the tool", async () => {
  await using world = await openWorld();
  const { editing, views } = world.services.tools;
  const id = await editing.duplicate(ADA, ID);
  const again = await editing.duplicate(ADA, id);
  const copy = await views.tool(id);
  assertEquals([copy.name, copy.active, copy.version], ["Math Tutor (copy)", false, 1]);
  assertEquals((await views.tool(again)).name, "Math Tutor (copy 2)");
  const ids = await order(world);
  assertEquals(ids.slice(ids.indexOf(ID), ids.indexOf(ID) + 3), [ID, id, again]);
});

Deno.test("ToolBin.takeBack() restores a tool unchanged at its place for 30 days", async () => {
  let now = Date.UTC(2026, 5, 1);
  await using world = await openWorld({ clock: () => now });
  const { editing, bin, views } = world.services.tools;
  const [before, tool] = [await order(world), await views.tool(ID)];
  await editing.remove(ADA, ID);
  assertEquals((await order(world)).includes(ID), false);
  assertEquals(await world.deps.store.tools.get(ID), null);
  assertEquals((await views.binned()).map(({ id, by, daysLeft }) => [id, by, daysLeft]), [
    [ID, ADA, 30],
  ]);
  assertEquals(await bin.takeBack(GRACE, ID, null), ID);
  assertEquals(await order(world), before);
  assertEquals({ ...await views.tool(ID), version: 1 }, tool);
  assertEquals(await views.binned(), []);
  await editing.remove(ADA, ID);
  now += 30 * 24 * 60 * 60_000;
  assertEquals(await views.binned(), []);
  await assertRejects(() => bin.takeBack(GRACE, ID, null), "tool.not_in_bin");
});

Deno.test("ToolBin.takeBack() gives a new id if the old one is taken", async () => {
  await using world = await openWorld();
  const { editing, bin } = world.services.tools;
  const content = await contentFor(world, { name: "Math Tutor" });
  await editing.remove(ADA, ID);
  assertEquals(await editing.create(ADA, content), "math-tutor-2");
  await editing.remove(ADA, "math-tutor-2");
  const [latest] = await bin.list();
  assertEquals(await bin.takeBack(ADA, "math-tutor-2", latest?.at ?? 0), "math-tutor-2");
  const [first] = await bin.list();
  await bin.discard(ADA, ID, first?.at ?? 0);
  assertEquals(await bin.list(), []);
  await assertRejects(() => bin.discard(ADA, ID, first?.at ?? 0), "tool.not_in_bin");
});

Deno.test("a tool that was deleted for good leaves no version, and its id to no other tool", async () => {
  await using dir = await scratch();
  await using world = await openWorld({ path: dir.store });
  const { editing, bin } = world.services.tools;
  const { store } = world.deps;
  const content = await contentFor(world, { name: "Math Tutor" });
  await editing.save(ADA, ID, 1, { ...content, systemPrompt: "Of the old one" });
  await editing.remove(ADA, ID);
  // Restored and deleted again, it keeps its history.
  const [first] = await bin.list();
  assertEquals(await bin.takeBack(ADA, ID, first?.at ?? 0), ID);
  await editing.remove(ADA, ID);
  assert.ok((await store.tools.versions(ID)).length > 0);
  const [second] = await bin.list();
  await bin.discard(ADA, ID, second?.at ?? 0);
  assertEquals(await store.tools.versions(ID), []);
  assertEquals(await editing.create(ADA, content), "math-tutor-2");
  await using again = await openWorld({ path: dir.store });
  assertEquals(await again.services.tools.editing.create(ADA, content), "math-tutor-3");
});

Deno.test("Tools.forgetVersions() spares a tool in the bin, and one that a file brought back", async () => {
  await using world = await openWorld();
  const { editing, bin, transfer } = world.services.tools;
  const { store } = world.deps;
  const content = await contentFor(world);
  await editing.save(ADA, ID, 1, { ...content, systemPrompt: "Of the old one" });
  const file = await transfer.export([ID]);
  await editing.remove(ADA, ID);
  const [binned] = await bin.list();
  await transfer.import(ADA, file);
  await bin.discard(ADA, ID, binned?.at ?? 0);
  assert.ok((await store.tools.versions(ID)).length > 0);
  await editing.remove(ADA, ID);
  await store.tools.forgetVersions();
  assert.ok((await store.tools.versions(ID)).length > 0);
  // As the sweep deletes it after its 30 days.
  const [last] = await bin.list();
  await store.transactions.run([], (tx) => tx.delete(toolKeys.toolBin(ID, last?.at ?? 0)));
  await store.tools.forgetVersions();
  assertEquals(await store.tools.versions(ID), []);
});

Deno.test(`ToolEditing.restoreVersion() restores any of the last ${KEPT_VERSIONS} versions`, async () => {
  await using world = await openWorld();
  const { editing, views } = world.services.tools;
  for (let version = 1; version <= 55; version++) {
    await editing.save(
      ADA,
      ID,
      version,
      await contentFor(world, { description: `No. ${version}` }),
    );
  }
  const tool = await views.tool(ID);
  const versions = await views.versions(tool);
  assertEquals(versions.map(({ number }) => number), Array.from({ length: 50 }, (_, i) => 56 - i));
  const changes = await views.compare(tool, 10, 11);
  assertEquals(changes.map(({ field, before, after }) => [field, before, after]), [
    ["description", "No. 9", "No. 10"],
  ]);
  await editing.setActive(ADA, ID, false);
  await assertRejects(() => editing.restoreVersion(GRACE, ID, 10, 56), "tool.changed");
  await editing.restoreVersion(GRACE, ID, 10, 57);
  const restored = await views.tool(ID);
  assertEquals([restored.description, restored.active, restored.version], ["No. 9", false, 58]);
  await assertRejects(() => editing.restoreVersion(GRACE, ID, 2, 58), "version.gone");
});

Deno.test("ToolViews.versions() shows the text of a version stored with one", async () => {
  await using world = await openWorld();
  const { editing, views } = world.services.tools;
  const content = await contentFor(world, { systemPrompt: "Ada's" });
  await editing.save(ADA, ID, (await views.tool(ID)).version, content);
  const { store } = world.deps;
  const [latest] = await store.tools.versions(ID, 1);
  assertEquals(latest?.how, { code: "changed" });
  // In the format of an earlier version of the program.
  const key = toolKeys.toolVersion(ID, latest?.tool.version ?? 0);
  const earlier = { ...latest, how: "back to version 12" };
  await store.transactions.run([], (tx) => latest && tx.set(key, { ...latest, ...earlier }));
  const [shown] = await views.versions(await views.tool(ID));
  assertEquals([shown?.how, shown?.by], ["back to version 12", ADA]);
});
