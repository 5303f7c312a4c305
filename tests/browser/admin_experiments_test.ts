import type { BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { TwilioSimulator } from "../simulators/twilio.ts";
import { ADMIN_ENV, signIn } from "../support/admin_page.ts";
import { assert, assertEquals } from "../support/assert.ts";
import { assertAccessibleInAllLooks } from "../support/axe.ts";
import { browserSuite } from "../support/browser.ts";
import { openChat, settled, TOOL } from "../support/chat_page.ts";
import { countDays, storeExperiment } from "../support/experiments.ts";
import { focused, tabTo } from "../support/keyboard.ts";
import { offer } from "../support/phones.ts";
import { until } from "../support/wait.ts";
import { openWorld } from "../support/world.ts";

const HOME = "/admin/experiments";
const PUBLIC = "http://helper.example";
const DAY = 24 * 60 * 60_000;
/** Experiments that the server finds: with a clear answer, with too few ratings, with an unfair split. */
const [CLEAR, THIN, UNFAIR, FOUR] = ["clearclear", "thinthinth", "unfairunfa", "fourfourfo"];
/** Without their tool: a draft, and one whose texts are as long as they may be. */
const [TOOLLESS, LONG] = ["toollessto", "longlonglo"];

const folder = await Deno.makeTempDir({ prefix: "obt-helper-experiments-" });
const kvPath = `${folder}/kv.sqlite`;
{
  await using world = await openWorld({ path: kvPath });
  await offer(world, TOOL);
  await seed(world);
  await seedOdd(world);
}
const twilio = await TwilioSimulator.start();
const { test } = browserSuite({
  kvPath,
  env: {
    ...ADMIN_ENV,
    ...twilio.env(),
    PUBLIC_URL: PUBLIC,
    MOCK_PACE_MS: "0",
    WHATSAPP_DEBOUNCE_MS: "50",
    RATE_LIMIT_WHATSAPP_PER_MINUTE: "1000",
  },
});
Deno.test.afterAll(async () => {
  await twilio.close();
  await Deno.remove(folder, { recursive: true });
});

/** Experiments of four tools, of the last days. */
async function seed({ deps: { store, calendar } }: Awaited<ReturnType<typeof openWorld>>) {
  const now = Date.now();
  const daysBack = (count: number) =>
    Array.from({ length: count }, (_, i) => calendar.dayOf(now - (count - 1 - i) * DAY));
  const since = (count: number, letters: 2 | 4 = 2) => {
    const startedAt = now - (count - 1) * DAY;
    const shares = Array.from({ length: letters }, () => 100 / letters);
    const shareChanges = [{ at: startedAt, shares }];
    return { startedAt, shareChanges, baseVersion: 1, planned: 400 };
  };
  const of = (letter: "A" | "B" | "C" | "D", share: number, note = "") => ({ letter, note, share });
  await storeExperiment(store, {
    ...since(20),
    id: CLEAR,
    name: "Ask before judging",
    tool: "math-tutor",
    variants: [of("A", 50), of("B", 50, "Asks for the passage first")],
  });
  const people = { people: 20, conversations: 20, turns: 60, waits: 60, waitedMs: 54_000 };
  await countDays(store, CLEAR, daysBack(20), {
    A: { ...people, up: 9, down: 6 },
    B: { ...people, up: 13, down: 2 },
  });
  await storeExperiment(store, {
    ...since(2),
    id: THIN,
    name: "Shorter questions",
    tool: "travel-planner",
    variants: [of("A", 50), of("B", 50, "One question at a time")],
  });
  await countDays(store, THIN, daysBack(1), {
    A: { people: 24, up: 9, down: 5 },
    B: { people: 23, up: 12, down: 5 },
  });
  await storeExperiment(store, {
    ...since(5),
    id: UNFAIR,
    name: "Mini model for key terms",
    tool: "email-assistant",
    state: "paused",
    pausedAt: now,
    pause: { code: "guard", letter: "B", guard: "errors" },
    variants: [of("A", 50), of("B", 50, "A smaller model")],
  });
  await countDays(store, UNFAIR, daysBack(1), {
    A: { people: 135, up: 41, down: 6, turns: 300, failed: 1 },
    B: { people: 80, up: 25, down: 2, turns: 200, failed: 22, failedFirst: 30 },
  });
  await storeExperiment(store, {
    ...since(15, 4),
    id: FOUR,
    name: "Four ways to list",
    tool: "code-helper",
    state: "ended",
    endedAt: now,
    variants: [
      of("A", 25),
      of("B", 25, "List before prose"),
      of("C", 25, "Prose before list"),
      of("D", 25, "A table where there is one, and otherwise a list with the reasons below it"),
    ],
  });
  await countDays(store, FOUR, daysBack(15), {
    A: { ...people, up: 9, down: 6 },
    B: { ...people, up: 10, down: 5 },
    C: { ...people, up: 9, down: 6 },
    D: { ...people, up: 10, down: 5 },
  });
}

/** An experiment with the longest texts that may be typed, and a draft without its tool. */
async function seedOdd({ deps: { store, calendar } }: Awaited<ReturnType<typeof openWorld>>) {
  const content = {
    systemPrompt: "Ask first. ".repeat(400),
    model: "gpt-6-luna",
    effort: null,
    temperature: 1,
    maxTokens: 500,
  };
  const startedAt = Date.now() - DAY;
  await storeExperiment(store, {
    id: LONG,
    tool: "recipe-helper",
    name: "W".repeat(80),
    measure: { code: "phrase", phrase: "Z".repeat(100) },
    startedAt,
    shareChanges: [{ at: startedAt, shares: [50, 50] }],
    contents: { A: content, B: { ...content, systemPrompt: "أهلا ".repeat(400) } },
    variants: [
      { letter: "A", note: "", share: 50 },
      { letter: "B", note: "M".repeat(200), share: 50 },
    ],
  });
  const counts = { people: 1_200, turns: 99_999, conversations: 4_000 };
  await countDays(store, LONG, [calendar.dayOf(startedAt)], {
    A: { ...counts, reached: 300 },
    B: { ...counts, reached: 600 },
  });
  await storeExperiment(store, {
    id: TOOLLESS,
    tool: "gone-for-good",
    name: "Planned once",
    state: "draft",
    contents: { B: content },
  });
}

/** Starts an experiment of the general assistant by its form; the address of its report. */
async function plan(page: Page, url: string, name: string): Promise<string> {
  await page.goto(`${url}${HOME}/new?tool=${TOOL}`);
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("What differs in B").fill("Greets");
  await page.locator("[id='B.own'] > summary").click();
  await page.getByLabel("Prompt", { exact: true }).fill("Greet first, then answer.");
  await page.getByRole("button", { name: "Start experiment" }).click();
  await page.waitForURL(/done=started/);
  return page.url().split("?")[0] ?? "";
}

const PHONE: BrowserContextOptions = {
  viewport: { width: 390, height: 844 },
  isMobile: true,
  hasTouch: true,
};

/** A new person on the page asks, and rates the reply. */
async function asksAndRates(context: BrowserContext, url: string, good: boolean): Promise<void> {
  const page = await context.newPage();
  await openChat(page, url);
  await page.locator("#message").fill("How do we plan a workshop?");
  await page.locator(".composer [type=submit]").click();
  await settled(page);
  const answered = page.waitForResponse((answer) => answer.url().endsWith("/rate"));
  await page.getByRole("button", { name: good ? "Good answer" : "Bad answer" }).click();
  await answered;
  await context.close();
}

test(
  "an experiment is planned, started, had by twenty people on page and phone, read, stopped, and its version becomes the tool",
  async ({ page, server: { url } }) => {
    await signIn(page, url);
    await page.goto(`${url}/admin/tools/${TOOL}`);
    await page.locator("main .menu > summary").click();
    await page.getByRole("link", { name: "Start an experiment" }).click();
    await page.waitForURL(/experiments\/new/);
    const report = await plan(page, url, "Warmer greeting");
    const browser = page.context().browser();
    assert.ok(browser);
    for (let i = 0; i < 16; i++) {
      const context = await browser.newContext(i % 2 === 0 ? {} : PHONE);
      await asksAndRates(context, url, i % 4 !== 0);
    }
    twilio.connect(url, PUBLIC);
    for (let i = 0; i < 4; i++) {
      const phone = twilio.phone(`+4179111000${i}`);
      await phone.says("How do we plan a workshop?");
      await until("a reply on the phone", () => phone.texts().length > 0);
    }
    const table = page.getByRole("table", { name: "The two variants" });
    await until("twenty people", async () => {
      await page.goto(report);
      const people = await table.locator("tbody td:nth-child(2)").allInnerTexts();
      return people.reduce((sum, text) => sum + Number(text), 0) === 20;
    });
    const rated = await table.locator("tbody td:nth-child(3)").allInnerTexts();
    const sums = rated.map((text) => text.split(" of ").map(Number));
    assertEquals([sums[0]?.[0], sums[1]?.[0]].reduce((a = 0, b = 0) => a + b, 0), 12);
    assertEquals([sums[0]?.[1], sums[1]?.[1]].reduce((a = 0, b = 0) => a + b, 0), 16);
    await page.getByText("Too early to say.").waitFor();
    await page.getByText("At least 20 ratings each are needed").waitFor();

    await page.getByRole("button", { name: "Pause" }).click();
    await page.getByText("Paused by").waitFor();
    // Whoever comes now gets the tool as it is, and is not counted.
    await asksAndRates(await browser.newContext(), url, true);
    await page.locator("main .menu > summary").click();
    await page.getByRole("button", { name: "Make B the tool" }).click();
    await page.waitForURL(/done=promoted/);
    await page.getByText("Ended: B became version 2").waitFor();
    assertEquals(
      (await table.locator("tbody td:nth-child(2)").allInnerTexts()).map(Number)
        .reduce((sum, count) => sum + count, 0),
      20,
    );
    await page.goto(`${url}/admin/tools/${TOOL}`);
    assertEquals(await page.inputValue("#systemPrompt"), "Greet first, then answer.");
    assertEquals(await page.getByText("runs with this tool").count(), 0);
    await page.goto(`${url}/admin/tools/${TOOL}/versions`);
    await page.getByText("Version 1", { exact: true }).waitFor();
  },
);

test(
  "an experiment is planned, started, its shares changed and ended by the keyboard alone, without JavaScript",
  async ({ page, server: { url } }) => {
    await signIn(page, url);
    const go = (to: RegExp, key = "Enter") =>
      Promise.all([page.waitForURL(to), page.keyboard.press(key)]);
    const submitted = (key = "Enter") =>
      Promise.all([page.waitForEvent("load"), page.keyboard.press(key)]);
    await tabTo(page, /^a# Experiments/);
    await go(/\/admin\/experiments$/);
    await tabTo(page, /^a# Plan an experiment/);
    await go(/new$/);
    await tabTo(page, /^a# .*Writing Coach|^a# .*Language/);
    await go(/tool=/);
    await tabTo(page, /#name/);
    await page.keyboard.insertText("By keyboard");
    // Enter in a field asks for the forecast again; nothing is stored.
    await submitted();
    assertEquals(await page.inputValue("#name"), "By keyboard");
    await tabTo(page, /^input#B\.note/);
    await page.keyboard.insertText("Greets");
    await tabTo(page, /^summary# B in full/);
    await page.keyboard.press("Enter");
    await tabTo(page, /^textarea#B\.systemPrompt/);
    await page.keyboard.press("Control+A");
    await page.keyboard.insertText("Greet first.");
    await tabTo(page, /^button# Add a version/);
    await submitted();
    assertEquals(await page.inputValue("[name='B.systemPrompt']"), "Greet first.");
    await page.locator("[name='C.note']").waitFor();
    await tabTo(page, /^summary# C in full/);
    await page.keyboard.press("Enter");
    await tabTo(page, /^button# Remove C/);
    await submitted();
    assertEquals(await page.locator("[name='C.note']").count(), 0);
    await tabTo(page, /^input# ?Rated good/);
    for (let i = 0; i < 5; i++) await page.keyboard.press("ArrowDown");
    await tabTo(page, /^input#turns/);
    await page.keyboard.press("Control+A");
    await page.keyboard.insertText("3");
    await tabTo(page, /^button# Save draft/);
    await go(/done=saved/);
    await page.screenshot();
    assert.match(await focused(page), /^p# Saved as a draft/);
    await tabTo(page, /^button# Start experiment/);
    await go(/done=started/);
    await tabTo(page, /^summary# Shares/);
    await page.keyboard.press("Enter");
    for (const [letter, share] of [["A", "90"], ["B", "10"]]) {
      await tabTo(page, new RegExp(`#${letter}\\.share`));
      await page.keyboard.press("Control+A");
      await page.keyboard.insertText(share ?? "");
    }
    await tabTo(page, /^button# Change shares/);
    await go(/done=shares/);
    await page.getByText("90 and 10% of the people").waitFor();
    await tabTo(page, /^summary# More for/);
    await page.keyboard.press("Enter");
    await tabTo(page, /^button# End without a change/);
    await go(/done=ended/);
    await page.getByText("Ended", { exact: true }).waitFor();
  },
  { javaScriptEnabled: false },
);

const VIEWS = [
  HOME,
  `${HOME}/new`,
  `${HOME}/new?tool=${TOOL}`,
  `${HOME}/${TOOLLESS}`,
  ...[CLEAR, THIN, UNFAIR, FOUR, LONG].flatMap((id) => [`${HOME}/${id}`, `${HOME}/${id}/print`]),
  "/admin/tools/math-tutor",
];

test(
  "axe finds nothing on the pages of experiments, in all looks, and none is too wide",
  async ({ page, server: { url } }) => {
    await signIn(page, url);
    for (const view of VIEWS) {
      const answer = await page.goto(url + view);
      assertEquals(answer?.status(), 200, view);
      await page.locator("main details").evaluateAll((all) =>
        all.forEach((details) => details.setAttribute("open", ""))
      );
      await assertAccessibleInAllLooks(page, view, [360, 1280], async (about) => {
        const below = await page.evaluate(
          "document.documentElement.scrollHeight - document.querySelector('main').getBoundingClientRect().bottom - scrollY",
        );
        assert.ok(Number(below) < 5, `${about}: ${below} px of nothing below`);
      });
    }
  },
  { viewport: { width: 1280, height: 900 }, bypassCSP: true, reducedMotion: "reduce" },
);

test("pages of experiments fit 320 px with text of 200%", async ({ page, server: { url } }) => {
  await signIn(page, url);
  await page.setViewportSize({ width: 320, height: 900 });
  for (const view of VIEWS.filter((view) => view.startsWith(HOME))) {
    await page.goto(url + view);
    await page.evaluate("document.documentElement.style.fontSize = '200%'");
    assertEquals(await page.evaluate("document.documentElement.scrollWidth"), 320, view);
  }
});

test("the effect's chart is drawn, told in words and shown as a table", async ({ page, server: { url } }) => {
  await signIn(page, url);
  await page.goto(`${url}${HOME}/${CLEAR}`);
  const chart = page.getByRole("img", { name: /Gain of B over A.*above zero since day \d+/ });
  const box = await chart.boundingBox();
  const line = await chart.locator("polyline.line").boundingBox();
  assert.ok(box && line && line.width > box.width * 0.6, JSON.stringify([box, line]));
  await page.getByText("Show as a table").click();
  await page.getByRole("cell", { name: "63 of 105" }).waitFor();
  assertEquals(await page.getByRole("img", { name: /^between \d+% and \d+%$/ }).count(), 2);
});
