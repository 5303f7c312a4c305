import type { Locator, Page } from "playwright-core";
import { ADMIN_ENV, openEditor, signIn } from "../support/admin_page.ts";
import { answerAndJudge, startAnsweringModel } from "../support/answering_model.ts";
import { assert, assertEquals } from "../support/assert.ts";
import { assertAccessibleInAllLooks } from "../support/axe.ts";
import { browserSuite } from "../support/browser.ts";
import { focused, tabTo } from "../support/keyboard.ts";
import { openWorld } from "../support/world.ts";

const HOME = "/admin/golden";
const WHY = "Asks no question to the team, and proposes a wording";
/** A tool for each test, so that none sees another's examples. */
const [WRITTEN, DRAFTED, PLAIN, SEEN, KEYS] = [
  "math-tutor",
  "general-assistant",
  "email-assistant",
  "travel-planner",
  "code-helper",
];
const QUESTIONS = [
  "This one is hard: our back-translation ends at Mark 16:8. Is it a mistake that 16:9–20 is missing?",
  "Is ‘lamb’ right for us? That is hard.",
  "An easy one: who is ‘he’ in verse 4?",
  "Check Ruth 1 against this",
];
const EXPECTS = "Says that early copies end at verse 8, and leaves the decision to the team.";

/** Replies to questions with "slow" wait for it. */
const released = Promise.withResolvers<void>();
const model = startAnsweringModel(async (asked) => {
  if (asked.question.includes("slow")) await released.promise;
  return answerAndJudge(WHY)(asked);
});
const folder = await Deno.makeTempDir({ prefix: "obt-helper-golden-" });
const kvPath = `${folder}/kv.sqlite`;
{
  await using world = await openWorld({ path: kvPath });
  for (const tool of [DRAFTED, PLAIN, SEEN, KEYS]) {
    for (const question of QUESTIONS) {
      await world.services.golden.saveExample("ada@example.org", tool ?? "", null, {
        question,
        expects: EXPECTS,
      });
    }
  }
}
const { test } = browserSuite({ kvPath, env: { ...ADMIN_ENV, ...model.env } });
Deno.test.afterAll(async () => {
  await model[Symbol.asyncDispose]();
  await Deno.remove(folder, { recursive: true });
});

/** Sees a run of the list's form through to its page, with all replies. */
async function ran(page: Page): Promise<void> {
  await page.waitForURL(/\/runs\//);
  // Without JavaScript the page is looked at again.
  for (const look = page.getByRole("link", { name: "Look again" }); await look.count() > 0;) {
    await look.click().catch(() => {});
    await page.waitForLoadState();
  }
}

test("an example is written, run against another model at the price shown, and the page follows the run", async ({ page, server: { url } }) => {
  await signIn(page, url);
  await page.getByRole("link", { name: "Golden conversations" }).first().click();
  await page.waitForURL(url + HOME);
  await page.getByRole("combobox", { name: "Tool" }).selectOption(WRITTEN ?? "");
  await page.getByRole("button", { name: "Show", exact: true }).click();
  await page.getByText("Write five questions that people really ask").waitFor();
  await page.getByRole("link", { name: "New example" }).click();
  await page.getByLabel("Question").fill("This is slow: <b>why</b>?");
  await page.getByLabel("A good answer").fill(EXPECTS);
  await page.getByRole("button", { name: "Save example" }).click();
  await page.getByText("Saved.").waitFor();
  await page.getByRole("link", { name: "This is slow: <b>why</b>?" }).waitFor();
  await page.getByLabel("Compare the version in use with").selectOption({ label: "gpt-6-sol" });
  // Its price has not been shown: nothing is run yet.
  await page.getByRole("button", { name: /^Run against/ }).click();
  await page.waitForURL(/with=model%3Agpt-6-sol/);
  const asked = model.asked.length;
  await page.getByRole("button", { name: /^Run against gpt-6-sol · [<\d.]+¢$/ }).click();
  await page.waitForURL(/\/runs\//);
  const run = new URL(page.url()).pathname;
  await page.getByRole("heading", { name: "0 of 2 replies are there." }).waitFor();
  await page.getByRole("button", { name: "Stop" }).waitFor();
  released.resolve();
  // The page follows it by itself.
  await page.getByRole("heading", { name: "1 example waits to be judged." }).waitFor();
  assertEquals(model.asked.length - asked, 2);
  await page.getByRole("link", { name: "Judge blind yourself" }).click();
  await page.waitForURL(`${url}${run}/judge`);
});

test("a draft is run in its editor: the panel and the save bar say what got worse, and that it changed since", async ({ page, server: { url } }) => {
  await signIn(page, url);
  await openEditor(page, `${url}/admin/tools/${DRAFTED}`);
  const prompt = page.locator("#systemPrompt");
  await prompt.fill("DRAFT: say it shorter.");
  await page.getByRole("button", { name: /^Run 4 examples: / }).click();
  const panel = page.getByRole("region", { name: "Golden conversations" });
  await panel.getByText("2 of 4 got worse").waitFor();
  assertEquals(await prompt.inputValue(), "DRAFT: say it shorter.");
  await panel.getByText("1 the same, 1 better.").waitFor();
  assertEquals(await panel.getByText(WHY).count(), 2);
  const bar = page.locator(".save");
  await bar.getByRole("link", { name: "2 of 4 golden conversations got worse" }).waitFor();
  await bar.getByText("Prompt changed.").waitFor();
  assertEquals(await bar.getByRole("button", { name: /^Save version 2/ }).count(), 1);
  const since = panel.getByText("The draft has changed since this run.");
  assertEquals(await since.count(), 0);
  await prompt.fill("DRAFT: say it even shorter.");
  await since.waitFor();
  await prompt.fill("DRAFT: say it shorter.");
  await since.waitFor({ state: "hidden" });
  // Another run, of another draft, in which nothing got worse.
  await prompt.fill("Say it shorter.");
  await panel.getByRole("button", { name: /^Run again: / }).click();
  await panel.getByText("All the same").waitFor();
  assertEquals(await bar.getByText("got worse").count(), 0);
  assertEquals(await since.count(), 0);
  // A draft that the browser kept comes back without what was said of another one.
  await page.goto(`${url}/admin/tools/${DRAFTED}`);
  await bar.getByRole("button", { name: "Put it in the form" }).click();
  assertEquals(await prompt.inputValue(), "Say it shorter.");
  await bar.getByText("Prompt changed.").waitFor();
});

test(
  "without JavaScript a draft is run and looked at again, and what was typed stays",
  async ({ page, server: { url } }) => {
    await signIn(page, url);
    await page.goto(`${url}/admin/tools/${PLAIN}`);
    await page.locator("#systemPrompt").fill("DRAFT without a script.");
    const press = (button: Locator) => Promise.all([page.waitForEvent("load"), button.click()]);
    await press(page.getByRole("button", { name: /^Run 4 examples: / }));
    const look = page.getByRole("button", { name: "Look again" });
    while (await look.count() > 0) await press(look);
    await page.getByText("2 of 4 got worse", { exact: true }).waitFor();
    await page.getByRole("link", { name: "2 of 4 golden conversations got worse" }).waitFor();
    assertEquals(await page.inputValue("#systemPrompt"), "DRAFT without a script.");
    await page.getByRole("region", { name: "Golden conversations" }).getByRole("link", {
      name: /hard: our back-translation/,
    }).click();
    await page.getByRole("heading", { name: "Which reply is better?" }).waitFor();
    for (const name of [/^Left is better/, /^Same/, /^Right is better/, /^Same/]) {
      await page.getByRole("button", { name }).click();
    }
    await page.getByRole("heading", { name: "You have judged all of them." }).waitFor();
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByRole("button", { name: "Skip" }).click();
    await page.getByRole("button", { name: /^Left is better/ }).click();
    await page.getByRole("link", { name: "See the result" }).click();
    await page.getByRole("cell", { name: "ada@example.org" }).first().waitFor();
  },
  { javaScriptEnabled: false },
);

test("pairs are judged by the keyboard alone: arrows, one pair a press, undo and skip by Tab", async ({ page, server: { url } }) => {
  await signIn(page, url);
  await page.goto(`${url}${HOME}?tool=${KEYS}`);
  await tabTo(page, /^button# Run against/);
  await page.keyboard.press("Enter");
  await ran(page);
  await page.getByText("4 examples wait to be judged.").waitFor();
  await tabTo(page, /^a# Judge blind yourself/);
  await page.keyboard.press("Enter");
  const place = page.locator(".head .num");
  const at = async (count: number) => {
    await place.getByText(`${count} of 4`).waitFor();
  };
  const pressed = (key: string) =>
    Promise.all([page.waitForEvent("load"), page.keyboard.press(key)]);
  await page.waitForURL(/judge$/);
  await page.waitForLoadState("networkidle");
  await at(1);
  await pressed("ArrowLeft");
  await page.waitForLoadState("networkidle");
  await at(2);
  // Inside of the page, too, and with the pointer's focus on it.
  await page.locator(".pair .prose").first().click();
  await pressed("ArrowRight");
  await page.waitForLoadState("networkidle");
  await at(3);
  await tabTo(page, /^button# Undo/);
  await pressed("Enter");
  await page.waitForLoadState("networkidle");
  await pressed("ArrowDown");
  await page.waitForLoadState("networkidle");
  await at(3);
  await tabTo(page, /^button# Skip/);
  await pressed("Enter");
  await page.waitForLoadState("networkidle");
  // With other keys held they are the browser's.
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Control+ArrowDown");
  await at(3);
  await pressed("ArrowDown");
  await page.waitForLoadState("networkidle");
  await at(4);
  await pressed("ArrowDown");
  await page.getByRole("heading", { name: "You have judged all of them." }).waitFor();
  await tabTo(page, /^a# See the result/);
  await page.keyboard.press("Enter");
  await page.getByText(/were the same|was the same|No difference in/).first().waitFor();
  assert.match(await focused(page), /^body/);
});

test(
  "axe finds nothing on the pages of golden conversations, in all looks, and none is too wide",
  async ({ page, server: { url } }) => {
    await signIn(page, url);
    await page.goto(`${url}/admin/tools/${SEEN}`);
    await page.locator("html.js").waitFor({ state: "attached" });
    await page.locator("#systemPrompt").fill("DRAFT.");
    await page.getByRole("button", { name: /^Run (4 examples|again)/ }).click();
    await page.getByText("2 of 4 got worse", { exact: true }).waitFor();
    await assertAccessibleInAllLooks(page, "editor");
    const judge = page.getByRole("link", { name: "Judge blind yourself" });
    const href = await judge.getAttribute("href") ?? "";
    const run = href.replace(/\/judge$/, "");
    const example = `${HOME}/${SEEN}/new`;
    for (
      const view of [`${HOME}?tool=${SEEN}`, `${HOME}?tool=recipe-helper`, example, run, href]
    ) {
      const answer = await page.goto(url + view);
      assertEquals(answer?.status(), 200, view);
      await assertAccessibleInAllLooks(page, view);
    }
  },
  { bypassCSP: true, reducedMotion: "reduce" },
);

test("pages of golden conversations fit 320 px with text of 200%", async ({ page, server: { url } }) => {
  await signIn(page, url);
  await page.setViewportSize({ width: 320, height: 900 });
  await page.goto(`${url}${HOME}?tool=${SEEN}`);
  const judge = await page.getByRole("link", { name: /^Judge/ }).getAttribute("href") ?? "";
  for (
    const view of [
      `${HOME}?tool=${SEEN}`,
      `${HOME}/${SEEN}/new`,
      judge,
      judge.replace(/\/judge$/, ""),
    ]
  ) {
    await page.goto(url + view);
    await page.evaluate("document.documentElement.style.fontSize = '200%'");
    assertEquals(await page.evaluate("document.documentElement.scrollWidth"), 320, view);
  }
});
