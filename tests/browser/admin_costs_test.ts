import type { Page } from "playwright-core";
import { ADMIN_ENV, signIn } from "../support/admin_page.ts";
import { assert, assertEquals } from "../support/assert.ts";
import { assertAccessible } from "../support/axe.ts";
import { browserSuite } from "../support/browser.ts";

const { test } = browserSuite({ env: { ...ADMIN_ENV, MOCK_PACE_MS: "0" } });

/** Asks a tool something, then goes into the admin area. */
async function askAndSignIn(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}/chat/general-assistant`);
  await page.fill("#message", "How do we plan a workshop?");
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await page.locator("article.reply").waitFor();
  await signIn(page, origin);
}

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [390, 1280]) {
    test(
      `dashboard and costs are accessible and fit, ${width} px, ${colorScheme}`,
      async ({ page, server: { url } }) => {
        await askAndSignIn(page, url);
        for (const path of ["/admin", "/admin/costs?days=1", "/admin/costs?days=30&input=-1"]) {
          await page.goto(url + path);
          for (const summary of await page.locator("main summary").all()) await summary.click();
          await assertAccessible(page, `${path} at ${width} in ${colorScheme}`);
          const over = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
          assertEquals(over, 0, path);
        }
      },
      { viewport: { width, height: 900 }, colorScheme, bypassCSP: true },
    );
  }
}

test(
  "ranges, calculator and CSV work without JavaScript, by keyboard",
  async ({ page, server: { url } }) => {
    await askAndSignIn(page, url);
    await page.getByRole("link", { name: "Costs", exact: true }).press("Enter");
    await page.getByRole("link", { name: "30 days" }).press("Enter");
    await page.waitForURL(`${url}/admin/costs?days=30`);
    await page.getByLabel("Messages a day").fill("4000");
    await page.getByLabel("Messages a day").press("Enter");
    await page.waitForURL(/days=30&messages=4000&input=900&cached=0&output=300/);
    assert.match(await page.locator("#calculator").innerText(), /gpt-4o-mini[^]*\$37\.80/);
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: "Download as CSV" }).press("Enter");
    assert.match((await download).suggestedFilename(), /^costs-[\d-]+-30-days\.csv$/);
  },
  { javaScriptEnabled: false },
);
