import { assert, assertEquals } from "@/tests/support/assert.ts";
import { browserSuite } from "@/tests/support/browser.ts";
import { questions, TOOL } from "@/tests/support/chat_page.ts";

const { test } = browserSuite({ env: { RATE_LIMIT_CHAT_PER_MINUTE: "1" } });

test(
  "no JavaScript: a rate-limited form post gets 429 and keeps its text",
  async ({ page, server, expect }) => {
    expect(/status of 429/);
    await page.goto(`${server.url}/chat/${TOOL}`);
    await page.locator("#message").fill("First");
    await page.getByRole("button", { name: "Send", exact: true }).click();
    await page.locator("article.reply").waitFor();
    await page.locator("#message").fill("Second, with <b>marks</b>\nand a line");
    const answer = page.waitForResponse((response) => response.request().method() === "POST");
    await page.getByRole("button", { name: "Send", exact: true }).click();
    const refused = await answer;
    assertEquals(refused.status(), 429);
    assert.ok(Number(await refused.headerValue("retry-after")) > 0);
    await page.getByText("Many messages in a short time").waitFor();
    assertEquals(
      await page.locator("#message").inputValue(),
      "Second, with <b>marks</b>\nand a line",
    );
    assertEquals(await questions(page), ["First"]);
  },
  { javaScriptEnabled: false },
);
