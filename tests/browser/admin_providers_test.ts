import { ADMIN_ENV, signIn } from "../support/admin_page.ts";
import { assert, assertEquals } from "../support/assert.ts";
import { assertAccessibleInAllLooks } from "../support/axe.ts";
import { browserSuite } from "../support/browser.ts";
import { assertFocusShows, focused, tabTo } from "../support/keyboard.ts";

const { test } = browserSuite({
  env: {
    ...ADMIN_ENV,
    MOCK_PACE_MS: "0",
    LLM_PROVIDER: "mock,openai",
    OPENAI_API_KEY: "sk-proj-0123456789abcdefh3Kd",
    OPENAI_BASE_URL: "http://127.0.0.1:9/v1",
    LLM_COMPATIBLE: "ollama=http://localhost:9",
  },
});

test(
  "providers: tested and put in order with the keyboard alone, without JavaScript",
  async ({ page, server: { url } }) => {
    await signIn(page, url);
    await page.goto(`${url}/admin/providers`);
    const titles = () => page.locator("[id^=provider-] b").allTextContents();
    assertEquals(await titles(), ["Simulated replies", "OpenAI", "ollama"]);

    await tabTo(page, /Actions for OpenAI/);
    await page.keyboard.press("Enter");
    await tabTo(page, /#up-openai/);
    await Promise.all([page.waitForURL(/moved=/), page.keyboard.press("Enter")]);
    assertEquals(await titles(), ["OpenAI", "Simulated replies", "ollama"]);
    assertEquals(await page.locator("#up-openai").isDisabled(), true);

    await page.goto(`${url}/admin/providers`);
    await tabTo(page, /Test Simulated replies/);
    await Promise.all([page.waitForURL(/tested=mock/), page.keyboard.press("Enter")]);
    await page.screenshot();
    assert.match(await focused(page), /Simulated replies: It answers\./);
    await assertFocusShows(page, "the outcome");
    assertEquals(await page.getByRole("heading", { name: "Test of Simulated replies" }).count(), 1);
  },
  { javaScriptEnabled: false },
);

test(
  "providers: axe finds nothing in the page with results, and it is as wide as the screen",
  async ({ page, server: { url } }) => {
    await signIn(page, url);
    await page.goto(`${url}/admin/providers`);
    await page.getByRole("button", { name: /^Test all/ }).click();
    await page.waitForURL(/tested=all/);
    await page.locator("main details").evaluateAll((all) =>
      all.forEach((details) => details.setAttribute("open", ""))
    );
    await assertAccessibleInAllLooks(page, "providers with results", [320, 390, 1280]);
  },
  { bypassCSP: true, reducedMotion: "reduce" },
);
