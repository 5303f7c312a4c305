import { assert, assertEquals } from "@/tests/support/assert.ts";
import { browserSuite } from "@/tests/support/browser.ts";
import { openChat, replies, say, settled, storedReply } from "@/tests/support/chat_page.ts";
import { openCutter } from "@/tests/support/cutter.ts";
import { assertEachOnce, transcribe } from "@/tests/support/transcript.ts";

const { test } = browserSuite();
/** A reply of about two seconds with several blocks. */
const LONG = "Explain key terms in detail, with a table and code [[mock:pace=5]]";
/** One that is still under way after a page was loaded meanwhile. */
const LONGER = LONG.replace("pace=5", "pace=15");

test("chat page: a reply streams from its first word, each character once", async ({ page, server }) => {
  const got = await transcribe(page);
  await openChat(page, server.url);
  await say(page, LONG);
  await settled(page);
  assertEachOnce(got, await storedReply(page, server.url));
  assert.ok(got.events.filter(({ type }) => type === "delta").length > 5, "It streams");
  const [live] = await replies(page);
  await page.reload();
  assertEquals(await replies(page), [live ?? ""]);
});

test("chat page: a tab that joins late ends with the same text as an early one", async ({ page, context, server }) => {
  const first = await transcribe(page);
  await openChat(page, server.url);
  await say(page, LONGER);
  await page.locator(".reply .prose > *").nth(1).waitFor();
  const late = await context.newPage();
  const second = await transcribe(late);
  await openChat(late, server.url);
  assert.ok(await late.locator(".writing").isVisible(), "The reply is still under way");
  await Promise.all([settled(page), settled(late)]);
  const text = await storedReply(page, server.url);
  assertEachOnce(first, text);
  assertEachOnce(second, text);
  assertEquals(await replies(late), await replies(page));
});

test("chat page: two tabs show each other's messages", async ({ page, context, server }) => {
  const other = await context.newPage();
  await Promise.all([openChat(page, server.url), openChat(other, server.url)]);
  await say(page, "From the first tab");
  await Promise.all([settled(page), settled(other)]);
  await say(other, "From the second tab");
  await Promise.all([settled(page, 2), settled(other, 2)]);
  assertEquals(await replies(other), await replies(page));
  assertEquals(await page.locator("article.question").count(), 2);
});

test("chat page: a reload in mid-stream continues where the page was rendered", async ({ page, server }) => {
  await openChat(page, server.url);
  await say(page, LONGER);
  await page.locator(".reply .prose > *").nth(1).waitFor();
  const got = await transcribe(page);
  await page.reload();
  await settled(page);
  assertEachOnce(got, await storedReply(page, server.url));
  const [live] = await replies(page);
  await page.reload();
  assertEquals(await replies(page), [live ?? ""]);
});

test("chat page: connections cut in mid-stream lose and double nothing", async ({ page, server, expect, alsoAt }) => {
  await using wire = openCutter(server.port);
  alsoAt(wire.url);
  expect(/ERR_|Failed to load resource|Failed to fetch/);
  const got = await transcribe(page);
  await openChat(page, wire.url);
  await say(page, `${LONG} [[mock:tokens=900]]`);
  await page.locator(".reply .prose > *").first().waitFor();
  const running = () => page.locator(".writing").isVisible();
  for (let i = 0; i < 3 && await running(); i++) {
    const seen = got.cursors.length;
    const again = page.waitForRequest((request) => request.url().includes("/events"));
    wire.cut();
    // The reply may have ended just before the cut: then nothing is asked again.
    const ended = settled(page).then(() => true);
    if (await Promise.race([again.then(() => false, () => false), ended])) break;
    assert.ok(got.cursors.length > seen);
  }
  await settled(page);
  assert.ok(wire.cuts > 0);
  assertEachOnce(got, await storedReply(page, wire.url));
  const [live] = await replies(page);
  await page.reload();
  assertEquals(await replies(page), [live ?? ""]);
});

test("chat page: over a network that comes and goes, a reply loses and doubles nothing", async ({ page, server, expect, alsoAt }) => {
  await using wire = openCutter(server.port);
  alsoAt(wire.url);
  expect(/ERR_|Failed to load resource|Failed to fetch/);
  const got = await transcribe(page);
  await openChat(page, wire.url);
  await say(page, `${LONG} [[mock:tokens=900]]`);
  await page.locator(".reply .prose > *").first().waitFor();
  // Each time the network stays away for a while, or only breaks; then it comes back at once.
  for (const away of [300, 0, 700, 0, 300]) {
    wire.sever();
    await new Promise((done) => setTimeout(done, away));
    wire.mend();
    await page.evaluate(() => dispatchEvent(new Event("online")));
    await new Promise((done) => setTimeout(done, 400));
  }
  await settled(page);
  assert.ok(wire.cuts >= 3, `${wire.cuts} connections were cut`);
  assertEachOnce(got, await storedReply(page, wire.url));
  const [live] = await replies(page);
  await page.reload();
  assertEquals(await replies(page), [live ?? ""]);
});

test("LiveBody: the marks of bold and emphasised text do not show while their block is written", async ({ page, server }) => {
  await openChat(page, server.url);
  await page.evaluate(() => {
    const seen: string[] = [];
    new MutationObserver(() => {
      for (const { textContent } of document.querySelectorAll(".reply .plain")) {
        seen.push(textContent);
      }
    }).observe(document.body, { childList: true, characterData: true, subtree: true });
    Object.assign(self, { seen });
  });
  await say(page, "A word for care [[mock:pace=20]]");
  await settled(page);
  assert.match(await storedReply(page, server.url), /\*\*A word for care\*\*/);
  const seen: string[] = await page.evaluate("self.seen");
  assert.ok(seen.some((text) => text.includes("A word for care")), "The block was seen growing");
  assert.ok(seen.some((text) => text.includes("simulated reply: no")), "So was the emphasised one");
  assertEquals(seen.filter((text) => /[*_]/.test(text)), []);
});
