import type { BrowserContextOptions, Page } from "playwright-core";
import { assertAccessibleInAllLooks } from "@/tests/support/axe.ts";
import { browserSuite, type Visit } from "@/tests/support/browser.ts";
import { openChat, openMenu, say, settled, TOOL } from "@/tests/support/chat_page.ts";

const { test } = browserSuite({ env: { MOCK_PACE_MS: "0" } });

const QUIET = /Failed to load resource/;

async function ask(page: Page, message: string, replies: number): Promise<void> {
  await say(page, message);
  await settled(page, replies);
}

/** The content security policy would block axe itself. */
const LOOK: BrowserContextOptions = { bypassCSP: true, reducedMotion: "reduce" };

test(
  "axe finds nothing on the pages without a conversation, in all looks",
  async (visit: Visit) => {
    const { page, server, expect } = visit;
    expect(QUIET);
    const pages: [string, string][] = [
      ["home", "/"],
      ["search", "/?q=math"],
      ["no match", "/?q=zzz"],
      ["404", "/nowhere"],
      ["no such tool", "/chat/nowhere"],
    ];
    for (const [about, path] of pages) {
      await page.goto(server.url + path);
      await assertAccessibleInAllLooks(page, about);
    }
    await openChat(page, server.url);
    await assertAccessibleInAllLooks(page, "empty chat");
    await openMenu(page);
    await assertAccessibleInAllLooks(page, "menu");
    await page.keyboard.press("Escape");
    await page.locator("#message").blur();
    await page.keyboard.press("?");
    await assertAccessibleInAllLooks(page, "shortcuts");
  },
  LOOK,
);

test(
  "axe finds nothing in a conversation and its states, in all looks",
  async ({ page, server }) => {
    await openChat(page, server.url);
    await ask(page, "A table, code and maths in detail", 1);
    await ask(page, "اكتب لي جملة", 2);
    await ask(page, "# Heading\n\n> quote\n\n```js\nlet x = 1;\n```\n\n- a\n- b", 3);
    await assertAccessibleInAllLooks(page, "after live replies");
    await page.reload();
    await page.locator("html.js").waitFor({ state: "attached" });
    await assertAccessibleInAllLooks(page, "long chat");
    await page.locator(".money > summary").click();
    await assertAccessibleInAllLooks(page, "cost");
    await page.goto(`${server.url}/chat/${TOOL}?edit=0#composer`);
    await assertAccessibleInAllLooks(page, "edit");
    await openChat(page, server.url);
    await say(page, "Slowly in detail [[mock:pace=300]]");
    await page.locator(".writing .prose").first().waitFor();
    await assertAccessibleInAllLooks(page, "streaming");
    await page.reload();
    await page.locator("html.js").waitFor({ state: "attached" });
    await assertAccessibleInAllLooks(page, "streaming, rendered by the server");
    await page.getByRole("button", { name: "Stop the answer" }).click();
    await settled(page, 4);
    await assertAccessibleInAllLooks(page, "stopped");
    await say(page, "Fail [[mock:error=500]]");
    await page.locator(".failure").waitFor();
    await assertAccessibleInAllLooks(page, "failure");
    // An open chat would reload for messages from elsewhere, in the middle of the next visit.
    await page.goto(server.url);
    for (let i = 0; i < 8; i++) {
      await page.request.post(`${server.url}/chat/${TOOL}`, {
        form: { action: "send", message: `Question ${i}` },
      });
    }
    await page.goto(`${server.url}/chat/${TOOL}?before=10`);
    await assertAccessibleInAllLooks(page, "older page");
  },
  LOOK,
);
