import { checkLedger } from "@/lib/metering/ledger_check.ts";
import { openStore } from "@/lib/stores.ts";
import type { Page } from "playwright-core";
import { startOpenAiSenses } from "@/tests/simulators/openai_senses.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { assertAccessibleInAllLooks } from "@/tests/support/axe.ts";
import { browserSuite } from "@/tests/support/browser.ts";
import { chooseFiles, openChat, questions, settled } from "@/tests/support/chat_page.ts";
import { until } from "@/tests/support/wait.ts";

const openai = startOpenAiSenses();
Deno.test.afterAll(async () => await openai[Symbol.asyncDispose]());

const FAKE = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"];
const { test } = browserSuite({
  env: { LLM_PROVIDER: "openai", OPENAI_API_KEY: "sk-test", OPENAI_BASE_URL: openai.url },
}, FAKE);

const RECORDED = new URL("../fixtures/recorded.webm", import.meta.url).pathname;

const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });
const shown = (page: Page, text: string | RegExp) => page.locator("#voice").getByText(text);
const said = (page: Page) => page.locator("#hints > .sr").textContent();

async function record(page: Page, ms = 1_500): Promise<void> {
  await button(page, "Record a voice message").click();
  await button(page, "Finish").waitFor();
  await new Promise((done) => setTimeout(done, ms));
}

/** Bytes of the recording under way that the browser has kept so far, each some seconds. */
function keptBytes(page: Page): Promise<number> {
  return page.evaluate(() =>
    new Promise<number>((done) => {
      // The page makes its database with the first of them.
      if (localStorage.getItem("voice:general-assistant") === null) return done(0);
      const opening = indexedDB.open("recordings");
      opening.onsuccess = () => {
        const database = opening.result;
        const all = database.transaction("recordings").objectStore("recordings").getAll();
        all.onsuccess = () => done(all.result[0]?.sound.size ?? 0);
        database.close();
      };
    })
  );
}

test("voice: record with the keyboard, correct the text, send", async ({ page, server }) => {
  openai.hear({ text: "How far is Jeriko?", status: 200, seconds: 2, slow: 0 });
  const before = openai.heard.length;
  await openChat(page, server.url);
  await page.locator("#message").press("Tab");
  await page.keyboard.press("Enter");
  await button(page, "Finish").waitFor();
  assertEquals(await said(page), "Recording, up to 10 minutes. Press the tick to finish.");
  await until("time", async () => await page.locator("[role=timer]").textContent() === "0:02");
  assert.ok(await page.locator(".level i").count() > 3);
  await button(page, "Pause").click();
  const bars = await page.locator(".level i").count();
  await button(page, "Go on recording").click();
  await until("sound", async () => await page.locator(".level i").count() > bars);
  await button(page, "Finish").click();
  const field = page.locator("#message");
  await until("text", async () => await field.inputValue() === "How far is Jeriko?");
  await until(
    "told",
    async () => await said(page) === "Please check the text and correct it. Then send.",
  );
  await until("focus", () => field.evaluate((element) => element === document.activeElement));
  await button(page, "Play your recording").click();
  await button(page, "Stop playing").waitFor();
  await field.fill("How far is Jericho?");
  await field.press("Enter");
  await settled(page);
  assertEquals(await questions(page), ["How far is Jericho?"]);
  await button(page, "Play your recording").waitFor({ state: "detached" });
  await button(page, "Record a voice message").waitFor();
  assertEquals(openai.heard.slice(before).map(({ name, type }) => [name, type]), [
    ["voice.webm", "audio/webm"],
  ]);
  // Nothing is left of it.
  await page.reload();
  await page.locator("html.js").waitFor({ state: "attached" });
  assertEquals(await page.evaluate(() => localStorage.length), 0);
});

test("voice: a recording that the person keeps is heard in the history; the next one is not kept", async ({ page, server }) => {
  openai.hear({ text: "Keep me.", status: 200, seconds: 2 });
  await openChat(page, server.url);
  await record(page);
  await button(page, "Finish").click();
  const field = page.locator("#message");
  await until("text", async () => await field.inputValue() === "Keep me.");
  const keep = page.getByLabel("Keep the recording with the message");
  assertEquals(await keep.isChecked(), false);
  // The field takes the focus a moment after the text.
  await until("focus", () => field.evaluate((element) => element === document.activeElement));
  await keep.focus();
  await page.keyboard.press("Space");
  assertEquals(await keep.isChecked(), true);
  await field.press("Enter");
  await settled(page);
  await page.reload();
  const audio = page.locator("#messages audio");
  const duration = () =>
    audio.evaluate(async (it: HTMLAudioElement) => {
      it.muted = true;
      await it.play();
      const { readyState } = it;
      it.pause();
      return readyState;
    });
  assert.ok(await duration() >= 2);
  assertEquals(await page.evaluate(() => localStorage.length), 0);
  await record(page);
  await button(page, "Finish").click();
  await until("text again", async () => await field.inputValue() === "Keep me.");
  assertEquals(await keep.isChecked(), false);
  await field.press("Enter");
  await settled(page, 2);
  await page.reload();
  assertEquals([await questions(page), await audio.count()], [["Keep me.", "Keep me."], 1]);
});

test("voice: Escape discards, and nothing is sent", async ({ page, server, requests }) => {
  await openChat(page, server.url);
  await record(page);
  await page.keyboard.press("Escape");
  await button(page, "Record a voice message").waitFor();
  assertEquals(await said(page), "The recording is discarded.");
  await until(
    "focus",
    () => page.locator("#message").evaluate((field) => field === document.activeElement),
  );
  await button(page, "Record a voice message").click();
  await button(page, "Discard").click();
  await page.locator("#message").waitFor();
  assertEquals(requests.filter((url) => url.includes("/api/media")), []);
});

test("voice: Escape pauses a long recording, also when pressed again; Discard has the focus", async ({ page, server }) => {
  await openChat(page, server.url);
  await record(page);
  await page.evaluate(() => {
    const now = performance.now.bind(performance);
    performance.now = () => now() + 10_000;
  });
  for (let i = 0; i < 2; i++) {
    await page.keyboard.press("Escape");
    await button(page, "Go on recording").waitFor();
    assertEquals(await said(page), "The recording is paused.");
  }
  const time = page.locator("[role=timer]");
  await until("its time", async () => /^0:[1-5]\d$/.test(await time.innerText()));
  await page.keyboard.press("Enter");
  await button(page, "Record a voice message").waitFor();
  assertEquals(await said(page), "The recording is discarded.");
});

test("voice: a refused microphone is told, and a file takes its place", async ({ page, server }) => {
  openai.hear({ text: "From a file.", seconds: 3 });
  await page.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = () =>
      Promise.reject(new DOMException("denied", "NotAllowedError"));
  });
  await openChat(page, server.url);
  await button(page, "Record a voice message").click();
  await shown(page, "The microphone is blocked.").waitFor();
  assertEquals(
    await said(page),
    "The microphone is blocked. Allow it in your browser’s settings, or choose a recording.",
  );
  await until(
    "focus",
    () => button(page, "Choose a recording").evaluate((it) => it === document.activeElement),
  );
  await chooseFiles(page, () => page.keyboard.press("Enter"), RECORDED);
  const field = page.locator("#message");
  await until("text", async () => await field.inputValue() === "From a file.");
  await button(page, "Remove the recording").click();
  await button(page, "Remove the recording").waitFor({ state: "detached" });
  // The text stays.
  assertEquals(await field.inputValue(), "From a file.");
});

test("voice: a page closed in mid-upload goes on later; lost answers double nothing", async ({ page, server, context, expect }) => {
  expect(/ERR_|Failed to load|409/);
  openai.hear({ text: "It went on.", seconds: 3 });
  const before = openai.heard.length;
  await openChat(page, server.url);
  await record(page);
  await until("more than one piece", async () => await keptBytes(page) > 32_000, 60_000);
  let pieces = 0;
  await context.route(/\/api\/media\/[\w-]+$/, async (route) => {
    if (route.request().method() !== "PATCH") return route.continue();
    pieces++;
    if (pieces === 1) {
      // The piece arrives, its answer does not.
      await route.fetch();
      return await route.abort();
    }
    await route.abort();
  });
  await button(page, "Finish").click();
  await until("two attempts", () => Promise.resolve(pieces >= 2));
  await shown(page, /It is sent when the network is back/).waitFor();
  await page.close();
  await context.unroute(/\/api\/media\/[\w-]+$/);
  const later = await context.newPage();
  const offsets: string[] = [];
  later.on("request", (request) => {
    if (request.method() === "PATCH") offsets.push(request.headers()["upload-offset"] ?? "");
  });
  await openChat(later, server.url);
  const field = later.locator("#message");
  await until("text", async () => await field.inputValue() === "It went on.");
  assert.equal(offsets[0], "32000", "It goes on after the first piece");
  assertEquals(openai.heard.length - before, 1);
  // The text and the recording outlive a reload as well, and are paid once.
  await later.reload();
  await button(later, "Play your recording").waitFor();
  assertEquals(await field.inputValue(), "It went on.");
  await field.press("Enter");
  await settled(later);
  assertEquals(openai.heard.length - before, 1);
});

test("voice: a recording whose message was taken does not come back, though the page was loaded anew before its reply began", async ({ page, server, expect }) => {
  expect(/ERR_|Failed to load/);
  openai.hear({ text: "Am I heard?", status: 200, seconds: 2 });
  const events = "**/api/chat/*/events*";
  await page.route(events, (route) => route.abort());
  await openChat(page, server.url);
  await record(page);
  await button(page, "Finish").click();
  const field = page.locator("#message");
  await until("text", async () => await field.inputValue() === "Am I heard?");
  await page.getByLabel("Keep the recording with the message").check();
  await field.press("Enter");
  await until("nothing to be kept", () => page.evaluate(() => localStorage.length === 0));
  await page.unroute(events);
  await page.reload();
  await settled(page);
  assertEquals(await questions(page), ["Am I heard?"]);
  await button(page, "Record a voice message").waitFor();
  assertEquals(await button(page, "Play your recording").count(), 0);
});

test("voice: a page killed while it records loses some seconds at most", async ({ page, server, context }) => {
  openai.hear({ text: "Nearly all of it.", seconds: 5 });
  await openChat(page, server.url);
  await record(page);
  await until("some of it to be kept", async () => await keptBytes(page) > 0);
  const devtools = await context.newCDPSession(page);
  const crashed = page.waitForEvent("crash");
  devtools.send("Page.crash").catch(() => {});
  await crashed;
  await page.close();
  const later = await context.newPage();
  await openChat(later, server.url);
  const field = later.locator("#message");
  await until("text", async () => await field.inputValue() === "Nearly all of it.");
  await button(later, "Remove the recording").click();
});

test("voice: a second page of the chat leaves a recording under way to the first", async ({ page, server, context }) => {
  openai.hear({ text: "Of one page.", seconds: 3 });
  const before = openai.heard.length;
  await openChat(page, server.url);
  await record(page);
  await until("some of it to be kept", async () => await keptBytes(page) > 0);
  const other = await context.newPage();
  const sent: string[] = [];
  other.on("request", (request) => sent.push(request.url()));
  await openChat(other, server.url);
  await until("its script", () => sent.some((url) => /voice/.test(url)));
  await new Promise((done) => setTimeout(done, 1_500));
  assertEquals(sent.filter((url) => url.includes("/api/media")), []);
  await button(other, "Record a voice message").waitFor();
  await page.bringToFront();
  await button(page, "Finish").click();
  const field = page.locator("#message");
  await until("text", async () => await field.inputValue() === "Of one page.");
  assertEquals(openai.heard.length - before, 1);
  // Once the first page has left it, the second one may have it.
  await page.close();
  await other.reload();
  await button(other, "Remove the recording").click();
});

test("voice: a double click on the tick writes the text once", async ({ page, server }) => {
  openai.hear({ text: "Only once.", seconds: 2, slow: 300 });
  await openChat(page, server.url);
  await record(page);
  await button(page, "Finish").evaluate((tick) => {
    if (!(tick instanceof HTMLElement)) return;
    for (let i = 0; i < 2; i++) tick.click();
  });
  await shown(page, "Please check the text and correct it. Then send.").waitFor();
  // Another sending would ask for the text again after two seconds.
  await new Promise((done) => setTimeout(done, 3_000));
  assertEquals(await page.locator("#message").inputValue(), "Only once.");
  openai.hear({ slow: 0 });
});

test("voice: a recording ends by itself after ten minutes", async ({ page, server }) => {
  openai.hear({ text: "At length.", seconds: 2 });
  await page.clock.install();
  await openChat(page, server.url);
  await record(page, 500);
  await page.clock.fastForward("10:01");
  await page.clock.resume();
  const field = page.locator("#message");
  await until("text", async () => await field.inputValue() === "At length.");
});

test(
  "voice: over 50 kbit/s with 400 ms the bar moves, offline it waits, and goes on when the network is back",
  async ({ page, server, context, expect }) => {
    expect(/ERR_|Failed to load/);
    openai.hear({ text: "Slow but sure.", seconds: 8 });
    await openChat(page, server.url);
    await record(page, 25_000);
    const devtools = await context.newCDPSession(page);
    const network = {
      offline: false,
      latency: 400,
      downloadThroughput: 50_000 / 8,
      uploadThroughput: 50_000 / 8,
    };
    await devtools.send("Network.enable");
    await devtools.send("Network.emulateNetworkConditions", network);
    await button(page, "Finish").click();
    await shown(page, "Sending your recording, 0%. You can close this page, it goes on later.")
      .waitFor();
    const percents = new Set<string>();
    const bar = page.locator(".up progress");
    await until("progress", async () => {
      percents.add(await bar.getAttribute("value") ?? "");
      return percents.size >= 2;
    });
    await devtools.send("Network.emulateNetworkConditions", { ...network, offline: true });
    await shown(page, /It is sent when the network is back/).waitFor();
    await devtools.send("Network.emulateNetworkConditions", network);
    const field = page.locator("#message");
    await until("text", async () => await field.inputValue() === "Slow but sure.");
  },
  { reducedMotion: "reduce" },
);

test("voice: sent at once when the person chose so; the choice is remembered", async ({ page, server }) => {
  openai.hear({ text: "Sent unseen.", seconds: 2, slow: 1_500 });
  await openChat(page, server.url);
  await record(page);
  await button(page, "Finish").click();
  await page.getByLabel("Send voice messages at once, without checking the text").check();
  await settled(page);
  assertEquals(await questions(page), ["Sent unseen."]);
  await page.reload();
  await record(page);
  await button(page, "Finish").click();
  await settled(page, 2);
  assertEquals(await questions(page), ["Sent unseen.", "Sent unseen."]);
  openai.hear({ slow: 0 });
});

test("voice: silence and failures are told in words, and can be repeated", async ({ page, server, expect }) => {
  expect(/Failed to load/);
  openai.hear({ text: "", seconds: 2 });
  await openChat(page, server.url);
  await record(page);
  await button(page, "Finish").click();
  await shown(page, "Nothing was heard in your recording.").waitFor();
  await button(page, "Remove the recording").click();
  openai.hear({ text: "Now.", status: 500 });
  await record(page);
  await button(page, "Finish").click();
  await button(page, "Try again").waitFor({ timeout: 30_000 });
  openai.hear({ status: 200 });
  await button(page, "Try again").click();
  await until("text", async () => await page.locator("#message").inputValue() === "Now.");
});

test(
  "voice, no JavaScript: a posted recording's text comes into the field to correct and send",
  async ({ page, server }) => {
    openai.hear({ text: "Without a script.", seconds: 3 });
    await page.goto(`${server.url}/chat/general-assistant`);
    await page.getByLabel("Record, or choose a recording").setInputFiles(RECORDED);
    await button(page, "Write it down").click();
    await page.getByText("Please check the text and correct it. Then send.").waitFor();
    const field = page.locator("#message");
    assertEquals(await field.inputValue(), "Without a script.");
    await field.fill("With no script.");
    await button(page, "Send").click();
    await page.locator(".question").waitFor();
    assertEquals(await questions(page), ["With no script."]);
  },
  { javaScriptEnabled: false },
);

test(
  "voice: axe finds nothing in its states, light and dark",
  async ({ page, server, context, expect }) => {
    expect(/ERR_|Failed to load/);
    openai.hear({ text: "Well said.", seconds: 2 });
    await openChat(page, server.url);
    await record(page);
    await assertAccessibleInAllLooks(page, "recording", [360]);
    await context.route("**/api/media/*", (route) => route.abort());
    await button(page, "Finish").click();
    await shown(page, /It is sent when the network is back/).waitFor();
    await assertAccessibleInAllLooks(page, "sending", [360]);
    await context.unroute("**/api/media/*");
    await shown(page, "Please check the text and correct it. Then send.").waitFor();
    await assertAccessibleInAllLooks(page, "heard", [360]);
    await button(page, "Remove the recording").click();
    await page.locator("#message").fill("");
    await page.evaluate(() => {
      navigator.mediaDevices.getUserMedia = () =>
        Promise.reject(new DOMException("", "NotFoundError"));
    });
    await button(page, "Record a voice message").click();
    await shown(page, "No microphone was found.").waitFor();
    await assertAccessibleInAllLooks(page, "no microphone", [360]);
  },
  {
    viewport: { width: 360, height: 740 },
    bypassCSP: true,
    reducedMotion: "reduce",
  },
);

test("voice: the ledger has each transcript of these tests exactly once", async ({ server }) => {
  const store = await openStore({ path: server.kvPath, report: () => {} });
  try {
    let transcripts = 0;
    for await (const entries of store.ledger.all()) {
      transcripts += entries.filter(({ audioSeconds }) => audioSeconds > 0).length;
    }
    // Refused requests are not billed.
    assertEquals(transcripts, openai.heard.filter(({ status }) => status === 200).length);
    assertEquals((await checkLedger(store)).difference, null);
  } finally {
    await store.close();
  }
});

test(
  "voice: on a phone a long transcript keeps Send in the row of the picture button",
  async ({ page, server }) => {
    openai.hear({
      text: "How far is it from Jericho to Jerusalem, on foot and with a donkey?",
      status: 200,
      seconds: 2,
    });
    await openChat(page, server.url);
    await record(page);
    await button(page, "Finish").click();
    await until("text", async () => (await page.locator("#message").inputValue()) !== "");
    await page.locator(".box.tall #message").waitFor();
    const [send, picture] = await Promise.all(
      [button(page, "Send"), button(page, "Add a picture")].map((each) => each.boundingBox()),
    );
    assert.ok(send && picture);
    assert.ok(Math.abs(send.y - picture.y) < 8, `${send.y} and ${picture.y}`);
    assert.ok(send.x > picture.x + 200);
  },
  { viewport: { width: 360, height: 740 } },
);
