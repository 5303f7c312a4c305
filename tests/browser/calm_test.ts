import type { Page } from "playwright-core";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { browserSuite } from "@/tests/support/browser.ts";
import { openChat, openCosts, questions, say, settled, TOOL } from "@/tests/support/chat_page.ts";
import { until } from "@/tests/support/wait.ts";

const { test } = browserSuite();

const topOf = (page: Page, selector: string) =>
  page.locator(selector).last().evaluate((element) => element.getBoundingClientRect().top);

test("a sent question stands below the bar, and nothing scrolls while its answer is written or after it", async ({ page, server }) => {
  await openChat(page, server.url);
  for (const [i, text] of ["First", "Second", "A long one [[mock:pace=20]]"].entries()) {
    await say(page, text);
    await page.locator("article.question").nth(i).waitFor();
    const top = async () => Math.round(await topOf(page, "article.question"));
    // A demo's banner stands above the first question of a new conversation.
    await until("its place", async () => i === 0 || Math.abs(await top() - 72) <= 2);
    await page.locator(".reply").nth(i).waitFor();
    const place = await until("it to stand still", async () => {
      const before = await top();
      await page.waitForTimeout(100);
      return await top() === before && { top: before };
    });
    if (i > 0) assert.ok(Math.abs(place.top - 72) <= 2, `${place.top} px, while it is written`);
    await settled(page, i + 1);
    assertEquals(await top(), place.top, "after it");
  }
  const latest = page.getByRole("button", { name: "Latest" });
  await page.evaluate(() => scrollTo(0, 0));
  await latest.click();
  await latest.waitFor({ state: "detached" });
});

test("a starter that lacks the person's words only fills the field; any other is sent", async ({ page, server }) => {
  await openChat(page, server.url);
  await page.getByRole("link", { name: "Shorten this text: …" }).click();
  assertEquals(await page.locator("#message").inputValue(), "Shorten this text: ");
  assertEquals(await page.evaluate(() => document.activeElement?.id), "message");
  assertEquals(await questions(page), []);
  await page.locator("#message").fill("");
  await page.locator("button.starter").first().click();
  await settled(page);
  assertEquals((await questions(page)).length, 1);
  await page.locator("#empty").waitFor({ state: "hidden" });
});

test(
  "no JavaScript: a starter that lacks the person's words fills the field",
  async ({ page, server }) => {
    await page.goto(`${server.url}/chat/${TOOL}`);
    await page.getByRole("link", { name: "Shorten this text: …" }).click();
    assertEquals(await page.locator("#message").inputValue(), "Shorten this text: ");
    assertEquals(await questions(page), []);
  },
  { javaScriptEnabled: false },
);

test(
  "messages have their times in the device's zone, in words for screen readers and once beside them; paper has them too",
  async ({ page, server }) => {
    await openChat(page, server.url);
    await say(page, "When?");
    await settled(page);
    const clock = /^\d\d:\d\d$/;
    const times = () => page.locator("article .actions time").allInnerTexts();
    const live = await times();
    assertEquals(live.length, 2);
    for (const time of live) assert.match(time, clock);
    await page.reload();
    await page.locator("html.js").waitFor({ state: "attached" });
    assertEquals(await times(), live, "The server's zone is another");
    const heads = await page.locator("h2.who").allTextContents();
    assertEquals(heads, [`You, ${live[0]}`, `General Assistant, ${live[1]}`]);
    const hidden = page.locator("article .actions time[aria-hidden=true]");
    assertEquals(await hidden.count(), 2);
    await page.emulateMedia({ media: "print" });
    for (const text of ["You", "General Assistant"]) {
      assert.ok(await page.locator("h2.who", { hasText: text }).isVisible(), text);
    }
    const day = page.locator(".day");
    assert.ok(await day.isVisible(), "the day");
    const [size, date] = await day.evaluate((line) => [
      getComputedStyle(line).fontSize,
      getComputedStyle(line, "::after").content,
    ]);
    assertEquals(size, "0px", "Today is another day when the paper is read");
    assert.match(date ?? "", /^"[A-Z][a-z]{2} \d{1,2}, \d{4}"$/);
    assertEquals(
      await page.locator(".dock, .actions").evaluateAll((all) =>
        all.filter((each) => each.checkVisibility()).length
      ),
      0,
    );
  },
  { timezoneId: "Pacific/Kiritimati" },
);

test("the cost is a quiet dot, whose panel of three figures opens from the menu too", async ({ page, server }) => {
  await openChat(page, server.url);
  await say(page, "What does it cost?");
  await settled(page);
  assertEquals(await page.locator(".money > summary .meta").count(), 0, "Less than a cent");
  await openCosts(page);
  const names = await page.locator(".money dt").allInnerTexts();
  assertEquals(names.slice(1, 3), ["This conversation", "This tool today"]);
  await page.keyboard.press("Escape");
  await page.locator(".bar summary").click();
  await page.getByRole("link", { name: "Cost" }).click();
  await page.locator(".money .facts").waitFor();
});

test("every icon of the chat has a name and the same tooltip", async ({ page, server }) => {
  await openChat(page, server.url);
  await say(page, "Icons");
  await settled(page);
  const bare = await page.locator("button:has(> svg), a:has(> svg), summary:has(> svg)")
    .evaluateAll((all) =>
      all.filter((each) =>
        each.checkVisibility() && !/\p{L}/u.test((each as HTMLElement).innerText) &&
        !each.getAttribute("title")
      ).map((each) => each.outerHTML.slice(0, 120))
    );
  assertEquals(bare, []);
});
