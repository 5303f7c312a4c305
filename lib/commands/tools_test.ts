import { readConfig } from "../config.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { scratch } from "@/tests/support/scratch.ts";
import { openWorld } from "@/tests/support/world.ts";
import { tools } from "./tools.ts";

/** A store with the default tools, and the command on it. */
async function withStore(
  run: (command: (...args: string[]) => Promise<[number, string]>, folder: string) => Promise<void>,
): Promise<void> {
  await using files = await scratch();
  const { folder, store: path } = files;
  const world = await openWorld({ path });
  await world[Symbol.asyncDispose]();
  const config = readConfig({ KV_PATH: path });
  await run(async (...args) => {
    const lines: string[] = [];
    const code = await tools(config, args, (line) => lines.push(line));
    return [code, lines.join("\n")];
  }, folder);
}

Deno.test("tools() imports its own export unchanged; a dry run changes nothing", async () => {
  await withStore(async (command, folder) => {
    const file = `${folder}/tools.json`;
    assertEquals(await command("export", file), [0, `18 tools are in ${file}.`]);
    const text = await Deno.readTextFile(file);
    assertEquals(await command("export"), [0, text.trimEnd()]);
    await Deno.writeTextFile(file, text.replace('"Math Tutor"', '"Maths Tutor"'));
    const [code, said] = await command("import", file, "--dry-run");
    assertEquals(code, 0);
    assert.match(said, /^changed {2}math-tutor: name$/m);
    assert.match(said, /dry run/);
    assertEquals((await command("export"))[1], text.trimEnd());
    assertEquals(
      (await command("import", file))[1].split("\n").at(-1),
      "Imported: 0 new, 1 changed.",
    );
    assert.match((await command("export"))[1], /"Maths Tutor"/);
  });
});

Deno.test("tools() imports nothing of a file with a refused tool", async () => {
  await withStore(async (command, folder) => {
    const file = `${folder}/tools.json`;
    const [, before] = await command("export");
    const changed = before.replace('"Math Tutor"', '"Maths Tutor"')
      .replace('"maxTokens": 3000', '"maxTokens": 0');
    await Deno.writeTextFile(file, changed);
    const [code, said] = await command("import", file);
    assertEquals(code, 1);
    assert.match(said, /^refused {2}“Back-translation Checker”: maxTokens: A whole number/m);
    assertEquals((await command("export"))[1], before);
  });
});

Deno.test("tools() reports the problems of a file and the usage", async () => {
  await withStore(async (command, folder) => {
    await Deno.writeTextFile(`${folder}/a`, "{");
    await Deno.writeTextFile(`${folder}/b`, " ".repeat(4 * 1024 * 1024 + 1));
    await Deno.writeFile(`${folder}/c`, new Uint8Array([0xff, 0xfe]));
    assertEquals(await command("import", `${folder}/a`), [1, "This file is no valid JSON."]);
    assert.match((await command("import", `${folder}/b`))[1], /too large/);
    assert.match((await command("import", `${folder}/c`))[1], /UTF-8/);
    assert.match((await command("import", `${folder}/none`))[1], /cannot be read/);
    const wrong = [[], ["import"], ["export", "a", "b"], ["export", "--dry-run"], ["drop"]];
    for (const args of wrong) {
      const [code, said] = await command(...args);
      assertEquals([code, said.split(" ")[0]], [1, "tools"], args.join(" "));
    }
  });
});

Deno.test("tools() brings an export of more than 1 MiB back whole into another store", async () => {
  await withStore(async (command, folder) => {
    const file = `${folder}/tools.json`;
    const made = `${folder}/made.json`;
    await command("export", file);
    const { tools: [pattern], ...format } = JSON.parse(await Deno.readTextFile(file));
    const prompt = 'Say it in plain words, "shortly".\n'.repeat(560);
    const many = Array.from({ length: 80 }, (_, i) => ({
      ...pattern,
      id: `long-${i}`,
      name: `Long ${i}`,
      order: 100 + i,
      systemPrompt: `${i} ${prompt}`,
    }));
    await Deno.writeTextFile(made, JSON.stringify({ ...format, tools: many }));
    assertEquals((await command("import", made))[0], 0);
    await command("export", file);
    assert.ok((await Deno.stat(file)).size > 1.5 * 1024 * 1024);
    const path = `${folder}/new.sqlite`, back = `${folder}/back.json`;
    const config = readConfig({ KV_PATH: path });
    const lines: string[] = [];
    assertEquals(await tools(config, ["import", file], (line) => lines.push(line)), 0);
    assertEquals(lines.at(-1), "Imported: 98 new, 0 changed.");
    assertEquals(await tools(config, ["export", back], () => {}), 0);
    assertEquals(await Deno.readTextFile(back), await Deno.readTextFile(file));
  });
});

Deno.test("tools() fills a new store, which then gets no default tools", async () => {
  await withStore(async (command, folder) => {
    const file = `${folder}/tools.json`;
    await command("export", file);
    const text = JSON.parse(await Deno.readTextFile(file));
    await Deno.writeTextFile(file, JSON.stringify({ ...text, tools: text.tools.slice(0, 2) }));
    const path = `${folder}/new.sqlite`;
    const lines: string[] = [];
    const config = readConfig({ KV_PATH: path });
    assertEquals(await tools(config, ["import", file], (line) => lines.push(line)), 0);
    assertEquals(lines.at(-1), "Imported: 2 new, 0 changed.");
    await using world = await openWorld({ path });
    assertEquals((await world.deps.store.tools.list()).length, 2);
  });
});
