import { assertEquals } from "@/tests/support/assert.ts";
import { browserSuite } from "@/tests/support/browser.ts";
import { openChat, say, settled } from "@/tests/support/chat_page.ts";
import { until } from "@/tests/support/wait.ts";

/** Replies whose rendered text differs from their source. */
const REPLIES = [
  "The area is $\\frac{1}{2}bh$, so $x^{10}$ and \\[\\int_0^1 x^2\\,dx\\] and \\(a<b\\).",
  "$$\nE = mc^2\n$$\n\nAnd $\\nope{$ is wrong.",
  "\\*not bold\\* and \\_not italic\\_, 2 * 3 * 4, snake_case, &copy; and \\# no heading",
  "````md\n```js\nlet a = `b`;\n```\n````\n\nUse ``a`b`` or `c`.",
  "~~~\ntildes\n~~~\n\n- item\n\n  ```py\n  x = 1\n  ```",
  'See https://example.org/a_b, a@example.org and [this](https://example.org "a title").',
  "Price range: $$ – $$$, and Mark\\[16:9-20\\].",
];

// A server that streams one reply after the other; a request for the list of models takes none.
let at = 0;
const openai = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, (request) => {
  if (request.method !== "POST") return new Response(null, { status: 404 });
  const delta = { choices: [{ index: 0, delta: { content: REPLIES[at++] }, finish_reason: null }] };
  const end = {
    choices: [{ index: 0, delta: {}, finish_reason: "stop" }],
    usage: { prompt_tokens: 10, completion_tokens: 50, total_tokens: 60 },
  };
  const events = [JSON.stringify(delta), JSON.stringify(end), "[DONE]"];
  return new Response(events.map((event) => `data: ${event}\n\n`).join(""), {
    headers: { "content-type": "text/event-stream" },
  });
});
Deno.test.afterAll(() => openai.shutdown());

const { test } = browserSuite({
  env: {
    LLM_PROVIDER: "openai",
    OPENAI_API_KEY: "sk-test",
    OPENAI_BASE_URL: `http://127.0.0.1:${openai.addr.port}/v1`,
  },
});

test(
  "chat page: Copy takes formulas, escapes and fences as written",
  async ({ page, server }) => {
    await openChat(page, server.url);
    for (const [index, reply] of REPLIES.entries()) {
      await say(page, `Question ${index}`);
      await settled(page, index + 1);
      await copied(index, reply);
    }
    await page.reload();
    await page.locator("html.js").waitFor({ state: "attached" });
    for (const [index, reply] of REPLIES.entries()) await copied(index, reply);

    async function copied(index: number, reply: string): Promise<void> {
      await page.locator("article.reply").nth(index).hover();
      await page.getByRole("button", { name: "Copy answer" }).nth(index).click();
      const held = () => page.evaluate(() => navigator.clipboard.readText());
      await until("the clipboard to hold it", async () => await held() === reply, 2_000)
        .catch(() => {});
      assertEquals(await held(), reply);
    }
  },
  { permissions: ["clipboard-read", "clipboard-write"] },
);
