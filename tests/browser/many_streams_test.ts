import { assertEquals } from "@/tests/support/assert.ts";
import { browserSuite } from "@/tests/support/browser.ts";
import { openChat, say, settled, TOOL } from "@/tests/support/chat_page.ts";
import { until } from "@/tests/support/wait.ts";

const { test } = browserSuite();

test("chat page: a tab whose stream was evicted reconnects when it is shown, not at once", async ({ page, server, expect }) => {
  expect(/ERR_INCOMPLETE_CHUNKED_ENCODING/);
  const asked: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("/events")) asked.push(request.url());
  });
  await openChat(page, server.url);
  await say(page, "Hello");
  await settled(page);
  const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`)
    .join("; ");
  const lost = page.waitForEvent("requestfailed", (request) => request.url().includes("/events"));
  const others = await Promise.all(
    Array.from(
      { length: 20 },
      () => fetch(`${server.url}/api/chat/${TOOL}/events`, { headers: { cookie } }),
    ),
  );
  await lost;
  await page.waitForTimeout(2_000);
  assertEquals(asked.length, 1);
  await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  await until("the tab to follow again", () => asked.length === 2);
  await Promise.all(others.map(({ body }) => body?.cancel().catch(() => {})));
});
