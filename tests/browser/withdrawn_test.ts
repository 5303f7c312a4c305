import { startAnthropic } from "@/tests/simulators/anthropic_messages.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { browserSuite } from "@/tests/support/browser.ts";
import { openChat, say } from "@/tests/support/chat_page.ts";

const claude = startAnthropic();
Deno.test.afterAll(async () => await claude[Symbol.asyncDispose]());
const { test } = browserSuite({
  env: {
    LLM_PROVIDER: "anthropic",
    ANTHROPIC_API_KEY: "sk-of-the-test",
    ANTHROPIC_BASE_URL: claude.url,
  },
});

const SENTENCE =
  "No answer came. The AI service took its answer back. Put your question in other words.";

test("chat page: a withdrawn reply vanishes from both open pages, and one sentence stands in its place", async ({ page, context, server }) => {
  await openChat(page, server.url);
  const other = await context.newPage();
  await openChat(other, server.url);
  await say(page, "How? [[fault:slow-withdrawal]]");
  for (const each of [page, other]) await each.getByText("First I").waitFor();
  for (const each of [page, other]) {
    const failure = each.locator(".failure");
    await failure.waitFor();
    assertEquals((await failure.innerText()).replace(/\s+/g, " "), SENTENCE);
    assertEquals(await failure.getByRole("button").count(), 0);
    assert.doesNotMatch(await each.locator("main").innerText(), /First I|liquids/);
  }
  await page.reload();
  await page.locator("html.js").waitFor({ state: "attached" });
  assertEquals((await page.locator(".failure").innerText()).replace(/\s+/g, " "), SENTENCE);
  await other.close();
});

test(
  "no JavaScript: a page that showed words of a withdrawn reply shows the sentence after its reload",
  async ({ page, server }) => {
    await page.goto(`${server.url}/chat/general-assistant`);
    await page.locator("#message").fill("How? [[fault:slow-withdrawal]]");
    await page.getByRole("button", { name: "Send", exact: true }).click();
    await page.getByText("First I").first().waitFor();
    await page.locator(".failure").waitFor();
    assertEquals((await page.locator(".failure").innerText()).replace(/\s+/g, " "), SENTENCE);
    assert.doesNotMatch(await page.locator("main").innerText(), /First I|liquids/);
  },
  { javaScriptEnabled: false },
);
