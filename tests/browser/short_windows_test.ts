import { assert, assertEquals } from "@/tests/support/assert.ts";
import { browserSuite } from "@/tests/support/browser.ts";
import { openChat, say, settled } from "@/tests/support/chat_page.ts";

const { test } = browserSuite();

/** Windows in CSS px; zoom of 400% makes one of 1280 × 1024 as small as the second. */
const WINDOWS = [
  { name: "a phone of 360 × 640", width: 360, height: 640, text: 100 },
  { name: "400% zoom", width: 320, height: 256, text: 100 },
  { name: "text of 200% on a phone", width: 360, height: 640, text: 200 },
  { name: "a phone on its side", width: 640, height: 360, text: 100 },
  { name: "text of 200% on a phone on its side", width: 640, height: 360, text: 200 },
];

for (const { name, width, height, text } of WINDOWS) {
  test(
    `chat page, ${name}: nothing is wider than the window, and a message is written and sent`,
    async ({ page, server }) => {
      await openChat(page, server.url);
      await page.evaluate(`document.documentElement.style.fontSize = "${text}%"`);
      for (
        const question of [
          "What is a key term?",
          "And a much longer question, of two lines or more",
        ]
      ) {
        await page.locator("#message").scrollIntoViewIfNeeded();
        const box = await page.locator(".box").boundingBox();
        const send = await page.locator(".send").boundingBox();
        assert.ok(box && send);
        assert.ok(box.x >= 0 && box.x + box.width <= width, JSON.stringify(box));
        assert.ok(box.y >= 0 && send.y + send.height <= height + 1, JSON.stringify(send));
        assert.ok(send.height >= 44 && send.width >= 44, JSON.stringify(send));
        await say(page, question);
      }
      await settled(page, 2);
      assertEquals(await page.evaluate("document.documentElement.scrollWidth"), width);
      // What covers the text leaves room for it.
      const covered = await page.evaluate(() => {
        const heightOf = (selector: string) => {
          const element = document.querySelector(selector);
          const position = element && getComputedStyle(element).position;
          return element && position === "sticky" ? element.getBoundingClientRect().height : 0;
        };
        return heightOf(".bar") + heightOf(".dock");
      });
      assert.ok(covered <= height * 0.6, `${covered} of ${height} px are covered`);
    },
    { viewport: { width, height } },
  );
}
