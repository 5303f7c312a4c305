import type { Page } from "playwright-core";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { browserSuite } from "@/tests/support/browser.ts";
import { openMenu, questions, stored, TOOL } from "@/tests/support/chat_page.ts";
import { until } from "@/tests/support/wait.ts";

const { test } = browserSuite();
const PLAIN = { javaScriptEnabled: false };

/** Writes a message and presses a button: without a script Enter is a new line. */
async function post(page: Page, message: string, button = "Send"): Promise<void> {
  await page.locator("#message").fill(message);
  await page.getByRole("button", { name: button, exact: true }).click();
}

test(
  "no JavaScript: from the home page to a reply with its cost, by links and forms alone",
  async ({ page, server }) => {
    await page.goto(server.url);
    await page.getByRole("link", { name: /General Assistant/ }).click();
    await post(page, "A table please");
    await page.locator("article.reply table").waitFor();
    assert.match(await page.locator(".reply .facts").last().textContent() ?? "", /This answer.*¢/);
    assertEquals(new URL(page.url()).pathname, `/chat/${TOOL}`);
    await page.reload();
    assertEquals(await questions(page), ["A table please"], "A reload does not send again");
  },
  PLAIN,
);

test("no JavaScript: nothing that needs a script is offered", async ({ page, server }) => {
  await page.goto(`${server.url}/chat/${TOOL}`);
  await post(page, "Some code please");
  await page.locator("article.reply").waitFor();
  assertEquals(await page.locator("[data-copy]:visible").count(), 0);
  await openMenu(page);
  assertEquals(await page.getByText("Keyboard shortcuts").first().isVisible(), false);
  assert.ok(await page.getByText("Download as text (Markdown)").isVisible());
}, PLAIN);

test(
  "no JavaScript: a starter begins a conversation, New conversation ends it",
  async ({ page, server }) => {
    await page.goto(`${server.url}/chat/${TOOL}`);
    const starter = page.locator(".starters button").first();
    const text = await starter.textContent();
    await starter.click();
    await page.locator("article.reply").waitFor();
    assertEquals(await questions(page), [text]);
    await openMenu(page);
    await page.getByRole("button", { name: "New chat" }).click();
    await page.locator("#empty").waitFor();
    assertEquals(await stored(page, server.url), []);
  },
  PLAIN,
);

test("no JavaScript: Regenerate, and Edit and resend", async ({ page, server }) => {
  await page.goto(`${server.url}/chat/${TOOL}`);
  await post(page, "One");
  await page.locator("article.reply").waitFor();
  await post(page, "Two");
  await page.locator("article.reply").nth(1).waitFor();
  await page.getByRole("button", { name: "Try again" }).click();
  // What only the page after the press has: the one before has the questions, too.
  await page.locator(".reply .versions").getByText("2/2").waitFor();
  await page.locator("#message").waitFor();
  assertEquals(await questions(page), ["One", "Two"]);
  await page.getByRole("link", { name: "Edit" }).first().click();
  await page.getByText("Editing your question").waitFor();
  assertEquals(await page.locator("#message").inputValue(), "One");
  await post(page, "One, put better", "Resend");
  await page.locator(".question .versions").getByText("2/2").waitFor();
  await page.locator("article.reply .actions").waitFor();
  assertEquals(await questions(page), ["One, put better"]);
  const texts = await stored(page, server.url);
  assertEquals(texts.map(({ role }) => role), ["user", "assistant"]);
}, PLAIN);

test(
  "no JavaScript: a message is answered at once, and no input is lost to the page's refresh",
  async ({ page, server }) => {
    await page.goto(`${server.url}/chat/${TOOL}`);
    await post(page, "Slowly [[mock:slow=5000]]");
    // Shown only while the reply is written.
    await page.locator("noscript .hint").waitFor();
    assertEquals(await questions(page), ["Slowly [[mock:slow=5000]]"]);
    await page.locator("#message").waitFor({ state: "hidden" });
    assert.ok(await page.getByRole("button", { name: "Stop the answer" }).isVisible());
    await page.locator("article.reply .actions").waitFor();
    await page.locator("#message").fill("What is typed now stays");
    await page.waitForTimeout(2_500);
    assertEquals(await page.locator("#message").inputValue(), "What is typed now stays");
  },
  PLAIN,
);

test(
  "no JavaScript: a page with a reply under way refreshes, and Stop ends it",
  async ({ page, context, server }) => {
    const other = await context.newPage();
    await page.goto(`${server.url}/chat/${TOOL}`);
    await post(page, "A long essay in detail [[mock:pace=200]]");
    await until("a page with the reply under way", async () => {
      await other.goto(`${server.url}/chat/${TOOL}`);
      return await other.locator("noscript .hint").isVisible();
    });
    const length = async () => (await other.locator("article.reply").textContent())?.length ?? 0;
    const before = await length();
    // The page refreshes by itself: nothing here loads it.
    await other.waitForEvent("load");
    await other.waitForEvent("load");
    assert.ok(await length() > before);
    await other.getByRole("button", { name: "Stop the answer" }).click();
    await other.getByText("You stopped this answer.").waitFor();
    assertEquals((await stored(page, server.url)).at(-1)?.reply?.reason, "stopped");
  },
  PLAIN,
);

test(
  "no JavaScript: a failed reply says so, and is tried again by one press",
  async ({ page, server }) => {
    await page.goto(`${server.url}/chat/${TOOL}`);
    await post(page, "Fail [[mock:error=500]]");
    await page.getByText("The AI service cannot be reached").waitFor();
    assertEquals(await questions(page), ["Fail [[mock:error=500]]"]);
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByText("The AI service cannot be reached").waitFor();
    assertEquals(await questions(page), ["Fail [[mock:error=500]]"]);
  },
  PLAIN,
);

test(
  "no JavaScript: the older messages of a long conversation are pages of their own",
  async ({ page, server }) => {
    await page.goto(`${server.url}/chat/${TOOL}`);
    for (let i = 0; i < 11; i++) {
      const data = { toolId: TOOL, message: `Question ${i}` };
      await page.request.post(`${server.url}/api/chat`, { data });
    }
    await page.reload();
    await page.getByRole("link", { name: "Older messages" }).click();
    await page.getByText("Question 0").first().waitFor();
    assertEquals(await page.locator("#message").count(), 0);
    await page.getByRole("link", { name: "Back to the latest" }).click();
    await page.getByText("Question 10").first().waitFor();
  },
  PLAIN,
);
