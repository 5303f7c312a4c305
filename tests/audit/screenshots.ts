/*
 * Takes screenshots of the public pages in their states, or of every admin page:
 *
 *     deno run -A --lock=tests/deno.lock tests/audit/screenshots.ts FOLDER [admin]
 */
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { ADMIN_ENV } from "../support/admin_page.ts";
import { adminViews, fillAdminArea } from "../support/admin_views.ts";
import { openChat, say, settled, TOOL } from "../support/chat_page.ts";
import { launchBrowser } from "../support/chromium.ts";
import { startServer } from "../support/server.ts";

const [folder = "screenshots", which = "chat"] = Deno.args;
await Deno.mkdir(folder, { recursive: true });
await using server = await startServer({
  env: { ...ADMIN_ENV, MOCK_PACE_MS: "0" },
  backups: true,
});
const { url } = server;

/** The states by name, each with the steps that lead there. */
const STATES: Record<string, (page: Page) => Promise<unknown>> = {
  "home": (page) => page.goto(url),
  "no-match": (page) => page.goto(`${url}/?q=zzz`),
  "not-found": (page) => page.goto(`${url}/nowhere`),
  "empty": (page) => openChat(page, url),
  "chat": async (page) => {
    await openChat(page, url);
    await said(page, "How do we plan a workshop?", 1);
    await said(page, "In detail please", 2);
  },
  "streaming": async (page) => {
    await openChat(page, url);
    await said(page, "A first question", 1);
    await say(page, "Slowly, in detail [[mock:pace=60]]");
    await page.locator(".writing .prose > *").nth(1).waitFor();
  },
  "error": async (page) => {
    await openChat(page, url);
    await said(page, "A first question", 1);
    await say(page, "Fail [[mock:error=500]]");
    await page.locator(".failure").waitFor();
  },
  "code": async (page) => {
    await openChat(page, url, "code-helper");
    await said(page, "Some code and maths please", 1);
    await said(page, `\`\`\`js\nconst line = ${"'a very wide line' + ".repeat(12)}'';\n\`\`\``, 2);
  },
  "table": async (page) => {
    await openChat(page, url);
    await said(page, "A table please", 1);
  },
  "rtl": async (page) => {
    await openChat(page, url);
    await said(page, "كيف نخطط ورشة عمل؟", 1);
    await said(page, "איך מתכננים סדנה? code", 2);
  },
  "menu": async (page) => {
    await openChat(page, url);
    await said(page, "A first question", 1);
    await page.locator(".bar summary").click();
  },
  "cost": async (page) => {
    await openChat(page, url);
    await said(page, "A first question", 1);
    await page.locator(".money > summary").click();
  },
  "edit": async (page) => {
    await openChat(page, url);
    await said(page, "A first question", 1);
    await page.goto(`${url}/chat/${TOOL}?edit=0#composer`);
  },
};

async function said(page: Page, message: string, replies: number): Promise<void> {
  await say(page, message);
  await settled(page, replies);
}

const browser = await launchBrowser();
if (which === "admin") await adminPages();
else await chatPages();
await browser.close();

async function chatPages(): Promise<void> {
  for (const width of [390, 1280]) {
    for (const colorScheme of ["light", "dark"] as const) {
      const look: BrowserContextOptions = {
        viewport: { width, height: width === 390 ? 844 : 800 },
        colorScheme,
        reducedMotion: "reduce",
      };
      for (const [name, open] of Object.entries(STATES)) {
        await shoot(browser, look, `${name}-${width}-${colorScheme}`, open);
      }
      const plain = { ...look, javaScriptEnabled: false };
      await shoot(browser, plain, `no-script-${width}-${colorScheme}`, async (page) => {
        await page.goto(`${url}/chat/${TOOL}`);
        await page.locator("#message").fill("A table please");
        await page.getByRole("button", { name: "Send", exact: true }).click();
        await page.locator("article.reply").waitFor();
      });
    }
  }
}

/** Each admin page at full height in all looks, loaded once. */
async function adminPages(): Promise<void> {
  const context = await browser.newContext({ reducedMotion: "reduce" });
  const page = await context.newPage();
  await page.goto(`${url}/admin/login`);
  await inAllLooks(page, "login");
  const found = await fillAdminArea(page, url);
  for (const view of await adminViews(found)) {
    await page.goto(url + view);
    await page.waitForTimeout(300);
    await inAllLooks(page, view.replace(/^.admin.?/, "").replace(/\W+/g, "-") || "overview");
  }
  await context.close();
}

async function inAllLooks(page: Page, name: string): Promise<void> {
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: width === 390 ? 844 : 800 });
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      const path = `${folder}/admin-${name}-${width}-${colorScheme}.png`;
      await page.screenshot({ path, fullPage: true });
    }
  }
}

async function shoot(
  browser: Browser,
  options: BrowserContextOptions,
  name: string,
  open: (page: Page) => Promise<unknown>,
): Promise<void> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  await open(page);
  await page.screenshot({ path: `${folder}/${name}.png` });
  await context.close();
}
