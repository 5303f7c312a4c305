import type { Page } from "playwright-core";
import { FAULTS } from "../simulators/twilio_faults.ts";
import { TwilioSimulator } from "../simulators/twilio.ts";
import { EMAIL, OTHER, PASSWORD } from "../support/admin.ts";
import { openSection } from "../support/admin_page.ts";
import { assert, assertEquals } from "../support/assert.ts";
import { assertAccessibleInAllLooks } from "../support/axe.ts";
import { browserSuite } from "../support/browser.ts";

const HOME = "/admin/whatsapp";
const PUBLIC = "http://helper.example";

const twilio = await TwilioSimulator.start();
const { test } = browserSuite({
  env: {
    ADMIN_PASSWORD: PASSWORD,
    ALLOWED_ADMIN_EMAILS: [EMAIL, OTHER, "alan@example.org"].join(","),
    RATE_LIMIT_ADMIN_PER_5MIN: "1000",
    MOCK_PACE_MS: "0",
    WHATSAPP_DEBOUNCE_MS: "200",
    PUBLIC_URL: PUBLIC,
    ...twilio.env(),
  },
});
Deno.test.afterAll(() => twilio.close());

async function signIn(page: Page, origin: string, email = EMAIL): Promise<void> {
  await page.goto(`${origin}/admin/login`);
  await page.fill('[name="email"]', email);
  await page.fill('[name="password"]', PASSWORD);
  await page.click('main button[type="submit"]');
  await page.waitForURL(`${origin}/admin`);
}

/** Offers a tool on WhatsApp through the admin pages. */
async function offer(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}/admin/tools/general-assistant`);
  await openSection(page, "WhatsApp");
  const box = page.getByLabel("Answer on WhatsApp too");
  if (await box.isChecked()) return;
  await box.check();
  await page.fill("#whatsappScope", "Questions on planning workshops.");
  await page.locator(".save [type=submit]").click();
  await page.waitForURL(/done=saved/);
}

async function says(page: Page, text: string): Promise<void> {
  await page.getByLabel("Message", { exact: true }).fill(text);
  await Promise.all([
    page.waitForEvent("load"),
    page.getByLabel("Message", { exact: true }).press("Enter"),
  ]);
}

const bubbles = (page: Page) => page.locator(".phone .ours:not(.typing)").allInnerTexts();

for (const javaScriptEnabled of [true, false]) {
  test(
    `the simulator talks to the bot, and an admin takes over, answers and hands back, ${
      javaScriptEnabled ? "with" : "without"
    } JavaScript`,
    async ({ page, server: { url }, expect }) => {
      // A separate phone for each run, with its own rate limit.
      await signIn(page, url, javaScriptEnabled ? EMAIL : OTHER);
      await offer(page, url);
      await page.getByRole("link", { name: "WhatsApp", exact: true }).press("Enter");
      await page.getByRole("link", { name: "Simulator" }).press("Enter");
      await page.getByRole("button", { name: "HELP" }).press("Enter");
      await page.waitForURL(/#message/);
      assertEquals((await bubbles(page)).length, 1);
      await says(page, "1");
      const before = (await bubbles(page)).length;
      await page.getByRole("button", { name: "Five messages quickly" }).press("Enter");
      await page.locator(".phone .theirs").nth(6).waitFor();
      const five = (await bubbles(page)).slice(before);
      assert.ok(five.length >= 1 && five.join().length > 20, five.join());
      const replies = await page.locator(".phone .ours").count();
      assertEquals(replies - before, 1, "Five messages are answered once");

      await page.getByRole("link", { name: "See it as an admin" }).press("Enter");
      assert.match(await page.locator("main").innerText(), /is not shown/);
      assert.ok(!(await page.locator(".bubbles").innerText()).includes("workshop"));
      await page.getByRole("button", { name: "Take over" }).press("Enter");
      await page.waitForURL(/done=taken-over/);
      assert.match(await page.locator(".bubbles").innerText(), /How do I plan it\?/);
      await page.getByLabel("Write as a human").fill("Hello, this is *Ada*.");
      assertEquals(
        await page.locator("#say-left").innerText(),
        javaScriptEnabled ? "1479 characters left." : "Up to 1500 characters.",
      );
      await page.getByRole("button", { name: "Send", exact: true }).press("Enter");
      await page.waitForURL(/done=said/);
      assert.match(await page.locator(".outbox").innerText(), /By a person.*\n.*this is Ada/s);
      const person = page.url().replace(/[?#].*/, "");

      await page.goto(`${url}${HOME}/simulator`);
      assert.match((await bubbles(page)).at(-1) ?? "", /this is Ada/);
      assertEquals(await page.locator(".phone strong", { hasText: "Ada" }).count(), 1);
      const silent = (await bubbles(page)).length;
      await says(page, "Thank you!");
      assertEquals((await bubbles(page)).length, silent, "The bot is silent");

      await page.goto(person);
      assert.match(await page.locator(".bubbles").innerText(), /Thank you!/);
      await page.getByRole("button", { name: "Hand back to the bot" }).press("Enter");
      await page.waitForURL(/done=handed-back/);
      await page.getByRole("button", { name: "Show the number" }).press("Enter");
      await page.locator(".lead .number").waitFor();
      assert.match(await page.locator(".lead").innerText(), /\+999\d{10}/);

      await page.goto(`${url}${HOME}/simulator`);
      await page.getByRole("button", { name: "STOP" }).press("Enter");
      await page.waitForURL(/#message/);
      await page.getByText("It has opted out").waitFor();
      await page.goto(person);
      assert.match(await page.locator("#say").innerText(), /You cannot write now/);
      await page.goto(`${url}/admin/audit?action=whatsapp`);
      const log = await page.locator(".audit").evaluate((all) => all.textContent ?? "");
      for (const action of ["look", "number", "take"]) {
        assert.match(log, new RegExp(`whatsapp\\.\\w*${action}`));
      }
      assert.ok(!/\+999|workshop|Thank you/.test(log), log);
      await page.goto(`${url}${HOME}/simulator`);
      await page.getByRole("button", { name: "Forget this phone" }).press("Enter");
      await page.getByText("Nothing was said yet").waitFor();
      expect(/404/);
      assertEquals((await page.goto(person))?.status(), 404);
    },
    { javaScriptEnabled },
  );
}

test("an admin who takes over after another one is told who answers, and takes over once they hand back", async ({ page, server: { url }, expect }) => {
  expect(/status of 409/);
  await signIn(page, url, "alan@example.org");
  await offer(page, url);
  await page.goto(`${url}${HOME}/simulator`);
  await says(page, "help");
  await page.getByRole("link", { name: "See it as an admin" }).click();
  const take = page.getByRole("button", { name: "Take over" });
  await take.waitFor();
  const context = await page.context().browser()?.newContext();
  assert.ok(context);
  try {
    const other = await context.newPage();
    await signIn(other, url);
    await other.goto(page.url());
    await other.getByRole("button", { name: "Take over" }).click();
    await other.waitForURL(/done=taken-over/);
    await take.click();
    await page.getByText(`${EMAIL} has taken over already`).waitFor();
    assert.match(await page.locator("main").innerText(), /once they hand back/);
    await other.getByRole("button", { name: "Hand back to the bot" }).click();
    await other.waitForURL(/done=handed-back/);
    await page.goto(page.url());
    await take.click();
    await page.waitForURL(/done=taken-over/);
    await page.getByRole("button", { name: "Hand back to the bot" }).click();
    await page.waitForURL(/done=handed-back/);
  } finally {
    await context.close();
  }
});

test(
  "axe finds nothing on WhatsApp's pages, in all looks, and none is too wide",
  async ({ page, server: { url } }) => {
    twilio.connect(url, PUBLIC);
    await signIn(page, url, "alan@example.org");
    await offer(page, url);
    const faults = [FAULTS.badRequest, FAULTS.optedOut, FAULTS.serverError, FAULTS.failsClosed];
    for (const [i, fault] of faults.entries()) {
      const phone = twilio.phone(`+4179111000${i}`);
      twilio.fault(phone.number, FAULTS.accept, fault);
      await phone.says("help");
      await phone.says("Hello, what can you do?");
    }
    await page.goto(`${url}${HOME}/people?filter=failing`);
    await page.goto(`${url}${HOME}/simulator`);
    await says(page, "hello");
    const people = `${url}${HOME}/people`;
    await page.goto(people);
    const hrefs = await page.locator(".people a").evaluateAll((all) =>
      all.map((each) => each.getAttribute("href") ?? "")
    );
    assert.ok(hrefs.length >= 5, hrefs.join(" "));
    const views = [
      "",
      "/people",
      "/people?filter=blocked&digits=99",
      "/faults",
      "/opt-outs",
      "/simulator",
    ]
      .map((view) => HOME + view);
    for (const view of [...views, ...hrefs]) {
      assertEquals((await page.goto(url + view))?.status(), 200, view);
      await inAllLooks(page, view);
    }
    await page.goto(url + HOME);
    await page.getByRole("button", { name: "Test the connection" }).click();
    await page.locator(".findings").waitFor();
    await inAllLooks(page, "tested");
  },
  { bypassCSP: true, reducedMotion: "reduce" },
);

async function inAllLooks(page: Page, view: string): Promise<void> {
  assertEquals(await page.locator("h1").count(), 1, view);
  await assertAccessibleInAllLooks(page, view);
}
