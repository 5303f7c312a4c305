import type { Page } from "playwright-core";
import { EMAIL, PASSWORD } from "../support/admin.ts";
import { ADMIN_ENV } from "../support/admin_page.ts";
import { assert, assertEquals } from "../support/assert.ts";
import { browserSuite, type Visit } from "../support/browser.ts";
import { assertFocusShows, focused, tabTo } from "../support/keyboard.ts";

const { test } = browserSuite({ env: ADMIN_ENV });

/** Presses a key that leads to another page, and waits for that page. */
async function go(page: Page, to: RegExp, key = "Enter"): Promise<void> {
  await Promise.all([page.waitForURL(to), page.keyboard.press(key)]);
}

/** Asserts that the focus starts at the outcome of the form. */
async function beginsAt(page: Page, what: RegExp): Promise<void> {
  // Autofocus happens on paint: a screenshot forces one, with scripts or without.
  await page.screenshot();
  assert.match(await focused(page), what);
  await assertFocusShows(page, String(what));
}

/** Replaces the text of the focused field. */
async function write(page: Page, text: string): Promise<void> {
  await page.keyboard.press("Control+A");
  await page.keyboard.insertText(text);
}

/** Pastes into the focused field: long text that is typed would take Chromium seconds. */
async function paste(page: Page, text: string): Promise<void> {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.evaluate((text) => navigator.clipboard.writeText(text), text);
  await page.keyboard.press("Control+V");
}

/** Every task of tool management, with the keyboard alone. */
async function walk({ page, server: { url } }: Visit, name: string): Promise<void> {
  const id = name.toLowerCase().replaceAll(" ", "-");
  await page.goto(`${url}/admin/tools`);
  await tabTo(page, /E-mail/);
  await page.keyboard.type(EMAIL);
  await page.keyboard.press("Tab");
  await page.keyboard.type(PASSWORD);
  await go(page, /\/admin\/tools$/);

  await tabTo(page, /^a# New tool/);
  await go(page, /tools\/new$/);
  await tabTo(page, /Key Terms/);
  await go(page, /template=key-terms/);
  await tabTo(page, /input#name/);
  await write(page, name);
  await tabTo(page, /^summary# Budget/);
  await page.keyboard.press("Enter");
  await tabTo(page, /#ceiling/);
  await write(page, "2");
  await tabTo(page, /#downgradeFrom/);
  const share = await page.inputValue("#downgradeFrom");
  await page.keyboard.press("ArrowDown");
  assert.notEqual(await page.inputValue("#downgradeFrom"), share);
  await tabTo(page, /Near the end of the budget/);
  await page.keyboard.press("Space");
  assert.equal(await page.locator('[name="clamp"]').isChecked(), false);
  await tabTo(page, /^button# (Create|Save)/);
  await go(page, /done=created/);
  await beginsAt(page, /^p# Created/);

  await tabTo(page, /#systemPrompt/);
  await write(page, "Find the key terms of a passage, and say what each means in its place.");
  await tabTo(page, /^button# Save/);
  await go(page, /done=saved/);
  await beginsAt(page, /^p# Saved/);
  await tabTo(page, /^a# History/, "Shift+Tab");
  await go(page, /versions$/);
  await tabTo(page, /Compare with now ?: version 1/);
  await go(page, /from=1&to=2/);
  await beginsAt(page, /^h2#compared From version 1 to version 2/);
  await tabTo(page, /^button# Restore ?version 1/);
  await go(page, /done=reverted/);
  await beginsAt(page, /^p# Restored/);

  await tabTo(page, /All tools/);
  await go(page, /\/admin\/tools$/);
  await tabTo(page, new RegExp(`Actions for “${name}”`));
  await page.keyboard.press("Enter");
  await tabTo(page, new RegExp(`Move “${name}” to group`));
  await page.keyboard.press("Enter");
  await tabTo(page, /^button# Everyday work/);
  await go(page, new RegExp(`#tool-${id}`));
  await tabTo(page, new RegExp(`Actions for “${name}”`));
  await page.keyboard.press("Enter");
  await tabTo(page, new RegExp(`Move “${name}” up`));
  const before = await ids(page);
  await go(page, new RegExp(`#up-${id}`));
  await beginsAt(page, new RegExp(`Move “${name}” up`));
  await Promise.all([page.waitForEvent("load"), page.keyboard.press("Space")]);
  const place = before.indexOf(id);
  assertEquals((await ids(page)).indexOf(id), place - 2);
  await tabTo(page, new RegExp(`Move “${name}” to bin`));
  await go(page, /deleted=/);
  await beginsAt(page, /is in the bin/);
  await tabTo(page, /^button# Undo/);
  await go(page, new RegExp(`done=restored#tool-${id}`));
  await tabTo(page, new RegExp(`^a# ${name}`));

  await tabTo(page, /Import ?and export/, "Shift+Tab");
  await go(page, /import$/);
  await tabTo(page, /Download these/);
  const downloading = page.waitForEvent("download");
  await page.keyboard.press("Enter");
  const file = await Deno.readTextFile(await (await downloading).path());
  await tabTo(page, /Paste the text instead/, "Shift+Tab");
  await page.keyboard.press("Enter");
  await tabTo(page, /#text/);
  await paste(page, file.replace(`"${name}"`, `"${name} II"`));
  await tabTo(page, /Show what would change/);
  await Promise.all([page.waitForEvent("load"), page.keyboard.press("Enter")]);
  await tabTo(page, new RegExp(`${name} II`));
  await tabTo(page, /Import what is ticked/);
  await go(page, /done=imported/);
  await beginsAt(page, /^p# Imported/);
  await page.locator("#tool-list .name a", { hasText: `${name} II` }).waitFor();

  if (await page.locator(".top").isVisible()) {
    await tabTo(page, /^button# Menu/, "Shift+Tab");
    await page.keyboard.press("Enter");
    await tabTo(page, /Sign out/);
  } else {
    await tabTo(page, /Sign out/, "Shift+Tab");
  }
  await go(page, /admin\/login/);
}

function ids(page: Page): Promise<(string | null)[]> {
  return page.locator("#tool-list li[data-tool]").evaluateAll((items) =>
    items.map((item) => item.getAttribute("data-tool"))
  );
}

test("tool management by the keyboard alone, from signing in to signing out", (visit) =>
  walk(visit, "Terms With Script"));

test(
  "tool management by the keyboard alone and without JavaScript",
  (visit) => walk(visit, "Terms Without"),
  { javaScriptEnabled: false },
);

test(
  "tool management by the keyboard alone on a small screen",
  (visit) => walk(visit, "Terms On A Phone"),
  { viewport: { width: 390, height: 700 } },
);
