import type { Page } from "playwright-core";
import { startOpenAiSenses } from "@/tests/simulators/openai_senses.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { browserSuite } from "@/tests/support/browser.ts";
import { openChat, questions, say, settled, TOOL } from "@/tests/support/chat_page.ts";
import { NO_SHARES } from "@/tests/support/shares.ts";
import { until } from "@/tests/support/wait.ts";
import { openWorld } from "@/tests/support/world.ts";

/** A model that reports as many tokens as a test wants, of $0.0001 each. */
const MODEL = "dear-1";
const tokens = { input: 1n, cachedInput: 1n, output: 100_000_000_000n };
/** A tool whose day has a ceiling. */
const LIMITED = "limited";
/** A tool whose model's prompts cost as well, $0.0001 a token. */
const READING = "reading";

const openai = startOpenAiSenses();
const folder = await Deno.makeTempDir({ prefix: "obt-helper-money-" });
const kvPath = `${folder}/kv.sqlite`;
const env = {
  ...NO_SHARES,
  LLM_PROVIDER: "openai",
  OPENAI_API_KEY: "sk-test",
  OPENAI_BASE_URL: openai.url,
};
{
  await using world = await openWorld({ path: kvPath, env });
  const { store } = world.deps;
  const tool = await store.tools.get(TOOL);
  assert.ok(tool);
  await store.customPrices.set("openai", MODEL, { from: 0, tokens, unit: null });
  const dear = { ...tool, model: MODEL, maxTokens: 1_000 };
  await store.tools.put({ ...dear, ceiling: null });
  await store.tools.put({ ...dear, id: LIMITED, ceiling: 110_000_000n });
  const read = { ...tokens, input: 100_000_000_000n };
  await store.customPrices.set("openai", "dear-2", { from: 0, tokens: read, unit: null });
  await store.tools.put({ ...dear, id: READING, model: "dear-2", ceiling: null });
}
const { test } = browserSuite({ kvPath, env });
Deno.test.afterAll(async () => {
  await openai[Symbol.asyncDispose]();
  await Deno.remove(folder, { recursive: true });
});

/** The words beside the dot, and whether it warns. */
async function dot(page: Page): Promise<[words: string, warns: boolean]> {
  const summary = page.locator(".money > summary");
  await summary.waitFor();
  const words = await summary.locator(".meta").allInnerTexts();
  return [words.join(), await summary.evaluate((it) => it.classList.contains("warn"))];
}

async function reloaded(page: Page): Promise<void> {
  await page.reload();
  await page.locator("html.js").waitFor({ state: "attached" });
}

test("the money dot says what a conversation has cost from 1¢ on, at once and after a reload", async ({ page, server }) => {
  await openChat(page, server.url);
  openai.usage.completion = 90;
  await say(page, "Less than a cent");
  await settled(page);
  assertEquals(await dot(page), ["", false]);
  openai.usage.completion = 310;
  await say(page, "Four cents together");
  await settled(page, 2);
  await until("the cost", async () => (await dot(page))[0] !== "");
  assertEquals(await dot(page), ["4¢", false]);
  await reloaded(page);
  assertEquals(await dot(page), ["4¢", false]);
});

test("the money dot warns below 20% left of the tool's day, at once and after a reload", async ({ page, server }) => {
  await openChat(page, server.url, LIMITED);
  openai.usage.completion = 964;
  await say(page, "Most of the day");
  await settled(page);
  // The day's figures may follow those of the conversation.
  await until("the day's figures", async () => (await dot(page))[1]);
  assertEquals(await dot(page), ["12% left", true]);
  await reloaded(page);
  assertEquals(await dot(page), ["12% left", true]);
});

test("another version in place: the next message costs what it does after a reload", async ({ page, server }) => {
  const price = page.locator("#composer .box > .meta");
  await openChat(page, server.url, READING);
  await say(page, "A long question. ".repeat(200));
  await settled(page);
  await page.locator("article.question").hover();
  await page.getByRole("link", { name: "Edit" }).click();
  await say(page, "A short one");
  await until("the edit", async () => (await questions(page)).join() === "A short one");
  await settled(page);
  await reloaded(page);
  const short = await price.innerText();
  assert.match(short, /^about \d+¢$/);
  await page.getByRole("button", { name: "Previous version" }).click();
  await until("the long one's", async () => await price.innerText() !== short);
  const long = await price.innerText();
  await page.getByRole("button", { name: "Next version" }).click();
  await until("the short one's", async () => await price.innerText() === short);
  await page.getByRole("button", { name: "Previous version" }).click();
  await until("the long one's again", async () => await price.innerText() === long);
  await reloaded(page);
  assertEquals(await price.innerText(), long);
});
