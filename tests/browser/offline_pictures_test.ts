import { Buffer } from "node:buffer";
import type { Page } from "playwright-core";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { assertAccessible } from "@/tests/support/axe.ts";
import { browserSuite } from "@/tests/support/browser.ts";
import { openChat, questions, replies, say, settled } from "@/tests/support/chat_page.ts";
import {
  choosePictures,
  encodedPicture,
  photo,
  previews,
} from "@/tests/support/chosen_pictures.ts";
import { keepChat } from "@/tests/support/kept_pages.ts";
import { readPicture } from "@/tests/support/picture_reader.ts";
import { until } from "@/tests/support/wait.ts";

const { test } = browserSuite({ env: { MOCK_PACE_MS: "0" } });
const LOST = /ERR_|Failed to load resource|Failed to fetch/;

const waiting = (page: Page) => page.locator(".question.waiting");
const said = (page: Page) => page.locator("#hints > .sr").textContent();

/** The pictures that this device keeps, as their files. */
function devicePictures(page: Page): Promise<{ type: string; base64: string }[]> {
  return page.evaluate(async () => {
    const opening = indexedDB.open("outbox");
    const database = await new Promise<IDBDatabase>((done) =>
      opening.onsuccess = () => done(opening.result)
    );
    const asking = database.transaction("files").objectStore("files").getAll();
    const all = await new Promise<{ blob: Blob }[]>((done) =>
      asking.onsuccess = () => done(asking.result)
    );
    database.close();
    return await Promise.all(all.map(async ({ blob }) => ({
      type: blob.type,
      base64: new Uint8Array(await blob.arrayBuffer()).toBase64(),
    })));
  });
}

/** Opens a kept chat without a network. */
async function openOffline(page: Page, origin: string): Promise<void> {
  await keepChat(page, origin);
  await page.context().setOffline(true);
  await page.reload();
  await page.locator("html.js").waitFor({ state: "attached" });
}

test(
  "pictures offline: kept shrunk and without their place, shown with their message, and sent once after the page was closed, with two tabs",
  async ({ page, context, server, expect }) => {
    expect(LOST);
    const file = await photo(page);
    await openOffline(page, server.url);
    await choosePictures(page, file);
    await previews(page).getByRole("img", { name: "picture 1" }).waitFor();
    assert.match(
      await said(page) ?? "",
      /^\d+ kB · Place and camera data are removed\. Waiting for the network\.$/,
    );
    const [kept] = await devicePictures(page);
    assert.ok(kept);
    const bytes = Uint8Array.fromBase64(kept.base64);
    const read = readPicture(kept.type, bytes);
    assertEquals([read?.width, read?.height, read?.orientation], [1_176, 1_568, null]);
    assert.ok(!new TextDecoder("latin1").decode(bytes).includes("GPS"));
    await say(page, "What does my note say?");
    await waiting(page).getByText("Waiting for the network").waitFor();
    const shown = waiting(page).getByRole("img", { name: "picture 1" });
    await until(
      "the picture to be drawn",
      async () =>
        await shown.evaluate((each) => each instanceof HTMLCanvasElement && each.width) === 480,
    );
    await previews(page).waitFor({ state: "detached" });
    await assertAccessible(page, "a waiting message with a picture");
    await page.close();
    const posts: string[] = [];
    context.on("request", (request) => {
      const path = new URL(request.url()).pathname;
      if (request.method() === "POST" && /^\/api\/(chat|media)$/.test(path)) posts.push(path);
    });
    await context.setOffline(false);
    const tabs = await Promise.all([context.newPage(), context.newPage()]);
    await Promise.all(tabs.map((tab) => openChat(tab, server.url)));
    for (const tab of tabs) {
      await settled(tab, 2);
      await waiting(tab).waitFor({ state: "detached" });
      assertEquals(await questions(tab), ["What is a key term?", "What does my note say?"]);
      assert.match((await replies(tab))[1] ?? "", /Pictures received: 1/);
    }
    assertEquals(posts, ["/api/media", "/api/chat"]);
    assertEquals(await devicePictures(tabs[0]), []);
  },
  { bypassCSP: true },
);

test("pictures offline: those of a message that is not sent are there again with its text, in one of two tabs", async ({ page, context, server, expect }) => {
  expect(LOST);
  const file = await photo(page);
  await openOffline(page, server.url);
  await choosePictures(page, file);
  await previews(page).nth(0).waitFor();
  await page.locator("#message").fill("Half a thought");
  await page.close();
  await context.setOffline(false);
  const later = await context.newPage();
  await openChat(later, server.url);
  await previews(later).locator("img").waitFor();
  assertEquals(await later.locator("#message").inputValue(), "Half a thought");
  const other = await context.newPage();
  await openChat(other, server.url);
  await other.waitForLoadState("networkidle");
  assertEquals(await previews(other).count(), 0);
  await other.close();
  await later.locator("#message").press("Enter");
  await settled(later, 2);
  assert.match((await replies(later))[1] ?? "", /Pictures received: 1/);
  await previews(later).waitFor({ state: "detached" });
  await until("nothing to be kept", async () => (await devicePictures(later)).length === 0);
  assertEquals(await later.evaluate(() => localStorage.length), 0);
});

test("pictures offline: Edit puts text and picture back into the field, and nothing is sent twice", async ({ page, context, server, expect }) => {
  expect(LOST);
  const file = await photo(page);
  await openOffline(page, server.url);
  await choosePictures(page, file);
  await previews(page).nth(0).waitFor();
  await say(page, "What is tihs?");
  await waiting(page).getByRole("button", { name: "Edit" }).click();
  await waiting(page).waitFor({ state: "detached" });
  await previews(page).getByRole("img").waitFor();
  assertEquals(await page.locator("#message").inputValue(), "What is tihs?");
  await page.locator("#message").fill("What is this?");
  await context.setOffline(false);
  await page.locator("#message").press("Enter");
  await settled(page, 2);
  await waiting(page).waitFor({ state: "detached" });
  assertEquals(await questions(page), ["What is a key term?", "What is this?"]);
  assert.match((await replies(page))[1] ?? "", /Pictures received: 1/);
  await until("nothing to be kept", async () => (await devicePictures(page)).length === 0);
});

test("pictures offline: those of a message that was taken do not come back, though the page was loaded anew before its reply began", async ({ page, server, expect }) => {
  expect(LOST);
  const events = "**/api/chat/*/events*";
  await page.route(events, (route) => route.abort());
  await openChat(page, server.url);
  await choosePictures(page, await photo(page));
  await previews(page).getByRole("img").waitFor();
  await say(page, "What is this?");
  await until(
    "the message to be taken",
    async () =>
      await page.evaluate(() => localStorage.getItem("sending:general-assistant")) === null,
  );
  await previews(page).waitFor({ state: "detached" });
  await until("nothing to be kept", async () => (await devicePictures(page)).length === 0);
  await page.unroute(events);
  await page.reload();
  await settled(page);
  assert.match((await replies(page))[0] ?? "", /Pictures received: 1/);
  assertEquals(await previews(page).count(), 0);
  assertEquals(await page.evaluate(() => localStorage.length), 0);
});

test("pictures offline: a picture that the server lost meanwhile is sent anew by Try again", async ({ page, context, server, expect }) => {
  expect(/ERR_|Failed to load resource|Failed to fetch/);
  const file = await photo(page);
  await openOffline(page, server.url);
  await context.setOffline(false);
  await choosePictures(page, file);
  const image = previews(page).locator("img");
  await image.waitFor();
  await context.setOffline(true);
  await say(page, "Where is it?");
  await waiting(page).getByRole("img").waitFor();
  await page.route("**/api/chat", (route) => route.abort());
  await context.setOffline(false);
  const id = await page.evaluate(async () => {
    const opening = indexedDB.open("outbox");
    await new Promise((done) => opening.onsuccess = done);
    const asking = opening.result.transaction("files").objectStore("files").getAll();
    await new Promise((done) => asking.onsuccess = done);
    opening.result.close();
    return asking.result[0].mediaId;
  });
  assertEquals((await page.request.delete(`${server.url}/api/media/${id}`)).status(), 204);
  await page.unroute("**/api/chat");
  await page.evaluate(() => dispatchEvent(new Event("online")));
  await waiting(page).getByText("This picture is no longer available.").waitFor();
  await waiting(page).getByRole("button", { name: "Try again" }).click();
  await settled(page, 2);
  await waiting(page).waitFor({ state: "detached" });
  assert.match((await replies(page))[1] ?? "", /Pictures received: 1/);
});

test("pictures offline: a device that is full says so, and takes no more", async ({ page, server, expect }) => {
  expect(LOST);
  const png = await encodedPicture(page, [40, 30], "image/png");
  await openOffline(page, server.url);
  await page.evaluate(async () => {
    const opening = indexedDB.open("outbox", 1);
    opening.onupgradeneeded = () => {
      for (const name of ["messages", "files"]) {
        opening.result.createObjectStore(name, { keyPath: "id" });
      }
    };
    await new Promise((done) => opening.onsuccess = done);
    const adding = opening.result.transaction("files", "readwrite").objectStore("files").add({
      id: "~another",
      toolId: "math-tutor",
      blob: new Blob([new Uint8Array(29_999_950)]),
      at: 1,
      mediaId: null,
    });
    await new Promise((done) => adding.onsuccess = done);
    opening.result.close();
  });
  await choosePictures(page, { name: "a.png", mimeType: "image/png", buffer: Buffer.from(png) });
  await until("told", async () => /has no room for more pictures/.test(await said(page) ?? ""));
  assertEquals(await previews(page).count(), 0);
  await page.locator(".pics.meta").getByText("Add it again when you are online.").waitFor();
});
