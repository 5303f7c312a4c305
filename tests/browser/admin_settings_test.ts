import { Buffer } from "node:buffer";
import type { Page } from "playwright-core";
import { assert, assertEquals } from "../support/assert.ts";
import { assertAccessibleInAllLooks } from "../support/axe.ts";
import { browserSuite } from "../support/browser.ts";
import { openSections } from "../support/admin_page.ts";
import { PICTURES } from "../support/pictures.ts";

const EMAIL = "ada@example.org";
const PASSWORD = "correct horse battery staple";

const { test } = browserSuite({
  env: {
    ADMIN_PASSWORD: PASSWORD,
    ALLOWED_ADMIN_EMAILS: EMAIL,
    MOCK_PACE_MS: "0",
    RATE_LIMIT_ADMIN_PER_5MIN: "500",
    RATE_LIMIT_CHAT_PER_MINUTE: "2",
  },
});

async function signIn(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}/admin/login`);
  await page.fill('[name="email"]', EMAIL);
  await page.fill('[name="password"]', PASSWORD);
  await page.click('main button[type="submit"]');
  await page.waitForURL(`${origin}/admin`);
}

/** Sends one message more than the limit allows, so that a refusal is listed. */
async function runIntoTheLimit(page: Page, origin: string): Promise<void> {
  for (let i = 0; i < 4; i++) {
    await page.request.post(`${origin}/api/chat`, {
      data: { toolId: "general-assistant", message: "Hello" },
    });
  }
}

/** Saves all sections. */
async function save(page: Page): Promise<void> {
  await Promise.all([page.waitForEvent("load"), page.locator(".save [type=submit]").click()]);
}

/** Opens the page with its sections open. */
async function openSettings(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/admin/settings`);
  await openSections(page);
}

test(
  "settings, limits, prices and alerts are accessible and fit, in all looks",
  async ({ page, server: { url }, expect }) => {
    expect(/status of 422/);
    await runIntoTheLimit(page, url);
    await signIn(page, url);
    await openSettings(page, url);
    await page.fill("#name", "Wycliffe");
    await page.fill("#colour", "#ffcc00");
    await save(page);
    await openSections(page);
    await page.locator("#logo-file").setInputFiles({
      name: "logo.png",
      mimeType: "image/png",
      buffer: Buffer.from(PICTURES.png),
    });
    await page.getByRole("button", { name: "Save the logo" }).click();
    await page.waitForURL(/saved=logo/);
    const paths = ["/admin/settings", "/admin/limits", "/admin/prices", "/admin/alerts"];
    for (const path of [...paths, "/", "/chat/general-assistant"]) {
      await page.goto(url + path);
      await assertAccessibleInAllLooks(page, path);
    }
    await openSettings(page, url);
    await assertAccessibleInAllLooks(page, "open sections");
    await page.fill("#retentionDays", "1000");
    await save(page);
    await page.getByRole("link", { name: "1 needs a correction." }).click();
    assertEquals(await page.evaluate("document.activeElement.id"), "retentionDays");
    await assertAccessibleInAllLooks(page, "errors");
  },
  { bypassCSP: true },
);

test("the organisation's colour shows on every page within the content security policy", async ({ page, server }) => {
  await signIn(page, server.url);
  await openSettings(page, server.url);
  await page.fill("#colour", "#aa3300");
  await save(page);
  for (const path of ["/", "/chat/general-assistant", "/admin/settings"]) {
    await page.goto(server.url + path);
    const accent = await page.evaluate(
      "getComputedStyle(document.documentElement).getPropertyValue('--accent')",
    );
    assertEquals(accent, "#aa3300", path);
  }
});

test(
  "settings are changed by keyboard and without JavaScript; an error stands beside its field",
  async ({ page, server: { url }, expect }) => {
    expect(/status of 422/);
    await signIn(page, url);
    await page.getByRole("link", { name: "Settings", exact: true }).press("Enter");
    await page.waitForURL(`${url}/admin/settings`);
    await openSections(page);
    await page.getByLabel("Days, 1 to 90").fill("91");
    await page.getByLabel("Days, 1 to 90").press("Enter");
    await page.getByText("1 change in Retention. 1 needs a correction.").waitFor();
    assert.match(
      await page.locator("#retentionDays-finding").innerText(),
      /A whole number of days from 1 to 90/,
    );
    await page.getByLabel("Days, 1 to 90").fill("45");
    await page.getByLabel("Days, 1 to 90").press("Enter");
    await page.waitForURL(/saved=retention#retention$/);
    assertEquals(await page.getByLabel("Days, 1 to 90").inputValue(), "45");
    await page.getByRole("link", { name: "Limits", exact: true }).press("Enter");
    await page.getByLabel("Messages on WhatsApp").fill("7");
    await page.getByLabel("Messages on WhatsApp").press("Enter");
    await page.waitForURL(/saved=limits/);
    assertEquals(await page.getByLabel("Messages on WhatsApp").inputValue(), "7");
    await page.getByRole("link", { name: "Prices", exact: true }).press("Enter");
    await page.locator("summary", { hasText: "Set a price of your own" }).press("Enter");
    await page.getByLabel("Model or service").fill("message");
    await page.getByLabel("Provider", { exact: true }).fill("twilio");
    await page.getByLabel("Or dollars for one piece").fill("0.005");
    await page.getByLabel("Or dollars for one piece").press("Enter");
    await page.waitForURL(/done=set/);
    assert.match(await page.locator("main").innerText(), /message twilio[^]*\$0\.005 for one/);
  },
  { javaScriptEnabled: false },
);

test("a rate-limited source is let through by a button, without JavaScript", async (visit) => {
  const { page, server: { url } } = visit;
  await runIntoTheLimit(page, url);
  await signIn(page, url);
  await page.goto(`${url}/admin/limits`);
  await page.getByRole("button", { name: /^Let through/ }).first().press("Enter");
  await page.waitForURL(/saved=free/);
  const answer = await page.request.post(`${url}/api/chat`, {
    data: { toolId: "general-assistant", message: "Hello" },
  });
  assertEquals(answer.status(), 200);
}, { javaScriptEnabled: false });
