import { assert, assertEquals } from "@/tests/support/assert.ts";
import { browserSuite } from "@/tests/support/browser.ts";
import { openChat, questions, say, settled, stored } from "@/tests/support/chat_page.ts";
import { openCutter } from "@/tests/support/cutter.ts";
import { until } from "@/tests/support/wait.ts";

const { test } = browserSuite({ env: { RATE_LIMIT_CHAT_PER_MINUTE: "2" } });
const LOST = /ERR_|Failed to load resource|Failed to fetch/;

test("chat page: a draft survives a reload, separately for each tool", async ({ page, server }) => {
  await openChat(page, server.url);
  await page.locator("#message").fill("half a thought\nand more");
  await page.reload();
  await page.locator("html.js").waitFor({ state: "attached" });
  assertEquals(await page.locator("#message").inputValue(), "half a thought\nand more");
  await openChat(page, server.url, "math-tutor");
  assertEquals(await page.locator("#message").inputValue(), "");
  await openChat(page, server.url);
  await page.locator("#message").fill("");
  await page.reload();
  await page.locator("html.js").waitFor({ state: "attached" });
  assertEquals(await page.locator("#message").inputValue(), "");
});

test("chat page: offline is shown, and the draft is kept", async ({ page, context, server }) => {
  await openChat(page, server.url);
  await context.setOffline(true);
  await page.getByText("What you write is saved on this device.").waitFor();
  await page.locator("#message").fill("for later");
  await context.setOffline(false);
  await page.getByText("You are offline").waitFor({ state: "detached" });
  assertEquals(await page.locator("#message").inputValue(), "for later");
});

test("chat page: a message sent without a server goes out once when the server is back", async ({ page, server, expect, alsoAt }) => {
  await using wire = openCutter(server.port);
  alsoAt(wire.url);
  expect(LOST);
  await openChat(page, wire.url);
  wire.sever();
  await say(page, "Is anybody there?");
  await page.getByText("Sending…").waitFor();
  await page.getByText("Connection lost. Reconnecting…").waitFor();
  wire.mend();
  await settled(page);
  assertEquals(await questions(page), ["Is anybody there?"]);
  assertEquals((await stored(page, wire.url)).map(({ text }) => text).slice(0, -1), [
    "Is anybody there?",
  ]);
  assertEquals(await page.locator("#message").inputValue(), "");
});

test("chat page: a message in flight when the page is closed arrives", async ({ page, server, expect, alsoAt }) => {
  await using wire = openCutter(server.port);
  alsoAt(wire.url);
  expect(LOST);
  await openChat(page, wire.url);
  wire.sever();
  await say(page, "Do not lose me");
  await page.getByText("Sending…").waitFor();
  wire.mend();
  await page.reload();
  await page.locator("html.js").waitFor({ state: "attached" });
  const isThere = async () =>
    await page.locator("#message").inputValue() === "Do not lose me" ||
    (await questions(page)).includes("Do not lose me");
  await until("the message, in its field or in the conversation", isThere);
});

test("chat page: a rate-limited message waits for its time, also over a reload, and is not asked again before", async ({ page, server, requests, expect }) => {
  expect(/status of 429/);
  await openChat(page, server.url);
  const waiting = page.locator(".question.waiting").getByText("Many messages in a short time.");
  // Other tests of this file share the address and its rate limit.
  let taken = 0;
  for (; taken < 3; taken++) {
    await say(page, `Message ${taken}`);
    await Promise.race([waiting.waitFor(), settled(page, taken + 1)]);
    if (await waiting.isVisible()) break;
  }
  assert.ok(taken <= 2, "The third within a minute is refused");
  assertEquals(await page.locator("#message").inputValue(), "");
  assert.match(await waiting.textContent() ?? "", /Yours goes out by itself at \d\d:\d\d\.$/);
  const posts = () => requests.filter((url) => url.endsWith("/api/chat")).length;
  const before = posts();
  await page.reload();
  await waiting.waitFor();
  assertEquals(await page.locator(".question:not(.waiting)").count(), taken);
  assertEquals(posts(), before);
});
