import { openStore, type Store } from "@/lib/stores.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { browserSuite } from "@/tests/support/browser.ts";
import { openChat, say, settled } from "@/tests/support/chat_page.ts";
import { storeExperiment } from "@/tests/support/experiments.ts";
import { until } from "@/tests/support/wait.ts";

// Streams replies with a link to itself.
const openai = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, (request) => {
  const { origin, pathname } = new URL(request.url);
  if (pathname === "/guide") return new Response("The guide");
  if (request.method !== "POST") return new Response(null, { status: 404 });
  const content = `Read [the guide](${origin}/guide).`;
  const events = [
    { choices: [{ index: 0, delta: { content }, finish_reason: null }] },
    {
      choices: [{ index: 0, delta: {}, finish_reason: "stop" }],
      usage: { prompt_tokens: 10, completion_tokens: 50, total_tokens: 60 },
    },
  ];
  const lines = [...events.map((event) => JSON.stringify(event)), "[DONE]"];
  return new Response(lines.map((line) => `data: ${line}\n\n`).join(""), {
    headers: { "content-type": "text/event-stream" },
  });
});
const origin: string = `http://127.0.0.1:${openai.addr.port}`;
Deno.test.afterAll(() => openai.shutdown());

const { test } = browserSuite({
  env: {
    LLM_PROVIDER: "openai",
    OPENAI_API_KEY: "sk-test",
    OPENAI_BASE_URL: `${origin}/v1`,
  },
});

async function reached({ experiments }: Store): Promise<number> {
  return (await experiments.days("experiment")).reduce((sum, day) => sum + day.reached, 0);
}

test("chat page: a link of a reply that the reader opens is the goal, and no other click", async ({ page, context, server, requests, alsoAt }) => {
  alsoAt(origin);
  const store = await openStore({ path: server.kvPath, report: () => {} });
  try {
    await storeExperiment(store, { measure: { code: "link" } });
    await until("the page to count links", async () => {
      await openChat(page, server.url);
      return await page.locator("script[data-goal]").count() === 1;
    });
    await say(page, `My own link: ${origin}/guide`);
    await settled(page, 1);
    const link = page.locator("article.reply .prose a");
    assertEquals(await link.count(), 1);

    // A click that no person made, and one on the person's own words.
    await link.evaluate((element) => {
      element.addEventListener("click", (event) => event.preventDefault(), { once: true });
      if (element instanceof HTMLElement) element.click();
    });
    const [own] = await Promise.all([
      context.waitForEvent("page"),
      page.locator(".bubble.prose a").click(),
    ]);
    await own.close();
    await page.waitForTimeout(500);
    assert.ok(!requests.some((url) => url.endsWith("/opened")), "A beacon was sent");
    assertEquals(await reached(store), 0);

    await link.focus();
    const [opened] = await Promise.all([
      context.waitForEvent("page"),
      page.keyboard.press("Enter"),
    ]);
    assertEquals(new URL(opened.url()).pathname, "/guide");
    await opened.close();
    await until("the goal", async () => await reached(store) === 1);
    await page.bringToFront();
    await Promise.all([context.waitForEvent("page"), link.click({ button: "middle" })]);
    await page.waitForTimeout(300);
    assertEquals(await reached(store), 1);
  } finally {
    await store.close();
  }
});
