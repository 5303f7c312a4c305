import { assertAccessibleInAllLooks } from "@/tests/support/axe.ts";
import { browserSuite } from "@/tests/support/browser.ts";
import { openChat, say, settled } from "@/tests/support/chat_page.ts";

const { test } = browserSuite({ env: { RATE_LIMIT_CHAT_PER_MINUTE: "1", MOCK_PACE_MS: "0" } });

test(
  "axe finds nothing where a message was refused, in all looks",
  async ({ page, server, expect }) => {
    expect(/status of 429/);
    await openChat(page, server.url);
    await say(page, "One");
    await settled(page);
    await say(page, "Two");
    await page.locator(".waiting").getByText("Many messages in a short time").waitFor();
    await assertAccessibleInAllLooks(page, "rate-limited");
  },
  { bypassCSP: true },
);
