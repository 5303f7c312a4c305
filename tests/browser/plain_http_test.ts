import type { Page } from "playwright-core";
import { assertEquals } from "@/tests/support/assert.ts";
import { type Visit, visit } from "@/tests/support/browser.ts";
import { openChat, say, settled, TOOL } from "@/tests/support/chat_page.ts";
import { choosePictures, photo, previews } from "@/tests/support/chosen_pictures.ts";
import { launchBrowser } from "@/tests/support/chromium.ts";
import { startServer } from "@/tests/support/server.ts";
import { until } from "@/tests/support/wait.ts";

/** A LAN address over plain http; from TEST-NET-1 (RFC 5737), so that nothing is there. */
const ADDRESS = "192.0.2.7";
const EXPORT = `/chat/${TOOL}/export?format=json`;
/** Runs a test on a server that the browser knows as a LAN address. */
function test(name: string, run: (visit: Visit & { origin: string }) => Promise<void>): void {
  Deno.test({
    name,
    sanitizeOps: false,
    sanitizeResources: false,
    fn: async () => {
      await using server = await startServer();
      const browser = await launchBrowser([`--host-resolver-rules=MAP ${ADDRESS} 127.0.0.1`]);
      const origin = `http://${ADDRESS}:${server.port}`;
      try {
        await visit(browser, server, {}, async (visited) => {
          visited.alsoAt(origin);
          visited.expect(/Cross-Origin-Opener-Policy header has been ignored/);
          await run({ ...visited, origin });
        }, name);
      } finally {
        await browser.close();
      }
    },
  });
}

test(
  "chat page over plain http: Copy works without a clipboard, and a file takes the place of the microphone",
  async ({ page, origin }) => {
    await openChat(page, origin);
    assertEquals(await page.evaluate("isSecureContext || 'clipboard' in navigator"), false);
    await page.getByRole("button", { name: "Record a voice message" }).click();
    await page.locator("#voice").getByText("This page cannot record.").waitFor();
    await page.getByRole("button", { name: "Choose a recording" }).waitFor();
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
  },
);

test(
  "plain http: deleting one's data clears messages, pictures and drafts that wait on the device, by script",
  async ({ page, context, origin, expect }) => {
    expect(/ERR_|Failed to load resource|Failed to fetch|Clear-Site-Data header/);
    const file = await photo(page);
    await openChat(page, origin);
    await choosePictures(page, file);
    await previews(page).waitFor();
    // Waits on the page until it is read anew.
    await page.evaluate(() => localStorage.setItem("outbox", "1"));
    await page.reload();
    await page.locator("html.js").waitFor({ state: "attached" });
    await previews(page).waitFor();
    await page.waitForLoadState("networkidle");
    await context.setOffline(true);
    await say(page, "Never to be sent");
    await page.locator(".question.waiting").getByText("Waiting for the network").waitFor();
    await page.locator("#message").fill("Nor this");
    await page.route("**/api/chat", (route) => route.abort());
    await context.setOffline(false);
    await page.goto(`${origin}/my-data`);
    assertEquals(await keptHere(page), {
      databases: ["outbox"],
      storage: ["draft:general-assistant", "outbox"],
      cookies: "",
    });
    await page.locator("details summary").last().click();
    await page.getByRole("button", { name: /^Delete \d+ conversation/ }).click();
    await page.waitForURL(/\?deleted/);
    await until("all to be cleared", async () => (await keptHere(page)).cookies === "");
    assertEquals(await keptHere(page), { databases: [], storage: [], cookies: "" });
    await page.unroute("**/api/chat");
    await openChat(page, origin);
    assertEquals(await page.locator("#message").inputValue(), "");
    assertEquals(await page.locator(".question").count(), 0);
    // What is written later stays.
    await page.locator("#message").fill("New");
    await page.reload();
    await page.locator("html.js").waitFor({ state: "attached" });
    assertEquals(await page.locator("#message").inputValue(), "New");
  },
);

/** What this browser keeps. */
function keptHere(page: Page) {
  return page.evaluate(async () => ({
    databases: (await indexedDB.databases()).map(({ name }) => name),
    storage: Object.keys(localStorage).toSorted(),
    cookies: document.cookie,
  }));
}
