import type { Page } from "playwright-core";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { startAnsweringModel } from "@/tests/support/answering_model.ts";
import { assertAccessible } from "@/tests/support/axe.ts";
import { browserSuite } from "@/tests/support/browser.ts";
import { openChat, say, settled } from "@/tests/support/chat_page.ts";
import { said, spoken, withVoices } from "@/tests/support/fake_voices.ts";
import { until } from "@/tests/support/wait.ts";

const REPLIES: Readonly<Record<string, string>> = {
  english: "**Mostly faithful.** 🐑 Two places are not. See:\n\n- The *stone* is a cushion\n\n" +
    "```js\nsilent();\n```\n\nThen ask the team.",
  spanish: "La oveja se perdió en el desierto. El pastor la busca con una lámpara.",
  kikuyu: "Ngai mwega.",
};
const SENTENCES = [
  "Mostly faithful.",
  "Two places are not.",
  "See:",
  "The stone is a cushion",
  "Then ask the team.",
];

const model = startAnsweringModel(({ question }) => REPLIES[question] ?? "What?");
Deno.test.afterAll(async () => await model[Symbol.asyncDispose]());
const { test } = browserSuite({ env: model.env });

const marked = (page: Page) =>
  page.evaluate(() => [...CSS.highlights.get("reading") ?? []].map(String).join());

async function ask(page: Page, origin: string, question: string): Promise<void> {
  await openChat(page, origin);
  await say(page, question);
  await settled(page);
}

const readAloud = (page: Page) => page.getByRole("button", { name: "Read aloud" });
const control = (page: Page, name: string) =>
  page.getByRole("region", { name: "Reading aloud" }).getByRole("button", { name });

test("reading aloud: nothing loads or sounds before it is asked for, then sentence by sentence", async ({ page, server, requests }) => {
  await withVoices(page);
  await ask(page, server.url, "english");
  assertEquals(await said(page), []);
  assert.ok(!requests.some((url) => /reader/.test(url)), "Not loaded with the page");
  const first = page.locator(".reply .actions > :first-child");
  assertEquals(await first.getAttribute("aria-label"), "Read aloud");
  await readAloud(page).click();
  for (const [index, sentence] of SENTENCES.entries()) {
    const { text, lang, voice, rate } = await spoken(page, index + 1);
    assertEquals([text, lang, voice, rate], [sentence, "en_GB", "Local", 1]);
    assertEquals((await marked(page)).replace(/🐑|\s+/gu, " ").trim(), sentence);
    const place = `Sentence ${index + 1} of ${SENTENCES.length}`;
    assertEquals(await page.locator(".reader .meta").textContent(), place);
    await page.evaluate(() => self.end());
  }
  assert.ok(requests.some((url) => /reader\.css/.test(url)));
  await page.locator(".reader").waitFor({ state: "detached" });
  assertEquals(await page.locator("#hints > .sr").innerText(), "Read to the end.");
  assertEquals([(await said(page)).length, await marked(page)], [SENTENCES.length, ""]);
});

test(
  "reading aloud: two presses while its style sheet loads begin one reading, which goes on",
  async ({ page, server, expect }) => {
    // A service worker would load the sheet past the delay below.
    expect(/registration blocked/);
    await withVoices(page);
    await ask(page, server.url, "english");
    await page.route(/reader\.css/, async (route) => {
      await new Promise((done) => setTimeout(done, 700));
      await route.continue();
    });
    for (let i = 0; i < 2; i++) await readAloud(page).click();
    await spoken(page, 1);
    await new Promise((done) => setTimeout(done, 1_000));
    assertEquals(await page.locator(".reader").count(), 1);
    await page.evaluate(() => self.end());
    assertEquals((await spoken(page, 2)).text, SENTENCES[1]);
  },
  { serviceWorkers: "block" },
);

test("reading aloud: pause, next, before, speed and stop by keyboard alone", async ({ page, server }) => {
  await withVoices(page);
  await ask(page, server.url, "english");
  await page.reload();
  await page.locator("html.js").waitFor({ state: "attached" });
  await readAloud(page).focus();
  await page.keyboard.press("Enter");
  await spoken(page, 1);
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute("aria-label"));
  await until("the focus", async () => await focused() === "Pause");
  await page.keyboard.press("Space");
  await control(page, "Read on").waitFor();
  assertEquals(await page.locator(".reader [role=status]").innerText(), "Paused");
  assertEquals(await focused(), "Read on");
  await page.keyboard.press("Tab");
  assertEquals([
    await focused(),
    await control(page, "Sentence before").getAttribute("aria-disabled"),
  ], [
    "Sentence before",
    "true",
  ]);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await until("the mark", async () => (await marked(page)).includes("Two places are not."));
  assertEquals((await said(page)).length, 1, "A pause is silent");
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Enter");
  assertEquals((await spoken(page, 2)).text, SENTENCES[1]);
  await control(page, "Next sentence").press("Enter");
  assertEquals((await spoken(page, 3)).text, SENTENCES[2]);
  await control(page, "Sentence before").press("Enter");
  assertEquals((await spoken(page, 4)).text, SENTENCES[1]);
  await control(page, "Speed: 1").press("Enter");
  const faster = await spoken(page, 5);
  assertEquals([faster.text, faster.rate], [SENTENCES[1], 1.25]);
  await page.keyboard.press("Escape");
  await page.locator(".reader").waitFor({ state: "detached" });
  assertEquals([await focused(), await marked(page)], ["Read aloud", ""]);
  await page.evaluate(() => self.end());
  assertEquals((await said(page)).length, 5, "What was ended goes on with nothing");
});

test("reading aloud: in the reply's language, with voices that load late", async ({ page, server }) => {
  await withVoices(page, { lateMs: 700 });
  await ask(page, server.url, "spanish");
  await readAloud(page).click();
  const { lang, voice } = await spoken(page, 1);
  assertEquals([lang, voice], ["es-MX", "Paulina"]);
  await control(page, "Stop reading").click();
  await say(page, "kikuyu");
  await settled(page, 2);
  // A press on another reply goes over to it; a second press on the same one ends it.
  await readAloud(page).nth(0).click();
  await spoken(page, 2);
  await readAloud(page).nth(1).click();
  assertEquals((await spoken(page, 3)).text, "Ngai mwega.");
  assertEquals(await page.locator(".reader").count(), 1);
  await readAloud(page).nth(1).click();
  await page.locator(".reader").waitFor({ state: "detached" });
});

test("reading aloud: a device that cannot says so, and one that wants a press waits for it", async ({ page, server }) => {
  await withVoices(page);
  await ask(page, server.url, "english");
  await readAloud(page).click();
  await spoken(page, 1);
  await page.evaluate(() => self.end("not-allowed"));
  await control(page, "Read on").click();
  await spoken(page, 2);
  await page.evaluate(() => self.end("synthesis-failed"));
  const status = page.locator("#hints > .sr");
  await page.locator(".reader").waitFor({ state: "detached" });
  assertEquals(await status.innerText(), "This device cannot read aloud now.");
  await page.evaluate(() => {
    self.silent = true;
  });
  await readAloud(page).click();
  await page.locator(".reader").waitFor();
  await page.locator(".reader").waitFor({ state: "detached" });
  assertEquals(await status.innerText(), "This device cannot read aloud now.");
});

test("reading aloud: a browser without any voice, as this one, says so", async ({ page, server }) => {
  await ask(page, server.url, "english");
  await readAloud(page).click();
  const status = page.locator("#hints > .sr");
  await until(
    "the reason",
    async () => await status.innerText() === "This device cannot read aloud now.",
  );
  assertEquals([await page.locator(".reader").count(), await marked(page)], [0, ""]);
});

test("reading aloud: on a page of older messages the strip stays in the window", async ({ page, server }) => {
  await withVoices(page);
  await ask(page, server.url, "english");
  await page.goto(`${page.url().split("#")[0]}?before=2`);
  await page.locator("html.js").waitFor({ state: "attached" });
  assertEquals(await page.locator("#composer").count(), 0);
  await readAloud(page).click();
  await spoken(page, 1);
  const box = await page.locator(".reader").boundingBox();
  assert.ok(box && box.y + box.height <= 800 && box.y > 600, JSON.stringify(box));
  await control(page, "Stop reading").click();
  await page.locator(".reader").waitFor({ state: "detached" });
});

test("reading aloud: without speechSynthesis there is no button", async ({ page, server }) => {
  await page.addInitScript(() => {
    delete Object.getPrototypeOf(self).speechSynthesis;
    Reflect.deleteProperty(self, "speechSynthesis");
  });
  await ask(page, server.url, "english");
  assertEquals(await page.evaluate(() => "speechSynthesis" in self), false);
  assertEquals([await readAloud(page).count(), await page.locator("[data-aloud]").count()], [0, 1]);
});

for (const width of [320, 1280]) {
  test(
    `reading aloud: no findings of axe at ${width} px, and nothing is cut off`,
    async ({ page, server }) => {
      await withVoices(page);
      await ask(page, server.url, "english");
      await readAloud(page).click();
      await spoken(page, 1);
      await assertAccessible(page, `${width} px`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
      assertEquals(wide, false);
      if (Deno.env.has("READER_SHOTS")) {
        await page.screenshot({ path: `${Deno.env.get("READER_SHOTS")}/${width}.png` });
      }
      const small = await page.locator(".reader button").evaluateAll((all) =>
        all.filter((each) => each.getBoundingClientRect().height < 44).length
      );
      assertEquals(small, 0);
    },
    { viewport: { width, height: 700 }, bypassCSP: true },
  );
}
