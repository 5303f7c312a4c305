import { ADMIN_ENV, signIn } from "../support/admin_page.ts";
import { assert, assertEquals } from "../support/assert.ts";
import { assertAccessibleInAllLooks } from "../support/axe.ts";
import { browserSuite } from "../support/browser.ts";
import { assertFocusShows, focused, tabTo } from "../support/keyboard.ts";

const { test } = browserSuite({ env: ADMIN_ENV });

test(
  "API keys: made for one tool and copied with the keyboard alone",
  async ({ page, context, server: { url } }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    await signIn(page, url);
    await page.goto(`${url}/admin/keys/new`);
    await page.locator("#name").fill("Website");
    assertEquals(await page.getByLabel("Math Tutor").isVisible(), false);
    await page.getByLabel("All, later ones included").focus();
    await page.keyboard.press("ArrowDown");
    await page.getByLabel("Math Tutor").focus();
    await page.keyboard.press("Space");
    await page.getByRole("button", { name: "Make key" }).focus();
    await page.keyboard.press("Enter");
    await page.getByText("is ready").waitFor();
    assert.match(await focused(page), /is ready/);
    assertEquals(await page.locator('[data-l="Tools"]').textContent(), "Math Tutor");
    await page.getByRole("button", { name: "Copy key" }).waitFor();
    await tabTo(page, /Copy key/);
    await assertFocusShows(page, "Copy key");
    await page.keyboard.press("Enter");
    await page.getByText("Copied.").waitFor();
    const key = await page.locator("#new-key").textContent();
    assertEquals(await page.evaluate("navigator.clipboard.readText()"), key);
    await page.getByText("Actions for “Website”").locator("..").press("Enter");
    const last = page.getByRole("link", { name: /^End key/ });
    await last.click({ trial: true });
    const shown = await last.evaluate((link) => {
      const { left, top, height } = link.getBoundingClientRect();
      return link.contains(document.elementFromPoint(left + 4, top + height - 2));
    });
    assertEquals(shown, true, "the menu is cut off");
    await page.keyboard.press("Escape");
    await assertAccessibleInAllLooks(page, "the page of keys", [320, 1280]);
  },
  { bypassCSP: true, reducedMotion: "reduce" },
);
