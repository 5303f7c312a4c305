import type { CDPSession, Page } from "playwright-core";
import { assert } from "@/tests/support/assert.ts";
import { browserSuite } from "@/tests/support/browser.ts";
import { openChat, say, settled, storedReply } from "@/tests/support/chat_page.ts";

const { test } = browserSuite({ env: { MOCK_PACE_MS: "5" } });

const KIB = 1024;
/** 2G: 50 kbit/s, 400 ms. */
const SLOW = {
  offline: false,
  latency: 400,
  downloadThroughput: 50_000 / 8,
  uploadThroughput: 50_000 / 8,
};
/** What a browser with a window also fetches: the icon, of some 670 bytes with its headers. */
const ICON = 750;

/** Counts the bytes that come over the network, headers included. */
async function counting(page: Page): Promise<{ session: CDPSession; bytes: () => number }> {
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  let bytes = 0;
  session.on("Network.loadingFinished", ({ encodedDataLength }) => bytes += encodedDataLength);
  return { session, bytes: () => bytes };
}

test(
  "a first visit of a chat takes at most 32 KiB in all, a later page 6 KiB",
  async ({ page, server }) => {
    const { bytes } = await counting(page);
    await openChat(page, server.url);
    await page.waitForLoadState("networkidle");
    const first = bytes();
    assert.ok(first > 20 * KIB && first + ICON <= 32 * KIB, `${first} bytes`);
    await page.goto(`${server.url}/chat/math-tutor`);
    await page.locator("html.js").waitFor({ state: "attached" });
    await page.waitForLoadState("networkidle");
    const later = bytes() - first;
    assert.ok(later > 0 && later <= 6 * KIB, `${later} bytes`);
  },
  { serviceWorkers: "block" },
);

test("a first answer is there within 10 s at 50 kbit/s and 400 ms", async ({ page, server }) => {
  const { session } = await counting(page);
  await session.send("Network.emulateNetworkConditions", SLOW);
  const began = performance.now();
  await openChat(page, server.url);
  await say(page, "What is a key term?");
  await settled(page);
  const seconds = (performance.now() - began) / 1000;
  assert.ok(seconds <= 10, `${seconds} s`);
});

test("a reply costs at most 2.5 times its text on the wire", async ({ page, server }) => {
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  const streams = new Set<string>();
  let bytes = 0;
  session.on("Network.requestWillBeSent", ({ requestId, request }) => {
    if (request.url.includes("/events")) streams.add(requestId);
  });
  session.on("Network.dataReceived", ({ requestId, encodedDataLength }) => {
    if (streams.has(requestId)) bytes += encodedDataLength;
  });
  await openChat(page, server.url);
  await say(page, "What is a key term?");
  await settled(page);
  const text = new TextEncoder().encode(await storedReply(page, server.url)).length;
  assert.ok(bytes > 0 && bytes <= 2.5 * text, `${bytes} bytes for a reply of ${text}`);
});
