import type { Page } from "playwright-core";
import { ADMIN_ENV, openEditor, openSection, openSections, signIn } from "../support/admin_page.ts";
import { assert, assertEquals } from "../support/assert.ts";
import { assertAccessible } from "../support/axe.ts";
import { browserSuite } from "../support/browser.ts";

const { test } = browserSuite({ env: { ...ADMIN_ENV, MOCK_PACE_MS: "0" } });

/** Saves the same fields from two tabs; the second is refused. */
async function collide(
  page: Page,
  tool: string,
  open: (page: Page, url: string) => Promise<unknown>,
): Promise<string> {
  const other = await page.context().newPage();
  await open(page, tool);
  await open(other, tool);
  const prompt = await other.inputValue("#systemPrompt");
  await other.fill("#systemPrompt", `First of all, ask. ${prompt}`);
  await openSection(other, "What people see");
  await other.fill("#name", `Theirs ${prompt.length}`);
  await other.locator(".save [type=submit]").click();
  await other.waitForURL(/done=saved/);
  await other.close();
  await page.fill("#systemPrompt", `${prompt} And be brief.`);
  await openSection(page, "What people see");
  await page.fill("#name", `Mine ${prompt.length}`);
  await openSection(page, "Model");
  await page.fill("#maxTokens", String(1000 + prompt.length));
  await page.locator(".save [type=submit]").click();
  await page.locator(".conflict").waitFor();
  return prompt;
}

test(
  "two admins' changes are brought together by keyboard and without JavaScript",
  async ({ page, server: { url }, expect }) => {
    expect(/status of 409/);
    await signIn(page, url);
    const prompt = await collide(
      page,
      `${url}/admin/tools/email-assistant`,
      (tab, to) => tab.goto(to),
    );
    await page.getByText("1 of 3 changes fits by itself.").waitFor();
    const names = page.getByRole("group", { name: "Name", exact: true });
    assert.ok(await names.getByRole("radio", { name: /^Yours/ }).isChecked());
    await names.getByRole("radio", { name: /^Yours/ }).press("ArrowUp");
    assert.ok(await names.getByRole("radio").first().isChecked());
    const text = page.getByLabel("Prompt: both together");
    assertEquals(await text.inputValue(), `First of all, ask. ${prompt} And be brief.`);
    await text.fill("Both, in other words.");
    await page.getByRole("button", { name: "Save together" }).press("Enter");
    await page.waitForURL(/done=/);
    assertEquals(await page.inputValue("#systemPrompt"), "Both, in other words.");
    assertEquals(await page.inputValue("#name"), `Theirs ${prompt.length}`);
    assertEquals(await page.inputValue("#maxTokens"), String(1000 + prompt.length));
  },
  { javaScriptEnabled: false },
);

test(
  "settings, a conflict and two drafts fit 320 px with text of 200%, and axe finds nothing",
  async ({ page, server: { url }, expect }) => {
    expect(/status of 4(09|22)/);
    const fits = async (about: string) => {
      await page.evaluate("document.documentElement.style.fontSize = '200%'");
      const wide = await page.evaluate("document.documentElement.scrollWidth");
      assertEquals(wide, 320, `${about}: too wide`);
      await assertAccessible(page, about);
    };
    await signIn(page, url);
    await openEditor(page, `${url}/admin/settings`);
    await openSections(page);
    await page.fill("#retentionDays", "1000");
    await page.locator(".save [type=submit]").click();
    await page.getByText("1 needs a correction.").waitFor();
    await openSections(page);
    await fits("settings");
    await openEditor(page, `${url}/admin/tools/math-tutor`);
    await page.getByLabel("Ask a second draft the same").check();
    await page.fill("#second-temperature", "0.1");
    await page.getByRole("button", { name: /^Ask both · \$0\.\d+$/ }).waitFor();
    await fits("two drafts");
    await collide(page, `${url}/admin/tools/math-tutor`, openEditor);
    await fits("conflict");
  },
  { viewport: { width: 320, height: 700 }, bypassCSP: true },
);
