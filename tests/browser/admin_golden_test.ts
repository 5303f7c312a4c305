import type { Page } from "playwright-core";
import { ADMIN_ENV, openEditor, signIn } from "../support/admin_page.ts";
import { assert, assertEquals } from "../support/assert.ts";
import { assertAccessible } from "../support/axe.ts";
import { browserSuite } from "../support/browser.ts";

/** Short replies are good ones, and the judge says so. */
function answerOf(system: string, question: string): string {
  if (!system.startsWith("You compare two replies")) {
    return system.includes("LONG") ? "A very long reply that never comes to its point." : "Short.";
  }
  const { first_reply, second_reply } = JSON.parse(question);
  if (first_reply === second_reply) return "SAME\nAlike.";
  return first_reply === "Short." ? "FIRST\nShorter." : "SECOND\nShorter.";
}

const openai = Deno.serve(
  { port: 0, hostname: "127.0.0.1", onListen: () => {} },
  async (request) => {
    if (request.method !== "POST") return new Response(null, { status: 404 });
    const { messages } = await request.json();
    const content = answerOf(String(messages[0]?.content), String(messages.at(-1)?.content));
    const events = [
      { choices: [{ index: 0, delta: { content }, finish_reason: null }] },
      {
        choices: [{ index: 0, delta: {}, finish_reason: "stop" }],
        usage: { prompt_tokens: 50, completion_tokens: 10, total_tokens: 60 },
      },
    ].map((event) => `data: ${JSON.stringify(event)}\n\n`);
    return new Response(`${events.join("")}data: [DONE]\n\n`, {
      headers: { "content-type": "text/event-stream" },
    });
  },
);
Deno.test.afterAll(() => openai.shutdown());

const { test } = browserSuite({
  env: {
    ...ADMIN_ENV,
    LLM_PROVIDER: "openai",
    OPENAI_API_KEY: "sk-test",
    OPENAI_BASE_URL: `http://127.0.0.1:${openai.addr.port}/v1`,
  },
});

async function writeExample(page: Page, url: string, tool: string, question: string) {
  await page.goto(`${url}/admin/golden/${tool}/new`);
  await page.getByLabel("Question", { exact: true }).fill(question);
  await page.getByLabel("A good answer", { exact: true }).fill("It is short.");
  await page.getByRole("button", { name: "Save example" }).press("Enter");
  await page.getByText("Saved.").waitFor();
}

test(
  "golden conversations are written, run and judged without JavaScript",
  async ({ page, server: { url } }) => {
    await signIn(page, url);
    await page.getByRole("link", { name: "Golden conversations" }).press("Enter");
    await page.getByText("Write five questions that people really ask").waitFor();
    for (const question of ["Is it long?", "Is it short?"]) {
      await writeExample(page, url, "math-tutor", question);
    }
    await page.getByRole("button", { name: /^Run 2 examples · .*People, blind/ }).press("Enter");
    await page.waitForURL(/\/runs\/math-tutor~/);
    while (await page.getByRole("link", { name: "Look again" }).count() > 0) await page.reload();
    await page.getByRole("heading", { name: "2 examples wait to be judged." }).waitFor();
    await page.getByRole("link", { name: "Judge blind yourself" }).press("Enter");
    await page.getByText("1 of 2", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Skip" }).press("Enter");
    for (const _ of ["one", "the skipped one"]) {
      await page.getByRole("button", { name: "Same" }).press("Enter");
    }
    await page.getByRole("heading", { name: "You have judged all of them." }).waitFor();
    await page.getByRole("link", { name: "See the result" }).press("Enter");
    await page.getByRole("heading", { name: "No difference in 2 examples." }).waitFor();
  },
  { javaScriptEnabled: false },
);

test(
  "pairs are judged by the arrow keys, undone, and tell no version",
  async ({ page, server: { url } }) => {
    await signIn(page, url);
    for (const question of ["One?", "Two?", "Three?"]) {
      await writeExample(page, url, "travel-planner", question);
    }
    await assertAccessible(page, "list of examples");
    await page.getByRole("button", { name: /^Run 3 examples · .*A model, marked as such/ }).click();
    await page.getByRole("heading", { name: "No difference in 3 examples." }).waitFor();
    await assertAccessible(page, "a run");
    await page.getByRole("link", { name: "Judge blind yourself" }).click();
    const seen = await page.locator("main").innerHTML();
    assert.ok(!/version \d|draft|gpt|side/i.test(seen.replaceAll("which version wrote which", "")));
    await assertAccessible(page, "a pair");
    await page.locator("body").press("ArrowLeft");
    await page.getByText("2 of 3", { exact: true }).waitFor();
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("1 of 3", { exact: true }).waitFor();
    for (const [key, then] of [["ArrowLeft", "2 of 3"], ["ArrowDown", "3 of 3"]] as const) {
      await page.locator("body").press(key);
      await page.getByText(then, { exact: true }).waitFor();
    }
    await page.locator("body").press("ArrowRight");
    await page.getByRole("heading", { name: "You have judged all of them." }).waitFor();
  },
  { bypassCSP: true, reducedMotion: "reduce" },
);

test(
  "the editor says that a draft's golden conversations got worse, and keeps the draft",
  async ({ page, server: { url } }) => {
    await signIn(page, url);
    for (const question of ["How far?", "How high?"]) {
      await writeExample(page, url, "code-helper", question);
    }
    await openEditor(page, `${url}/admin/tools/code-helper`);
    await page.getByLabel("Prompt", { exact: true }).fill("Give LONG replies.");
    await page.getByRole("button", { name: /^Run 2 examples · / }).click();
    await page.getByText("2 of 2 got worse").waitFor();
    const bar = page.getByRole("region", { name: "Unsaved changes" });
    await bar.getByRole("link", { name: "2 of 2 golden conversations got worse" }).waitFor();
    assertEquals(
      await page.getByLabel("Prompt", { exact: true }).inputValue(),
      "Give LONG replies.",
    );
    await page.getByText("Shorter.").first().waitFor();
    await assertAccessible(page, "editor with a run");
    await page.getByLabel("Prompt", { exact: true }).fill("Give LONG replies, always.");
    await page.getByText("The draft has changed since this run.").waitFor();
    await bar.getByRole("button", { name: /Save/ }).click();
    await page.getByText("Saved.").waitFor();
  },
  { bypassCSP: true, reducedMotion: "reduce" },
);

test("golden pages fit 320 px with text of 200%", async ({ page, server: { url } }) => {
  await signIn(page, url);
  await writeExample(page, url, "recipe-helper", "A question of a person, with averylongwordinit?");
  await page.setViewportSize({ width: 320, height: 900 });
  for (const path of ["/admin/golden?tool=recipe-helper", "/admin/golden/recipe-helper/new"]) {
    await page.goto(url + path);
    await page.evaluate("document.documentElement.style.fontSize = '200%'");
    assertEquals(await page.evaluate("document.documentElement.scrollWidth"), 320, path);
  }
}, { bypassCSP: true, reducedMotion: "reduce" });
