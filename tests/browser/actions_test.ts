import { assert, assertEquals } from "@/tests/support/assert.ts";
import { browserSuite } from "@/tests/support/browser.ts";
import {
  openChat,
  openMenu,
  questions,
  replies,
  say,
  settled,
  stored,
} from "@/tests/support/chat_page.ts";
import { until } from "@/tests/support/wait.ts";

const { test } = browserSuite();
const CLIPBOARD = { permissions: ["clipboard-read", "clipboard-write"] };

test("chat page: the Stop button stops the reply, and Continue goes on with it", async ({ page, server }) => {
  await openChat(page, server.url);
  await say(page, "A long essay in detail [[mock:pace=60]]");
  await page.locator(".reply .prose").first().waitFor();
  await page.getByRole("button", { name: "Stop the answer" }).click();
  await page.getByText("You stopped this answer.").waitFor();
  await page.getByRole("button", { name: "Record a voice message" }).waitFor();
  await page.getByRole("button", { name: "Continue" }).click();
  await settled(page, 2);
  assertEquals((await stored(page, server.url)).map(({ reply }) => reply?.reason), [
    undefined,
    "stopped",
    undefined,
    "stop",
  ]);
});

test("chat page: Regenerate answers the last question anew, once", async ({ page, server }) => {
  await openChat(page, server.url);
  await say(page, "First question");
  await settled(page);
  await say(page, "Second question");
  await settled(page, 2);
  await page.getByRole("button", { name: "Try again" }).last().click();
  await page.locator(".writing").waitFor();
  await settled(page, 2);
  assertEquals(await questions(page), ["First question", "Second question"]);
  assertEquals((await stored(page, server.url)).map((message) => message.role), [
    "user",
    "assistant",
    "user",
    "assistant",
  ]);
  const live = await replies(page);
  await page.reload();
  assertEquals(await replies(page), live);
});

test("chat page: Edit and resend replaces a question and all that followed", async ({ page, server }) => {
  await openChat(page, server.url);
  for (const [i, question] of ["One", "Two", "Three"].entries()) {
    await say(page, question);
    await settled(page, i + 1);
  }
  await page.reload();
  await page.locator("html.js").waitFor({ state: "attached" });
  await page.locator("#message").fill("a draft");
  await page.locator("article.question").nth(1).hover();
  await page.getByRole("link", { name: "Edit" }).nth(1).click();
  await page.getByText("Editing your question").waitFor();
  assertEquals(await page.locator("#message").inputValue(), "Two");
  await say(page, "Two, put better");
  await until("the edit to take", async () => (await questions(page)).length === 2);
  await settled(page, 2);
  assertEquals(await questions(page), ["One", "Two, put better"]);
  const texts = (await stored(page, server.url)).filter(({ role }) => role === "user");
  assertEquals(texts.map(({ text }) => text), ["One", "Two, put better"]);
  assertEquals(await page.locator("#message").inputValue(), "a draft", "The draft comes back");
});

test("chat page: Esc leaves editing without changes", async ({ page, server }) => {
  await openChat(page, server.url);
  await say(page, "One");
  await settled(page);
  await page.locator("#message").fill("a draft");
  await page.locator("article.question").hover();
  await page.getByRole("link", { name: "Edit" }).click();
  assertEquals(await page.locator("#message").inputValue(), "One");
  await page.keyboard.press("Escape");
  await page.getByText("Editing your question").waitFor({ state: "detached" });
  assertEquals(await page.locator("#message").inputValue(), "a draft");
  assertEquals((await stored(page, server.url)).length, 2);
});

test(
  "chat page: Copy takes the reply as Markdown, the question as written, and code alone",
  async ({ page, server }) => {
    await openChat(page, server.url);
    await say(page, "Show **code** and a table");
    await settled(page);
    for (const state of ["live", "rendered by the server"]) {
      await page.locator("article.reply").hover();
      await page.getByRole("button", { name: "Copy answer" }).click();
      const [, reply] = await stored(page, server.url);
      await pasted(reply?.text ?? "", state);
      await page.locator("article.question").hover();
      await page.getByRole("button", { name: "Copy question" }).click();
      await pasted("Show **code** and a table", state);
      await page.locator("figure.code").hover();
      await page.locator(".copy-code").click();
      const code = /```ts\n([^]*?)```/.exec(reply?.text ?? "")?.[1];
      await pasted(code ?? "", state);
      await page.reload();
      await page.locator("html.js").waitFor({ state: "attached" });
    }
    /** Waits until the clipboard holds the text. */
    async function pasted(wanted: string, state: string): Promise<void> {
      const held = async () => squeezed(await page.evaluate(() => navigator.clipboard.readText()));
      const isIt = async () => await held() === squeezed(wanted);
      await until("the clipboard to hold it", isIt, 2_000).catch(() => {});
      assertEquals(await held(), squeezed(wanted), state);
    }
  },
  CLIPBOARD,
);

test("chat page: New conversation archives the old one in every tab", async ({ page, context, server }) => {
  const other = await context.newPage();
  await Promise.all([openChat(page, server.url), openChat(other, server.url)]);
  await say(page, "Something old");
  await Promise.all([settled(page), settled(other)]);
  await openMenu(page);
  await page.getByRole("button", { name: "New chat" }).click();
  await page.locator("#empty").waitFor();
  await other.locator("#empty").waitFor();
  assertEquals(await questions(other), []);
  await say(page, "Something new");
  await settled(page);
  assertEquals(await questions(page), ["Something new"]);
});

test("chat page: the conversation is exported as Markdown and as JSON", async ({ page, server }) => {
  await openChat(page, server.url);
  await say(page, "Export me");
  await settled(page);
  for (
    const [name, ending] of [["Download as text (Markdown)", "md"], [
      "Download as data (JSON)",
      "json",
    ]] as const
  ) {
    await openMenu(page);
    const downloading = page.waitForEvent("download");
    await page.getByRole("link", { name }).click();
    const download = await downloading;
    assert.match(
      download.suggestedFilename(),
      new RegExp(`^general-assistant-[\\d-]+\\.${ending}$`),
    );
    const text = await Deno.readTextFile(await download.path());
    assert.ok(text.includes("Export me"));
  }
});

/** Removes differences that Markdown allows: padding in table rules, number of blank lines. */
function squeezed(markdown: string): string {
  return markdown.replace(/\| ?(:?)-+(:?)(?= ?\|)/g, "| $1-$2").replace(/\s+/g, " ").trim();
}
