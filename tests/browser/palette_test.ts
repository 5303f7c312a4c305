import type { Page } from "playwright-core";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { assertAccessibleInAllLooks } from "@/tests/support/axe.ts";
import { browserSuite } from "@/tests/support/browser.ts";
import { openMenu } from "@/tests/support/chat_page.ts";

const { test } = browserSuite({ env: { MOCK_PACE_MS: "0" } });

/** Asks a tool, and has the reply read to its end. */
async function talk(page: Page, origin: string, tool: string, message: string): Promise<void> {
  await page.request.get(`${origin}/chat/${tool}`);
  await page.request.post(`${origin}/api/chat`, { data: { toolId: tool, message } });
}

const field = (page: Page) => page.getByRole("combobox", { name: "Find a tool or conversation" });
const options = (page: Page) => page.getByRole("option").locator("b").allTextContents();
const chosen = (page: Page) => page.getByRole("option", { selected: true }).locator("b");

/** Types a query, and waits for its first result. */
async function find(page: Page, query: string, first: string): Promise<void> {
  await field(page).fill(query);
  // The list of before may hold it too; marks are of this query.
  await page.locator("dialog.palette mark").first().waitFor();
  await page.getByRole("option", { name: first }).first().waitFor();
}

for (const path of ["/", "/chat/general-assistant"]) {
  test(`Ctrl+K on ${path} finds tools, opens the chosen one, and is loaded only then`, async ({ page, server, requests }) => {
    await page.goto(server.url + path);
    await page.locator(path === "/" ? "#tools" : "html.js").waitFor();
    assert.ok(!requests.some((url) => /palette|\/find/.test(url)), requests.join("\n"));
    await page.keyboard.press("Control+k");
    await field(page).waitFor();
    assertEquals((await options(page)).length, 6);
    assertEquals(await page.evaluate("document.activeElement.getAttribute('role')"), "combobox");
    await find(page, "assistant", "General Assistant");
    assertEquals(await options(page), [
      "General Assistant",
      "Creative Writing Assistant",
      "Email Assistant",
    ]);
    assertEquals(await chosen(page).textContent(), "General Assistant");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    assertEquals(await chosen(page).textContent(), "Email Assistant");
    assertEquals(await field(page).getAttribute("aria-activedescendant"), "palette-2");
    await page.keyboard.press("ArrowDown");
    assertEquals(await chosen(page).textContent(), "General Assistant");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/chat\/email-assistant/);
  });
}

test("the list has conversations, also archived ones, and takes them up", async ({ page, server }) => {
  await talk(page, server.url, "key-terms", "What is a zebra in Kuria?");
  await page.request.post(`${server.url}/chat/key-terms`, {
    form: { action: "new" },
    headers: { origin: server.url },
  });
  await talk(page, server.url, "key-terms", "Words for covenant");
  await page.goto(server.url);
  await page.getByRole("link", { name: "Find a tool or conversation" }).click();
  await page.getByRole("option", { name: "Words for covenant" }).waitFor();
  assertEquals((await options(page)).slice(0, 2), [
    "Words for covenant",
    "What is a zebra in Kuria?",
  ]);
  await find(page, "zebra", "What is a zebra");
  assertEquals(await page.locator("mark").first().textContent(), "zebra");
  await page.getByRole("option", { name: "What is a zebra" }).click();
  await page.waitForURL(/\/chat\/key-terms#latest/);
  await page.getByText("What is a zebra in Kuria?").first().waitFor();
});

test("Escape closes the list and gives the focus back; nothing found is said", async ({ page, server }) => {
  await page.goto(`${server.url}/chat/general-assistant`);
  await openMenu(page);
  await page.getByRole("link", { name: "Find a tool or conversation" }).click();
  await field(page).waitFor();
  await field(page).fill("no such thing");
  await page.getByRole("status").getByText("Nothing found for “no such thing”.").waitFor();
  assertEquals(await page.getByRole("option").count(), 0);
  await field(page).fill("");
  await page.getByRole("option").first().waitFor();
  await page.keyboard.press("Escape");
  await field(page).waitFor({ state: "hidden" });
  await page.keyboard.press("Control+k");
  await field(page).fill("story");
  await page.keyboard.press("Escape");
  await field(page).waitFor({ state: "hidden" });
  await page.locator("#message").focus();
  await page.keyboard.press("Control+k");
  await field(page).waitFor();
  await page.keyboard.press("Control+k");
  await field(page).waitFor({ state: "hidden" });
  assertEquals(await page.evaluate("document.activeElement.id"), "message");
});

test("without a script the link leads to the conversations", async ({ page, server }) => {
  await page.goto(server.url);
  await page.getByRole("link", { name: "Find a tool or conversation" }).click();
  await page.waitForURL(/\/history$/);
}, { javaScriptEnabled: false });

test(
  "axe finds nothing in the list, in all looks, and its tree is a combobox",
  async ({ page, server }) => {
    await talk(page, server.url, "key-terms", "Words for covenant");
    await page.goto(`${server.url}/chat/general-assistant`);
    await page.locator("html.js").waitFor();
    await page.keyboard.press("Control+k");
    await find(page, "cov", "Words for covenant");
    await assertAccessibleInAllLooks(page, "found", [360, 1280]);
    const tree = await page.locator("dialog.palette").ariaSnapshot();
    assert.match(tree, /combobox "Find a tool or conversation"/);
    assert.match(
      tree,
      /listbox "Find a tool or conversation":\n *- option "Key Terms Guide.*\[selected\]/,
    );
    await field(page).fill("zzzzz");
    await page.getByText("Nothing found").waitFor();
    await assertAccessibleInAllLooks(page, "nothing found", [360, 1280]);
  },
  { bypassCSP: true },
);
