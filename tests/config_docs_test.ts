import { KEYS, readConfig } from "@/lib/config.ts";
import { read } from "./architecture/source.ts";
import { assert, assertEquals } from "./support/assert.ts";

const sorted = (keys: readonly string[]) => [...keys].sort();
const settings = [...(await read(".env.example")).matchAll(/^# ([A-Z][A-Z0-9_]+)=(.*)$/gm)]
  .map(([, key = "", value = ""]) => ({ key, value }));

Deno.test(".env.example names every setting once", () => {
  assertEquals(sorted(settings.map(({ key }) => key)), sorted(KEYS));
});

Deno.test(".env.example describes each setting in one line", async () => {
  const lines = (await read(".env.example")).split("\n");
  for (const { key } of settings) {
    const at = lines.findIndex((line) => line.startsWith(`# ${key}=`));
    const before = lines[at - 1] ?? "";
    assert.match(before, /^# \S.{10,}\.$/, `${key} has no comment above it`);
    assert.doesNotMatch(before, /^# [A-Z0-9_]+=/, `${key} has no comment of its own`);
  }
});

Deno.test("the values in .env.example are valid", () => {
  const env = Object.fromEntries(settings.map(({ key, value }) => [key, value]));
  readConfig(env);
  const defaults = Object.entries(readConfig({})).filter(([key]) => /^[A-Z_0-9]+$/.test(key));
  for (const [key, value] of defaults) {
    const shown = env[key];
    if (Array.isArray(value)) continue;
    assertEquals(shown, String(value), `${key}'s default is not the one shown`);
  }
});

Deno.test("the README's table names every setting", async () => {
  const table = /^## Configuration$([^]*?)^## /m.exec(await read("README.md"))?.[1] ?? "";
  const named = [...table.matchAll(/^\| (.+?) \|/gm)].flatMap(([, cell = ""]) =>
    [...cell.matchAll(/`([A-Z][A-Z0-9_]+)`/g)].map(([, key = ""]) => key)
  );
  assertEquals(sorted([...new Set(named)]), sorted(KEYS));
});
