import type { Page } from "playwright-core";
import { ADMIN_ENV, signIn } from "../support/admin_page.ts";
import { assertEquals } from "../support/assert.ts";
import { assertAccessible } from "../support/axe.ts";
import { browserSuite } from "../support/browser.ts";
import { until } from "../support/wait.ts";

const HOME = "/admin/experiments";
const { test } = browserSuite({ env: ADMIN_ENV });

const offer = (page: Page) => page.getByText("This browser has a plan of yours");
const field = (page: Page, name: string) => page.locator(`[name="${name}"]`);

/** Opens a page and waits for its islands. */
async function open(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await page.waitForLoadState("networkidle");
}

/** Waits until the browser keeps a text. */
async function kept(page: Page, text: string): Promise<void> {
  const all = "JSON.stringify({ ...localStorage })";
  await until("the browser's draft", async () => String(await page.evaluate(all)).includes(text));
}

test(
  "a plan that is typed and left is offered again with all its versions, until it is saved",
  async ({ page, server: { url } }) => {
    const plan = `${url}${HOME}/new?tool=math-tutor`;
    await signIn(page, url);
    await open(page, plan);
    await page.getByRole("button", { name: "Add a version" }).click();
    await field(page, "C.note").waitFor();
    await page.waitForLoadState("networkidle");
    await field(page, "name").fill("Not saved yet");
    await page.locator("[id='B.own'] > summary").click();
    await field(page, "B.systemPrompt").fill("First line.\n\nThird <b>line</b>.");
    await page.getByText("Says a phrase").click();
    await field(page, "phrase").fill("شكرا");
    await page.locator("[name=guard]").uncheck();
    await kept(page, "شكرا");
    await page.goto(`${url}${HOME}`);
    await open(page, plan);
    await offer(page).waitFor();
    assertEquals(await field(page, "C.note").count(), 0);
    await page.getByRole("button", { name: "Put it in the form" }).press("Enter");
    await page.getByText("What you typed in this browser is back in the form").waitFor();
    assertEquals(await field(page, "name").inputValue(), "Not saved yet");
    assertEquals(
      await field(page, "B.systemPrompt").inputValue(),
      "First line.\n\nThird <b>line</b>.",
    );
    assertEquals(await page.locator("[name=measure][value=phrase]").isChecked(), true);
    assertEquals(await page.locator("[name=guard]").isChecked(), false);
    assertEquals(await field(page, "C.note").count(), 1);
    await field(page, "C.note").fill("Third");
    await page.getByRole("button", { name: "Save draft" }).click();
    await page.waitForURL(/done=saved/);
    await page.waitForLoadState("networkidle");
    assertEquals(await page.evaluate("localStorage.length"), 0);
    await open(page, plan);
    assertEquals(await offer(page).count(), 0);
  },
);

test(
  "changes of a draft are offered until they are thrown away, and none after a start",
  async ({ page, server: { url } }) => {
    await signIn(page, url);
    const plan = `${url}${HOME}/new?tool=travel-planner`;
    await open(page, plan);
    await field(page, "name").fill("Warmer");
    await page.locator("[id='B.own'] > summary").click();
    await field(page, "B.systemPrompt").fill("Greet first.");
    await page.getByRole("button", { name: "Save draft" }).click();
    await page.waitForURL(/done=saved/);
    await page.waitForLoadState("networkidle");
    const draft = page.url().split("?")[0] ?? "";
    await field(page, "name").fill("Colder");
    await kept(page, "Colder");
    await open(page, draft);
    assertEquals(await field(page, "name").inputValue(), "Warmer");
    await offer(page).waitFor();
    await assertAccessible(page, "the offer of a plan");
    await page.getByRole("button", { name: "Throw it away" }).click();
    await offer(page).waitFor({ state: "detached" });
    await open(page, draft);
    assertEquals(await offer(page).count(), 0);
    await field(page, "name").fill("Warmest");
    await page.getByRole("button", { name: "Start experiment" }).click();
    await page.waitForURL(/done=started/);
    await until("no draft", async () => await page.evaluate("localStorage.length") === 0);
    await page.getByRole("heading", { name: "Warmest" }).waitFor();
  },
  { bypassCSP: true },
);
