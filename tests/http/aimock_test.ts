import { LLMock } from "@copilotkit/aimock";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { startServer } from "@/tests/support/server.ts";
import { textOf, Visitor } from "@/tests/support/visitor.ts";

Deno.test("a reply of aimock reaches the page's events through the official SDK, priced by its usage", async () => {
  const openai = new LLMock({ port: 0 });
  openai.onMessage("How are you?", { content: "Fine, thank you. **And you?**" });
  await openai.start();
  await using server = await startServer({
    env: {
      LLM_PROVIDER: "openai",
      OPENAI_API_KEY: "sk-of-the-test",
      OPENAI_BASE_URL: `${openai.url}/v1`,
    },
  });
  const events = await new Visitor(server.url).ask("How are you?");
  assertEquals(textOf(events), "Fine, thank you. **And you?**");
  assert.match(String(events.at(-1)?.fields.html), /<strong>And you\?<\/strong>/);
  const cost = events.at(-2)?.fields;
  assertEquals(cost?.simulated, false);
  assert.ok(Number(cost?.turn) > 0);
  await openai.stop();
});
