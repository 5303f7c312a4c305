import type { Page } from "playwright-core";
import { startOpenAiSenses } from "@/tests/simulators/openai_senses.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { browserSuite } from "@/tests/support/browser.ts";
import { openChat, say, settled, TOOL } from "@/tests/support/chat_page.ts";
import { said, spoken, withVoices } from "@/tests/support/fake_voices.ts";
import { until } from "@/tests/support/wait.ts";

const openai = startOpenAiSenses();
Deno.test.afterAll(async () => await openai[Symbol.asyncDispose]());

const FAKE = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"];
const { test } = browserSuite({
  env: { LLM_PROVIDER: "openai", OPENAI_API_KEY: "sk-test", OPENAI_BASE_URL: openai.url },
}, FAKE);

const CHOICE = "Read answers aloud when I spoke";
const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

/** Chooses by the settings' form. */
async function choose(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}/settings`);
  await page.getByLabel(CHOICE).check();
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("status").getByText("Saved.").waitFor();
}

/** Records a question, and leaves its text in the field. */
async function speak(page: Page, text: string): Promise<void> {
  openai.hear({ text, status: 200, seconds: 2 });
  await button(page, "Record a voice message").click();
  await button(page, "Finish").waitFor();
  await new Promise((done) => setTimeout(done, 1_200));
  await button(page, "Finish").click();
  const field = page.locator("#message");
  await until("text", async () => await field.inputValue() === text);
  await until("focus", () => field.evaluate((it) => it === document.activeElement));
}

test("answers aloud: a spoken question's answer is read without a press, a written one's is not", async ({ page, server, requests }) => {
  await withVoices(page);
  await choose(page, server.url);
  await openChat(page, server.url);
  await say(page, "Written");
  await settled(page);
  assert.ok(!requests.some((url) => /reader/.test(url)), "The reader is not loaded");
  await speak(page, "Spoken");
  await page.keyboard.press("Enter");
  await page.locator(".reader").waitFor();
  assertEquals((await spoken(page, 1)).text, "I see.");
  assertEquals(await page.locator(".reply").count(), 2);
  assertEquals(
    await page.evaluate(() => document.activeElement?.id),
    "message",
    "The field keeps the focus",
  );
  // A new recording does not record the voice.
  await button(page, "Record a voice message").click();
  await button(page, "Finish").waitFor();
  await page.locator(".reader").waitFor({ state: "detached" });
  await page.keyboard.press("Escape");
  await button(page, "Record a voice message").waitFor();
  await say(page, "Written again");
  await settled(page, 3);
  assertEquals((await said(page)).length, 1);
});

test("answers aloud: with a text sent at once too, and never after a refusal", async ({ page, server, expect, context }) => {
  expect(/Failed to load/);
  await withVoices(page);
  await choose(page, server.url);
  await openChat(page, server.url);
  await say(page, "Written before it");
  await settled(page);
  await speak(page, "Refused");
  await context.route("**/api/chat", (route) =>
    route.fulfill({
      status: 400,
      contentType: "application/problem+json",
      body: JSON.stringify({ type: "/problems/x", title: "No", detail: "No.", status: 400 }),
    }));
  await page.keyboard.press("Enter");
  await page.locator("#hints .warn").first().waitFor();
  await context.unroute("**/api/chat");
  await say(page, "Written after it");
  await settled(page, 2);
  assertEquals(await said(page), []);
  await context.addCookies([{ name: "voice-at-once", value: "1", url: server.url }]);
  openai.hear({ text: "At once" });
  await button(page, "Record a voice message").click();
  await button(page, "Finish").waitFor();
  await new Promise((done) => setTimeout(done, 1_200));
  await button(page, "Finish").click();
  assertEquals((await spoken(page, 1)).text, "I see.");
});

test("answers aloud: nothing sounds until the person chose so, and the choice of earlier versions to send at once is taken over", async ({ page, server, context }) => {
  await withVoices(page);
  await openChat(page, server.url);
  await page.evaluate(() => localStorage.setItem("voice-at-once", "1"));
  openai.hear({ text: "Silent", status: 200, seconds: 2 });
  await button(page, "Record a voice message").click();
  await button(page, "Finish").waitFor();
  await new Promise((done) => setTimeout(done, 1_200));
  await button(page, "Finish").click();
  await settled(page);
  // Longer than the reader takes to load.
  await new Promise((done) => setTimeout(done, 1_000));
  assertEquals([await said(page), await page.locator(".reader").count()], [[], 0]);
  assertEquals(await page.evaluate(() => localStorage.getItem("voice-at-once")), null);
  const kept = (await context.cookies()).find(({ name }) => name === "voice-at-once");
  assertEquals(kept?.value, "1");
});

test(
  "answers aloud, no JavaScript: the choice is kept by the form, and given up by it",
  async ({ page, server, context }) => {
    const kept = async () =>
      (await context.cookies()).find(({ name }) => name === "read-aloud")?.value;
    await choose(page, server.url);
    assertEquals([await page.getByLabel(CHOICE).isChecked(), await kept()], [true, "1"]);
    await page.goto(`${server.url}/chat/${TOOL}`);
    await page.goto(`${server.url}/settings`);
    await page.getByLabel(CHOICE).uncheck();
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByRole("status").getByText("Saved.").waitFor();
    assertEquals([await page.getByLabel(CHOICE).isChecked(), await kept()], [false, undefined]);
  },
  { javaScriptEnabled: false },
);
