import type { Page } from "playwright-core";
import { assertEquals } from "@/tests/support/assert.ts";
import { browserSuite } from "@/tests/support/browser.ts";
import { TOOL } from "@/tests/support/chat_page.ts";
import { tabTo } from "@/tests/support/keyboard.ts";

const { test } = browserSuite();

/** Begins a conversation and archives it. */
async function aside(page: Page, origin: string, text: string): Promise<void> {
  await page.request.post(`${origin}/api/chat`, { data: { toolId: TOOL, message: text } });
  await page.request.post(`${origin}/chat/${TOOL}`, {
    form: { action: "new" },
    headers: { origin },
  });
}

const titles = (page: Page) => page.locator(".history .title").allTextContents();

test("earlier conversations: Delete asks first, by keyboard too", async ({ page, server }) => {
  await page.request.get(`${server.url}/chat/${TOOL}`);
  for (const text of ["One to keep", "One to delete"]) await aside(page, server.url, text);
  await page.goto(`${server.url}/chat/${TOOL}/history`);
  assertEquals(await titles(page), ["One to delete", "One to keep"]);
  await tabTo(page, /Delete “One to delete”/);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Delete this conversation?" }).waitFor();
  await page.getByText("One to delete").waitFor();
  await tabTo(page, /Cancel/);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Conversations" }).waitFor();
  assertEquals(await titles(page), ["One to delete", "One to keep"]);
});

test(
  "no JavaScript: only the confirmed earlier conversation is deleted",
  async ({ page, server }) => {
    await page.request.get(`${server.url}/chat/${TOOL}`);
    for (const text of ["One to keep", "One to delete"]) await aside(page, server.url, text);
    await page.goto(`${server.url}/chat/${TOOL}/history`);
    await page.getByRole("link", { name: /^Delete.*One to delete/ }).click();
    const asked = page.url();
    await page.getByRole("button", { name: "Delete conversation" }).click();
    await page.waitForURL(/\/history$/);
    assertEquals(await titles(page), ["One to keep"]);
    await page.goto(asked);
    await page.getByText("This conversation is gone already.").waitFor();
  },
  { javaScriptEnabled: false },
);
