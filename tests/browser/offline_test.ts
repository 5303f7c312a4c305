import { assert, assertEquals } from "@/tests/support/assert.ts";
import { assertAccessible } from "@/tests/support/axe.ts";
import { browserSuite } from "@/tests/support/browser.ts";
import { openChat, questions, replies, say, settled, stored } from "@/tests/support/chat_page.ts";
import { keepChat, keptFiles } from "@/tests/support/kept_pages.ts";
import { until } from "@/tests/support/wait.ts";

const { test } = browserSuite();
const LOST = /ERR_|Failed to load resource|Failed to fetch/;

test(
  "service worker: offline a conversation is shown as it was left, says so, and takes messages, which are sent once",
  async ({ page, context, server, expect }) => {
    expect(LOST);
    await keepChat(page, server.url);
    const [said] = await replies(page);
    await context.setOffline(true);
    await page.reload();
    await page.locator("html.js").waitFor({ state: "attached" });
    await page.getByText(/^You are offline\. This page is as you read it: \d+:\d\d [AP]M\./)
      .waitFor();
    assertEquals(await replies(page), [said ?? ""]);
    await say(page, "Asked on a page without a network");
    await page.locator(".question.waiting").getByText("Waiting for the network").waitFor();
    await assertAccessible(page, "a kept page with a waiting message");
    await page.close();
    await context.setOffline(false);
    const again = await context.newPage();
    await openChat(again, server.url);
    await settled(again, 2);
    await again.locator(".question.waiting").waitFor({ state: "detached" });
    assertEquals(await questions(again), [
      "What is a key term?",
      "Asked on a page without a network",
    ]);
    assertEquals(await again.getByText("This page is as you read it").count(), 0);
  },
  { bypassCSP: true },
);

test("service worker: the first Copy needs no network", async ({ page, context, server, expect }) => {
  expect(LOST);
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await keepChat(page, server.url);
  await context.setOffline(true);
  await page.locator("article.reply").hover();
  await page.getByRole("button", { name: "Copy answer" }).click();
  await page.getByRole("status").getByText("Copied").waitFor({ state: "attached" });
  const copied = await page.evaluate("navigator.clipboard.readText()");
  assert.match(String(copied), /\*\*What is a key term\?\*\*|key term/);
});

test("service worker: a kept page catches up by itself when the network is back", async ({ page, context, server, expect }) => {
  expect(LOST);
  await keepChat(page, server.url);
  await context.setOffline(true);
  await page.reload();
  await page.getByText("This page is as you read it").waitFor();
  await say(page, "And then?");
  await page.locator(".question.waiting").getByText("Waiting for the network").waitFor();
  await context.setOffline(false);
  await page.locator(".question.waiting").waitFor({ state: "detached" });
  await settled(page, 2);
  assertEquals(await questions(page), ["What is a key term?", "And then?"]);
  assertEquals((await stored(page, server.url)).length, 4);
});

test("service worker: with a network a page is never a kept one", async ({ page, context, server }) => {
  await keepChat(page, server.url);
  const other = await context.newPage();
  await openChat(other, server.url);
  await say(other, "Asked in another tab");
  await settled(other, 2);
  await page.goto(`${server.url}/`);
  await openChat(page, server.url);
  assertEquals(await questions(page), ["What is a key term?", "Asked in another tab"]);
  assertEquals(await page.locator("#kept").count(), 0);
});

test(
  "service worker: a page that was never read gives way to a list of those that were",
  async ({ page, context, server, expect }) => {
    expect(LOST);
    await keepChat(page, server.url);
    await context.setOffline(true);
    await page.goto(`${server.url}/chat/math-tutor`);
    await page.getByRole("heading", { name: "You are offline" }).waitFor();
    await page.getByText(/^Read: \d/).waitFor();
    await assertAccessible(page, "the offline page");
    await page.getByRole("link", { name: "General assistant" }).click();
    await page.getByText("What is a key term?").first().waitFor();
    await say(page, "One that waits");
    await page.locator(".waiting").getByText("Waiting for the network").waitFor();
    await page.goto(`${server.url}/my-data`);
    await page.getByText("1 message waiting").waitFor();
    await context.setOffline(false);
    await page.getByRole("link", { name: "Try again" }).click();
    await page.getByRole("heading", { name: "My data" }).waitFor();
  },
  { bypassCSP: true },
);

test("service worker: keeps no page of admins, no shared link, nothing of the API, and no data page", async ({ page, server, expect }) => {
  expect(/status of 403/);
  await keepChat(page, server.url);
  await page.reload();
  for (const path of ["/", "/help", "/history", "/my-data", "/memory", "/admin/login"]) {
    await page.goto(server.url + path).catch(() => {});
  }
  await page.goto(`${server.url}/help`);
  await until("help to be kept", async () => (await keptFiles(page)).pages?.includes("/help"));
  const { pages = [], files = [] } = await keptFiles(page);
  assertEquals(pages.toSorted(), [
    "/",
    "/chat/general-assistant",
    "/help",
    "/history",
    "/offline",
  ]);
  for (const path of files) assert.match(path, /^\/(_frsh\/js\/[\w-]+\.js|[\w.-]+)$/);
});

test("service worker: deleting one's data clears what the device keeps, messages that wait included", async ({ page, context, server, expect }) => {
  expect(LOST);
  await keepChat(page, server.url);
  await context.setOffline(true);
  await say(page, "Never to be sent");
  await page.locator(".question.waiting").getByText("Waiting for the network").waitFor();
  await page.route("**/api/chat", (route) => route.abort());
  await context.setOffline(false);
  await page.goto(`${server.url}/my-data`);
  await page.locator("details summary").last().click();
  await page.getByRole("button", { name: /^Delete \d+ conversation/ }).click();
  await page.waitForURL(/\?deleted/);
  assertEquals(await keptFiles(page), {});
  assertEquals(
    await page.evaluate(async () => ({
      workers: (await navigator.serviceWorker.getRegistrations()).length,
      databases: (await indexedDB.databases()).map(({ name }) => name),
      mark: localStorage.getItem("outbox"),
    })),
    { workers: 0, databases: [], mark: null },
  );
});

test("service worker: a page whose files had to give way to newer ones is no longer kept", async ({ page, server }) => {
  await keepChat(page, server.url);
  await page.reload();
  await page.goto(`${server.url}/help`);
  await until("help to be kept", async () => (await keptFiles(page)).pages?.includes("/help"));
  // As after some new versions: the chat's page is of an earlier one, its script the oldest file.
  await page.evaluate(async () => {
    const [pages, files] = await Promise.all([caches.open("pages"), caches.open("files")]);
    const kept = await pages.match("/chat/general-assistant");
    const html = (await kept?.text() ?? "").replace(/\/_frsh\/js\/[\w-]+\.js/, "/_frsh/js/old.js");
    await pages.put("/chat/general-assistant", new Response(html, { headers: kept?.headers }));
    const others = await files.keys();
    const copies = await Promise.all(others.map((each) => files.match(each)));
    for (const each of others) await files.delete(each);
    await files.put("/_frsh/js/old.js", new Response(""));
    for (const [i, each] of others.entries()) {
      const copy = copies[i];
      if (copy && !each.url.includes("public.css")) await files.put(each, copy);
    }
    for (let i = (await files.keys()).length; i < 90; i++) {
      await files.put(`/_frsh/js/newer-${i}.js`, new Response(""));
    }
    // One more, which the worker fetches and keeps.
    await (await fetch(document.querySelector<HTMLLinkElement>("link[href*='.css']")?.href ?? ""))
      .text();
  });
  await until(
    "the page to be forgotten",
    async () => !(await keptFiles(page)).pages?.includes("/chat/general-assistant"),
  );
  const { pages = [] } = await keptFiles(page);
  assertEquals(pages.toSorted(), ["/help", "/offline"]);
});
