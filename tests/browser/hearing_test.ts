import type { Page } from "playwright-core";
import { startOpenAiSenses } from "@/tests/simulators/openai_senses.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { onStore } from "@/tests/support/api_keys.ts";
import { assertAccessible } from "@/tests/support/axe.ts";
import { browserSuite } from "@/tests/support/browser.ts";
import { openChat, questions, settled, TOOL } from "@/tests/support/chat_page.ts";
import { until } from "@/tests/support/wait.ts";

const openai = startOpenAiSenses();
Deno.test.afterAll(async () => await openai[Symbol.asyncDispose]());

const FAKE = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"];
const { test } = browserSuite({
  env: { LLM_PROVIDER: "openai", OPENAI_API_KEY: "sk-test", OPENAI_BASE_URL: openai.url },
}, FAKE);

const HEARING = "hearing";
const button = (page: Page, name: string) => page.getByRole("button", { name, exact: true });

/** Opens a tool whose model hears, and records for a second and a half. */
async function record(page: Page, server: { url: string; kvPath: string }): Promise<void> {
  await onStore(server.kvPath, async (store) => {
    const tool = await store.tools.get(TOOL);
    assert.ok(tool);
    await store.tools.put({ ...tool, id: HEARING, name: "H", hearingModel: "gpt-audio-1.5" });
  });
  await until("the tool", async () => (await fetch(`${server.url}/chat/${HEARING}`)).ok);
  await openChat(page, server.url, HEARING);
  await button(page, "Record a voice message").click();
  await button(page, "Finish").waitFor();
  await until("time", async () => await page.locator("[role=timer]").textContent() === "0:02");
  await button(page, "Finish").click();
}

/** The recording in the latest request to the model. */
function soundSent(): { bytes: Uint8Array; format: string } {
  const body = JSON.stringify(openai.asked.at(-1));
  const [, data = "", format = ""] =
    /"input_audio":\{"data":"([^"]+)","format":"(\w+)"\}/.exec(body) ?? [];
  return { bytes: Uint8Array.fromBase64(data), format };
}

test(
  "hearing: a recording is made into WAV, written down, and goes to the model with its corrected text",
  async ({ page, server }) => {
    openai.hear({ text: "How far is Jeriko?", status: 200 });
    const before = openai.heard.length;
    await record(page, server);
    const field = page.locator("#message");
    await until("text", async () => await field.inputValue() === "How far is Jeriko?");
    await page.getByText("The model also hears the recording.").waitFor();
    await assertAccessible(page, "heard");
    await field.fill("How far is Jericho?");
    await field.press("Enter");
    await settled(page);
    assertEquals(await questions(page), ["How far is Jericho?"]);
    assertEquals(openai.heard.slice(before).map(({ type }) => type), ["audio/wav"]);
    const { bytes, format } = soundSent();
    const header = new DataView(bytes.buffer, bytes.byteOffset);
    // One channel of 16 bits, 16,000 times a second.
    assertEquals(
      [format, header.getUint16(22, true), header.getUint32(24, true), header.getUint16(34, true)],
      ["wav", 1, 16_000, 16],
    );
    const seconds = (bytes.length - 44) / 32_000;
    assert.ok(seconds > 1.5 && seconds < 6, String(seconds));
    // The fake microphone beeps.
    const samples = new Int16Array(bytes.buffer.slice(bytes.byteOffset + 44));
    assert.ok(samples.some((sample) => Math.abs(sample) > 1_000));
    assert.match(JSON.stringify(openai.asked.at(-1)), /How far is Jericho\?/);
    assertEquals(await page.evaluate(() => localStorage.length), 0);
  },
  { bypassCSP: true },
);

test("hearing: a recording that nobody can write down is sent as it is", async ({ page, server }) => {
  openai.hear({ status: 500 });
  await record(page, server);
  const field = page.locator("#message");
  const marker = /^\(Voice message, 0:0\d, not written down\)$/;
  await until("marker", async () => marker.test(await field.inputValue()));
  await field.press("Enter");
  await settled(page);
  assert.match((await questions(page))[0] ?? "", marker);
  assertEquals(soundSent().format, "wav");
  // The next question has its text only.
  await button(page, "Play your recording").waitFor({ state: "detached" });
  const asked = openai.asked.length;
  await field.fill("And Bethany?");
  await field.press("Enter");
  await until("the next", () => openai.asked.length > asked);
  await settled(page);
  assertEquals(soundSent().format, "");
});
