import type { Page } from "playwright-core";
import { z } from "zod";
import { ADMIN_ENV, openEditor, openSection, openSections, signIn } from "../support/admin_page.ts";
import { EMAIL, OTHER, PASSWORD } from "../support/admin.ts";
import { assert, assertEquals } from "../support/assert.ts";
import { assertAccessible } from "../support/axe.ts";
import { browserSuite } from "../support/browser.ts";
import { until } from "../support/wait.ts";

const { test } = browserSuite({
  env: { ...ADMIN_ENV, ALLOWED_ADMIN_EMAILS: `${EMAIL},${OTHER}` },
});
const session = z.looseObject({ idleUntil: z.number() });

/** Ends all sessions as thirty minutes without use do. */
async function endSessions(kvPath: string): Promise<void> {
  using kv = await Deno.openKv(kvPath);
  for await (const { key, value } of kv.list({ prefix: ["admin_session"] })) {
    await kv.set(key, { ...session.parse(value), idleUntil: 0 });
  }
}

async function signInAgain(page: Page): Promise<void> {
  assertEquals(await page.inputValue('[name="email"]'), EMAIL);
  await page.fill('[name="password"]', PASSWORD);
  await page.click('main button[type="submit"]');
}

test(
  "settings: what is typed stays on the device, and one save takes all sections",
  async ({ page, server, expect }) => {
    expect(/status of 422/);
    const { url } = server;
    const bar = page.locator(".save");
    await signIn(page, url);
    await openEditor(page, `${url}/admin/settings`);
    await bar.waitFor({ state: "hidden" });
    await openSections(page);
    await page.fill("#tagline", "Typed and not saved");
    await page.locator('[name="proposals"]').setChecked(false);
    await bar.getByText("2 changes in Texts and WhatsApp.").waitFor();
    // Another form of the page keeps it, and so does a visit to another page.
    await page.getByRole("button", { name: "Send a test alert" }).click();
    await page.getByText("What you typed here is not saved yet.").first().waitFor();
    await page.goto(`${url}/admin/limits`);
    await openEditor(page, `${url}/admin/settings`);
    await bar.getByText("2 changes in Texts and WhatsApp.").waitFor();
    assertEquals(await page.inputValue("#tagline"), "Typed and not saved");
    assert.ok(!await page.locator('[name="proposals"]').isChecked());
    assert.ok(!page.url().includes("Typed"));
    await openSections(page);
    await assertAccessible(page, "settings with what is not saved yet");
    // Input that the server refused is kept as well.
    await page.fill("#retentionDays", "1000");
    await bar.getByRole("button", { name: "Save" }).click();
    await page.getByText("something has to be put right").waitFor();
    await bar.getByText("3 changes in Texts, Retention and WhatsApp. 1 needs a correction.")
      .waitFor();
    assertEquals(await page.inputValue("#tagline"), "Typed and not saved");
    await page.goto(`${url}/admin/settings`);
    await bar.getByText("3 changes").waitFor();
    assertEquals(await page.inputValue("#retentionDays"), "1000");
    await openSections(page);
    await page.fill("#retentionDays", "60");
    await bar.getByRole("button", { name: "Save" }).click();
    await page.waitForURL(/saved=texts,retention,whatsapp#texts$/);
    // Once saved, it is no draft.
    await openEditor(page, `${url}/admin/settings`);
    await bar.waitFor({ state: "hidden" });
    assertEquals(await page.inputValue("#tagline"), "Typed and not saved");
    assertEquals(await page.inputValue("#retentionDays"), "60");
    assertEquals(await page.getByText("What you typed here is not saved yet.").count(), 0);
    // Discard takes back what is stored; the draft is offered until the page is left.
    await openSections(page);
    await page.fill("#name", "Another name");
    await bar.getByRole("link", { name: "Discard" }).click();
    assert.notEqual(await page.inputValue("#name"), "Another name");
    await bar.getByRole("button", { name: "Put it in the form" }).click();
    assertEquals(await page.inputValue("#name"), "Another name");
    await bar.getByText("1 change in Organisation.").waitFor();
  },
  { bypassCSP: true },
);

test(
  "an unsaved draft is not shown to another account in the same browser",
  async ({ page, server }) => {
    const { url } = server;
    const signInAs = async (email: string) => {
      await page.goto(`${url}/admin/login`);
      await page.fill('[name="email"]', email);
      await page.fill('[name="password"]', PASSWORD);
      await page.click('main button[type="submit"]');
      await page.waitForURL(`${url}/admin`);
    };
    const signOut = async () => {
      await page.getByRole("button", { name: "Sign out" }).click();
      await page.waitForURL(/\/admin\/login/);
    };
    await signInAs(EMAIL);
    await openEditor(page, `${url}/admin/tools/math-tutor`);
    await openSection(page, "What people see");
    await page.fill("#description", "Ada's draft");
    await until(
      "what is typed to be kept",
      () => page.evaluate("Object.keys(localStorage).length > 0"),
    );
    await openEditor(page, `${url}/admin/settings`);
    await openSections(page);
    await page.fill("#tagline", "Ada's words");
    await signOut();
    await signInAs(OTHER);
    await openEditor(page, `${url}/admin/settings`);
    assert.notEqual(await page.inputValue("#tagline"), "Ada's words");
    await openEditor(page, `${url}/admin/tools/math-tutor`);
    await page.locator(".save").waitFor({ state: "attached" });
    assertEquals(await page.getByText("a draft of yours").count(), 0);
    assert.ok(!await page.content().then((html) => html.includes("Ada's")));
    await signOut();
    // Its author finds it again.
    await signInAs(EMAIL);
    await openEditor(page, `${url}/admin/settings`);
    assertEquals(await page.inputValue("#tagline"), "Ada's words");
  },
  { bypassCSP: true },
);

for (const javaScriptEnabled of [true, false]) {
  test(
    `a long edit outlasts its session, ${javaScriptEnabled ? "with" : "without"} JavaScript`,
    async (
      { page, server, expect },
    ) => {
      expect(/status of 401/);
      const { url, kvPath } = server;
      await signIn(page, url);
      await page.goto(`${url}/admin/tools/email-assistant`);
      const text = `An hour of work.\n"More" <of> it, ${javaScriptEnabled}.`;
      await page.fill("#systemPrompt", text);
      await endSessions(kvPath);
      await page.locator(".save [type=submit]").click();
      await page.getByRole("heading", { name: "Sign in again" }).waitFor();
      await signInAgain(page);
      await page.getByRole("button", { name: "Back to the form" }).click();
      await page.getByText("It is not saved yet.").waitFor();
      assertEquals(await page.inputValue("#systemPrompt"), text);
      assertEquals(new URL(page.url()).search, "");
      await page.locator(".save [type=submit]").click();
      await page.waitForURL(/done=saved/);
      assertEquals(await page.inputValue("#systemPrompt"), text);
    },
    { javaScriptEnabled },
  );
}

test("the pages between two sessions are accessible", async ({ page, server, expect }) => {
  expect(/status of 401/);
  const { url, kvPath } = server;
  await signIn(page, url);
  await page.goto(`${url}/admin/settings`);
  await openSections(page);
  await page.fill("#tagline", "Late");
  await endSessions(kvPath);
  await page.locator(".save [type=submit]").click();
  await page.getByRole("heading", { name: "Sign in again" }).waitFor();
  await assertAccessible(page, "signed out");
  await signInAgain(page);
  await page.getByRole("button", { name: "Back to the form" }).waitFor();
  await assertAccessible(page, "signed in again");
  await page.getByRole("button", { name: "Back to the form" }).click();
  await page.getByText("It is not saved yet.").waitFor();
  assertEquals(await page.inputValue("#tagline"), "Late");
}, { bypassCSP: true });

test("the filter of conversations offers only channels that have conversations", async ({ page, server }) => {
  const { url } = server;
  await signIn(page, url);
  await openEditor(page, `${url}/admin/settings`);
  await openSections(page);
  await page.locator('[name="review"]').setChecked(true);
  await page.locator(".save [type=submit]").click();
  await page.waitForURL(/saved=review/);
  const asked = await fetch(`${url}/api/chat`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ toolId: "general-assistant", message: "Asked by the API" }),
  });
  await asked.text();
  await page.goto(`${url}/admin/conversations`);
  await page.getByLabel("Channel").selectOption({ label: "Web and API" });
  await page.getByRole("button", { name: "Search" }).click();
  await page.getByText("Asked by the API").first().waitFor();
  assertEquals(await page.getByLabel("Channel").locator("option").allTextContents(), [
    "All channels",
    "Web and API",
    "WhatsApp",
  ]);
});
