import { assert, assertEquals } from "@/tests/support/assert.ts";
import { browserSuite } from "@/tests/support/browser.ts";
import { openChat, say, settled } from "@/tests/support/chat_page.ts";
import { readerTree } from "@/tests/support/reader_tree.ts";
import { until } from "@/tests/support/wait.ts";

const { test } = browserSuite();

test("Chromium's tree of a conversation: who speaks comes before the words, the actions after them, and all of it once", async ({ page, server }) => {
  await openChat(page, server.url);
  await say(page, "How do people say care?");
  await settled(page);
  await page.getByRole("button", { name: "Try again" }).click();
  await page.getByText("Version 2 of 2").waitFor({ state: "attached" });
  const region = page.locator("#hints");
  await until("the region to be empty again", async () => await region.innerText() === "", 30_000);
  const tree = await readerTree(page);
  const lines = tree.map((line) => line.trim());
  const order = [
    /^link Skip to the message field$/,
    /^link All tools$/,
    /^heading General Assistant$/,
    /^button New chat$/,
    /^main$/,
    /^heading You, \d\d:\d\d$/,
    /^StaticText How do people say care\?$/,
    /^link Edit$/,
    /^heading General Assistant, \d\d:\d\d$/,
    /^button Read aloud$/,
    /^button Copy answer$/,
    /^button Try again$/,
    /^button Good answer$/,
    /^button Bad answer$/,
    /^button Previous version$/,
    /^StaticText Version 2 of 2$/,
    /^button Next version$/,
    /^DisclosureTriangleGrouped Cost$|^DisclosureTriangle Cost$/,
    /^form Your message$/,
    /^status$/,
    /^textbox Message$/,
  ];
  const places = order.map((pattern) => lines.findIndex((line) => pattern.test(line)));
  assert.ok(!places.includes(-1), `${order[places.indexOf(-1)]} is missing in\n${tree.join("\n")}`);
  assertEquals(places, places.toSorted((a, b) => a - b), "The order of reading");
  for (const pattern of order) {
    assertEquals(lines.filter((line) => pattern.test(line)).length, 1, `${pattern} once`);
  }
  const simulated = lines.filter((line) => line.includes("This is a simulated reply"));
  assertEquals(simulated.length, 1, "The words of the reply");
  const words = lines.filter((line) => /^StaticText \d\d:\d\d$/.test(line));
  assertEquals(words.length, 2, "Times are read with the headings only");
});

test(
  "the page has one live region, which says a finished answer and a copy once",
  async ({ page, server }) => {
    await openChat(page, server.url);
    assertEquals(
      await page.locator("[role=status], [role=alert], [role=log], [aria-live]").count(),
      1,
    );
    await page.evaluate(() => {
      const said: string[] = [];
      Reflect.set(globalThis, "said", said);
      const region = document.querySelector("[role=status]");
      new MutationObserver((changes) => {
        for (const { target } of changes) {
          const text = target.textContent ?? "";
          if (text) said.push(text);
        }
      }).observe(region ?? document.body, { subtree: true, childList: true, characterData: true });
    });
    const said = () => page.evaluate(() => [...Reflect.get(globalThis, "said") as string[]]);
    await say(page, "Say something");
    await settled(page);
    await until("the answer to be said", async () => (await said()).length > 0);
    await page.getByRole("button", { name: "Copy answer" }).click();
    await until("the copy to be said", async () => (await said()).includes("Copied"));
    const heard = await said();
    assertEquals(heard.filter((text) => text.startsWith("General Assistant: ")).length, 1);
    assertEquals(heard.filter((text) => text === "Copied").length, 1);
    assertEquals(heard.length, 2, heard.join("\n"));
    // The button says so as well, for those who see.
    assertEquals(await page.locator("[data-copied]").count(), 1);
  },
  { permissions: ["clipboard-read", "clipboard-write"] },
);
