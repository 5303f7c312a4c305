import type { Locator, Page } from "playwright-core";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { browserSuite } from "@/tests/support/browser.ts";
import { openChat, openCosts, settled, TOOL } from "@/tests/support/chat_page.ts";
import { until } from "@/tests/support/wait.ts";

const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
const { test } = browserSuite({ env: { MOCK_PACE_MS: "0" } });

const boxOf = async (place: Locator) => {
  const box = await place.boundingBox();
  assert.ok(box);
  return box;
};
async function sayByTouch(page: Page, message: string): Promise<void> {
  await page.locator("#message").fill(message);
  await page.locator(".send").tap();
}

const LONG = "I would like to plan a workshop for thirty storytellers in a village";

test(
  "ComposerForm: text that wraps stands above the buttons in the whole width, shorter text between them",
  async ({ page, server }) => {
    await openChat(page, server.url);
    const field = page.locator("#message");
    const send = page.locator(".send");
    await field.fill("Short");
    const narrow = await boxOf(field);
    const line = await boxOf(send);
    assert.ok(narrow.y < line.y + line.height && line.y < narrow.y + narrow.height, "One row");
    await field.fill(LONG);
    const wide = await boxOf(field);
    const below = await boxOf(send);
    assert.ok(wide.width >= 310, `${wide.width} px`);
    assert.ok(below.y >= wide.y + wide.height, "The buttons stand below");
    assert.ok(Math.abs(below.x - line.x) < 2, "Send stays where it was");
    await field.fill(LONG.slice(0, 30));
    assertEquals((await boxOf(field)).width, wide.width, "It did not fit between the buttons");
    await field.fill("Short");
    assertEquals((await boxOf(field)).width, narrow.width);
  },
  PHONE,
);

test(
  "ComposerForm: a question that is edited by its address is in sight, its text in the whole width",
  async ({ page, server }) => {
    await openChat(page, server.url);
    for (const [i, question] of ["First", "A long essay in detail", "Last"].entries()) {
      await sayByTouch(page, question);
      await settled(page, i + 1);
    }
    for (const seq of [0, 2]) {
      await page.goto(`${server.url}/chat/${TOOL}?edit=${seq}#composer`);
      const question = page.locator(`#m${seq}.editing .bubble`);
      const bar = await boxOf(page.locator(".bar"));
      await until("the question in sight", async () => {
        const { y, height } = await boxOf(question);
        const dock = await boxOf(page.locator(".dock"));
        return y >= bar.height && y + height <= dock.y;
      });
      assert.ok((await boxOf(page.locator("#message"))).width >= 310);
    }
  },
  PHONE,
);

test(
  "ConversationCard: no line of a row's facts begins or ends with a dot",
  async ({ page, server }) => {
    await openChat(page, server.url);
    await sayByTouch(page, "Where do the dots go?");
    await settled(page);
    await page.goto(`${server.url}/history`);
    const row = page.locator(".dots");
    assertEquals(await row.evaluate((facts) => facts.textContent?.includes("·")), false);
    const lines = await row.evaluate((facts) => {
      const { left } = facts.getBoundingClientRect();
      return [...facts.children].map((fact) => ({
        left: Math.round(fact.getBoundingClientRect().left - left),
        top: Math.round(fact.getBoundingClientRect().top),
      }));
    });
    assert.ok(new Set(lines.map(({ top }) => top)).size > 1, "The facts take two lines");
    // A dot stands before its fact: at a line's start it is outside of the row, which clips it.
    assert.ok(lines.filter(({ left }) => left === 0).length > 1, JSON.stringify(lines));
    assertEquals(await row.evaluate((facts) => getComputedStyle(facts).overflowX), "hidden");
  },
  PHONE,
);

test(
  "ToolCard: a description goes on below the star, to the card's edge",
  async ({ page, server }) => {
    await page.goto(server.url);
    const card = page.locator("#tools .card").first();
    const [whole, about, star] = await Promise.all([
      boxOf(card),
      boxOf(card.locator(".about")),
      boxOf(card.locator(".star .icon")),
    ]);
    assert.ok(whole.x + whole.width - about.x - about.width < 16, "It has the card's width");
    assert.ok(about.y >= star.y + star.height - 1, "It begins below the star");
  },
  PHONE,
);

test(
  "CostDetails: in Arabic its panel stands at the right, where the row with its dot begins",
  async ({ page, server }) => {
    await openChat(page, server.url);
    await page.locator("#message").fill("ما هو؟");
    await page.locator(".send").click();
    await settled(page);
    await openCosts(page);
    const [panel, main] = await Promise.all([
      boxOf(page.locator(".money .menu")),
      boxOf(page.locator("#messages")),
    ]);
    // An empty field has no words of its own that could tell its direction.
    const direction = page.locator("#message").evaluate((field) =>
      getComputedStyle(field).direction
    );
    assertEquals(await direction, "rtl");
    const gap = main.x + main.width - panel.x - panel.width;
    assert.ok(gap >= -12 && gap <= 12, `${gap} px`);
  },
  { locale: "ar" },
);

test(
  "SharedPage and EndedSharePage begin with a bar, whose icon stands above the text",
  async ({ page, server, expect }) => {
    expect(/404/);
    await openChat(page, server.url);
    await sayByTouch(page, "To be shared");
    await settled(page);
    const headers = { origin: server.url };
    const path = `${server.url}/chat/${TOOL}/share`;
    await page.request.post(path, { form: { action: "make" }, headers });
    const [shared] = /\/shared\/[\w-]{32}/.exec(await (await page.request.get(path)).text()) ?? [];
    assert.ok(shared);
    for (
      const [address, icon] of [[shared, ".tool-icon"], [`/shared/${"x".repeat(32)}`, ".logo"]]
    ) {
      await page.goto(server.url + address);
      const text = await boxOf(page.locator("main > :first-child"));
      const mark = await boxOf(page.locator(`.bar ${icon}`));
      assert.ok(Math.abs(mark.x - text.x) <= 3, `${address}: ${mark.x}, ${text.x}`);
      assert.ok(mark.y < text.y);
    }
  },
  PHONE,
);

test(
  "activatePage(): a conversation's messages stand still when the script makes its buttons work",
  async ({ page, server }) => {
    await openChat(page, server.url);
    for (const [i, question] of ["First", "Second"].entries()) {
      await sayByTouch(page, question);
      await settled(page, i + 1);
    }
    await page.addInitScript(() => {
      const shifts: number[] = [];
      Object.assign(self, { shifts });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) shifts.push(Reflect.get(entry, "value"));
      }).observe({ type: "layout-shift", buffered: true });
    });
    await openChat(page, server.url);
    await page.getByRole("button", { name: "Read aloud" }).last().waitFor();
    await page.waitForLoadState("networkidle");
    const shifts = await page.evaluate<number[]>("self.shifts");
    const sum = shifts.reduce((all, each) => all + each, 0);
    assert.ok(sum < 0.01, `${sum} of the window moved`);
  },
  PHONE,
);
