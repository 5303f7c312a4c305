import { assertEquals } from "@/tests/support/assert.ts";
import { visit } from "@/tests/support/browser.ts";
import { openChat, say, settled, TOOL } from "@/tests/support/chat_page.ts";
import { launchBrowser } from "@/tests/support/chromium.ts";
import { startServer } from "@/tests/support/server.ts";
import { until } from "@/tests/support/wait.ts";

/** A LAN address over plain http; from TEST-NET-1 (RFC 5737), so that nothing is there. */
const ADDRESS = "192.0.2.7";
const EXPORT = `/chat/${TOOL}/export?format=json`;
const NAME = "chat page over plain http: Copy works where the browser offers no clipboard";

Deno.test({
  name: NAME,
  sanitizeOps: false,
  sanitizeResources: false,
  fn: async () => {
    await using server = await startServer();
    const browser = await launchBrowser([`--host-resolver-rules=MAP ${ADDRESS} 127.0.0.1`]);
    const origin = `http://${ADDRESS}:${server.port}`;
    try {
      await visit(browser, server, {}, async ({ page, alsoAt, expect }) => {
        alsoAt(origin);
        expect(/Cross-Origin-Opener-Policy header has been ignored/);
        await openChat(page, origin);
        assertEquals(await page.evaluate("isSecureContext || 'clipboard' in navigator"), false);
        await say(page, "Copy **this**");
        await settled(page);
        await page.locator("article.question").hover();
        await page.getByRole("button", { name: "Copy question" }).click();
        await page.locator("[data-copied]").waitFor();
        await paste("Copy **this**");
        await page.locator("article.reply").hover();
        await page.getByRole("button", { name: "Copy answer" }).click();
        const exported = await page.evaluate(`fetch("${EXPORT}").then((file) => file.text())`);
        await paste(JSON.parse(String(exported)).messages[1].text);

        /** Waits until pasting gives the text, ignoring blank lines and Markdown's freedoms. */
        async function paste(text: string): Promise<void> {
          const plain = (given: string) => given.replace(/\s+/g, " ").trim().slice(0, 60);
          await until("the text to be copied", async () => {
            await page.locator("#message").fill("");
            await page.locator("#message").press("Control+V");
            return plain(await page.locator("#message").inputValue()) === plain(text);
          }, 5_000);
        }
      }, NAME);
    } finally {
      await browser.close();
    }
  },
});
