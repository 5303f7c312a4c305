import type { Page } from "playwright-core";
import { actOnTool, openEditor, openSection, signIn } from "./admin_page.ts";
import { adminRoutes } from "./admin_routes.ts";

const TOOL = "general-assistant";

/** Page states that a link leads to. */
const STATES = [
  "/admin/costs?days=1",
  "/admin/costs?days=30&input=-1",
  "/admin/tools?done=imported",
  "/admin/tools?deleted=travel-planner-copy",
  "/admin/tools/new?template=blank",
  `/admin/tools/${TOOL}?done=saved`,
  `/admin/tools/${TOOL}/versions?from=1&to=2`,
  "/admin/audit?who=nobody",
  "/admin/errors?id=nothing",
  "/admin/sessions?done=ended",
  "/admin/providers?tested=all",
  "/admin/experiments/new?tool=travel-planner",
];

/** For each route with a parameter in adminRoutes(), an address with an existing value. */
export type Found = Readonly<Record<string, string>>;

/**
 * Addresses of every page of the area, read from the disk so that none is missed, and of its
 * states.
 */
export async function adminViews(found: Found): Promise<string[]> {
  const pages = (await adminRoutes()).filter(({ page, path }) => page && path !== "/admin/login");
  return [...pages.map(({ path }) => found[path] ?? path), ...STATES];
}

/**
 * Signs in and fills every page: costs, versions, a copy, a full bin, a readable conversation, a
 * phone, an experiment, a run of golden conversations, a backup; the server has a folder for it.
 */
export async function fillAdminArea(page: Page, origin: string): Promise<Found> {
  await signIn(page, origin);
  await page.goto(`${origin}/admin/settings`);
  await openSection(page, "Quality review");
  await page.locator('[name="review"]').check();
  await page.locator(".save [type=submit]").click();
  await page.waitForURL(/saved=/);
  for (const message of ["How do we plan a workshop?", "In detail please", "[[mock:error=500]]"]) {
    await page.request.post(`${origin}/chat/${TOOL}`, { form: { action: "send", message } });
  }
  await openEditor(page, `${origin}/admin/tools/${TOOL}`);
  await openSection(page, "Budget");
  await page.fill("#ceiling", "2.50");
  const prompt = await page.inputValue("#systemPrompt");
  await page.fill("#systemPrompt", `${prompt}\n\nAnswer in the language of the question.`);
  await page.locator(".save [type=submit]").click();
  await page.waitForURL(/done=saved/);
  await page.goto(`${origin}/admin/tools`);
  await actOnTool(page.locator("#tool-list li[data-tool]").last(), /^Duplicate/);
  await page.waitForURL(/done=copied/);
  await page.goto(`${origin}/admin/tools`);
  // The copy is hidden until somebody shows it.
  await actOnTool(page.locator("#hidden-tools li[data-tool]").last(), /to bin$/);
  await page.waitForURL(/deleted=/);
  await page.goto(`${origin}/admin/conversations`);
  const first = page.locator('main a[href^="/admin/conversations/"]:not([href*="export"])').first();
  const conversation = await first.getAttribute("href") ?? "";
  await page.goto(`${origin}/admin/whatsapp/simulator`);
  await page.getByRole("button", { name: "HELP" }).click();
  await page.waitForURL(/#message/);
  const person = await page.getByRole("link", { name: "See it as an admin" }).getAttribute("href");
  await page.goto(`${origin}/admin/keys/new`);
  await page.fill("#name", "Website");
  await page.getByRole("button", { name: "Make key" }).click();
  await page.getByText("is ready").waitFor();
  const key = await page.locator('th a[href^="/admin/keys/"]').first().getAttribute("href");
  await page.goto(`${origin}/admin/experiments/new?tool=math-tutor`);
  await page.fill("#name", "Shorter replies");
  await page.getByRole("button", { name: "Start experiment" }).click();
  await page.waitForURL(/done=started/);
  const experiment = new URL(page.url()).pathname;
  await page.goto(`${origin}/admin/golden/${TOOL}/new`);
  await page.fill("#question", "How do we plan a workshop?");
  await page.getByRole("button", { name: "Save example" }).click();
  await page.waitForURL(/done=saved/);
  const example = await page.locator('th a[href^="/admin/golden/"]').getAttribute("href");
  await page.getByRole("button", { name: /^Run against/ }).click();
  await page.waitForURL(/\/runs\//);
  const run = new URL(page.url()).pathname;
  await page.getByRole("link", { name: "Judge blind yourself" }).waitFor();
  const backup = await firstBackup(page, origin);
  return {
    [`/admin/backups/${TOOL}`]: backup,
    [`/admin/golden/${TOOL}/${TOOL}`]: example ?? "",
    [`/admin/golden/${TOOL}/runs/${TOOL}`]: run,
    [`/admin/golden/${TOOL}/runs/${TOOL}/judge`]: `${run}/judge`,
    [`/admin/experiments/${TOOL}`]: experiment,
    [`/admin/experiments/${TOOL}/print`]: `${experiment}/print`,
    [`/admin/keys/${TOOL}`]: key ?? "",
    [`/admin/conversations/${TOOL}`]: conversation,
    [`/admin/whatsapp/people/${TOOL}`]: person ?? "",
  };
}

/** Address of a backup, the night's or a new one. */
async function firstBackup(page: Page, origin: string): Promise<string> {
  await page.goto(`${origin}/admin/backups`);
  const now = page.getByRole("button", { name: "Back up now" });
  await now.waitFor();
  const link = page.locator('th a[href^="/admin/backups/"]').first();
  if (await link.count() === 0) {
    await now.click();
    await link.waitFor();
    await now.waitFor();
  }
  return await link.getAttribute("href") ?? "";
}
