import type { Page, Route } from "playwright-core";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { browserSuite } from "@/tests/support/browser.ts";
import { openChat, questions, replies, say, settled, TOOL } from "@/tests/support/chat_page.ts";
import { choosePictures, photo, previews } from "@/tests/support/chosen_pictures.ts";
import { until } from "@/tests/support/wait.ts";

const { test } = browserSuite({ env: { MOCK_PACE_MS: "0" } });
const LOST = /ERR_|Failed to load resource|Failed to fetch/;
const POST = "**/api/chat";

const field = (page: Page) => page.locator("#message").inputValue();
/** The message that is being sent, as the device has it. */
const sending = (page: Page) =>
  page.evaluate((tool) => localStorage.getItem(`sending:${tool}`), TOOL);

async function opened(page: Page): Promise<void> {
  await page.locator("html.js").waitFor({ state: "attached" });
}

/** Holds requests to `url` until it is told how to go on with them. */
async function hold(page: Page, url: string) {
  const came = Promise.withResolvers<void>();
  const told = Promise.withResolvers<(route: Route) => Promise<void>>();
  await page.route(url, async (route) => {
    came.resolve();
    await (await told.promise)(route).catch(() => {});
  });
  const goOn = (how: (route: Route) => Promise<void> = (route) => route.continue()) =>
    told.resolve(how);
  return {
    came: came.promise,
    goOn,
    /** The server has it, and the page does not learn of it. */
    async answerLate(): Promise<void> {
      const asked = Promise.withResolvers<void>();
      goOn(async (route) => {
        await route.fetch();
        asked.resolve();
        await new Promise(() => {});
      });
      await asked.promise;
    },
  };
}

/** Gives the page an order to load anew; returned is what to wait for. */
async function orders(page: Page) {
  let order = "none";
  await page.route("**/events?*", async (route) => {
    if (order === "given") return route.continue();
    if (order === "none") return route.abort();
    const headers = { "content-type": "text/event-stream" };
    order = "given";
    await route.fulfill({ headers, body: "event: reload\ndata: {}\n\n" });
  });
  return {
    async give() {
      order = "now";
      await until("the order", () => order === "given");
    },
  };
}

test("loaded anew: what is written while a message is sent is kept, though the page is closed", async ({ page, context, server, expect }) => {
  expect(LOST);
  await openChat(page, server.url);
  const post = await hold(page, POST);
  await say(page, "The first one");
  await post.came;
  await page.locator("#message").fill("The next one");
  await page.close();
  const later = await context.newPage();
  await openChat(later, server.url);
  await until("both", async () => {
    const all = [await field(later), ...await questions(later)].join();
    return all.includes("The first one") && all.includes("The next one");
  });
});

test("loaded anew: what is written until the reply begins stays in the field by an order to load anew", async ({ page, server, expect }) => {
  expect(LOST);
  const order = await orders(page);
  await openChat(page, server.url);
  await say(page, "The first one");
  await until("the answer", async () => await sending(page) === null);
  await page.locator("#message").fill("The next one");
  const load = page.waitForEvent("load");
  await order.give();
  await load;
  await opened(page);
  await settled(page);
  assertEquals(await questions(page), ["The first one"]);
  assertEquals(await field(page), "The next one");
});

test("loaded anew: a message and its picture are not offered again where only the answer was missed", async ({ page, context, server, expect }) => {
  expect(LOST);
  await openChat(page, server.url);
  await choosePictures(page, await photo(page));
  await previews(page).getByRole("img").waitFor();
  const post = await hold(page, POST);
  await say(page, "Only once");
  await post.came;
  await post.answerLate();
  const later = await context.newPage();
  await page.close();
  await openChat(later, server.url);
  await settled(later);
  await until("nothing to be kept", () => later.evaluate(() => localStorage.length === 0));
  assertEquals(await questions(later), ["Only once"]);
  assertEquals(await field(later), "");
  assertEquals(await previews(later).count(), 0);
});

test("loaded anew: an edit that was taken is not offered again, and the next message is still there", async ({ page, context, server, expect }) => {
  expect(LOST);
  await openChat(page, server.url);
  await say(page, "The first one");
  await settled(page);
  await page.locator("#message").fill("The next one");
  await page.locator("[data-edit='0']").click();
  const post = await hold(page, POST);
  await say(page, "The first one, corrected");
  await post.came;
  await post.answerLate();
  await page.close();
  const later = await context.newPage();
  await openChat(later, server.url);
  await settled(later);
  assertEquals(await questions(later), ["The first one, corrected"]);
  assertEquals(await field(later), "The next one");
  assertEquals(await later.locator(".editing").count(), 0);
});

test("loaded anew: an edit that did not arrive is before the next message, in the field", async ({ page, context, server, expect }) => {
  expect(LOST);
  await openChat(page, server.url);
  await say(page, "The first one");
  await settled(page);
  await page.locator("#message").fill("The next one");
  await page.locator("[data-edit='0']").click();
  // A held request would go to the server when its page is closed.
  await page.evaluate(() => globalThis.fetch = () => new Promise(() => {}));
  await say(page, "The first one, corrected");
  await until("the edit to be under way", async () => await sending(page) !== null);
  await page.close();
  const later = await context.newPage();
  await openChat(later, server.url);
  await until(
    "both",
    async () => await field(later) === "The first one, corrected\n\nThe next one",
  );
  assertEquals(await questions(later), ["The first one"]);
});

test("chat page: Cancel of an edit brings back what was written, also while a message is sent", async ({ page, server }) => {
  await openChat(page, server.url);
  await say(page, "The first one");
  await settled(page);
  const post = await hold(page, POST);
  await say(page, "The second one");
  await post.came;
  await page.locator("#message").fill("The next one");
  await page.locator("[data-edit='0']").click();
  await until("the edit", async () => await field(page) === "The first one");
  await page.getByRole("link", { name: "Cancel" }).click();
  await until("the next message", async () => await field(page) === "The next one");
  post.goOn();
  await settled(page, 2);
});

test("chat page: a question that is edited while a message waits for the reply's end is not sent in its place", async ({ page, server }) => {
  await openChat(page, server.url);
  await say(page, "The first one");
  await settled(page);
  const posts: string[] = [];
  page.on("request", (request) => {
    if (/api\/chat$/.test(request.url())) posts.push(request.postDataJSON().action);
  });
  await say(page, "A long essay in detail [[mock:pace=40]]");
  await page.locator(".writing > .prose:not(:empty)").first().waitFor();
  await say(page, "And then this");
  const told = page.getByText("Your message is sent after it");
  await told.waitFor();
  await page.locator("[data-edit='0']").click();
  await told.waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Stop" }).click();
  await settled(page, 2);
  await page.getByRole("link", { name: "Cancel" }).click();
  await until("the message", async () => await field(page) === "And then this");
  assertEquals(posts, ["send"]);
});

test("chat page: another version that is shown while a message is sent does not lose it", async ({ page, server, expect }) => {
  expect(LOST);
  await openChat(page, server.url);
  await say(page, "The first one");
  await settled(page);
  await page.getByRole("button", { name: "Try again" }).click();
  await page.getByText("Version 2 of 2").waitFor({ state: "attached" });
  await settled(page);
  const post = await hold(page, POST);
  await say(page, "Do not lose me");
  await post.came;
  await page.getByRole("button", { name: "Previous version" }).click();
  await page.getByText("Version 2 of 2").waitFor({ state: "detached" });
  let tries = 0;
  post.goOn((route) => ++tries === 1 ? route.abort() : route.continue());
  await settled(page, 2);
  assertEquals(await questions(page), ["The first one", "Do not lose me"]);
});

test("loaded anew: Back to a page brings no message back that a later page sent", async ({ page, server }) => {
  await openChat(page, server.url);
  await page.locator("#message").fill("Only once");
  await page.goto(server.url);
  await openChat(page, server.url);
  await page.locator("#message").press("Enter");
  await settled(page);
  await page.goBack();
  await page.goBack();
  await opened(page);
  await page.waitForLoadState("networkidle");
  assertEquals(await questions(page), ["Only once"]);
  assertEquals(await field(page), "");
});

test("pictures: one that is on its way to the server is there again", async ({ page, context, server, expect }) => {
  expect(LOST);
  await openChat(page, server.url);
  const upload = await hold(page, "**/api/media");
  await choosePictures(page, await photo(page));
  await upload.came;
  // As where the page is killed: its script learns nothing.
  await page.evaluate(() => globalThis.fetch = () => new Promise(() => {}));
  await page.close();
  const later = await context.newPage();
  await openChat(later, server.url);
  await previews(later).getByRole("img").waitFor();
});

test("pictures: Enter before those of an earlier page are shown waits for them", async ({ page, server }) => {
  await openChat(page, server.url);
  await choosePictures(page, await photo(page));
  await previews(page).getByRole("img").waitFor();
  await page.locator("#message").fill("What is this?");
  const code = await hold(page, "**/open_pictures-*.js");
  await page.reload();
  await opened(page);
  await code.came;
  await page.locator("#message").press("Enter");
  code.goOn();
  await settled(page);
  assert.match((await replies(page))[0] ?? "", /Pictures received: 1/);
  assertEquals(await field(page), "");
});
