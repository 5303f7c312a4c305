import { assert, assertEquals } from "@/tests/support/assert.ts";
import { browserSuite } from "@/tests/support/browser.ts";
import { openChat, questions, say, settled, stored } from "@/tests/support/chat_page.ts";
import { until } from "@/tests/support/wait.ts";

const { test } = browserSuite();
const LOST = /ERR_|Failed to load resource|Failed to fetch/;

test("chat page: when the answer to a message is lost, the reply ends the retries; it is sent once", async ({ page, server, expect }) => {
  expect(LOST);
  await openChat(page, server.url);
  let posts = 0;
  await page.route("**/api/chat", async (route) => {
    posts++;
    await route.fetch();
    await route.abort();
  });
  await say(page, "Only once");
  await settled(page);
  await say(page, "And the next one");
  await settled(page, 2);
  await until(
    "the box to be free",
    async () =>
      await page.locator("#message").inputValue() === "" &&
      await page.locator(".question.waiting").count() === 0,
  );
  // On a busy machine a retry may come before the reply's first event; none comes after it.
  const tried = posts;
  // Longer than the first two pauses before a retry.
  await new Promise((done) => setTimeout(done, 2_200));
  assertEquals(posts, tried);
  assertEquals(await questions(page), ["Only once", "And the next one"]);
  assertEquals((await stored(page, server.url)).length, 4);
});

test("chat page: a message resent after its reply is the same message, and nothing is paid twice", async ({ page, server, expect }) => {
  expect(LOST);
  await openChat(page, server.url);
  let lost = true;
  const ids: string[] = [];
  await page.route("**/api/chat", async (route) => {
    ids.push(route.request().postDataJSON().requestId);
    if (!lost) return route.continue();
    await route.fetch();
    await route.abort();
  });
  // Drops all server responses: the answer and the events.
  await page.route("**/events?*", (route) => route.abort());
  await page.reload();
  await page.locator("html.js").waitFor({ state: "attached" });
  await say(page, "Only once");
  await until("the reply", async () => (await stored(page, server.url)).length === 2);
  await page.unroute("**/events?*");
  lost = false;
  await page.reload();
  await page.locator("html.js").waitFor({ state: "attached" });
  await until(
    "the page to be right",
    async () =>
      await page.locator("#message").inputValue() === "" &&
      await page.evaluate(() => localStorage.getItem("outbox")) === null &&
      await page.locator(".question.waiting").count() === 0,
  );
  await settled(page);
  assertEquals(new Set(ids).size, 1);
  assertEquals(await questions(page), ["Only once"]);
  assertEquals((await stored(page, server.url)).length, 2);
});

test("chat page: an order to load the page anew waits for the answer to a message", async ({ page, server, expect }) => {
  expect(LOST);
  let order = "none";
  await page.route("**/events?*", async (route) => {
    if (order === "given") return route.continue();
    if (order === "none") return route.abort();
    const headers = { "content-type": "text/event-stream" };
    await route.fulfill({ headers, body: "event: reload\ndata: {}\n\n" });
    order = "given";
  });
  let answer = () => {};
  const held = new Promise<void>((done) => answer = done);
  await page.route("**/api/chat", async (route) => {
    await held;
    await route.continue();
  });
  await openChat(page, server.url);
  let loads = 0;
  page.on("load", () => loads++);
  await say(page, "Only once");
  order = "now";
  await until("the order", () => order === "given");
  // Longer than a page takes to begin to load.
  await new Promise((done) => setTimeout(done, 1_000));
  assertEquals(loads, 0);
  answer();
  await until("the page", () => loads === 1);
  await settled(page);
  assertEquals(await questions(page), ["Only once"]);
  assertEquals(await page.locator("#message").inputValue(), "");
  assertEquals(await page.evaluate(() => localStorage.length), 0);
});

test("chat page: a text that is too long shows both figures at once, and Send says why it is disabled", async ({ page, server }) => {
  await openChat(page, server.url);
  const send = page.getByRole("button", { name: "Send", exact: true });
  await page.locator("#message").fill("x".repeat(61_600));
  const said = page.getByText("Too long: 61,600 of 30,000 characters.");
  await said.waitFor();
  assertEquals(await send.getAttribute("aria-disabled"), "true");
  const why = await send.getAttribute("aria-describedby");
  assert.match(await page.locator(`#${why}`).textContent() ?? "", /^Too long: 61,600 of/);
  await page.locator("#message").press("Enter");
  await send.click({ force: true });
  assert.match(await page.locator("#hints > .sr").textContent() ?? "", /Too long/);
  assertEquals(await stored(page, server.url), []);
  assertEquals((await page.locator("#message").inputValue()).length, 61_600);
  await page.locator("#message").fill("x".repeat(30_000));
  await said.waitFor({ state: "detached" });
  assertEquals(await send.getAttribute("aria-disabled"), "false");
});

test("chat page: the longest message is accepted with three bytes per letter", async ({ page, server }) => {
  await openChat(page, server.url);
  await say(page, "क".repeat(30_000));
  await settled(page);
  assertEquals((await stored(page, server.url))[0]?.text.length, 30_000);
});

test("chat page: Continue adds no words of the interface's language to the conversation", async ({ page, server }) => {
  await openChat(page, server.url);
  await say(page, "اكتب مقالا طويلا [[mock:tokens=99999]] [[mock:pace=0]]");
  await page.getByText("The answer reached its longest length.").waitFor();
  await page.getByRole("button", { name: "Continue" }).click();
  await page.locator("article.reply").nth(1).waitFor();
  await settled(page, 2);
  assertEquals((await stored(page, server.url))[2]?.text, "");
  for (const state of ["live", "rendered by the server"]) {
    const bubble = page.locator("article.question .bubble").nth(1);
    assertEquals(await bubble.textContent(), "…", state);
    assertEquals(await bubble.getAttribute("aria-label"), "Continue", state);
    await page.reload();
  }
});

test("chat page: Enter in another tab during a reply says so, keeps the text and sends it afterwards", async ({ page, context, server }) => {
  const other = await context.newPage();
  await Promise.all([openChat(page, server.url), openChat(other, server.url)]);
  await say(page, "A long essay in detail [[mock:pace=40]]");
  await other.locator(".writing > .prose:not(:empty)").first().waitFor();
  await say(other, "From the other tab");
  const hint = other.getByText("An answer is still being written. Your message is sent");
  await hint.waitFor();
  assertEquals(await other.locator("#message").inputValue(), "From the other tab");
  await other.getByRole("button", { name: "Do not send" }).click();
  await hint.waitFor({ state: "detached" });
  assertEquals(await other.locator("#message").inputValue(), "From the other tab");
  await other.locator("#message").press("Enter");
  await hint.waitFor();
  await page.keyboard.press("Escape");
  await Promise.all([settled(page, 2), settled(other, 2)]);
  const asked = ["A long essay in detail [[mock:pace=40]]", "From the other tab"];
  assertEquals(await questions(page), asked);
  assertEquals(await questions(other), asked);
  assertEquals(await other.locator("#message").inputValue(), "");
});

test("chat page: a tab that has not seen another tab's question sends its own after it", async ({ page, context, server, expect }) => {
  expect(/status of 409/);
  const other = await context.newPage();
  await Promise.all([openChat(page, server.url), openChat(other, server.url)]);
  // The other tab gets no events until it has asked.
  const asking = Promise.withResolvers<void>();
  await other.route("**/events?*", async (route) => {
    await asking.promise;
    await route.continue();
  });
  await other.reload();
  await other.locator("html.js").waitFor({ state: "attached" });
  await say(page, "A long essay in detail [[mock:pace=20]]");
  await page.locator(".writing").waitFor();
  await say(other, "From the other tab");
  await other.getByText("An answer is still being written").waitFor();
  assertEquals(await other.locator("#message").inputValue(), "From the other tab");
  asking.resolve();
  await other.getByText("Your message is sent after it").waitFor();
  await settled(other, 2);
  assertEquals((await questions(other)).at(-1), "From the other tab");
});
