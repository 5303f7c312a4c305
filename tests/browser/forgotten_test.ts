import type { Page } from "playwright-core";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { browserSuite } from "@/tests/support/browser.ts";
import { openChat, questions, say, settled, stored } from "@/tests/support/chat_page.ts";
import { linkDevice } from "@/tests/support/further_device.ts";
import { keepChat, keptFiles, untilKept } from "@/tests/support/kept_pages.ts";
import { until } from "@/tests/support/wait.ts";

const { test } = browserSuite();
const LOST = /ERR_|Failed to load resource|Failed to fetch/;

const waiting = (page: Page) => page.locator(".question.waiting");

/** What this browser keeps, besides pages. */
function keptHere(page: Page) {
  return page.evaluate(async () => ({
    databases: (await indexedDB.databases()).map(({ name }) => name),
    storage: Object.keys(localStorage),
    cookies: document.cookie,
  }));
}

/** The kept pages that have a text. */
function pagesWith(page: Page, text: string): Promise<string[]> {
  return page.evaluate(async (text) => {
    const pages = await caches.open("pages");
    const found = [];
    for (const request of await pages.keys()) {
      const html = await (await pages.match(request))?.text();
      if (html?.includes(text)) found.push(new URL(request.url).pathname);
    }
    return found;
  }, text);
}

test("a device that was ended from another one clears what it kept at its first contact, and sends none of it", async ({ page, context, server, expect }) => {
  expect(LOST);
  const phoneContext = await context.browser()?.newContext({ locale: "en" });
  assert.ok(phoneContext);
  await using _closing = { [Symbol.asyncDispose]: () => phoneContext.close() };
  const phone = await phoneContext.newPage();
  await openChat(page, server.url);
  await say(page, "Said on the first device");
  await settled(page);
  await linkDevice(page, phone, server.url);
  await openChat(phone, server.url);
  await say(phone, "Said on the phone");
  await settled(phone, 2);
  await untilKept(phone);
  await until(
    "the page with its last words to be kept",
    async () => (await pagesWith(phone, "Said on the phone")).includes("/chat/general-assistant"),
  );
  await phoneContext.setOffline(true);
  await say(phone, "Never to be sent");
  await waiting(phone).getByText("Waiting for the network").waitFor();
  await phone.locator("#message").fill("Nor this");
  await page.goto(`${server.url}/device`);
  await page.getByRole("button", { name: /^End / }).click();
  await page.getByText("No other device uses your conversations.").waitFor();
  await phoneContext.setOffline(false);
  // The page begins anew by itself, as the browser's own visitor.
  await until(
    "a page without questions",
    async () =>
      await phone.locator("html.js").count() === 1 &&
      await phone.locator(".question").count() === 0,
  );
  await until("all to be cleared", async () => {
    const { databases, storage, cookies } = await keptHere(phone);
    return databases.length + storage.length === 0 && cookies === "";
  });
  for (const text of ["Said on the first device", "Said on the phone", "Never to be sent"]) {
    assertEquals(await pagesWith(phone, text), []);
  }
  assertEquals(await phone.locator("#message").inputValue(), "");
  assertEquals(await stored(phone, server.url), []);
  assertEquals(
    (await stored(page, server.url)).filter(({ role }) => role === "user").map(
      ({ text }) => text,
    ),
    ["Said on the first device", "Said on the phone"],
  );
});

test("a browser that becomes another visitor's device keeps no page of its former one", async ({ page, context, server }) => {
  const phoneContext = await context.browser()?.newContext({ locale: "en" });
  assert.ok(phoneContext);
  await using _closing = { [Symbol.asyncDispose]: () => phoneContext.close() };
  const phone = await phoneContext.newPage();
  await openChat(page, server.url);
  await say(page, "Said on the first device");
  await settled(page);
  await keepChat(phone, server.url);
  assertEquals(await pagesWith(phone, "What is a key term?"), ["/chat/general-assistant"]);
  await linkDevice(page, phone, server.url);
  await until(
    "it to be gone",
    async () =>
      (await pagesWith(phone, "What is a key term?")).length === 0 &&
      (await keptFiles(phone)).pages?.includes("/offline"),
  );
  await openChat(phone, server.url);
  assertEquals(await questions(phone), ["Said on the first device"]);
  await phoneContext.setOffline(true);
  await phone.reload();
  await phone.getByText("This page is as you read it").waitFor();
  assertEquals(await questions(phone), ["Said on the first device"]);
});
