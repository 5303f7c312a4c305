import type { Page } from "playwright-core";
import { assert, assertEquals } from "../support/assert.ts";
import { assertAccessibleInAllLooks } from "../support/axe.ts";
import { browserSuite } from "../support/browser.ts";
import { openChat, openMenu, say, settled, TOOL } from "../support/chat_page.ts";
import { openStore } from "@/lib/stores.ts";

const EMAIL = "ada@example.org";
const PASSWORD = "correct horse battery staple";
const LIST = "/admin/conversations";

const { test } = browserSuite({
  env: {
    ADMIN_PASSWORD: PASSWORD,
    ALLOWED_ADMIN_EMAILS: EMAIL,
    MOCK_PACE_MS: "0",
    RATE_LIMIT_ADMIN_PER_5MIN: "1000",
  },
});

/** Switches review on or off, as another process on the same store does. */
async function setReview(page: Page, server: { url: string; kvPath: string }, enabled: boolean) {
  const store = await openStore({ path: server.kvPath, report: () => {} });
  await store.settings.change((_, now) => ({
    ...now,
    version: now.version + 1,
    review: { enabled, notice: "" },
  }), 10_000);
  await store.close();
  // The server polls its settings every two seconds.
  for (let i = 0; i < 40; i++) {
    await page.goto(`${server.url}/chat/${TOOL}`);
    if ((await page.locator(".told[role=note]").count() > 0) === enabled) return;
    await page.waitForTimeout(250);
  }
  throw new Error("The server does not see its settings");
}

async function signIn(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}/admin/login`);
  await page.fill('[name="email"]', EMAIL);
  await page.fill('[name="password"]', PASSWORD);
  await page.click('main button[type="submit"]');
  await page.waitForURL(`${origin}/admin`);
}

test(
  "rating and review pages are accessible and fit, in all looks",
  async (visit) => {
    const { page, server } = visit;
    await signIn(page, server.url);
    await setReview(page, server, false);
    await page.goto(server.url + LIST);
    await assertAccessibleInAllLooks(page, "off");
    await setReview(page, server, true);
    await openChat(page, server.url);
    await assertAccessibleInAllLooks(page, "told");
    await say(page, "A table, code and maths in detail");
    await settled(page);
    await page.getByRole("button", { name: "Bad answer" }).click();
    await page.getByRole("link", { name: "Say why" }).waitFor();
    await assertAccessibleInAllLooks(page, "rated");
    await page.getByRole("link", { name: "Say why" }).click();
    await page.getByRole("textbox").waitFor();
    await assertAccessibleInAllLooks(page, "why");
    await page.getByRole("textbox").fill("Too long");
    await page.getByRole("button", { name: "Send" }).click();
    await page.goto(`${server.url}/chat/${TOOL}/delete`);
    await assertAccessibleInAllLooks(page, "delete");
    for (
      const path of ["", "?text=table", "?text=nothing+has+this", "?unreviewed=1&rating=down"]
    ) {
      await page.goto(server.url + LIST + path);
      await assertAccessibleInAllLooks(page, path);
    }
    await page.locator("li.row a").first().click();
    await page.locator(".thread summary", { hasText: "Judge" }).first().click();
    await assertAccessibleInAllLooks(page, "conversation");
    await page.getByLabel("Note").first().fill("Kind");
    await page.getByRole("button", { name: "Good" }).first().click();
    await page.getByText("Your verdict").first().waitFor();
    await page.locator("summary", { hasText: "More" }).click();
    await page.getByRole("link", { name: "Delete…" }).click();
    await assertAccessibleInAllLooks(page, "judged, deleting");
  },
  { bypassCSP: true, reducedMotion: "reduce" },
);

test("a reply, also a new one, is rated by keyboard and script without a page load", async ({ page, server }) => {
  await openChat(page, server.url);
  await say(page, "one");
  await settled(page);
  await page.evaluate("window.kept = true");
  const good = page.getByRole("button", { name: "Good answer" });
  const bad = page.getByRole("button", { name: "Bad answer" });
  const pressed = () => Promise.all([good, bad].map((each) => each.getAttribute("aria-pressed")));
  const answered = () => page.waitForResponse((answer) => answer.url().endsWith("/rate"));
  for (
    const [button, expected] of [
      [good, ["true", "false"]],
      [bad, ["false", "true"]],
      [bad, ["false", "false"]],
      [good, ["true", "false"]],
    ] as const
  ) {
    await Promise.all([answered(), button.press("Enter")]);
    await page.waitForFunction(
      (wanted) =>
        [...document.querySelectorAll(".thumbs button")].every((each, i) =>
          each.getAttribute("aria-pressed") === wanted[i]
        ),
      [...expected],
    );
  }
  assertEquals(await page.evaluate("window.kept"), true);
  await page.reload();
  assertEquals(await pressed(), ["true", "false"]);
  await page.locator("html.js").waitFor({ state: "attached" });
  await say(page, "two");
  await settled(page, 2);
  assertEquals(await good.first().getAttribute("aria-pressed"), "true");
  assertEquals(await good.last().getAttribute("aria-pressed"), "false");
});

test(
  "without JavaScript: people rate, give a reason and delete; admins search, read, judge and delete",
  async ({ page, server }) => {
    const { url } = server;
    await setReview(page, server, true);
    await page.fill("#message", "Words to be found");
    await page.getByRole("button", { name: "Send", exact: true }).press("Enter");
    await page.locator("article.reply").waitFor();
    assert.ok(await page.locator(".told[role=note]").isVisible());
    await page.getByRole("button", { name: "Bad answer" }).press("Enter");
    await page.waitForURL(/#m1$/);
    await page.getByRole("link", { name: "Say why" }).press("Enter");
    await page.getByRole("textbox").fill("Too short");
    await page.getByRole("button", { name: "Send" }).press("Enter");
    await page.waitForURL(/#m1$/);
    await signIn(page, url);
    await page.getByRole("link", { name: "Conversations", exact: true }).press("Enter");
    await page.getByLabel("Words in a message").fill("TO BE FOUND");
    await page.getByLabel("Words in a message").press("Enter");
    await page.locator("li.row a").first().press("Enter");
    assert.match(await page.locator(".thread").innerText(), /Rated bad[^]*Too short/);
    await page.locator(".thread summary", { hasText: "Judge" }).press("Enter");
    await page.getByLabel("Note").fill("A note");
    await page.getByRole("button", { name: "Bad" }).press("Enter");
    await page.waitForURL(/#m1$/);
    assert.match(await page.locator(".thread").innerText(), /A note/);
    await page.getByRole("button", { name: "Mark as reviewed" }).press("Enter");
    await page.getByRole("button", { name: "Not reviewed after all" }).waitFor();
    await page.locator("summary", { hasText: "More" }).press("Enter");
    await page.getByRole("link", { name: "Delete…" }).press("Enter");
    await page.getByRole("button", { name: "Delete for good" }).press("Enter");
    await page.waitForURL(/done=deleted/);
    await page.goto(`${url}/chat/${TOOL}`);
    assertEquals(await page.locator("article.reply").count(), 0);
    await page.fill("#message", "Once more");
    await page.getByRole("button", { name: "Send", exact: true }).press("Enter");
    await page.locator("article.reply").waitFor();
    await openMenu(page);
    await page.getByRole("link", { name: "Delete conversation" }).press("Enter");
    await page.getByRole("button", { name: "Delete conversation" }).press("Enter");
    await page.waitForURL(`${url}/chat/${TOOL}`);
    assertEquals(await page.locator("article.reply").count(), 0);
  },
  { javaScriptEnabled: false },
);
