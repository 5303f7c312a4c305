import type { Page } from "playwright-core";
import { ADMIN_ENV, signIn } from "@/tests/support/admin_page.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { browserSuite } from "@/tests/support/browser.ts";
import { openChat, say, settled, TOOL } from "@/tests/support/chat_page.ts";

const { test } = browserSuite({ env: ADMIN_ENV });
const PHONE = { viewport: { width: 390, height: 844 } };

/** Doubles the root font size, as a browser set to 200% text does. */
async function doubleText(page: Page): Promise<void> {
  await page.evaluate("document.documentElement.style.fontSize = '200%'");
}

async function boxOf(page: Page, selector: string) {
  const box = await page.locator(selector).boundingBox();
  assert.ok(box, selector);
  return box;
}

test(
  "chat page on a phone with text of 200%: the header fits and nothing is cut off",
  async ({ page, server }) => {
    await openChat(page, server.url);
    await say(page, "What does it cost?");
    await settled(page);
    await doubleText(page);
    assertEquals(await page.evaluate("document.documentElement.scrollWidth"), 390);
    const [bar, title, back, cost] = await Promise.all(
      [".bar", ".bar h1", ".bar > a", ".money > summary"]
        .map((selector) => boxOf(page, selector)),
    );
    assert.ok(title && back && title.width > 100, JSON.stringify(title));
    assert.ok(title.y < back.y + back.height, "the title stands beside the way back");
    // Text on one line, in a 44-pixel target that grew with it.
    assert.ok(cost && cost.height <= 88, JSON.stringify(cost));
    assert.ok(bar && bar.height < 844 / 4, JSON.stringify(bar));
  },
  PHONE,
);

/** Words of the heading that stand on more than one line; evaluated in the page. */
const BROKEN_WORDS = `(() => {
  const node = document.querySelector("h1").firstChild;
  const range = document.createRange();
  return [...node.data.matchAll(/\\S+/g)].filter(({ 0: word, index }) => {
    range.setStart(node, index);
    range.setEnd(node, index + word.length);
    return range.getClientRects().length > 1;
  }).map(([word]) => word);
})()`;

test(
  "pages 320 px wide with text of 200%: no heading's word is broken, and nothing is wider",
  async ({ page, server, expect }) => {
    expect(/404/);
    await page.goto(`${server.url}/chat/${TOOL}`);
    const about = `/chat/${TOOL}`;
    for (const path of ["/", "/nowhere", "/history", `${about}/delete`]) {
      await page.goto(server.url + path);
      await doubleText(page);
      assertEquals(await page.evaluate(BROKEN_WORDS), [], path);
      assertEquals(await page.evaluate("document.documentElement.scrollWidth"), 320, path);
    }
  },
  { viewport: { width: 320, height: 640 } },
);

test(
  "admin, a tool's editor on a phone: the button's label stays on one line",
  async ({ page, server }) => {
    await signIn(page, server.url);
    await page.goto(`${server.url}/admin/tools/email-assistant`);
    await page.fill("#systemPrompt", "Another prompt");
    const { height } = await boxOf(page, ".save [type=submit]");
    assert.ok(height < 50, `${height}`);
  },
  PHONE,
);
