import { ADMIN_ENV, signIn } from "../support/admin_page.ts";
import { assert, assertEquals } from "../support/assert.ts";
import { assertAccessible } from "../support/axe.ts";
import { browserSuite } from "../support/browser.ts";

const { test } = browserSuite({ env: { ...ADMIN_ENV, MOCK_PACE_MS: "0" } });

test(
  "a budget is changed by keyboard and without JavaScript, and the audit log says from what to what",
  async ({ page, server: { url }, expect }) => {
    expect(/status of 422/);
    await signIn(page, url);
    await page.getByRole("link", { name: "Budgets", exact: true }).press("Enter");
    await page.waitForURL(`${url}/admin/budgets`);
    const day = page.getByLabel("Math Tutor, a day");
    await day.fill("much");
    await page.getByLabel("Every other tool, a month").fill("5");
    await day.press("Enter");
    await page.getByText("something has to be put right").waitFor();
    assert.match(await page.locator("#tool-day-math-tutor-finding").innerText(), /Dollars such as/);
    assertEquals(await page.getByLabel("Every other tool, a month").inputValue(), "5");
    await day.fill("2");
    await day.press("Enter");
    await page.waitForURL(/saved=1/);
    assertEquals(await day.inputValue(), "2.00");
    await page.goto(`${url}/admin/audit`);
    await page.getByText("raised the budget of Math Tutor from $1.00 to $2.00 a day").waitFor();
  },
  { javaScriptEnabled: false },
);

test("the save bar says what changes, and discards it", async ({ page, server: { url } }) => {
  await signIn(page, url);
  await page.goto(`${url}/admin/budgets`);
  const bar = page.getByRole("region", { name: "Unsaved changes" });
  await bar.waitFor({ state: "hidden" });
  await page.getByLabel("Travel Planner, a day").fill("0.50");
  await bar.getByText("1 change. Travel Planner, a day: $0.50 instead of $1.00").waitFor();
  await assertAccessible(page, "budgets with a change");
  await bar.getByRole("link", { name: "Discard" }).click();
  assertEquals(await page.getByLabel("Travel Planner, a day").inputValue(), "1.00");
  await page.getByLabel("Person on WhatsApp, a day").fill("0.20");
  await bar.getByRole("button", { name: "Save budgets" }).click();
  await page.waitForURL(/saved=1/);
  assertEquals(await page.getByLabel("Person on WhatsApp, a day").inputValue(), "0.20");
  // Once saved, it is no draft.
  await page.goto(`${url}/admin/budgets`);
  await bar.waitFor({ state: "hidden" });
}, { bypassCSP: true, reducedMotion: "reduce" });

test("budgets fit 320 px with text of 200%", async ({ page, server: { url } }) => {
  await signIn(page, url);
  await page.setViewportSize({ width: 320, height: 900 });
  await page.goto(`${url}/admin/budgets`);
  await page.evaluate("document.documentElement.style.fontSize = '200%'");
  assertEquals(await page.evaluate("document.documentElement.scrollWidth"), 320);
  await assertAccessible(page, "budgets");
}, { bypassCSP: true, reducedMotion: "reduce" });
