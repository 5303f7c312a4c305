import type { Page } from "playwright-core";
import { assertEquals } from "@/tests/support/assert.ts";
import { browserSuite } from "@/tests/support/browser.ts";
import { openChat, openMenu, TOOL } from "@/tests/support/chat_page.ts";
import { tabTo } from "@/tests/support/keyboard.ts";

const { test } = browserSuite({ env: { MOCK_PACE_MS: "0" } });

/** Has a conversation, the former one of which is archived. */
async function talk(page: Page, origin: string, text: string, tool = TOOL): Promise<void> {
  await page.request.post(`${origin}/chat/${tool}`, {
    form: { action: "new" },
    headers: { origin },
  });
  await page.request.post(`${origin}/api/chat`, { data: { toolId: tool, message: text } });
}

const titles = (page: Page) => page.locator(".history .title").allTextContents();

async function threeTalks(page: Page, origin: string): Promise<void> {
  await page.request.get(`${origin}/chat/${TOOL}`);
  await talk(page, origin, "One to keep");
  await talk(page, origin, "About fractions", "math-tutor");
  await talk(page, origin, "One to delete");
}

test("conversations of all tools: continued, deleted and brought back by keyboard", async ({ page, server }) => {
  await threeTalks(page, server.url);
  await openChat(page, server.url);
  await openMenu(page);
  await page.getByRole("link", { name: "Conversations" }).click();
  await page.waitForURL(/\/history$/);
  const all = ["One to delete", "About fractions", "One to keep"];
  assertEquals(await titles(page), all);
  const remove = async () => {
    await tabTo(page, /More for “One to delete”/);
    await page.keyboard.press("Enter");
    await tabTo(page, /Delete$/);
    await page.keyboard.press("Enter");
    await page.getByText("Conversation deleted.").waitFor();
    assertEquals(await titles(page), all.slice(1));
  };
  await tabTo(page, /More for “About fractions”/);
  await page.keyboard.press("Enter");
  await tabTo(page, /Rename$/);
  await page.keyboard.press("Escape");
  await page.locator(".history details[open]").waitFor({ state: "detached" });
  await page.locator("summary:focus").waitFor();
  await remove();
  await tabTo(page, /Undo/);
  await page.keyboard.press("Enter");
  await page.getByText("Conversation deleted.").waitFor({ state: "detached" });
  assertEquals(await titles(page), all);
  await remove();
  await tabTo(page, /Continue “One to keep”/);
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/chat\//);
  await page.getByText("One to keep").first().waitFor();
});

test(
  "no JavaScript: a conversation is searched, renamed, deleted and brought back",
  async ({ page, server }) => {
    await threeTalks(page, server.url);
    await page.goto(`${server.url}/history`);
    await page.getByRole("searchbox").fill("FRACT");
    await page.keyboard.press("Enter");
    await page.getByText("1 conversation with “FRACT”.").waitFor();
    assertEquals(await titles(page), ["About fractions"]);
    await page.locator("summary").click();
    await page.getByRole("link", { name: "Rename" }).click();
    await page.getByLabel("Title").fill("<b>Halves</b>");
    await page.getByRole("button", { name: "Save" }).click();
    await page.waitForURL(/\/history$/);
    assertEquals(await titles(page), ["One to delete", "<b>Halves</b>", "One to keep"]);
    await page.locator("summary").first().click();
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "Download as text" }).first().click(),
    ]);
    assertEquals(/^general-assistant-.*\.md$/.test(file.suggestedFilename()), true);
    await page.getByRole("button", { name: "Delete", exact: true }).first().click();
    await page.getByText("Conversation deleted.").waitFor();
    assertEquals(await titles(page), ["<b>Halves</b>", "One to keep"]);
    await page.goto(`${server.url}/history?q=nowhere`);
    await page.getByText("Nothing found for “nowhere”.").waitFor();
    await page.goBack();
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("Conversation deleted.").waitFor({ state: "detached" });
    assertEquals(await titles(page), ["One to delete", "<b>Halves</b>", "One to keep"]);
  },
  { javaScriptEnabled: false },
);

test(
  "a new visitor finds an empty list, in their browser's language, and gets no cookie",
  async ({ page, context, server }) => {
    await page.goto(`${server.url}/history`);
    await page.getByText("لا توجد محادثات بعد").waitFor();
    assertEquals(await page.locator("html").getAttribute("dir"), "rtl");
    assertEquals(await context.cookies(), []);
  },
  { locale: "ar" },
);
