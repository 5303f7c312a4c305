import type { Page } from "playwright-core";
import { memoryKeys } from "@/lib/memory/records.ts";
import { withNote } from "@/lib/memory/rules/notes.ts";
import { assertEquals } from "@/tests/support/assert.ts";
import { assertAccessibleInAllLooks } from "@/tests/support/axe.ts";
import { browserSuite } from "@/tests/support/browser.ts";
import { openChat, openMenu, TOOL } from "@/tests/support/chat_page.ts";
import { tabTo } from "@/tests/support/keyboard.ts";
import { setRemembers } from "@/tests/support/remembering.ts";
import { scratch } from "@/tests/support/scratch.ts";
import { openWorld } from "@/tests/support/world.ts";

const { folder } = await scratch();
const kvPath = `${folder}/kv.sqlite`;
{
  await using world = await openWorld({ path: kvPath });
  await setRemembers(world);
}
Deno.test.afterAll(() => Deno.remove(folder, { recursive: true }));
const { test } = browserSuite({ kvPath, env: { MOCK_PACE_MS: "0" } });

const TEXTS = ["Works on Mark in Kuria.", "The team prefers “irago” for covenant."];

/** Gives the page's visitor two notes. */
async function remember(page: Page, origin: string): Promise<void> {
  await page.request.post(`${origin}/api/chat`, { data: { toolId: TOOL, message: "Hello" } });
  await using world = await openWorld({ path: kvPath });
  const { kv, transactions } = world.deps.store;
  const heads = await kv.stored({ prefix: ["head"] }, 100);
  for (const { key: [, visitor] } of heads) {
    for (const [i, text] of TEXTS.entries()) {
      const key = memoryKeys.memory(String(visitor), TOOL);
      const note = {
        conversation: `conversation-${i}`,
        text,
        terms: [],
        language: "en",
        at: Date.now() - i * 60_000,
        by: "model" as const,
      };
      await transactions.run([key], (tx) => tx.set(key, withNote(tx.get(key), note)));
    }
  }
}

const notes = (page: Page) => page.locator(".card [dir=auto]").allTextContents();

test("what is remembered is reached from the chat's menu, changed and deleted by keyboard", async ({ page, server }) => {
  await openChat(page, server.url);
  await remember(page, server.url);
  await openMenu(page);
  await page.getByRole("link", { name: "What it remembers" }).first().click();
  await page.getByRole("heading", { name: "What the tools remember" }).waitFor();
  assertEquals(await notes(page), TEXTS);
  await tabTo(page, /^a# Change “Works/);
  await page.keyboard.press("Enter");
  await page.getByRole("textbox", { name: "Note" }).fill("Works on Luke now.");
  await tabTo(page, /Save/);
  await page.keyboard.press("Enter");
  await page.getByText("Works on Luke now.").waitFor();
  assertEquals(await notes(page), ["Works on Luke now.", TEXTS[1]]);
  await tabTo(page, /Delete all notes/);
  await page.keyboard.press("Enter");
  await tabTo(page, /^button# Delete all notes/);
  await page.keyboard.press("Enter");
  await page.getByText("No notes yet.").waitFor();
});

test(
  "no JavaScript: notes are changed, and memory is switched off and on",
  async ({ page, server }) => {
    await page.goto(`${server.url}/chat/${TOOL}`);
    await remember(page, server.url);
    await page.goto(`${server.url}/memory`);
    await page.getByRole("link", { name: /^Change “/ }).last().click();
    await page.getByRole("button", { name: "Delete note" }).click();
    await page.waitForURL(/\/memory$/);
    assertEquals(await notes(page), [TEXTS[0]]);
    await page.getByRole("button", { name: "Do not remember: General Assistant" }).click();
    await page.getByText("You have switched this off.").waitFor();
    await page.getByRole("button", { name: "Switch off for all tools" }).click();
    await page.getByText("You have switched memory off for all tools.").waitFor();
    await page.getByRole("button", { name: "Switch on again" }).click();
    await page.getByRole("button", { name: "Remember again: General Assistant" }).click();
    await page.getByRole("button", { name: "Do not remember: General Assistant" }).waitFor();
  },
  { javaScriptEnabled: false },
);

for (const locale of ["en", "ar"]) {
  test(
    `axe finds nothing on the memory page, in all looks (${locale})`,
    async ({ page, server }) => {
      await page.goto(`${server.url}/chat/${TOOL}`);
      await remember(page, server.url);
      await page.goto(`${server.url}/memory`);
      await assertAccessibleInAllLooks(page, "memory", [320, 1280]);
      await page.locator(".card a.quiet").first().click();
      await page.locator("textarea").waitFor();
      await page.locator("summary.danger").click();
      await assertAccessibleInAllLooks(page, "an open note", [320, 1280]);
    },
    { locale, bypassCSP: true },
  );
}
