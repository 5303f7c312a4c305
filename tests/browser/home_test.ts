import type { BrowserContextOptions, Page } from "playwright-core";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { assertAccessible } from "@/tests/support/axe.ts";
import { browserSuite } from "@/tests/support/browser.ts";
import { until } from "@/tests/support/wait.ts";

const { test } = browserSuite({ env: { MOCK_PACE_MS: "0" } });

const PHONE: BrowserContextOptions = { viewport: { width: 360, height: 740 }, hasTouch: true };
const DARK: BrowserContextOptions = {
  viewport: { width: 1280, height: 800 },
  colorScheme: "dark",
};

/** Asks a tool, and has the reply read to its end. */
async function talk(page: Page, origin: string, tool: string, message: string): Promise<void> {
  await page.request.get(`${origin}/chat/${tool}`);
  await page.request.post(`${origin}/api/chat`, { data: { toolId: tool, message } });
}

const shown = (page: Page) => page.locator("#tools .card:visible h3").allTextContents();

test("home filters while one types, says what it found, and shows all again", async ({ page, server }) => {
  await talk(page, server.url, "key-terms", "Words for covenant");
  await page.goto(server.url);
  await page.getByText("Continue where you were").waitFor();
  const all = await shown(page);
  await page.locator("#q").fill("MATH");
  await page.getByText("1 tool for “MATH”.").waitFor();
  assertEquals(await shown(page), ["Math Tutor"]);
  assert.ok(!await page.getByText("Continue where you were").isVisible());
  await page.locator("#q").fill("no such thing");
  await page.getByText("No tool for “no such thing”.").waitFor();
  assertEquals(await shown(page), []);
  await page.getByRole("link", { name: "Show all tools" }).click();
  assertEquals(await shown(page), all);
  assertEquals(await page.evaluate("document.activeElement.id"), "q");
  await page.locator("#q").fill("bible");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\?q=bible/);
  assertEquals((await shown(page)).length, 8);
  await page.locator("#q").fill("travel");
  await page.getByText("1 tool for “travel”.").waitFor();
  assertEquals(await shown(page), ["Travel Planner"]);
});

for (
  const [how, options] of [["with a script", {}], ["without one", {
    javaScriptEnabled: false,
  }]] as const
) {
  test(`a star makes a favourite, and takes it back, ${how}`, async ({ page, server }) => {
    await page.goto(server.url);
    const star = page.getByRole("button", { name: "Favourite: Code Helper" });
    await star.focus();
    await page.keyboard.press("Enter");
    const favourites = page.locator("section", { hasText: "Favourites" });
    await favourites.getByText("Code Helper").waitFor();
    assertEquals(await star.getAttribute("aria-pressed"), "true");
    assertEquals(await star.count(), 1);
    await star.press("Enter");
    await favourites.waitFor({ state: "detached" });
    assertEquals(await star.getAttribute("aria-pressed"), "false");
    assertEquals(new URL(page.url()).search, "");
  }, options);
}

test("the magnifier searches without a script", async ({ page, server }) => {
  await page.goto(server.url);
  await page.locator("#q").fill("travel");
  await page.getByRole("button", { name: "Find a tool" }).click();
  await page.waitForURL(/\?q=travel/);
  assertEquals(await shown(page), ["Travel Planner"]);
  await page.getByRole("link", { name: "Show all tools" }).click();
  await page.waitForURL(`${server.url}/`);
  assertEquals((await shown(page)).length, 18);
}, { javaScriptEnabled: false });

test("home says where a draft of this browser waits", async ({ page, server }) => {
  await talk(page, server.url, "key-terms", "Words for covenant");
  for (const tool of ["key-terms", "math-tutor"]) {
    await page.goto(`${server.url}/chat/${tool}`);
    await page.locator("#message").fill("not yet sent");
    const kept = () => page.evaluate(`localStorage.getItem("draft:${tool}") !== null`);
    await until("the draft to be kept", kept);
  }
  await page.goto(server.url);
  await page.locator(".recent .meta", { hasText: "draft saved" }).waitFor();
  const tutor = page.locator("#tools .card", { hasText: "Math Tutor" });
  await tutor.getByText("draft saved").waitFor();
  assertEquals(await page.locator("#tools .card", { hasText: "draft saved" }).count(), 2);
  // Of a message whose answer was not seen as well.
  await page.goto(`${server.url}/chat/math-tutor`);
  await page.locator("html.js").waitFor();
  await page.evaluate(() => globalThis.fetch = () => new Promise(() => {}));
  await page.locator("#message").press("Enter");
  await until(
    "the message to leave the field",
    async () => await page.locator("#message").inputValue() === "",
  );
  await page.goto(server.url);
  await tutor.getByText("draft saved").waitFor();
});

test("home says where messages of this browser wait for the network", async ({ page, context, server, expect }) => {
  expect(/ERR_FAILED/);
  await context.route("**/api/chat", (route) => route.abort());
  await page.goto(`${server.url}/chat/key-terms`);
  await page.locator("html.js").waitFor();
  await page.locator("#message").fill("no network takes this");
  await page.keyboard.press("Enter");
  const kept = () => page.evaluate("localStorage.getItem('outbox') !== null");
  await until("the message to be kept", kept);
  await page.goto(server.url);
  const card = page.locator("#tools .card", { hasText: "Key Terms" });
  await card.getByText("1 message waiting").waitFor();
});

for (const [name, context] of [["360 px, light", PHONE], ["1280 px, dark", DARK]] as const) {
  test(
    `axe finds nothing on the home page, and the first card is near its top (${name})`,
    async ({ page, server }) => {
      const look = async (about: string) => {
        const { y = 999 } = await page.locator(".card:visible").first().boundingBox() ?? {};
        assert.ok(y <= 300, `first card at ${y} px, ${about}`);
        const lead = await page.locator("h1").boundingBox();
        assert.ok((lead?.height ?? 99) < 40, `headline of ${lead?.height} px, ${about}`);
        await assertAccessible(page, `${about}, ${name}`);
        const wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth";
        assertEquals(await page.evaluate(wide), 0, about);
      };
      await page.goto(server.url);
      await look("new visitor");
      for (const tool of ["key-terms", "math-tutor", "storying-coach"]) {
        await talk(page, server.url, tool, `A rather long question to the tool ${tool}, on and on`);
      }
      await page.request.post(server.url, {
        form: { star: "key-terms" },
        headers: { origin: server.url },
      });
      await page.goto(server.url);
      await page.getByText("Favourites").waitFor();
      await look("with conversations and a favourite");
      await page.locator("#q").fill("travel");
      await page.getByText("1 tool for").waitFor();
      await look("filtered");
    },
    { ...context, bypassCSP: true },
  );
}
