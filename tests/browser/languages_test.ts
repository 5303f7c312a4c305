import { assert, assertEquals } from "@/tests/support/assert.ts";
import { assertAccessibleInAllLooks } from "@/tests/support/axe.ts";
import { browserSuite } from "@/tests/support/browser.ts";
import { openChat, say, settled } from "@/tests/support/chat_page.ts";

const { test } = browserSuite({ env: { MOCK_PACE_MS: "0" } });

for (const locale of ["ar", "hi"] as const) {
  test(
    `axe finds nothing on the main pages in ${locale}, light and dark, and none is too wide`,
    async ({ page, server }) => {
      await openChat(page, server.url);
      await say(page, "اكتب لي جملة");
      await settled(page, 1);
      for (const path of ["/", page.url().replace(server.url, ""), "/settings", "/history"]) {
        await page.goto(server.url + path);
        assertEquals(await page.evaluate("document.documentElement.lang"), locale, path);
        await assertAccessibleInAllLooks(page, `${path} in ${locale}`, [360]);
      }
    },
    // The content security policy would block axe itself.
    { locale, bypassCSP: true, reducedMotion: "reduce" },
  );
}

test(
  "settings page: a theme and a language chosen by hand are there at once, without a script",
  async ({ page, server }) => {
    await page.goto(`${server.url}/settings`);
    await page.locator('input[value="ar"]').check();
    await page.locator('input[value="dark"]').check();
    await page.locator('form[action="/settings"] button').click();
    await page.waitForURL(/saved/);
    assertEquals(await page.evaluate("document.documentElement.dir"), "rtl");
    const ground = await page.evaluate(
      "getComputedStyle(document.documentElement).backgroundColor",
    );
    assert.match(String(ground), /rgb\(23, 22, 21\)/);
  },
  { javaScriptEnabled: false, colorScheme: "light" },
);
