import type { Page } from "playwright-core";
import { startOpenAiSenses } from "@/tests/simulators/openai_senses.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { browserSuite } from "@/tests/support/browser.ts";
import { openChat, questions, settled, stored } from "@/tests/support/chat_page.ts";
import { choosePictures, photo, previews } from "@/tests/support/chosen_pictures.ts";
import { keepChat } from "@/tests/support/kept_pages.ts";
import { until } from "@/tests/support/wait.ts";

const openai = startOpenAiSenses();
Deno.test.afterAll(async () => await openai[Symbol.asyncDispose]());

const FAKE = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"];
const { test } = browserSuite({
  env: { LLM_PROVIDER: "openai", OPENAI_API_KEY: "sk-test", OPENAI_BASE_URL: openai.url },
}, FAKE);
const LOST = /ERR_|Failed to load resource|Failed to fetch/;
const FIRST = "What is a key term?";

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const shown = (page: Page, text: string | RegExp) => page.locator("#voice").getByText(text);

/** Records for some seconds; without a network the recording then waits. */
async function record(page: Page): Promise<void> {
  await button(page, "Record a voice message").click();
  await button(page, "Finish").waitFor();
  await until("some sound", async () => await page.locator("[role=timer]").innerText() >= "0:02");
  await button(page, "Finish").click();
}

/** Opens a kept chat without a network. */
async function openOffline(page: Page, origin: string): Promise<void> {
  await keepChat(page, origin);
  await page.context().setOffline(true);
  await page.reload();
  await page.locator("html.js").waitFor({ state: "attached" });
}

test("voice offline: recorded, the page closed, and written down to be checked once the network is back; sent once", async ({ page, context, server, expect }) => {
  expect(LOST);
  openai.hear({ text: "Said offline.", status: 200, seconds: 2 });
  const before = openai.heard.length;
  await openOffline(page, server.url);
  await record(page);
  await shown(page, /It is sent when the network is back/).waitFor();
  await page.close();
  await context.setOffline(false);
  const later = await context.newPage();
  await openChat(later, server.url);
  const field = later.locator("#message");
  await until("text", async () => await field.inputValue() === "Said offline.");
  await shown(later, "Please check the text and correct it. Then send.").waitFor();
  assertEquals(await questions(later), [FIRST]);
  await field.press("Enter");
  await settled(later, 2);
  assertEquals(await questions(later), [FIRST, "Said offline."]);
  assertEquals(openai.heard.length - before, 1);
  await until("nothing to be kept", () => later.evaluate(() => localStorage.length === 0));
});

test("voice offline: picture and recording go out as one message by themselves, once with two tabs, where the person chose to send at once", async ({ page, context, server, expect }) => {
  expect(LOST);
  openai.hear({ text: "What is on it?", status: 200, seconds: 2 });
  const before = openai.heard.length;
  const file = await photo(page);
  await openOffline(page, server.url);
  await choosePictures(page, file);
  await previews(page).waitFor();
  await record(page);
  await shown(page, /It is sent when the network is back/).waitFor();
  await page.getByLabel("Send voice messages at once, without checking the text").check();
  await page.close();
  await context.setOffline(false);
  const tabs = await Promise.all([context.newPage(), context.newPage()]);
  await Promise.all(tabs.map((tab) => openChat(tab, server.url)));
  for (const tab of tabs) {
    await settled(tab, 2);
    assertEquals(await questions(tab), [FIRST, "What is on it?"]);
    await tab.locator(".question .pictures img, .question img").first().waitFor();
  }
  assertEquals(openai.heard.length - before, 1);
  assertEquals((await stored(tabs[0], server.url)).length, 4);
  const sent = JSON.stringify(openai.asked.at(-1));
  assert.match(sent, /image_url/);
});

test("voice offline: one that was checked and sent without a network goes out by itself with its recording, once", async ({ page, context, server, expect }) => {
  expect(LOST);
  openai.hear({ text: "Checked.", status: 200, seconds: 2 });
  await keepChat(page, server.url);
  await page.reload();
  await page.locator("html.js").waitFor({ state: "attached" });
  await record(page);
  const field = page.locator("#message");
  await until("text", async () => await field.inputValue() === "Checked.");
  await page.getByLabel("Keep the recording with the message").check();
  await context.setOffline(true);
  await field.press("Enter");
  await page.locator(".question.waiting").getByText("Waiting for the network").waitFor();
  await button(page, "Play your recording").waitFor({ state: "detached" });
  await page.close();
  await context.setOffline(false);
  const later = await context.newPage();
  await openChat(later, server.url);
  await settled(later, 2);
  await later.locator(".question.waiting").waitFor({ state: "detached" });
  assertEquals(await questions(later), [FIRST, "Checked."]);
  await later.locator("#messages audio").waitFor();
  assertEquals(await later.evaluate(() => localStorage.length), 0);
});

test("voice offline: Edit puts the words back, and the recording still goes with them, and only with them", async ({ page, context, server, expect }) => {
  expect(LOST);
  openai.hear({ text: "Chekced.", status: 200, seconds: 2 });
  await keepChat(page, server.url);
  await page.reload();
  await page.locator("html.js").waitFor({ state: "attached" });
  await record(page);
  const field = page.locator("#message");
  await until("text", async () => await field.inputValue() === "Chekced.");
  await page.getByLabel("Keep the recording with the message").check();
  await context.setOffline(true);
  await field.press("Enter");
  const waiting = page.locator(".question.waiting");
  await waiting.getByRole("button", { name: "Edit" }).click();
  await waiting.waitFor({ state: "detached" });
  assertEquals(await field.inputValue(), "Chekced.");
  await field.fill("Checked.");
  await context.setOffline(false);
  await field.press("Enter");
  await settled(page, 2);
  await field.fill("And now?");
  await field.press("Enter");
  await settled(page, 3);
  await page.reload();
  assertEquals(await questions(page), [FIRST, "Checked.", "And now?"]);
  assertEquals(await page.locator(".question audio").count(), 1);
});
