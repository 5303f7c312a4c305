import type { Page } from "playwright-core";
import { assert, assertEquals } from "../support/assert.ts";
import { browserSuite, type Visit } from "../support/browser.ts";
import { until } from "../support/wait.ts";
import { ADMIN_ENV, signIn } from "../support/admin_page.ts";

const { test } = browserSuite({ env: { ...ADMIN_ENV, MOCK_PACE_MS: "0" } });

/** Opens the overview with a clock that the test moves; returns a counter of its polls. */
async function openOverview({ page, server }: Visit): Promise<() => number> {
  await signIn(page, server.url);
  await page.clock.install();
  await page.goto(`${server.url}/admin`);
  await page.getByText("Live, updated at").waitFor();
  let looks = 0;
  page.on("requestfinished", (request) => looks += isLook(request.url()) ? 1 : 0);
  page.on("requestfailed", (request) => looks += isLook(request.url()) ? 1 : 0);
  return () => looks;
}

const isLook = (url: string) => url.endsWith("/admin/figures");

/** Advances the page's clock until `wanted` polls were answered. */
async function lookedAfter(page: Page, ms: number, looks: () => number, wanted: number) {
  await page.clock.runFor(ms);
  await until(`look ${wanted}`, () => looks() === wanted, 5_000);
}

function replies(page: Page): Promise<string> {
  return page.locator(".figs > div", { hasText: "Replies" }).locator("dd").first().innerText();
}

async function hide(page: Page, hidden: boolean): Promise<void> {
  await page.evaluate((hidden) => {
    Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
    document.dispatchEvent(new Event("visibilitychange"));
  }, hidden);
}

test("the overview's figures update live; focus and opened tables stay", async (visit) => {
  const { page, server: { url } } = visit;
  const looks = await openOverview(visit);
  const before = Number(await replies(page));
  await page.locator(".chart summary").first().click();
  const link = page.locator("#figures .foot a").first();
  await link.focus();
  await page.request.post(`${url}/chat/general-assistant`, {
    form: { action: "send", message: "How do we plan a workshop?" },
  });
  await page.waitForTimeout(500);
  await lookedAfter(page, 15_000, looks, 1);
  await until("the figure to change", async () => Number(await replies(page)) === before + 1);
  assert.ok(await link.evaluate((link) => link === document.activeElement));
  assertEquals(await page.locator(".chart details[open]").count(), 1);
  assertEquals(await page.locator(".live [role=status]").innerText(), "", "It was not read out");
  await page.clock.fastForward(5 * 60_000);
  await page.locator(".live [role=status]", { hasText: "spent today" }).waitFor();
});

test("the overview does not poll while hidden or paused", async (visit) => {
  const { page } = visit;
  const looks = await openOverview(visit);
  await hide(page, true);
  await page.clock.runFor(10 * 60_000);
  assertEquals(looks(), 0);
  await hide(page, false);
  await lookedAfter(page, 1, looks, 1);
  await page.getByRole("button", { name: "Pause" }).click();
  await page.clock.runFor(10 * 60_000);
  assertEquals(looks(), 1);
  await page.getByRole("button", { name: "Go on" }).click();
  await lookedAfter(page, 1, looks, 2);
});

test("the overview backs off without answers, and recovers", async (visit) => {
  const { page, context, expect } = visit;
  expect(/Failed to load resource/);
  const looks = await openOverview(visit);
  await context.route("**/admin/figures", (route) => route.abort());
  await lookedAfter(page, 15_000, looks, 1);
  await page.getByText("No connection, figures of").waitFor();
  await page.clock.runFor(23_000);
  assertEquals(looks(), 1, "It waits for half a minute");
  await lookedAfter(page, 7_000, looks, 2);
  await page.waitForTimeout(100);
  await page.clock.runFor(47_000);
  assertEquals(looks(), 2, "It waits for a minute");
  await context.unroute("**/admin/figures");
  await lookedAfter(page, 13_000, looks, 3);
  await page.getByText("Live, updated at").waitFor();
});

test("the overview stops when its session has ended, and says how to go on", async (visit) => {
  const { page, context } = visit;
  const looks = await openOverview(visit);
  await context.clearCookies();
  await lookedAfter(page, 15_000, looks, 1);
  await page.getByText("Your session has ended, figures of").waitFor();
  await page.clock.runFor(60 * 60_000);
  assertEquals(looks(), 1);
  await page.getByRole("link", { name: "Sign in again" }).click();
  await page.getByLabel("Password").waitFor();
});
