import type { Page } from "playwright-core";
import { assertEquals } from "@/tests/support/assert.ts";
import { browserSuite } from "@/tests/support/browser.ts";
import { openChat, openCosts, questions, say, settled, stored } from "@/tests/support/chat_page.ts";

const { test } = browserSuite();

/** The visible notices of turns that failed or broke off, with their buttons. */
function marks(page: Page): Promise<string[]> {
  return page.locator(".failure, .cut").evaluateAll((found) =>
    found.map((each) => each instanceof HTMLElement ? each.innerText.replace(/\s+/g, " ") : "")
  );
}

async function reloaded(page: Page): Promise<void> {
  await page.reload();
  await page.locator("html.js").waitFor({ state: "attached" });
}

test("chat page: an unanswered question keeps its mark and Ask again, also behind the next one and after a reload", async ({ page, server }) => {
  await openChat(page, server.url);
  await say(page, "Fail [[mock:error=503]]");
  await page.locator(".failure").waitFor();
  const latest = [
    "No answer came. The AI service cannot be reached. Your question is saved. Try again in a moment. Try again",
  ];
  assertEquals(await marks(page), latest);
  await reloaded(page);
  assertEquals(await marks(page), latest);
  const older = ["No answer came. Ask again"];
  await say(page, "Another question");
  await settled(page);
  assertEquals(await marks(page), older, "Behind a mark that the server rendered");
  await reloaded(page);
  assertEquals(await marks(page), older);
  await say(page, "Fail once more [[mock:error=503]]");
  await page.locator(".failure").nth(1).waitFor();
  await say(page, "And on");
  await settled(page, 2);
  assertEquals(await marks(page), [...older, ...older], "Behind a mark of this page's own");
  await page.getByRole("button", { name: "Ask again" }).last().click();
  await page.locator(".failure").nth(2).waitFor();
  assertEquals((await questions(page)).at(-1), "Fail once more [[mock:error=503]]");
  assertEquals((await questions(page)).length, 5);
});

test("chat page: a reply that broke off says so once, in the same words after the next one and a reload", async ({ page, server }) => {
  await openChat(page, server.url);
  await say(page, "Break off [[mock:cut]]");
  await page.locator(".cut").waitFor();
  const mark = "The connection broke here. What arrived is saved.";
  assertEquals(await marks(page), [`${mark} Continue`]);
  await page.getByRole("button", { name: "Copy answer" }).waitFor();
  await openCosts(page);
  const cost = await page.locator(".reply .facts div").first().textContent();
  await reloaded(page);
  assertEquals(await marks(page), [`${mark} Continue`]);
  assertEquals(await page.locator(".reply .facts div").first().textContent(), cost);
  await say(page, "Break off again [[mock:cut]]");
  await page.locator(".cut").nth(1).waitFor();
  assertEquals(await marks(page), [mark, `${mark} Continue`]);
  await say(page, "Another question");
  await settled(page, 3);
  assertEquals(await marks(page), [mark, mark]);
  await reloaded(page);
  assertEquals(await marks(page), [mark, mark]);
});

test("chat page: a reply stopped before its first word leaves no empty one", async ({ page, server }) => {
  await openChat(page, server.url);
  await say(page, "Wait [[mock:slow=20000]]");
  await page.locator(".writing").waitFor();
  await page.keyboard.press("Escape");
  await page.locator(".failure").waitFor();
  const mark = ["No answer came. Your question is saved. Try again"];
  assertEquals(await marks(page), mark);
  assertEquals(await page.locator("article.reply").count(), 0);
  await reloaded(page);
  assertEquals(await marks(page), mark);
  assertEquals((await stored(page, server.url)).length, 1);
});

test(
  "no JavaScript: an older unanswered question is asked again by one press",
  async ({ page, server }) => {
    await page.goto(`${server.url}/chat/general-assistant`);
    const post = async (text: string) => {
      await page.locator("#message").fill(text);
      await page.getByRole("button", { name: "Send", exact: true }).click();
    };
    await post("Fail [[mock:error=503]]");
    await page.getByText("No answer came.").waitFor();
    await post("Another question");
    await page.locator("article.reply .actions").waitFor();
    assertEquals(await marks(page), ["No answer came. Ask again"]);
    await page.getByRole("button", { name: "Ask again" }).click();
    await page.getByRole("button", { name: "Try again" }).waitFor();
    assertEquals(await questions(page), [
      "Fail [[mock:error=503]]",
      "Another question",
      "Fail [[mock:error=503]]",
    ]);
  },
  { javaScriptEnabled: false },
);
