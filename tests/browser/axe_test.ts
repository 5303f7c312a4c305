import type { BrowserContextOptions, Page } from "playwright-core";
import { assertAccessible } from "@/tests/support/axe.ts";
import { browserSuite, type Visit } from "@/tests/support/browser.ts";
import { openChat, openMenu, say, settled, TOOL } from "@/tests/support/chat_page.ts";

const { test } = browserSuite({ env: { MOCK_PACE_MS: "0" } });

/** Each width with each colour scheme. */
const LOOKS: [string, BrowserContextOptions][] = [390, 1280].flatMap((width) =>
  (["light", "dark"] as const).map((colorScheme): [string, BrowserContextOptions] => [
    `${width} px, ${colorScheme}`,
    // The content security policy would block axe itself.
    { viewport: { width, height: 800 }, colorScheme, bypassCSP: true, reducedMotion: "reduce" },
  ])
);

const QUIET = /Failed to load resource/;

async function ask(page: Page, message: string, replies: number): Promise<void> {
  await say(page, message);
  await settled(page, replies);
}

for (const [look, context] of LOOKS) {
  test(`axe finds nothing on the pages without a conversation (${look})`, async (visit: Visit) => {
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
      await assertAccessible(page, `${about}, ${look}`);
    }
    await openChat(page, server.url);
    await assertAccessible(page, `empty chat, ${look}`);
    await openMenu(page);
    await assertAccessible(page, `menu, ${look}`);
    await page.keyboard.press("Escape");
    await page.locator("#message").blur();
    await page.keyboard.press("?");
    await assertAccessible(page, `shortcuts, ${look}`);
  }, context);

  test(`axe finds nothing in a conversation and its states (${look})`, async ({ page, server }) => {
    await openChat(page, server.url);
    await ask(page, "A table, code and maths in detail", 1);
    await ask(page, "اكتب لي جملة", 2);
    await ask(page, "# Heading\n\n> quote\n\n```js\nlet x = 1;\n```\n\n- a\n- b", 3);
    await assertAccessible(page, `after live replies, ${look}`);
    await page.reload();
    await page.locator("html.js").waitFor({ state: "attached" });
    await assertAccessible(page, `long chat, ${look}`);
    await page.locator(".money > summary").click();
    await assertAccessible(page, `cost, ${look}`);
    await page.goto(`${server.url}/chat/${TOOL}?edit=0#composer`);
    await assertAccessible(page, `edit, ${look}`);
    await openChat(page, server.url);
    await say(page, "Slowly in detail [[mock:pace=50]]");
    await page.locator(".writing .prose").first().waitFor();
    await assertAccessible(page, `streaming, ${look}`);
    await page.reload();
    await page.locator("html.js").waitFor({ state: "attached" });
    await assertAccessible(page, `streaming, rendered by the server, ${look}`);
    await page.getByRole("button", { name: "Stop the answer" }).click();
    await settled(page, 4);
    await assertAccessible(page, `stopped, ${look}`);
    await say(page, "Fail [[mock:error=500]]");
    await page.locator(".failure").waitFor();
    await assertAccessible(page, `failure, ${look}`);
    // An open chat would reload for messages from elsewhere, in the middle of the next visit.
    await page.goto(server.url);
    for (let i = 0; i < 8; i++) {
      await page.request.post(`${server.url}/chat/${TOOL}`, {
        form: { action: "send", message: `Question ${i}` },
      });
    }
    await page.goto(`${server.url}/chat/${TOOL}?before=10`);
    await assertAccessible(page, `older page, ${look}`);
  }, context);
}
