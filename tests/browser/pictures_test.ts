import { Buffer } from "node:buffer";
import type { Page } from "playwright-core";
import { answerOnce } from "@/tests/support/answer_once.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { assertAccessible } from "@/tests/support/axe.ts";
import { browserSuite } from "@/tests/support/browser.ts";
import { openChat, questions, replies, settled, TOOL } from "@/tests/support/chat_page.ts";
import {
  ADD_PICTURE,
  choosePictures,
  type ChosenFile,
  encodedPicture,
  photo,
  previews,
} from "@/tests/support/chosen_pictures.ts";
import { concat, latin1 } from "@/tests/support/picture_files.ts";
import { readPicture } from "@/tests/support/picture_reader.ts";
import { onStore } from "@/tests/support/api_keys.ts";
import { until } from "@/tests/support/wait.ts";

const { test } = browserSuite({ env: { MOCK_PACE_MS: "0" } });

const said = (page: Page) => page.locator("#hints > .sr").textContent();

/** Drops or pastes a file, as the browser tells the page. */
async function give(page: Page, kind: "drop" | "paste", file: ChosenFile): Promise<void> {
  await page.evaluate(({ kind, name, mimeType, base64 }) => {
    const data = new DataTransfer();
    data.items.add(new File([Uint8Array.fromBase64(base64)], name, { type: mimeType }));
    const options = { bubbles: true, cancelable: true };
    document.getElementById("message")?.dispatchEvent(
      kind === "drop"
        ? new DragEvent("drop", { ...options, dataTransfer: data })
        : new ClipboardEvent("paste", { ...options, clipboardData: data }),
    );
  }, { kind, ...file, base64: file.buffer.toString("base64") });
}

test("pictures: chosen with the keyboard, shrunk and without its place, shown, sent and in the history", async ({ page, server }) => {
  await openChat(page, server.url);
  await choosePictures(page, await photo(page));
  await previews(page).waitFor();
  assert.match(await said(page) ?? "", /^\d+ kB · Place and camera data are removed\.$/);
  assert.ok(await page.locator("#message").evaluate((field) => field === document.activeElement));
  const address = await page.locator(".pics img").getAttribute("src");
  const stored = await page.evaluate(async (address) => {
    const answer = await fetch(address);
    return {
      type: answer.headers.get("content-type") ?? "",
      base64: new Uint8Array(await answer.arrayBuffer()).toBase64(),
    };
  }, address ?? "");
  const bytes = Uint8Array.fromBase64(stored.base64);
  // Turned upright before it was sent, so that no orientation is left to tell.
  const read = readPicture(stored.type, bytes);
  assertEquals([read?.width, read?.height, read?.orientation], [1_176, 1_568, null]);
  assert.ok(!Buffer.from(bytes).includes("GPS"));
  await page.locator("#message").fill("What does my note say?");
  await page.keyboard.press("Enter");
  await settled(page);
  assertEquals(await questions(page), ["What does my note say?"]);
  assert.match((await replies(page)).join(""), /Pictures received: 1/);
  await previews(page).waitFor({ state: "detached" });
  await page.locator(".question .pictures img").waitFor();
  // The next message goes without it.
  await page.locator("#message").fill("And now?");
  await page.keyboard.press("Enter");
  await settled(page, 2);
  assertEquals(await page.locator(".question").last().locator("img").count(), 0);
  await page.reload();
  const image = page.locator(".question .pictures img");
  await image.waitFor();
  assertEquals(
    await image.evaluate((each) => each instanceof HTMLImageElement && each.naturalWidth),
    1_176,
  );
});

test("pictures: pasted and dropped ones are taken, four at most, and removed by their buttons", async ({ page, server, requests }) => {
  await openChat(page, server.url);
  const png = await encodedPicture(page, [120, 80], "image/png");
  const file = { name: "a.png", mimeType: "image/png", buffer: Buffer.from(png) };
  await give(page, "paste", file);
  await previews(page).nth(0).waitFor();
  await give(page, "drop", file);
  await previews(page).nth(1).waitFor();
  await choosePictures(page, file, file, file);
  await previews(page).nth(3).waitFor();
  assertEquals(await previews(page).count(), 4);
  await page.getByRole("button", { name: "Remove picture 2" }).click();
  assertEquals(await said(page), "The picture is removed.");
  assertEquals(await previews(page).count(), 3);
  const focused = await page.evaluate(() => document.activeElement?.getAttribute("aria-label"));
  assertEquals(focused, "Remove picture 3");
  await page.locator("#message").fill("Which one?");
  await page.keyboard.press("Enter");
  await settled(page);
  assert.match((await replies(page)).join(""), /Pictures received: 3/);
  // A small drawing goes as it is.
  assertEquals(requests.filter((url) => url.endsWith("/api/media")).length, 4);
  await choosePictures(page, file, file, file, file, file);
  await until("told", async () => /at most 4 pictures/.test(await said(page) ?? ""));
  assertEquals(await previews(page).count(), 4);
});

test("pictures: a message waits for its picture, and one that does not arrive goes later with its message", async ({ page, server, expect }) => {
  expect(/Failed to load resource|ERR_FAILED/);
  await openChat(page, server.url);
  const file = await photo(page);
  await page.route("**/api/media", async (route) => {
    await new Promise((done) => setTimeout(done, 1_000));
    await route.continue();
  });
  await choosePictures(page, file);
  await page.locator("#message").fill("What is it?");
  await page.keyboard.press("Enter");
  assertEquals(await page.locator("#message").inputValue(), "What is it?");
  await settled(page);
  assert.match((await replies(page)).join(""), /Pictures received: 1/);
  await page.unroute("**/api/media");
  let lost = 0;
  await page.route("**/api/media", (route) => {
    lost++;
    return route.abort();
  }, { times: 2 });
  await choosePictures(page, file);
  await until("told", async () => /kB .* Waiting for the network\.$/.test(await said(page) ?? ""));
  assertEquals(await previews(page).count(), 1);
  await page.locator("#message").fill("And this?");
  await page.keyboard.press("Enter");
  await settled(page, 2);
  assert.match((await replies(page))[1] ?? "", /Pictures received: 1/);
  await page.locator(".question.waiting").waitFor({ state: "detached" });
  assertEquals([lost, await previews(page).count()], [2, 0]);
});

test("pictures: on their way, Enter in a composition or on a button does not send the message", async ({ page, server, requests }) => {
  await openChat(page, server.url);
  const file = await photo(page);
  await choosePictures(page, file);
  await previews(page).waitFor();
  await page.route("**/api/media", async (route) => {
    await new Promise((done) => setTimeout(done, 1_500));
    await route.continue();
  });
  await choosePictures(page, file);
  await page.locator("#message").fill("नमस्ते");
  await page.locator("#message").evaluate((field) => {
    const enter = { key: "Enter", isComposing: true, bubbles: true, cancelable: true };
    field.dispatchEvent(new KeyboardEvent("keydown", enter));
  });
  await page.getByRole("button", { name: "Remove picture 1" }).press("Enter");
  assertEquals(await said(page), "The picture is removed.");
  await until("the second", async () => /kB/.test(await said(page) ?? ""));
  assertEquals(await previews(page).count(), 1);
  assertEquals(await page.locator("#message").inputValue(), "नमस्ते");
  assertEquals(requests.filter((url) => url.endsWith("/api/chat")), []);
});

test("pictures: HEIC and other files are refused in words that help, before they are sent", async ({ page, server, requests }) => {
  await openChat(page, server.url);
  const heic = Buffer.from(
    concat(latin1("\0\0\0\x18ftypheic\0\0\0\0mif1heic"), new Uint8Array(99)),
  );
  // With a wrong type, as phones and pickers send it.
  await choosePictures(page, { name: "IMG_2.HEIC", mimeType: "image/jpeg", buffer: heic });
  await until("told", async () => /HEIC[^]*Share the picture as JPEG/.test(await said(page) ?? ""));
  await give(page, "paste", {
    name: "a.pdf",
    mimeType: "application/pdf",
    buffer: Buffer.from("%PDF-1.7"),
  });
  await until("told", async () => /Send it as JPEG or PNG/.test(await said(page) ?? ""));
  assertEquals(requests.filter((url) => url.includes("/api/media")), []);
});

test("pictures: a refused message keeps them, and the same message can be sent again", async ({ page, server, expect }) => {
  expect(/Failed to load resource/);
  await openChat(page, server.url);
  await choosePictures(page, await photo(page));
  await previews(page).waitFor();
  await answerOnce(page, "**/api/chat", () => ({
    status: 503,
    contentType: "application/problem+json",
    body: JSON.stringify({ type: "/problems/unavailable", detail: "Not now.", retryable: true }),
  }));
  await page.locator("#message").fill("What is it?");
  await page.keyboard.press("Enter");
  await page.locator("#hints .warn").waitFor();
  assertEquals(await previews(page).count(), 1);
  await page.locator("#message").press("Enter");
  await settled(page);
  assert.match((await replies(page)).join(""), /Pictures received: 1/);
  await previews(page).waitFor({ state: "detached" });
});

test("pictures: a tool that does not see has no button, and says so of a pasted one", async ({ page, server }) => {
  await onStore(server.kvPath, async (store) => {
    const tool = await store.tools.get(TOOL);
    assert.ok(tool);
    await store.tools.put({ ...tool, id: "blind", name: "Blind", model: "gpt-3.5-turbo" });
  });
  await until("the tool", async () => (await fetch(`${server.url}/chat/blind`)).ok);
  await openChat(page, server.url, "blind");
  assertEquals(await page.getByRole("button", { name: ADD_PICTURE }).count(), 0);
  const png = Buffer.from(await encodedPicture(page, [20, 20], "image/png"));
  await give(page, "paste", { name: "a.png", mimeType: "image/png", buffer: png });
  await until("told", async () => await said(page) === "This tool's model cannot see pictures.");
});

for (const width of [320, 1_280]) {
  test(`pictures: previews are accessible and fit, ${width} px`, async ({ page, server }) => {
    await openChat(page, server.url);
    const file = await photo(page);
    await choosePictures(page, file, file, file, file);
    await previews(page).nth(3).waitFor();
    await assertAccessible(page, `four pictures, ${width} px`);
    const overflow = await page.evaluate(() =>
      document.documentElement.scrollWidth - document.documentElement.clientWidth
    );
    assertEquals(overflow, 0);
  }, { viewport: { width, height: 700 }, bypassCSP: true });
}

test("pictures: two of a question stand side by side and fill its bubble", async ({ page, server }) => {
  await openChat(page, server.url);
  const buffer = Buffer.from(await encodedPicture(page, [1_600, 1_200]));
  const file = { name: "IMG_1.jpg", mimeType: "image/jpeg", buffer };
  await choosePictures(page, file, file);
  await previews(page).nth(1).waitFor();
  await page.locator("#message").fill("What do my notes say?");
  await page.locator("#message").press("Enter");
  await settled(page);
  const bubble = page.locator(".question .bubble");
  const images = bubble.locator("img");
  await until("both", () =>
    images.evaluateAll((all) =>
      all.length === 2 &&
      all.every((image) => image instanceof HTMLImageElement && image.naturalWidth > 0)
    ));
  const [left, right] = await Promise.all([0, 1].map((i) => images.nth(i).boundingBox()));
  const around = await bubble.boundingBox();
  assert.ok(left && right && around);
  assertEquals(right.y, left.y);
  const gap = around.x + around.width - right.x - right.width;
  assert.ok(gap < 24, `${gap} px are empty beside them`);
});
