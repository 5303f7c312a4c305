import fc from "fast-check";
import { z } from "zod";
import { assert, assertEquals, assertRejects } from "@/tests/support/assert.ts";
import { anyTools } from "@/tests/support/tool_arbitrary.ts";
import { openWorld, type World } from "@/tests/support/world.ts";
import { AppError } from "../platform/errors.ts";
import { toolKeys } from "./records.ts";
import { exportTools } from "./rules/tool_file.ts";

const ADA = "ada@example.org";

async function stored(world: World): Promise<string> {
  return await world.services.tools.transfer.export();
}

Deno.test("ToolTransfer.export() is equal to the byte after an import into an empty store", async () => {
  await fc.assert(
    fc.asyncProperty(anyTools, async (tools) => {
      await using world = await openWorld();
      const { editing, transfer } = world.services.tools;
      for (const { id } of await world.deps.store.tools.list()) await editing.remove(ADA, id);
      const text = exportTools(tools);
      const { created } = await transfer.import(ADA, text);
      assertEquals(created.length, tools.length);
      assertEquals(await transfer.export(), text);
      assertEquals(
        (await transfer.plan(text)).items.map(({ kind }) => kind),
        tools.map(() => "same"),
      );
    }),
    { numRuns: 15 },
  );
});

Deno.test("ToolTransfer.import() stores the whole plan or nothing, for any file", async () => {
  await using world = await openWorld();
  const { transfer } = world.services.tools;
  const seed = await stored(world);
  const values = fc.oneof(fc.jsonValue(), fc.constantFrom(null, -1, 1e300, "", "999999999999999"));
  let imported = 0, refused = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.nat(), fc.nat(), values), { maxLength: 3 }),
      async (edits) => {
        const file = JSON.parse(seed);
        for (const [which, key, value] of edits) {
          const tool = file.tools[which % file.tools.length];
          const names = Object.keys(tool);
          tool[names[key % names.length] ?? "id"] = value;
        }
        const text = JSON.stringify(file);
        const before = await stored(world);
        try {
          const plan = await transfer.plan(text);
          await transfer.import(ADA, text, plan.seen);
          const after = await transfer.plan(text);
          assertEquals(after.items.filter(({ kind }) => kind !== "same"), []);
          imported++;
        } catch (error) {
          if (!(error instanceof AppError)) throw error;
          assertEquals(await stored(world), before);
          refused++;
        }
      },
    ),
    { numRuns: 300 },
  );
  assert.ok(imported > 20 && refused > 20, `${imported} imported, ${refused} refused`);
});

Deno.test("ToolTransfer.import() refuses an outdated plan", async () => {
  await using world = await openWorld();
  const { editing, transfer } = world.services.tools;
  const text = (await stored(world)).replace("Math Tutor", "Maths Tutor");
  const { seen } = await transfer.plan(text);
  await editing.setActive(ADA, "code-helper", false);
  await assertRejects(() => transfer.import(ADA, text, seen, ["math-tutor"]), "tools.changed");
  await transfer.import(ADA, text, null, ["math-tutor"]);
  assertEquals(await world.deps.store.tools.get("code-helper").then((tool) => tool?.active), false);
  const [latest] = await world.deps.store.tools.versions("math-tutor");
  assertEquals([latest?.how, latest?.by, latest?.tool.name], [
    { code: "imported" },
    ADA,
    "Maths Tutor",
  ]);
});

Deno.test("ToolTransfer.import() stores more than one commit holds in several, and goes on after one that failed", async () => {
  await using world = await openWorld();
  const { transfer, editing } = world.services.tools;
  const [pattern] = await world.deps.store.tools.list();
  assert.ok(pattern);
  const file = (count: number, letter: string) =>
    exportTools(Array.from({ length: count }, (_, i) => ({
      ...pattern,
      texts: {},
      id: `big-${i}`,
      name: `Big ${i}`,
      systemPrompt: letter.repeat(20_000),
    })));
  const imports = async () => {
    const filter = { action: "tool.import", who: "", thing: "", from: "", to: "" };
    return (await world.services.audit.list(filter, "")).entries.length;
  };
  assertEquals((await transfer.import(ADA, file(16, "x"))).created.length, 16);
  assertEquals(await imports(), 1);
  const { seen } = await transfer.plan(file(60, "ж"));
  const done = await transfer.import(ADA, file(60, "ж"), seen);
  assertEquals([done.created.length, done.changed.length], [44, 16]);
  assert.ok(await imports() > 4);
  assertEquals(
    (await transfer.plan(file(60, "ж"))).items.filter(({ kind }) => kind !== "same"),
    [],
  );

  // Another admin changes the last tool once the first commit is there.
  const { tools } = world.deps.store;
  const change = tools.change.bind(tools);
  let commits = 0;
  tools.change = async (...args) => {
    const changed = await change(...args);
    if (++commits === 1) await editing.setActive("grace@example.org", "big-59", false);
    return changed;
  };
  await assertRejects(() => transfer.import(ADA, file(60, "y")), "tools.changed");
  assertEquals((await tools.get("big-59"))?.active, false);
  const { items, seen: now } = await transfer.plan(file(60, "y"));
  const left = items.filter(({ kind }) => kind === "changed").length;
  assert.ok(left > 0 && left < 60, `${left} are left`);
  assertEquals((await transfer.import(ADA, file(60, "y"), now)).changed.length, left);
});

Deno.test("ToolTransfer.import() keeps tools without ids apart that have one name, also in several commits", async () => {
  await using world = await openWorld();
  const { transfer } = world.services.tools;
  const letters = ["ж", "я", "ю", "д"];
  const tools = Array.from({ length: 40 }, (_, i) => ({
    name: "Long",
    systemPrompt: `${i} ${(letters[i % 4] ?? "").repeat(15_000)}`,
    model: "gpt-4o",
  }));
  const text = JSON.stringify({ format: "obt-helper-tools", version: 1, tools });
  const { created } = await transfer.import(ADA, text);
  assertEquals([created.length, new Set(created).size], [40, 40]);
  const prompts = (await world.deps.store.tools.list()).filter(({ id }) => created.includes(id))
    .map(({ systemPrompt }) => systemPrompt);
  assertEquals(prompts.toSorted(), tools.map(({ systemPrompt }) => systemPrompt).toSorted());
});

Deno.test("Tools.get() reads a record of an earlier version of the program", async () => {
  await using world = await openWorld();
  const { tools } = world.deps.store;
  const now = await tools.get("math-tutor");
  assert.ok(now);
  const { whatsapp: _w, examples: _x, version: _v, ...old } = now;
  await world.deps.store.transactions.run([], (tx) => {
    tx.set({ ...toolKeys.tool("math-tutor"), schema: z.unknown() }, old);
    tx.set(toolKeys.tools(), "another version");
  });
  await tools.snapshot();
  assertEquals(await tools.get("math-tutor"), now);
});
