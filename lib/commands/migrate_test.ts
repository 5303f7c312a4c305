import { readConfig } from "../config.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { ask } from "@/tests/support/asking.ts";
import { scratch } from "@/tests/support/scratch.ts";
import { openWorld } from "@/tests/support/world.ts";
import { rawRecords } from "../store/whole_store/generation_records.ts";
import { recordLine } from "../backup/lines.ts";
import { checkLedger } from "../metering/ledger_check.ts";
import { openStore, type Store } from "../stores.ts";
import { migrateOriginal } from "./migrate.ts";

const TUTOR = {
  id: "math-tutor",
  name: "Math Tutor",
  description: "Step-by-step math problem solving",
  icon: "🧮",
  systemPrompt: "You teach mathematics.",
  model: "gpt-4o-mini",
  temperature: 0.3,
  maxTokens: 1500,
  isActive: true,
  orderIndex: 0,
  costCeiling: "1.25",
};
const SINGLE = {
  name: "Recipe Finder",
  description: "Cooking ideas",
  icon: "👨‍🍳",
  systemPrompt: "You find recipes.",
  model: "gpt-4o-mini",
  temperature: 0.8,
  maxTokens: 2000,
  exportedAt: "2025-06-01T00:00:00Z",
  exportedBy: "OBT Helper GPT",
  version: "1.0",
};
const NOW = Date.now();
const ago = (minutes: number) => new Date(NOW - minutes * 60_000).toISOString();

function session(digits: string, more: Record<string, unknown> = {}) {
  return {
    sessionId: `whatsapp_${digits}`,
    phoneNumber: `whatsapp:+${digits}`,
    currentTool: "math-tutor",
    language: "es",
    conversationHistory: [
      { role: "assistant", content: "Welcome!", timestamp: ago(31) },
      { role: "user", content: "What is a walnut prime?", timestamp: ago(30) },
      { role: "assistant", content: "Nobody knows.", timestamp: ago(30) },
      { role: "user", content: "And now?", timestamp: ago(20) },
    ],
    metadata: { startTime: ago(40), lastActivity: ago(20), messageCount: 4 },
    usage: { cost: 0.0123, tokens: 456 },
    ...more,
  };
}

async function original() {
  const files = await scratch();
  const folder = `${files.folder}/original`;
  await Deno.mkdir(`${folder}/sessions`, { recursive: true });
  const write = (name: string, json: unknown) =>
    Deno.writeTextFile(
      `${folder}/${name}`,
      typeof json === "string" ? json : JSON.stringify(json),
    );
  await write("obt-helper-backup-2025-06-01.json", [TUTOR]);
  await write("recipe-finder-tool.json", SINGLE);
  await write("sessions/one.json", session("41790000001"));
  const old = {
    metadata: { startTime: "2024-01-01T00:00:00Z", lastActivity: "2024-01-02T00:00:00Z" },
    currentTool: "gone-tool",
    language: "xx",
  };
  await write("sessions/more.json", {
    whatsapp_41790000002: session("41790000002", old),
    whatsapp_bad: { sessionId: "whatsapp_bad", phoneNumber: "nobody" },
  });
  await write("notes.txt", "Nothing");
  await write("broken.json", "{");
  await write("usage.json", [{ tool: "math-tutor", count: 4 }]);
  const said: string[] = [];
  return {
    files,
    async run(...more: string[]) {
      said.length = 0;
      const config = readConfig({ KV_PATH: files.store });
      const code = await migrateOriginal(config, [folder, ...more], (line) => said.push(line));
      return { code, said: said.join("\n") };
    },
    async look<T>(look: (store: Store) => Promise<T>): Promise<T> {
      const store = await openStore({ path: files.store, report: () => {} });
      try {
        return await look(store);
      } finally {
        await store.close();
      }
    },
    [Symbol.asyncDispose]: () => files[Symbol.asyncDispose](),
  };
}

async function linesOf({ kv }: Store): Promise<string[]> {
  const lines: string[] = [];
  for await (const piece of rawRecords(kv, 0)) lines.push(...piece.map(recordLine));
  return lines.filter((line) => !/^\[\["(clock|retention)"/.test(line));
}

Deno.test("migrate plans with --dry-run and writes nothing, then takes tools, people and costs over, once", async () => {
  await using at = await original();
  const before = await at.look(linesOf);
  const plan = await at.run("--dry-run");
  assertEquals(plan.code, 0, plan.said);
  assertEquals(await at.look(linesOf), before);
  for (
    const line of [
      /new +math-tutor/,
      /new +recipe-finder/,
      /new +\+41.*•.*: \$0\.0123; the conversation is older/,
      /left +.*notes\.txt: no JSON/,
      /left +.*broken\.json: damaged/,
      /left +.*usage\.json: neither/,
      /left +.*more\.json, entry 2: a damaged session/,
      /2 messages without/,
      /dry run/,
    ]
  ) assert.match(plan.said, line);
  assert.doesNotMatch(plan.said, /41790000001/);

  const done = await at.run();
  assertEquals(done.code, 0, done.said);
  assert.match(done.said, /new +\+41.*: 2 messages, \$0\.0123/);
  await at.look(async (store) => {
    const tutor = await store.tools.get("math-tutor");
    assertEquals([tutor?.systemPrompt, tutor?.ceiling], ["You teach mathematics.", 1_250_000_000n]);
    const phone = await store.phones.get("+41790000001");
    assertEquals([phone?.tool, phone?.language], ["math-tutor", "es"]);
    assertEquals((await store.phones.get("+41790000002"))?.tool, null);
    const [kept] = await store.conversations.ofVisitor(phone?.own ?? "", 10);
    assertEquals(kept?.tool, "math-tutor");
    const shown = { conversation: kept?.conversation ?? "" };
    const texts = [0, 1, 2].map(async (n) => (await store.conversations.message(shown, n))?.text);
    assertEquals(await Promise.all(texts), ["What is a walnut prime?", "Nobody knows.", undefined]);
    const books = await checkLedger(store);
    assertEquals([books.difference, books.entries], [null, 2]);
  });

  const after = await at.look(linesOf);
  const again = await at.run();
  assertEquals(again.code, 0);
  assert.match(again.said, /same +math-tutor[^]*same +\+41.*taken over before/);
  assertEquals(await at.look(linesOf), after);
});

Deno.test("what migrate took over goes on: a person sees, continues and deletes it, and it stays deleted", async () => {
  await using at = await original();
  await at.run();
  await using world = await openWorld({ path: at.files.store });
  const { own } = await world.deps.store.phones.get("+41790000001") ?? { own: "" };
  const { conversations } = await world.services.own.list.page(own, { limit: 5 });
  assertEquals(conversations.map(({ title }) => title), ["What is a walnut prime?"]);
  const [{ conversation } = { conversation: "" }] = conversations;
  await world.services.history.takeUp(own, "math-tutor", conversation);
  await ask(world, "Once more", { visitor: own, tool: "math-tutor" });
  const { messages } = await world.services.pages.chat(own, "math-tutor", null);
  assertEquals(messages.length, 4);
  assertEquals((await checkLedger(world.deps.store)).difference, null);
  while (!(await world.services.visitors.delete(own)).done);
  assert.match((await at.run()).said, /same +\+41/);
  assertEquals((await world.services.own.list.page(own, { limit: 5 })).conversations, []);
});

Deno.test("migrate leaves odd files in a folder, says why, and takes the others", async () => {
  await using at = await original();
  const folder = `${at.files.folder}/original`;
  await Deno.symlink("/nowhere/at/all", `${folder}/a-link.json`);
  await Deno.symlink("itself.json", `${folder}/itself.json`);
  const { success } = await new Deno.Command("mkfifo", { args: [`${folder}/a-pipe.json`] })
    .output();
  assert(success);
  const odd = JSON.stringify([1, null, { systemPrompt: 5 }]);
  await Deno.writeTextFile(`${folder}/a-number.json`, odd);
  await Deno.writeTextFile(`${folder}/deep.json`, "[".repeat(50_000) + "]".repeat(50_000));
  const { code, said } = await at.run();
  assertEquals(code, 1);
  for (
    const line of [
      /left +.*a-link\.json: leads nowhere/,
      /left +.*itself\.json: cannot be read/,
      /left +.*a-pipe\.json: no file/,
      /a-number\.json/,
      /left +.*deep\.json: /,
      /new +math-tutor/,
      /new +\+41.*: 2 messages/,
      /Done\./,
    ]
  ) assert.match(said, line);
  const tutor = await at.look((store) => store.tools.get("math-tutor"));
  assertEquals(tutor?.systemPrompt, "You teach mathematics.");
});

Deno.test("migrate says what it takes, and of a path where nothing is", async () => {
  const said: string[] = [];
  const run = (...args: string[]) =>
    migrateOriginal(readConfig({ KV_PATH: ":memory:" }), args, (line) => said.push(line));
  assertEquals([await run(), await run("/nowhere/at/all")], [1, 1]);
  assert.match(said.join("\n"), /migrate FILE_OR_DIR[^]*There is nothing at/);
});
