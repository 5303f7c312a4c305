import { assert, assertEquals } from "@/tests/support/assert.ts";
import { browserSuite } from "@/tests/support/browser.ts";
import { openChat, replies, say, settled, stored, storedReply } from "@/tests/support/chat_page.ts";
import { startServer } from "@/tests/support/server.ts";
import { assertEachOnce, transcribe } from "@/tests/support/transcript.ts";
import { until } from "@/tests/support/wait.ts";
import { startOpenAiFaults } from "@/tests/simulators/openai_faults.ts";

const simulator = await startOpenAiFaults();
Deno.test.afterAll(() => simulator.close());
const env = {
  LLM_PROVIDER: "openai,mock",
  OPENAI_API_KEY: "sk-of-the-test",
  OPENAI_BASE_URL: simulator.url,
};
const { test } = browserSuite({ env });

test("two processes: the second shows a reply under way and its end, each character once", async ({ page, context, server, alsoAt }) => {
  await using second = await startServer({ kvPath: server.kvPath, env });
  alsoAt(second.url);
  await openChat(page, server.url);
  await say(page, "Go on [[fault:long=20]]");
  await page.locator(".reply .prose.plain").waitFor();
  const there = await context.newPage();
  const got = await transcribe(there);
  await openChat(there, second.url);
  await until(
    "text to come through the second process",
    () => got.events.filter(({ type }) => type === "delta").length >= 2,
  );
  await page.getByRole("button", { name: "Stop the answer" }).click();
  await Promise.all([settled(page), settled(there)]);
  assertEachOnce(got, await storedReply(page, server.url));
  assertEquals(await replies(there), await replies(page));
  await there.close();
});

test("two processes: Stop through the second ends the provider's request within two seconds", async ({ page, context, server, alsoAt }) => {
  await using second = await startServer({ kvPath: server.kvPath, env });
  alsoAt(second.url);
  await openChat(page, server.url);
  await say(page, "Go on [[fault:long=20]]");
  await page.locator(".reply .prose.plain").waitFor();
  assertEquals(simulator.streaming(), 1);
  const there = await context.newPage();
  await openChat(there, second.url);
  const began = performance.now();
  await there.getByRole("button", { name: "Stop the answer" }).click();
  await until("the simulator to see its connection closed", () => simulator.streaming() === 0);
  const took = performance.now() - began;
  assert.ok(took < 2_000, `It took ${Math.round(took)} ms`);
  await Promise.all([settled(page), settled(there)]);
  const reply = (await stored(page, server.url)).at(-1)?.reply;
  assertEquals([reply?.reason, reply?.basis], ["stopped", "partial"]);
  assert.ok(Number(reply?.usd) > 0);
  await there.close();
});
