import { assert, assertEquals } from "@/tests/support/assert.ts";
import { browserSuite } from "@/tests/support/browser.ts";
import { openChat, questions, say, settled } from "@/tests/support/chat_page.ts";
import { focused, tabTo } from "@/tests/support/keyboard.ts";

const { test } = browserSuite();

test("keyboard alone: find a tool, ask, stop, edit, regenerate, export, begin anew, go back", async ({ page, server }) => {
  // The address of a search shows the field, however few the tools are.
  await page.goto(`${server.url}/?q=story`);
  await tabTo(page, /Skip to content/);
  await tabTo(page, /input#q/);
  await page.keyboard.press("Control+A");
  await page.keyboard.type("math");
  await page.keyboard.press("Enter");
  await page.waitForURL(/q=math/);
  await tabTo(page, /Math Tutor/);
  await page.keyboard.press("Enter");
  await page.locator("html.js").waitFor({ state: "attached" });
  await page.keyboard.type("One question [[mock:pace=60]]");
  await page.keyboard.press("Enter");
  await page.locator(".writing > .prose:not(:empty)").first().waitFor();
  await tabTo(page, /Stop the answer/);
  await page.keyboard.press("Enter");
  await settled(page);
  await tabTo(page, /Edit/, "Shift+Tab");
  await page.keyboard.press("Enter");
  assert.match(await focused(page), /#message/);
  await page.keyboard.press("Control+A");
  const another = "Another question [[mock:pace=20]]";
  await page.keyboard.type(another);
  await page.keyboard.press("Enter");
  await page.locator("article.question", { hasText: "Another question" }).waitFor();
  // The earlier reply's actions disappear when the new reply begins.
  await page.locator(".writing").waitFor();
  await settled(page);
  assertEquals(await questions(page), [another]);
  await tabTo(page, /Try again/, "Shift+Tab");
  await page.keyboard.press("Enter");
  await page.locator(".writing").waitFor();
  await settled(page);
  assert.match(await focused(page), /#message/, "The focus is not lost with the pressed button");
  await tabTo(page, /More/, "Shift+Tab");
  await page.keyboard.press("Enter");
  await tabTo(page, /Markdown/);
  await page.keyboard.press("Escape");
  assert.match(await focused(page), /More/);
  await page.keyboard.press("Enter");
  await tabTo(page, /New chat/);
  await page.keyboard.press("Enter");
  await page.locator("#empty").waitFor();
  await page.locator("html.js").waitFor({ state: "attached" });
  await tabTo(page, /All tools/, "Shift+Tab");
  await page.keyboard.press("Enter");
  await page.waitForURL(`${server.url}/`);
});

test("keyboard alone: the first Tab of a chat offers a skip to the message field", async ({ page, server }) => {
  await openChat(page, server.url);
  await say(page, "Hello");
  await settled(page);
  await page.goto(`${server.url}/chat/general-assistant#m0`);
  await page.reload();
  await page.locator("html.js").waitFor({ state: "attached" });
  await page.locator(".skip").focus();
  assert.match(await focused(page), /Skip to the message field/);
  await page.keyboard.press("Enter");
  assert.match(await focused(page), /#message/);
});

test("keyboard alone: a wide block of code and a wide table scroll", async ({ page, server }) => {
  await openChat(page, server.url);
  await say(page, "Code and a table");
  await settled(page);
  await tabTo(page, /^pre#/, "Shift+Tab");
  await tabTo(page, /Table/, "Shift+Tab");
});
