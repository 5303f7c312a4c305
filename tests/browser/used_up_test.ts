import type { Page } from "playwright-core";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { browserSuite } from "@/tests/support/browser.ts";
import { openChat, say, settled, stored, TOOL } from "@/tests/support/chat_page.ts";
import { NOON_OFFSET, NOON_ZONE } from "@/tests/support/noon.ts";
import { startServer } from "@/tests/support/server.ts";
import { until } from "@/tests/support/wait.ts";

const { test } = browserSuite({ env: { ORGANISATION_CEILING_USD: "0.00017" } });

/** The end of the organisation's day on a clock in a time zone. */
function endOfDay(timeZone: string): string {
  const end = new Date().setUTCHours(24 - NOON_OFFSET, 0, 0, 0);
  return new Intl.DateTimeFormat("en-GB", { timeZone, timeStyle: "short" }).format(end);
}

/** Amounts and waits at the field and in the meter's panel that stand on more than one line. */
function brokenFigures(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const broken: string[] = [];
    for (const part of document.querySelectorAll("#hints .warn, .money .menu")) {
      const texts = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
      for (let text = texts.nextNode(); text instanceof Text; text = texts.nextNode()) {
        for (const { 0: figure, index } of text.data.matchAll(/less\sthan\s1¢|\d+\shours/g)) {
          const range = document.createRange();
          range.setStart(text, index);
          range.setEnd(text, index + figure.length);
          const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
          if (lines.size !== 1) broken.push(figure);
        }
      }
    }
    return broken;
  });
}

/** A sentence whose first part stands on a line of its own. */
const flat = (text: string) => text.replace(/\s+/g, " ");

test(
  "a used-up day: one sentence with the reader's clock time, in the chat, its meter, after a reload and on the card",
  async ({ page, server, expect }) => {
    expect(/status of 429/);
    await openChat(page, server.url);
    const refused = page.locator("#hints .warn p").first();
    let text = "";
    for (let i = 1; i < 20; i++) {
      text = `Question ${i}`;
      await say(page, text);
      await Promise.race([refused.waitFor(), settled(page, i)]);
      if (await refused.isVisible()) break;
    }
    const sentence = new RegExp(
      `^This tool has reached today's limit\\. It opens again at ${
        endOfDay("America/New_York")
      }, in 1[12]\\shours\\.`,
    );
    const saved = new RegExp(`${sentence.source} Your message is saved\\.$`);
    const send = page.getByRole("button", { name: "Send" });
    for (const [when, said] of [["refused", saved], ["after a reload", sentence]] as const) {
      await until("the reader's time", async () => said.test(flat(await refused.innerText())));
      assertEquals(await page.locator("#message").inputValue(), text, when);
      assertEquals(await send.getAttribute("aria-disabled"), "true", when);
      assertEquals(await send.getAttribute("aria-describedby"), "hints", when);
      assert.match(await page.locator(".money > summary").innerText(), /Used up/, when);
      assertEquals(await page.locator(".money > summary.warn").count(), 1, when);
      await page.locator(".money > summary").click();
      await page.locator(".money .menu > .meta", { hasText: sentence }).first().waitFor();
      for (let width = 280; width <= 420; width += 10) {
        await page.setViewportSize({ width, height: 760 });
        assertEquals(await brokenFigures(page), [], `${width} px, ${when}`);
      }
      await page.setViewportSize({ width: 1_280, height: 800 });
      const before = (await stored(page, server.url)).length;
      await page.locator("#message").press("Enter");
      await send.click({ force: true });
      assertEquals((await stored(page, server.url)).length, before, when);
      await page.reload();
      await page.locator("html.js").waitFor({ state: "attached" });
    }
    await page.goto(server.url);
    const card = page.locator(".card", { hasText: "General Assistant" });
    assert.match(
      await card.locator(".used-up").innerText(),
      new RegExp(`limit\\. It opens again at 00:00 \\(${escaped(NOON_ZONE)}\\), in `),
    );
  },
  { timezoneId: "America/New_York" },
);

test(
  "no JavaScript: a used-up day is shown before sending, in the organisation's time",
  async ({ page, server }) => {
    await page.goto(`${server.url}/chat/${TOOL}`);
    assert.match(
      flat(await page.locator("#hints .warn p").first().innerText()),
      new RegExp(
        `^This tool has reached today's limit\\. It opens again at 00:00 \\(${
          escaped(NOON_ZONE)
        }\\), in `,
      ),
    );
  },
  { javaScriptEnabled: false, timezoneId: "America/New_York" },
);

test(
  "a used-up share: the same sentence at the field and the meter, also after a reload",
  async ({ page, expect, alsoAt }) => {
    await using server = await startServer({
      env: { ORGANISATION_CEILING_USD: "0.02", PERSON_SHARE_PERCENT: "1" },
    });
    alsoAt(server.url);
    expect(/status of 429/);
    await openChat(page, server.url);
    await say(page, "One reply is always possible");
    await settled(page);
    await say(page, "Once more");
    const refused = page.locator("#hints .warn p").first();
    await refused.waitFor();
    const sentence = new RegExp(
      `^You have used your share of today\\. You can send again at ${
        endOfDay("America/New_York")
      }, in 1[12]\\shours\\.`,
    );
    for (const when of ["refused", "after a reload"]) {
      await until("the reader's time", async () => sentence.test(flat(await refused.innerText())));
      assertEquals(await page.locator("#message").inputValue(), "Once more", when);
      const send = page.getByRole("button", { name: "Send" });
      assertEquals(await send.getAttribute("aria-disabled"), "true", when);
      assertEquals(await page.locator(".money > summary.warn").count(), 1, when);
      await page.locator(".money > summary").click();
      const panel = page.locator(".money .menu");
      await panel.locator("> .meta", { hasText: sentence }).first().waitFor();
      assert.doesNotMatch(await panel.innerText(), /% left/, when);
      await page.reload();
      await page.locator("html.js").waitFor({ state: "attached" });
    }
    // Closes the page's stream before the server ends.
    await page.goto("about:blank");
  },
  { timezoneId: "America/New_York" },
);

function escaped(zone: string): string {
  return zone.replace("+", "\\+");
}
