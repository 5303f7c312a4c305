import { Buffer } from "node:buffer";
import type { Page } from "playwright-core";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { browserSuite } from "@/tests/support/browser.ts";
import { openChat, openMenu, TOOL } from "@/tests/support/chat_page.ts";
import { tabTo } from "@/tests/support/keyboard.ts";
import { PICTURES } from "@/tests/support/pictures.ts";

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

test(
  "a conversation that begins with pictures alone is listed, found, renamed and exported in the reader's language",
  async ({ page, server }) => {
    const origin = server.url;
    await page.request.get(`${origin}/chat/${TOOL}`);
    const send = async (count: number) => {
      await page.request.post(`${origin}/chat/${TOOL}`, {
        form: { action: "new" },
        headers: { origin },
      });
      const attachments: string[] = [];
      for (let i = 0; i < count; i++) {
        const file = { name: "a.png", mimeType: "image/png", buffer: Buffer.from(PICTURES.png) };
        const answer = await page.request.post(`${origin}/api/media`, { multipart: { file } });
        attachments.push((await answer.json()).id);
      }
      const data = { toolId: TOOL, message: "", attachments };
      assertEquals((await page.request.post(`${origin}/api/chat`, { data })).status(), 200);
    };
    await send(2);
    await send(1);
    await talk(page, origin, "Sin palabras");
    await page.goto(`${origin}/history`);
    assertEquals(await titles(page), ["Sin palabras", "Imagen", "2 imágenes"]);
    await page.goto(`${origin}/history?q=imagen`);
    assertEquals(await titles(page), ["Imagen", "2 imágenes"]);
    await page.goto(origin);
    await page.getByText("2 imágenes").waitFor();
    await page.goto(`${origin}/history`);
    const menu = page.locator(".history details").nth(2);
    await menu.locator("summary").click();
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      menu.locator('a[href*="format=md"]').click(),
    ]);
    assert.match(await Deno.readTextFile(await file.path()), /\n\[2 imágenes\]\n/);
    await menu.locator('a[href*="/history/rename"]').click();
    assertEquals(await page.locator("[name=title]").inputValue(), "2 imágenes");
  },
  { locale: "es" },
);

test(
  "the … of a cut Latin title keeps its distance from the tool's icon, written from right to left",
  async ({ page, server }) => {
    await page.request.get(`${server.url}/chat/${TOOL}`);
    await talk(page, server.url, "Please tell me about the oral words in this book of Ruth");
    await page.goto(`${server.url}/history`);
    const title = page.locator(".history .title");
    const room = await title.evaluate((title) => {
      const icon = title.closest("li")?.querySelector(".tool-icon");
      // What stands beyond its box is clipped.
      return icon ? icon.getBoundingClientRect().left - title.getBoundingClientRect().right : NaN;
    });
    assert.ok(room >= 8, `${room} px`);
    assert.ok(await title.evaluate((it) => it.scrollHeight > it.clientHeight), "It is cut");
  },
  { locale: "ar", viewport: { width: 360, height: 700 } },
);
