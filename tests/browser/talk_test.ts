import { assert, assertEquals } from "@/tests/support/assert.ts";
import { browserSuite } from "@/tests/support/browser.ts";
import { openChat, openCosts, questions, say, settled, stored } from "@/tests/support/chat_page.ts";
import { until } from "@/tests/support/wait.ts";

const { test } = browserSuite();

test("from the home page to a reply: pick a tool, write, watch it stream, see its cost beside it", async ({ page, server }) => {
  await page.goto(server.url);
  await page.getByRole("link", { name: /Math Tutor/ }).click();
  await page.locator("html.js").waitFor({ state: "attached" });
  assert.ok(await page.locator("#message").evaluate((field) => field === document.activeElement));
  await page.keyboard.type("A formula and a table please [[mock:pace=10]]");
  await page.keyboard.press("Enter");
  await page.locator(".reply.writing, .reply .writing").waitFor();
  const lengths = new Set<number>();
  const body = page.locator(".reply .written");
  while (await page.locator(".writing").isVisible()) {
    lengths.add((await body.textContent({ timeout: 2_000 }))?.length ?? 0);
  }
  assert.ok(lengths.size > 4, "The reply grows as it is written");
  await settled(page);
  assertEquals(await page.locator(".reply .actions .tag").textContent(), "simulated");
  assert.match(await page.locator(".reply").innerHTML(), /<table.*<math[\s>]/s);
  await openCosts(page);
  const costs = await page.locator(".reply .money .facts").textContent();
  assert.match(
    costs ?? "",
    /This answer( \(estimated\))?less than 1¢This conversationless than 1¢/,
  );
});

test("chat page: a message's estimated cost stands among the costs, and from 1¢ on beside Send; so does today's budget", async ({ page, server }) => {
  await openChat(page, server.url);
  await say(page, "One question");
  await settled(page);
  await openCosts(page);
  const panel = page.locator(".money .menu");
  const next = panel.locator("dd[title]");
  const estimate = async () => await next.getAttribute("title") ?? "";
  const before = await estimate();
  assertEquals(await next.textContent(), "less than 1¢");
  assertEquals(await page.locator(".box .meta").textContent(), "");
  assert.match(before, /^≈ (<\$0\.0001|\$\d+\.\d+): /);
  await page.locator("#message").fill("word ".repeat(4_000));
  await until("the estimate to grow", async () => await estimate() !== before);
  assert.match(await panel.textContent() ?? "", /This tool todayless than 1¢ of \$\d+\.\d+/);
  assertEquals(await panel.locator("progress").count(), 1);
});

test("chat page: the next message's estimate updates after each turn, as after a reload", async ({ page, server }) => {
  await openChat(page, server.url);
  await say(page, "One question");
  await settled(page);
  await openCosts(page);
  const next = page.locator(".money dd[title]");
  const cost = async () => Number(/\$([\d.]+)/.exec(await next.getAttribute("title") ?? "")?.[1]);
  const before = await cost();
  await say(page, "word ".repeat(5_800));
  await settled(page, 2);
  await openCosts(page);
  const after = await cost();
  assert.ok(after > before + 0.0006, `${before} → ${after}`);
  await page.reload();
  assert.ok(Math.abs(await cost() - after) < 0.00025, `${await cost()} after a reload`);
});

test("chat page: Enter sends, Shift+Enter makes a new line, Enter within an IME composition does neither", async ({ page, server }) => {
  await openChat(page, server.url);
  const field = page.locator("#message");
  await field.pressSequentially("one");
  await field.press("Shift+Enter");
  await field.pressSequentially("two");
  assertEquals(await field.inputValue(), "one\ntwo");
  await field.evaluate((element) =>
    element.dispatchEvent(
      new KeyboardEvent("keydown", { key: "Enter", isComposing: true, bubbles: true }),
    )
  );
  assertEquals(await page.locator("article.question").count(), 0);
  await field.press("Enter");
  await settled(page);
  assertEquals(await questions(page), ["one\ntwo"]);
  assertEquals(await field.inputValue(), "");
});

test("chat page: an empty or blank message is not sent", async ({ page, server }) => {
  await openChat(page, server.url);
  await page.locator("#message").press("Enter");
  await page.locator("#message").fill("  \n ");
  await page.locator("#message").press("Enter");
  assertEquals(await stored(page, server.url), []);
});

test("chat page: Esc stops the reply; the partial text is kept and priced", async ({ page, server }) => {
  await openChat(page, server.url);
  await say(page, "A long essay in detail [[mock:pace=60]]");
  await page.locator(".reply .prose").first().waitFor();
  await page.keyboard.press("Escape");
  await settled(page);
  await page.getByText("You stopped this answer.").waitFor();
  const [, reply] = await stored(page, server.url);
  assertEquals(reply?.reply?.reason, "stopped");
  assertEquals(reply?.reply?.basis, "partial");
  assert.ok(Number(reply?.reply?.usd) > 0);
  assert.ok((reply?.text.length ?? 0) > 0);
});

test("chat page: ? shows the shortcuts, Esc closes them, / goes to the message", async ({ page, server }) => {
  await openChat(page, server.url);
  await page.locator("#message").blur();
  await page.keyboard.press("?");
  await page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "hidden" });
  await page.keyboard.press("/");
  const active = await page.evaluate(() => document.activeElement?.id);
  assertEquals(active, "message");
  assertEquals(await page.locator("#message").inputValue(), "");
  await page.keyboard.type("?");
  assertEquals(await page.locator("#message").inputValue(), "?");
});

test("chat page: the end of a reply is announced once, its words are not", async ({ page, server }) => {
  await openChat(page, server.url);
  const said = page.locator("#hints > .sr");
  await say(page, "Say something [[mock:pace=20]]");
  await page.locator(".reply .prose").first().waitFor();
  assertEquals(await said.textContent(), "");
  await settled(page);
  assert.match(await said.textContent() ?? "", /^General Assistant: \S/);
  const live = await page.locator("[aria-live], [role=log], [role=alert]").count();
  assertEquals(live, 0, "No other region speaks");
});

test("home page: a search shows matches, and says so when there are none", async ({ page, server }) => {
  await page.goto(server.url);
  const all = await page.locator(".cards > li").count();
  // Fewer tools than a search field is for; an address with a search has it.
  await page.goto(`${server.url}/?q=story`);
  await page.getByRole("searchbox").fill("math");
  await page.getByRole("searchbox").press("Enter");
  await page.getByText(/for “math”/).waitFor();
  const found = await page.locator(".cards > li").count();
  assert.ok(found >= 1 && found < all);
  await page.getByRole("searchbox").fill("<b>zzz</b>");
  await page.getByRole("searchbox").press("Enter");
  await page.getByText("No tool for “<b>zzz</b>”").waitFor();
  await page.getByRole("link", { name: "Show all tools" }).click();
  assertEquals(await page.locator(".cards > li").count(), all);
});

test(
  "wide code, tables, formulas and words in a question stay within a phone's window",
  async ({ page, server }) => {
    await openChat(page, server.url);
    const wide = [
      `\`\`\`js\nconst line = "${"very wide ".repeat(40)}";\n\`\`\``,
      `|${"a column |".repeat(30)}\n|${"---|".repeat(30)}\n|${"a cell |".repeat(30)}`,
      `$$${"x + ".repeat(80)}y$$`,
      "unbroken".repeat(60),
    ];
    for (const [i, question] of wide.entries()) {
      await say(page, question);
      await settled(page, i + 1);
      const edges = page.locator(".bubble").nth(i).evaluate((bubble) => {
        const { left, right } = bubble.getBoundingClientRect();
        return { left: left >= 0, right: right <= innerWidth };
      });
      assertEquals(await edges, { left: true, right: true }, question.slice(0, 20));
    }
    assertEquals(await page.evaluate("document.documentElement.scrollWidth - innerWidth"), 0);
  },
  { viewport: { width: 390, height: 844 } },
);
