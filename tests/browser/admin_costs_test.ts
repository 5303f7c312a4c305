import { ADMIN_ENV, signIn } from "../support/admin_page.ts";
import { assert } from "../support/assert.ts";
import { browserSuite } from "../support/browser.ts";

const { test } = browserSuite({ env: { ...ADMIN_ENV, MOCK_PACE_MS: "0" } });

test(
  "ranges, calculator and CSV work without JavaScript, by keyboard",
  async ({ page, server: { url } }) => {
    await signIn(page, url);
    await page.getByRole("link", { name: "Costs", exact: true }).press("Enter");
    await page.getByRole("link", { name: "30 days" }).press("Enter");
    await page.waitForURL(`${url}/admin/costs?days=30`);
    await page.getByLabel("Messages a day").fill("4000");
    await page.getByLabel("Messages a day").press("Enter");
    await page.waitForURL(/days=30&messages=4000&input=900&cached=0&output=300/);
    assert.match(await page.locator("#calculator").innerText(), /gpt-6-luna[^]*\$28\.80/);
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: "Download as CSV" }).press("Enter");
    assert.match((await download).suggestedFilename(), /^costs-[\d-]+-30-days\.csv$/);
  },
  { javaScriptEnabled: false },
);
