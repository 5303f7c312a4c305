import type { Locator, Page } from "playwright-core";
import { EMAIL, PASSWORD } from "./admin.ts";

/** Settings that open a server's admin area to `EMAIL`. */
export const ADMIN_ENV = {
  ADMIN_PASSWORD: PASSWORD,
  ALLOWED_ADMIN_EMAILS: EMAIL,
  RATE_LIMIT_ADMIN_PER_5MIN: "500",
};

/** Signs in through the login page. */
export async function signIn(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}/admin/login`);
  await page.fill('[name="email"]', EMAIL);
  await page.fill('[name="password"]', PASSWORD);
  await page.click('main button[type="submit"]');
  await page.waitForURL(`${origin}/admin`);
}

/** Opens an editor and waits until its islands are hydrated. */
export async function openEditor(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.locator("html.js").waitFor({ state: "attached" });
}

/** Opens a section of an editor's form, as a person does. */
export async function openSection(page: Page, title: string): Promise<void> {
  const section = page.locator("details.sec", {
    has: page.getByRole("heading", { name: title, exact: true }),
  });
  if (await section.getAttribute("open") === null) await section.locator("summary").click();
}

/** Opens the menu of a tool in the list and presses one of its buttons. */
export async function actOnTool(item: Locator, name: RegExp): Promise<void> {
  await item.locator(".menu > summary").click();
  await item.getByRole("button", { name }).click();
}

/** Opens all sections of a page's form, also where no script runs. */
export async function openSections(page: Page): Promise<void> {
  const closed = page.locator("details.sec:not([open]) > summary");
  while (await closed.count() > 0) await closed.first().press("Enter");
}
