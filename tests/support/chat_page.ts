import type { FileChooser, Page } from "playwright-core";
import { assert } from "./assert.ts";

export const TOOL = "general-assistant";

/** Opens the chat with a tool, with or without JavaScript. */
export async function openChat(page: Page, origin: string, tool = TOOL): Promise<void> {
  await page.goto(`${origin}/chat/${tool}`);
  await page.locator("html.js").waitFor({ state: "attached" });
}

/** Writes a message and sends it with the keyboard. */
export async function say(page: Page, message: string): Promise<void> {
  await page.locator("#message").fill(message);
  await page.locator("#message").press("Enter");
}

/** Opens the conversation's menu. */
export async function openMenu(page: Page): Promise<void> {
  await page.locator(".bar summary").click();
}

/** Opens the figures of costs at the latest reply. */
export async function openCosts(page: Page): Promise<void> {
  await page.locator(".money > summary").click();
  await page.locator(".money .facts").waitFor();
}

/**
 * Chooses `files` in the dialog that `open` asks for. Playwright takes the dialog over a moment
 * after it is waited for; one that came before is asked for again.
 */
export async function chooseFiles(
  page: Page,
  open: () => Promise<void>,
  files: Parameters<FileChooser["setFiles"]>[0],
): Promise<void> {
  for (let left = 3;; left--) {
    const choosing = page.waitForEvent("filechooser", { timeout: 5_000 });
    const [chosen] = await Promise.allSettled([choosing, open()]);
    if (chosen.status === "fulfilled") return await chosen.value.setFiles(files);
    if (left === 1) throw chosen.reason;
  }
}

/** Waits until no reply is under way. */
export async function settled(page: Page, replies = 1): Promise<void> {
  await page.locator(".reply .actions").nth(replies - 1).waitFor();
  await page.locator(".writing").waitFor({ state: "detached" });
}

/** The HTML of all replies. */
export function replies(page: Page): Promise<string[]> {
  return page.locator(".reply .prose:not(.plain)").evaluateAll((found) =>
    found.map((element) => element.innerHTML)
  );
}

/** The texts of the questions as written. */
export function questions(page: Page): Promise<(string | null)[]> {
  return page.locator("article.question").evaluateAll((found) =>
    found.map((element) => element.getAttribute("data-text"))
  );
}

export interface Exported {
  seq: number;
  role: string;
  text: string;
  reply: { usd: string; basis: string; reason: string } | null;
}

/** The visitor's conversation as stored. */
export async function stored(page: Page, origin: string, tool = TOOL): Promise<Exported[]> {
  const answer = await page.request.get(`${origin}/chat/${tool}/export?format=json`);
  const { messages }: { messages: Exported[] } = await answer.json();
  return messages;
}

/** The stored text of the latest reply. */
export async function storedReply(page: Page, origin: string): Promise<string> {
  const last = (await stored(page, origin)).at(-1);
  assert.equal(last?.role, "assistant");
  return last?.text ?? "";
}
