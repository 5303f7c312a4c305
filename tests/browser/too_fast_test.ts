import { assert, assertEquals } from "@/tests/support/assert.ts";
import { browserSuite } from "@/tests/support/browser.ts";
import { openChat, say, settled } from "@/tests/support/chat_page.ts";
import { until } from "@/tests/support/wait.ts";

const { test } = browserSuite({ env: { RATE_LIMIT_CHAT_PER_MINUTE: "1" } });

test("chat page: a rate-limited edit shows one countdown, Send says why, and the notice goes when it is over", async ({ page, server, expect }) => {
  expect(/status of 429/);
  await page.clock.install();
  await openChat(page, server.url);
  await say(page, "First");
  await settled(page);
  await page.locator("[data-edit]").click();
  await say(page, "Second");
  const hint = page.locator("#hints .warn");
  await hint.waitFor();
  const seconds = async () => {
    const numbers = (await hint.textContent() ?? "").match(/\d+/g) ?? [];
    assertEquals(numbers.length, 1, await hint.textContent() ?? "");
    return Number(numbers[0]);
  };
  const before = await seconds();
  assert.match(
    await hint.innerText(),
    /^Many messages in a short time\.\s+You can send again in \d+\ss\. Your message is saved\.$/,
  );
  const send = page.getByRole("button", { name: "Send" });
  assertEquals(await send.getAttribute("aria-disabled"), "true");
  assertEquals(await send.getAttribute("aria-describedby"), "hints");
  await page.clock.fastForward(5_000);
  await until("the number to go down", async () => await seconds() <= before - 5);
  await page.clock.fastForward(60_000);
  await hint.waitFor({ state: "detached" });
  assertEquals(await send.getAttribute("aria-disabled"), "false");
  assertEquals(await send.getAttribute("aria-describedby"), null);
  assertEquals(await page.locator("#message").inputValue(), "Second");
});
