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

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? "with" : "without";
  // One of its own for each run.
  const thing = `${how}-script`, tool = javaScriptEnabled ? "code-helper" : "travel-planner";

  test(
    `a price and an example that another admin saved first keep what was typed, say what to do, and are saved in place of theirs, ${how} JavaScript`,
    async ({ page, server: { url }, expect }) => {
      expect(/status of 409/);
      await signIn(page, url);
      const other = await page.context().newPage();
      const both = [page, other];
      const open = (path: string) => Promise.all(both.map((tab) => tab.goto(`${url}${path}`)));

      await open("/admin/prices");
      const price = async (tab: Page, input: string) => {
        await tab.locator("#add > summary").click();
        await tab.locator("#thing").fill(thing);
        await tab.locator("#input").fill(input);
        await tab.locator("#output").fill("18");
        await tab.getByRole("button", { name: "Set this price" }).click();
      };
      await price(other, "9");
      await other.waitForURL(/done=set/);
      await price(page, "7");
      await page.getByText(/Somebody else has changed the price.*Do the same again/).waitFor();
      assertEquals(
        await Promise.all(["#thing", "#input", "#output"].map((each) => page.inputValue(each))),
        [thing, "7", "18"],
      );
      const row = page.getByRole("listitem").filter({ hasText: thing });
      assert.match(await row.innerText(), /\$9\.00 in/);
      await page.getByRole("button", { name: "Set this price" }).click();
      await page.waitForURL(/done=set/);
      assert.match(await row.innerText(), /\$7\.00 in/);

      await page.goto(`${url}/admin/golden/${tool}/new`);
      await page.fill("#question", "First?");
      await page.getByRole("button", { name: "Save" }).click();
      await page.waitForURL(/done=saved/);
      const path = await page.getByRole("link", { name: "First?" }).getAttribute("href");
      await open(path ?? "");
      const change = async (tab: Page, question: string, expects: string) => {
        await tab.fill("#question", question);
        await tab.fill("#expects", expects);
        await tab.getByRole("button", { name: "Save" }).click();
      };
      await change(other, "Theirs?", "Says theirs.");
      await other.waitForURL(/done=saved/);
      await change(page, "Mine?", "Says\nmine.");
      await page.getByText(/What you typed is below theirs: saving it replaces theirs/).waitFor();
      const theirs = page.getByRole("region", { name: "As it is saved now" });
      assert.match(await theirs.innerText(), /Theirs\?\s+Says theirs\./);
      assertEquals(
        await Promise.all(["#question", "#expects"].map((each) => page.inputValue(each))),
        ["Mine?", "Says\nmine."],
      );
      await page.getByRole("button", { name: "Save" }).click();
      await page.waitForURL(/done=saved/);
      await page.getByRole("link", { name: "Mine?" }).waitFor();

      // Removed there, it becomes a new one here.
      await open(path ?? "");
      await other.getByRole("button", { name: "Remove" }).click();
      await other.waitForURL(/done=removed/);
      await change(page, "Kept?", "It is not lost.");
      await page.getByText(/removed in the meantime.*saving it makes a new one/).waitFor();
      assertEquals(await page.inputValue("#expects"), "It is not lost.");
      await page.getByRole("button", { name: "Save" }).click();
      await page.waitForURL(/done=saved/);
      await page.getByRole("link", { name: "Kept?" }).waitFor();
    },
    { javaScriptEnabled },
  );
}

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
