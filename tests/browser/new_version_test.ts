import type { Page } from "playwright-core";
import { assertEquals } from "@/tests/support/assert.ts";
import { visit } from "@/tests/support/browser.ts";
import { openChat, questions, say, settled, stored, TOOL } from "@/tests/support/chat_page.ts";
import { launchBrowser } from "@/tests/support/chromium.ts";
import { freePort } from "@/tests/support/free_port.ts";
import { keepChat } from "@/tests/support/kept_pages.ts";
import { copyProgram } from "@/tests/support/program_copy.ts";
import { startServer } from "@/tests/support/server.ts";
import { until } from "@/tests/support/wait.ts";

const NAME =
  "service worker: a new version takes over without a stale page, and what waits is sent once, by pages of both";
const FIRST = "What is a key term?";

/** The addresses of the service workers, and the kept pages of the new version. */
function keptHere(page: Page) {
  return page.evaluate(async () => {
    const registered = await navigator.serviceWorker.getRegistrations();
    const pages = await caches.open("pages");
    const renewed = [];
    for (const request of await pages.keys()) {
      const html = await (await pages.match(request))?.text();
      if (html?.includes("of-the-new-version")) renewed.push(new URL(request.url).pathname);
    }
    return { workers: registered.map(({ active }) => active?.scriptURL ?? ""), renewed };
  });
}

Deno.test({
  name: NAME,
  sanitizeOps: false,
  sanitizeResources: false,
  fn: async () => {
    await using copy = await copyProgram([
      // Of the page that the server renders, and of the script that takes it over.
      [
        "components/chat/composer/ComposerForm.tsx",
        'class="send"',
        'class="send of-the-new-version"',
      ],
      // Of the code that is loaded on use.
      [
        "components/chat/outbox/waiting_list.ts",
        '"question waiting"',
        '"question waiting renewed"',
      ],
      ["static/sw.js", "const MOST_PAGES = 30;", "const MOST_PAGES = 31;"],
    ]);
    const folder = await Deno.makeTempDir();
    const kvPath = `${folder}/kv.sqlite`;
    const env = { PORT: String(freePort()) };
    const before = await startServer({ kvPath, env });
    const { url } = before;
    const browser = await launchBrowser();
    try {
      await visit(browser, before, {}, async ({ page, context, expect }) => {
        expect(/ERR_|Failed to load resource|Failed to fetch/);
        await keepChat(page, url);
        const { workers } = await keptHere(page);
        const open = await context.newPage();
        await openChat(open, url);
        await context.setOffline(true);
        await say(page, "Written before");
        await page.locator(".question.waiting").getByText("Waiting for the network").waitFor();
        await page.close();
        before.kill("SIGTERM");
        await before.exited;
        await using _after = await startServer({ root: copy.root, kvPath, env });
        // A page of the former version goes on: what it loads on use is kept.
        await say(open, "Written on an old page");
        await open.locator(".question.waiting", { hasText: "Written on an old page" })
          .getByText("Waiting for the network").waitFor();
        await context.setOffline(false);
        await settled(open, 3);
        assertEquals(await questions(open), [FIRST, "Written before", "Written on an old page"]);
        // The next page is of the new version, although the former's worker brings it.
        const next = await context.newPage();
        await openChat(next, url);
        await next.locator(".send.of-the-new-version").waitFor();
        assertEquals((await keptHere(next)).workers, workers);
        // Of two tabs the one that hears a reply last keeps the page: here only the next one does.
        await open.close();
        await say(next, "On a new page");
        await settled(next, 4);
        await until("the new worker", async () => {
          const { workers: [worker], renewed } = await keptHere(next);
          return worker !== undefined && worker !== workers[0] &&
            renewed.includes(`/chat/${TOOL}`);
        });
        await context.setOffline(true);
        await next.reload();
        await next.getByText("This page is as you read it").waitFor();
        await next.locator(".send.of-the-new-version").waitFor();
        await say(next, "Offline again");
        await next.locator(".question.waiting.renewed").waitFor();
        await context.setOffline(false);
        await settled(next, 5);
        const asked = (await stored(next, url)).filter(({ role }) => role === "user");
        assertEquals(asked.map(({ text }) => text), [
          FIRST,
          "Written before",
          "Written on an old page",
          "On a new page",
          "Offline again",
        ]);
      }, NAME);
    } finally {
      await browser.close();
      await before[Symbol.asyncDispose]();
      await Deno.remove(folder, { recursive: true });
    }
  },
});
