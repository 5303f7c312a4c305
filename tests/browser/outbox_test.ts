import { answerOnce } from "@/tests/support/answer_once.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { browserSuite } from "@/tests/support/browser.ts";
import { openChat, questions, say, settled, stored } from "@/tests/support/chat_page.ts";
import { until } from "@/tests/support/wait.ts";
import type { Page } from "playwright-core";

const { test } = browserSuite();
const LOST = /ERR_|Failed to load resource|Failed to fetch/;

const waiting = (page: Page) => page.locator(".question.waiting");

/** Loads the code for waiting messages, as a kept page has it. */
async function loadOutbox(page: Page): Promise<void> {
  await page.evaluate(() => localStorage.setItem("outbox", "1"));
  await page.reload();
  await page.locator("html.js").waitFor({ state: "attached" });
  await page.waitForLoadState("networkidle");
}

test("outbox: messages written offline are shown as waiting, and sent once, in order, when the network is back", async ({ page, context, server, expect }) => {
  expect(LOST);
  await openChat(page, server.url);
  await loadOutbox(page);
  await context.setOffline(true);
  await say(page, "First, offline");
  await waiting(page).getByText("Waiting for the network").waitFor();
  await say(page, "Second, offline");
  await until("two to wait", async () => await waiting(page).count() === 2);
  assertEquals(await page.locator("#message").inputValue(), "");
  await context.setOffline(false);
  await settled(page, 2);
  await waiting(page).first().waitFor({ state: "detached" });
  assertEquals(await questions(page), ["First, offline", "Second, offline"]);
  assertEquals((await stored(page, server.url)).length, 4);
});

test("outbox: a waiting message is sent after its page was closed and opened again, once with two tabs", async ({ page, context, server, expect }) => {
  expect(LOST);
  await openChat(page, server.url);
  await loadOutbox(page);
  await context.setOffline(true);
  await say(page, "Closed before it was sent");
  // Before, it may be on its way to the device's store; its draft is kept until then.
  await waiting(page).getByText("Waiting for the network").waitFor();
  await page.close();
  await context.setOffline(false);
  const posts: string[] = [];
  context.on("request", (request) => {
    if (request.url().endsWith("/api/chat")) posts.push(request.postDataJSON().requestId);
  });
  const tabs = await Promise.all([context.newPage(), context.newPage()]);
  await Promise.all(tabs.map((tab) => openChat(tab, server.url)));
  await Promise.all(tabs.map((tab) => settled(tab)));
  for (const tab of tabs) {
    await waiting(tab).waitFor({ state: "detached" });
    assertEquals(await questions(tab), ["Closed before it was sent"]);
  }
  assertEquals(posts.length, 1);
  assertEquals((await stored(tabs[0], server.url)).length, 2);
});

test("outbox: a message whose answers are all lost is sent once, and leaves the list", async ({ page, server, expect }) => {
  expect(LOST);
  await openChat(page, server.url);
  let lost = true;
  await page.route("**/api/chat", async (route) => {
    if (!lost) return route.continue();
    await route.fetch();
    await route.abort();
  });
  await page.route("**/events?*", (route) => route.abort());
  await page.reload();
  await page.locator("html.js").waitFor({ state: "attached" });
  await say(page, "Only once");
  await waiting(page).getByText("Waiting for the network").waitFor();
  await until("the reply", async () => (await stored(page, server.url)).length === 2);
  await page.close({ runBeforeUnload: false });
  lost = false;
  const again = await page.context().newPage();
  await openChat(again, server.url);
  await until(
    "nothing to wait",
    async () =>
      await again.evaluate(() => localStorage.getItem("outbox")) === null &&
      await waiting(again).count() === 0,
  );
  await settled(again);
  assertEquals(await questions(again), ["Only once"]);
  assertEquals((await stored(again, server.url)).length, 2);
});

test("outbox: a message that is not to be sent is gone, also after a reload", async ({ page, context, server, expect }) => {
  expect(LOST);
  await openChat(page, server.url);
  await loadOutbox(page);
  await context.setOffline(true);
  await say(page, "Never mind");
  await waiting(page).getByRole("button", { name: "Do not send" }).click();
  await waiting(page).waitFor({ state: "detached" });
  await context.setOffline(false);
  await page.reload();
  await page.locator("html.js").waitFor({ state: "attached" });
  assertEquals(await waiting(page).count(), 0);
  assertEquals(await stored(page, server.url), []);
  assertEquals(await page.evaluate(() => localStorage.getItem("outbox")), null);
});

test("outbox: a rate-limited message goes out by itself at the told time", async ({ page, server, expect }) => {
  expect(/status of 429/);
  await openChat(page, server.url);
  await answerOnce(page, "**/api/chat", () => ({
    status: 429,
    contentType: "application/problem+json",
    headers: { "retry-after": "8" },
    body: JSON.stringify({ type: "/problems/limited", detail: "Too fast.", retryable: true }),
  }));
  await say(page, "By itself");
  await waiting(page)
    .getByText(
      /^Many messages in a short time. Yours goes out by itself at \d\d:\d\d\.$/,
    )
    .waitFor();
  assertEquals(await page.locator("#message").inputValue(), "");
  assertEquals(await stored(page, server.url), []);
  await settled(page);
  await waiting(page).waitFor({ state: "detached" });
  assertEquals((await stored(page, server.url)).map(({ text }) => text)[0], "By itself");
});

test("outbox: an answer of a proxy in the server's place is none: the message is sent again by itself", async ({ page, context, server, expect }) => {
  expect(/ERR_|Failed to load resource|Failed to fetch|status of 503/);
  await openChat(page, server.url);
  await loadOutbox(page);
  await context.setOffline(true);
  await say(page, "Past the proxy");
  await waiting(page).getByText("Waiting for the network").waitFor();
  let posts = 0;
  await answerOnce(page, "**/api/chat", () => {
    posts++;
    return { status: 503, contentType: "text/html", body: "<h1>Unavailable</h1>" };
  });
  await context.setOffline(false);
  await settled(page);
  await waiting(page).waitFor({ state: "detached" });
  assertEquals(posts, 1);
  assertEquals((await stored(page, server.url)).map(({ text }) => text)[0], "Past the proxy");
});

test("outbox: a message discarded while the server refuses it does not come back", async ({ page, context, server, expect }) => {
  expect(/ERR_|Failed to load resource|Failed to fetch|status of 400/);
  await openChat(page, server.url);
  await loadOutbox(page);
  await context.setOffline(true);
  await say(page, "Never mind");
  await waiting(page).getByText("Waiting for the network").waitFor();
  const asked = Promise.withResolvers<void>(), answer = Promise.withResolvers<void>();
  await page.route("**/api/chat", async (route) => {
    asked.resolve();
    await answer.promise;
    await route.fulfill({
      status: 400,
      contentType: "application/problem+json",
      body: JSON.stringify({ type: "/problems/invalid", detail: "Not this.", retryable: false }),
    });
  });
  await context.setOffline(false);
  await asked.promise;
  await waiting(page).getByRole("button", { name: "Do not send" }).click();
  await waiting(page).waitFor({ state: "detached" });
  const refused = page.waitForEvent("requestfinished", (each) => each.url().endsWith("/api/chat"));
  answer.resolve();
  await refused;
  // The lock is free once the page has dealt with the answer.
  await page.evaluate(() => navigator.locks.request("outbox", () => {}));
  await page.reload();
  await page.locator("html.js").waitFor({ state: "attached" });
  await page.waitForLoadState("networkidle");
  assertEquals(await waiting(page).count(), 0);
  assertEquals(await page.evaluate(() => localStorage.getItem("outbox")), null);
});

/** Answers the next posts in the server's place, and counts them. */
async function answered(
  page: Page,
  status: number,
  problem: Record<string, unknown> | null,
  headers: Record<string, string> = {},
): Promise<{ posts: number[] }> {
  const seen: { posts: number[] } = { posts: [] };
  await page.route("**/api/chat", (route) => {
    seen.posts.push(Date.now());
    return route.fulfill({
      status,
      headers,
      contentType: problem ? "application/problem+json" : "text/html",
      body: problem ? JSON.stringify(problem) : "<h1>No</h1>",
    });
  });
  return seen;
}

const REFUSED = /ERR_|Failed to load resource|Failed to fetch/;

test("outbox: a server that does not take a message yet is asked ever less often, at once by hand, and it is sent then", async ({ page, context, server, expect }) => {
  expect(REFUSED);
  await page.clock.install();
  await openChat(page, server.url);
  await loadOutbox(page);
  await context.setOffline(true);
  await say(page, "Not yet");
  await waiting(page).getByText("Waiting for the network").waitFor();
  const seen = await answered(page, 503, {
    type: "/problems/unavailable",
    detail: "The store is full.",
    retryable: true,
  });
  await context.setOffline(false);
  await waiting(page).getByText("The store is full.").waitFor();
  for (let minute = 0; minute < 30; minute++) {
    const before = seen.posts.length;
    await page.clock.runFor(60_000);
    // Answers come in the browser's own time.
    await page.evaluate(() => navigator.locks.request("outbox", () => {}));
    assert.ok(seen.posts.length - before <= 5, `${seen.posts.length - before} in a minute`);
  }
  assert.ok(seen.posts.length >= 6 && seen.posts.length <= 16, `${seen.posts.length} in 30 min`);
  await page.unroute("**/api/chat");
  await waiting(page).getByRole("button", { name: "Try again" }).click();
  await settled(page);
  await waiting(page).waitFor({ state: "detached" });
  assertEquals(await questions(page), ["Not yet"]);
});

for (
  const { name, status, problem, says } of [
    {
      name: "a tool that is gone",
      status: 404,
      problem: { type: "/problems/missing", detail: "This tool is gone.", retryable: false },
      says: "This tool is gone.",
    },
    { name: "too much for a proxy", status: 413, problem: null, says: "could not be sent" },
    {
      name: "a text that is not taken",
      status: 400,
      problem: { type: "/problems/invalid", detail: "Not this.", retryable: false },
      says: "Not this.",
    },
  ]
) {
  test(`outbox: ${name} is said at its message, which is not repeated by itself, and can be sent again or discarded`, async ({ page, context, server, expect }) => {
    expect(REFUSED);
    await openChat(page, server.url);
    await loadOutbox(page);
    await context.setOffline(true);
    await say(page, "Refused");
    await waiting(page).getByText("Waiting for the network").waitFor();
    const seen = await answered(page, status, problem);
    await context.setOffline(false);
    await waiting(page).getByText(says).waitFor();
    const { length } = seen.posts;
    await page.evaluate(() => dispatchEvent(new Event("online")));
    await page.evaluate(() => navigator.locks.request("outbox", () => {}));
    assertEquals(seen.posts.length, length);
    // One that is refused does not hold up the next one.
    await page.unroute("**/api/chat");
    await say(page, "Another");
    await settled(page);
    assertEquals(await waiting(page).count(), 1);
    await waiting(page).getByRole("button", { name: "Try again" }).click();
    await settled(page, 2);
    await waiting(page).waitFor({ state: "detached" });
    assertEquals(await questions(page), ["Another", "Refused"]);
  });
}

test("outbox: a used-up budget is waited for until the told time, and said with it", async ({ page, context, server, expect }) => {
  expect(REFUSED);
  await page.clock.install({ time: new Date("2026-03-02T12:00:00") });
  await openChat(page, server.url);
  await loadOutbox(page);
  await context.setOffline(true);
  await say(page, "After midnight");
  await waiting(page).getByText("Waiting for the network").waitFor();
  const seen = await answered(page, 429, {
    type: "/problems/over-budget",
    detail: "This tool has reached today's limit. It opens again at 14:00 (in 2 hours).",
    retryable: false,
  }, { "retry-after": String(2 * 60 * 60) });
  await context.setOffline(false);
  await waiting(page)
    .getByText("This tool has reached today's limit. Yours goes out by itself at 14:0")
    .waitFor();
  assertEquals(await waiting(page).getByRole("button", { name: "Try again" }).count(), 0);
  const { length } = seen.posts;
  await page.evaluate(() => dispatchEvent(new Event("online")));
  await page.clock.runFor("01:50:00");
  assertEquals(seen.posts.length, length);
  await page.unroute("**/api/chat");
  await page.clock.runFor("00:15:00");
  await settled(page);
  await waiting(page).waitFor({ state: "detached" });
  assertEquals(await questions(page), ["After midnight"]);
});

test("outbox: Edit puts a waiting message back before what is in the field; unchanged it is the same message", async ({ page, context, server, expect }) => {
  expect(LOST);
  await openChat(page, server.url);
  await loadOutbox(page);
  const ids: string[] = [];
  context.on("request", (request) => {
    if (request.url().endsWith("/api/chat")) ids.push(request.postDataJSON().requestId);
  });
  await context.setOffline(true);
  await say(page, "First");
  await waiting(page).getByText("Waiting for the network").waitFor();
  await page.locator("#message").fill("Being written");
  await waiting(page).getByRole("button", { name: "Edit" }).click();
  await waiting(page).waitFor({ state: "detached" });
  const field = page.locator("#message");
  assertEquals(await field.inputValue(), "First\n\nBeing written");
  await until("focus", () => field.evaluate((element) => element === document.activeElement));
  await say(page, "Second");
  await until("it to wait", async () => await waiting(page).count() === 1);
  await waiting(page).getByRole("button", { name: "Edit" }).click();
  await waiting(page).waitFor({ state: "detached" });
  assertEquals(await field.inputValue(), "Second");
  // Its text outlives the page as any other.
  await context.setOffline(false);
  await page.reload();
  await page.locator("html.js").waitFor({ state: "attached" });
  assertEquals(await field.inputValue(), "Second");
  await field.press("Enter");
  await settled(page);
  assertEquals(await questions(page), ["Second"]);
  assertEquals(ids.at(-1), ids.at(-2), "The same request");
  assertEquals((await stored(page, server.url)).length, 2);
});

test("outbox: Edit waits for a message that is being sent, and does not take back what was", async ({ page, context, server, expect }) => {
  expect(LOST);
  await openChat(page, server.url);
  await loadOutbox(page);
  await context.setOffline(true);
  await say(page, "On its way");
  await waiting(page).getByText("Waiting for the network").waitFor();
  const asked = Promise.withResolvers<void>(), go = Promise.withResolvers<void>();
  await page.route("**/api/chat", async (route) => {
    asked.resolve();
    await go.promise;
    await route.continue();
  });
  await context.setOffline(false);
  await asked.promise;
  await waiting(page).getByRole("button", { name: "Edit" }).click();
  go.resolve();
  await settled(page);
  await waiting(page).waitFor({ state: "detached" });
  await page.evaluate(() => navigator.locks.request("outbox", () => {}));
  assertEquals(await page.locator("#message").inputValue(), "");
  assertEquals(await questions(page), ["On its way"]);
});

test("outbox: a message that is written while others wait follows them", async ({ page, context, server, expect }) => {
  expect(REFUSED);
  await openChat(page, server.url);
  await loadOutbox(page);
  await context.setOffline(true);
  await say(page, "First");
  await waiting(page).getByText("Waiting for the network").waitFor();
  const seen = await answered(page, 503, null);
  await context.setOffline(false);
  await until("an attempt", () => seen.posts.length > 0);
  await say(page, "Second");
  await until("both to wait", async () => await waiting(page).count() === 2);
  await page.unroute("**/api/chat");
  await settled(page, 2);
  assertEquals(await questions(page), ["First", "Second"]);
});

test("outbox: a recording that the server kept for a day only does not hold its words back", async ({ page, server, expect }) => {
  expect(/status of 404/);
  await openChat(page, server.url);
  await loadOutbox(page);
  await page.evaluate(async () => {
    const opening = indexedDB.open("outbox");
    await new Promise((done) => opening.onsuccess = done);
    const adding = opening.result.transaction("messages", "readwrite").objectStore("messages").add({
      id: "0123456789abcdef0123456789abcdef",
      toolId: "general-assistant",
      text: "Two days old",
      attachments: ["gone-for-a-day-or-more:once"],
      at: Date.now() - 48 * 3_600_000,
      due: 0,
      refused: "",
    });
    await new Promise((done) => adding.onsuccess = done);
    opening.result.close();
    localStorage.setItem("outbox", "1");
  });
  await page.reload();
  await settled(page);
  await waiting(page).waitFor({ state: "detached" });
  assertEquals(await questions(page), ["Two days old"]);
});

test("outbox: a post that is never answered holds the list up for a minute only, and is the same message again", async ({ page, context, server, expect }) => {
  expect(REFUSED);
  await page.clock.install();
  await openChat(page, server.url);
  await loadOutbox(page);
  await context.setOffline(true);
  await say(page, "Never answered at first");
  await waiting(page).getByText("Waiting for the network").waitFor();
  const ids: string[] = [];
  await page.route("**/api/chat", (route) => {
    ids.push(route.request().postDataJSON().requestId);
    // The first one hangs.
    return ids.length > 1 ? route.continue() : undefined;
  });
  await context.setOffline(false);
  await until("the first attempt", () => ids.length === 1);
  await page.clock.runFor(25_000);
  assertEquals(ids.length, 1);
  await page.clock.runFor(40_000);
  await settled(page);
  await waiting(page).waitFor({ state: "detached" });
  assertEquals(await questions(page), ["Never answered at first"]);
  assertEquals(ids[0], ids[1]);
});
