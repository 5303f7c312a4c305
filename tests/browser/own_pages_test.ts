import type { Page } from "playwright-core";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { assertAccessibleInAllLooks } from "@/tests/support/axe.ts";
import { browserSuite } from "@/tests/support/browser.ts";
import { openChat, openMenu, TOOL } from "@/tests/support/chat_page.ts";
import { tabTo } from "@/tests/support/keyboard.ts";
import { scan } from "@/tests/support/qr_scanner.ts";

const { test } = browserSuite({ env: { MOCK_PACE_MS: "0" } });

async function talk(page: Page, origin: string, text: string, tool = TOOL): Promise<void> {
  await page.request.get(`${origin}/chat/${tool}`);
  await page.request.post(`${origin}/api/chat`, { data: { toolId: tool, message: text } });
}

function look(page: Page, about: string): Promise<void> {
  return assertAccessibleInAllLooks(page, about, [360, 1280]);
}

for (const locale of ["en", "ar"]) {
  test(
    `axe finds nothing on the pages of one's own data, in all looks, none is too wide (${locale})`,
    async ({ page, server, expect }) => {
      expect(/404/);
      const at = (path: string) => page.goto(server.url + path);
      await at("/history");
      await look(page, "empty list");
      await talk(
        page,
        server.url,
        "A question with a rather long beginning that has no room at all",
      );
      await talk(page, server.url, "About fractions", "math-tutor");
      await at("/history");
      await page.locator("main summary").first().click();
      await look(page, "list with menu");
      await page.locator('.menu a[href*="rename"]').first().click();
      await page.waitForURL(/rename/);
      await look(page, "rename");
      await at("/history?q=fractions");
      await look(page, "search");
      await page.locator("main summary").first().click();
      await page.locator('button[value="remove"]').first().click();
      await page.locator('button[value="undo"]').waitFor();
      await look(page, "undo");
      await at(`/chat/${TOOL}/share`);
      await page.locator('button[value="make"]').click();
      await page.locator("[data-copies]").waitFor();
      await look(page, "share");
      const link = new URL(await page.locator("input[readonly]").inputValue());
      await at(link.pathname);
      await look(page, "shared");
      await at("/shared/none");
      await look(page, "ended link");
      await at("/my-data");
      await page.locator("main summary").click();
      await look(page, "my data");
      await at("/help");
      await look(page, "help");
      await at("/device");
      await look(page, "devices");
      await page.locator('button[value="offer"]').click();
      await page.locator(".link-qr").waitFor();
      await look(page, "code");
      const address = new URL(await page.locator("bdi[dir=ltr]").innerText());
      await at(address.pathname + address.search);
      await look(page, "redeem");
    },
    { locale, bypassCSP: true, reducedMotion: "reduce" },
  );
}

test("a link is copied by keyboard, and opens in a browser of its own", async ({ page, context, server }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: server.url });
  await talk(page, server.url, "To be shared");
  await openChat(page, server.url);
  await openMenu(page);
  await page.getByRole("link", { name: "Share" }).click();
  await page.waitForURL(/\/share$/);
  await tabTo(page, /Make a link/);
  await page.keyboard.press("Enter");
  await page.locator("[data-copies]:not([hidden])").waitFor();
  await tabTo(page, /Copy link/);
  await page.keyboard.press("Enter");
  await page.getByText("Copied").waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  await page.goto(copied);
  await page.locator(".question").getByText("To be shared").waitFor();
  await page.goBack();
  await page.getByRole("button", { name: "Stop sharing" }).click();
  await page.locator("input[readonly]").waitFor({ state: "detached" });
  assertEquals((await page.request.get(copied)).status(), 404);
});

test("another device goes on by its code; both pages follow by themselves", async ({ page, context, server }) => {
  const browser = context.browser();
  assert.ok(browser);
  await talk(page, server.url, "Said on the first device");
  await page.goto(`${server.url}/device`);
  await page.getByRole("button", { name: "Show a code" }).click();
  const path = await page.locator(".link-qr path").getAttribute("d") ?? "";
  const [, , size = ""] = (await page.locator(".link-qr").getAttribute("viewBox") ?? "").split(" ");
  const address = scan({ path, size: Number(size) }) ?? "";
  assert.ok(address.startsWith(`${server.url}/device/redeem?code=`));
  await using other = await browser.newContext({ locale: "en" });
  const phone = await other.newPage();
  await phone.goto(address);
  await phone.getByRole("button", { name: "Continue on this device" }).click();
  const [number = ""] = /\d{4}/.exec(await phone.getByText("Confirm it on the").innerText()) ?? [];
  await page.getByText(`It shows the number ${number}.`).waitFor();
  await page.getByRole("button", { name: "Confirm" }).click();
  await phone.waitForURL(/\/history$/);
  await phone.getByText("Said on the first device").waitFor();
  await page.getByRole("button", { name: /^End / }).click();
  await page.getByText("No other device uses your conversations.").waitFor();
  await phone.reload();
  await phone.getByText("No conversations yet.").waitFor();
});

test("my data: each part says what it is about, and no button repeats its heading", async ({ page, server }) => {
  await page.goto(`${server.url}/my-data`);
  const parts = await page.locator("main section:has(.button)").evaluateAll((all) =>
    all.map((part) => ({
      heading: part.querySelector("h2")?.textContent,
      about: part.querySelector("p:not(.buttons)")?.textContent,
      button: part.querySelector(".button")?.textContent,
    }))
  );
  assertEquals(parts.length, 4);
  for (const { heading, about, button } of parts) {
    assert.ok(about && button, heading ?? "");
    assert.notEqual(button, heading);
  }
});

test(
  "no JavaScript: everything is deleted, after a question",
  async ({ page, context, server }) => {
    await talk(page, server.url, "To be deleted");
    await page.goto(`${server.url}/my-data`);
    await page.getByText("Delete everything …").click();
    await page.getByRole("button", { name: "Delete 1 conversation" }).click();
    await page.getByText("Everything is deleted.").waitFor();
    // It tells a script to clear what the browser keeps; without scripts nothing was kept.
    const cookies = await context.cookies();
    assertEquals(cookies.map(({ name }) => name), ["forget"]);
    assert.ok((cookies[0]?.expires ?? 0) <= Date.now() / 1_000 + 600);
    assertEquals(
      await page.evaluate(async () => [localStorage.length, (await indexedDB.databases()).length]),
      [0, 0],
    );
    await page.goto(`${server.url}/history`);
    await page.getByText("No conversations yet.").waitFor();
  },
  { javaScriptEnabled: false },
);
