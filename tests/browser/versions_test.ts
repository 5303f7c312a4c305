import type { Locator, Page } from "playwright-core";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { browserSuite } from "@/tests/support/browser.ts";
import { openChat, questions, replies, say, settled, TOOL } from "@/tests/support/chat_page.ts";
import { until } from "@/tests/support/wait.ts";

const { test } = browserSuite();

const yOf = async (place: Locator) => (await place.boundingBox())?.y ?? NaN;

/** The questions, also while the page is read anew. */
const asked = async (page: Page) => (await questions(page).catch(() => [])).join();

test("versions: the replies of Try again are all kept, and shown by ‹ and › after each other", async ({ page, server }) => {
  await openChat(page, server.url);
  await say(page, "A word for care");
  await settled(page);
  const place = page.locator(".reply .versions .meta");
  assertEquals(await place.count(), 0, "A single version has no place");
  await page.getByRole("button", { name: "Try again" }).click();
  await until("the second version", async () => await place.innerText() === "2/2");
  await page.getByRole("button", { name: "Try again" }).click();
  await until("the third version", async () => await place.innerText() === "3/3");
  const third = await page.locator("article.reply").getAttribute("id");
  const next = page.getByRole("button", { name: "Next version" });
  assertEquals(await next.getAttribute("aria-disabled"), "true");
  for (const at of ["2/3", "1/3"]) {
    await page.getByRole("button", { name: "Previous version" }).click();
    await until(at, async () => await place.innerText().catch(() => "") === at);
  }
  assertEquals(
    await page.locator(".versions").getByText("Version 1 of 3").count(),
    1,
    "Screen readers have it in words",
  );
  assertEquals((await questions(page)).length, 1);
  await next.click();
  await until("2/3", async () => await place.innerText().catch(() => "") === "2/3");
  assertEquals(await page.locator("article.reply").getAttribute("id"), third);
  assertEquals(new URL(page.url()).hash, "", "The page stays");
});

test("versions: an edited question's earlier words come back with all that followed them", async ({ page, server }) => {
  await openChat(page, server.url);
  for (const [i, question] of ["One", "Two"].entries()) {
    await say(page, question);
    await settled(page, i + 1);
  }
  await page.locator("article.question").first().hover();
  await page.getByRole("link", { name: "Edit" }).first().click();
  await say(page, "One, put better");
  await until("the edit", async () => (await questions(page)).length === 1);
  await settled(page);
  const place = page.locator(".question .versions .meta");
  assertEquals(await place.innerText(), "2/2");
  await page.getByRole("button", { name: "Previous version" }).click();
  await until("both questions", async () => await asked(page) === "One,Two");
  assertEquals(await place.innerText(), "1/2");
  await say(page, "Three");
  await settled(page, 3);
  await page.getByRole("button", { name: "Next version" }).first().click();
  await until("the edit again", async () => await asked(page) === "One, put better");
  await page.getByRole("button", { name: "Previous version" }).first().click();
  await until("all three", async () => await asked(page) === "One,Two,Three");
});

test(
  "showVersion(): exchanges the messages in place: the button stands still with the focus, the version is said once, the talk goes on",
  async ({ page, context, server }) => {
    await openChat(page, server.url);
    await say(page, "Something long, in detail");
    await settled(page);
    await page.getByRole("button", { name: "Try again" }).click();
    const place = page.locator(".reply .versions .meta");
    await until("the second version", async () => await place.innerText() === "2/2");
    await settled(page);
    await say(page, "Short");
    await settled(page, 2);
    const other = await context.newPage();
    await openChat(other, server.url);
    const [second = ""] = await replies(page);
    await page.locator("#message").fill("a draft");
    await page.evaluate("self.stays = true");

    const before = page.getByRole("button", { name: "Previous version" });
    await before.press("Enter");
    await until("the first version", async () => await place.innerText() === "1/2");
    await page.getByRole("status").getByText("Version 1 of 2").waitFor({ state: "attached" });
    assertEquals(await page.evaluate("self.stays"), true, "The page was not loaded anew");
    assertEquals(
      await page.evaluate("document.activeElement.getAttribute('aria-label')"),
      "Previous version",
    );
    assertEquals(await questions(page), ["Something long, in detail"]);
    assertEquals((await replies(page)).length, 1);
    assertEquals(await page.locator("#message").inputValue(), "a draft");
    const time = page.locator(".reply .actions time");
    assertEquals(
      await time.innerText(),
      await time.evaluate((at) =>
        new Date(at.getAttribute("datetime") ?? 0)
          .toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" })
      ),
      "In the device's zone",
    );
    await until("the other page", async () => await asked(other) === "Something long, in detail");

    await say(page, "Another way");
    await settled(page, 2);
    assertEquals(await questions(page), ["Something long, in detail", "Another way"]);
    assertEquals(await page.locator(".money").filter({ visible: true }).count(), 1);
    await page.getByRole("button", { name: "Next version" }).click();
    await until(
      "the other branch",
      async () => await asked(page) === "Something long, in detail,Short",
    );
    assertEquals((await replies(page))[0], second);
    await before.focus();
    const y = await yOf(before);
    await before.press("Enter");
    await until(
      "the first branch with its end",
      async () => await asked(page) === "Something long, in detail,Another way",
    );
    await until("the button to stand still", async () => Math.abs(await yOf(before) - y) < 2);
    assertEquals(await page.evaluate("self.stays"), true, "The page was not loaded anew");
  },
  { timezoneId: "Asia/Kolkata" },
);

test("versions: behind an edit whose reply fails the earlier question and its reply are one press away", async ({ page, server }) => {
  await openChat(page, server.url);
  await say(page, "Once");
  await settled(page);
  const [first] = await replies(page);
  await page.locator("article.question").hover();
  await page.getByRole("link", { name: "Edit" }).click();
  await say(page, "Fail [[mock:error=503]]");
  await page.locator(".failure").waitFor();
  await page.getByRole("button", { name: "Previous version" }).click();
  await until(
    "the first reply",
    async () => (await replies(page).catch(() => []))[0] === first,
  );
});

test("no JavaScript: versions are shown by a form, in the same place", async ({ page, server }) => {
  await page.goto(`${server.url}/chat/${TOOL}`);
  const origin = server.url;
  const headers = { origin };
  await page.request.post(`${origin}/api/chat`, { data: { toolId: TOOL, message: "One" } });
  const form = { action: "regenerate", requestId: "0".repeat(31) + "1" };
  const place = page.locator(".reply .versions .meta");
  await until("a second version", async () => {
    await page.request.post(`${origin}/chat/${TOOL}`, { form, headers });
    // An open page loads itself anew while a reply is under way.
    const html = await (await page.request.get(`${origin}/chat/${TOOL}`)).text();
    return html.includes("2/2") && !html.includes('http-equiv="refresh"');
  });
  await page.goto(`${origin}/chat/${TOOL}`);
  assertEquals(await place.innerText(), "2/2");
  await page.getByRole("button", { name: "Previous version" }).click();
  await page.waitForURL(/#m1$/);
  assertEquals(await place.innerText(), "1/2");
  const before = page.getByRole("button", { name: "Previous version" });
  assertEquals(await before.getAttribute("aria-disabled"), "true");
  await before.click({ force: true });
  assertEquals(await place.innerText(), "1/2", "The end is the end");
  assert.match(page.url(), /#m1$/);
}, { javaScriptEnabled: false });
