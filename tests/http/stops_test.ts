import { assert, assertEquals } from "@/tests/support/assert.ts";
import { TOOL } from "@/tests/support/chat_page.ts";
import { costsOf, startServer } from "@/tests/support/server.ts";
import { heard, textOf, Visitor } from "@/tests/support/visitor.ts";
import { until } from "@/tests/support/wait.ts";
import { startOpenAiFaults } from "@/tests/simulators/openai_faults.ts";

const STOPS = 100;
const AT_ONCE = 10;

/** Stops a reply after `waitMs`; the text read and its cost. */
async function stopOnce(url: string, waitMs: number) {
  const visitor = new Visitor(url);
  await visitor.fetch(`/chat/${TOOL}`);
  const answer = await visitor.post({ message: "Go on [[fault:long=3]]" });
  const events: Awaited<ReturnType<typeof visitor.ask>> = [];
  const reading = (async () => {
    for await (const event of heard(answer)) events.push(event);
  })();
  await new Promise((done) => setTimeout(done, waitMs));
  await visitor.stop();
  await reading;
  const cost = events.find(({ event }) => event === "cost")?.fields;
  const [, reply] = await visitor.stored();
  return { text: textOf(events), last: events.at(-1), cost, reply };
}

Deno.test("100 stops at any time each close their provider connection, and streamed text is priced", async () => {
  await using simulator = await startOpenAiFaults();
  await using server = await startServer({
    env: {
      LLM_PROVIDER: "openai",
      OPENAI_API_KEY: "sk-of-the-test",
      OPENAI_BASE_URL: simulator.url,
    },
  });
  let texts = 0;
  let spent = 0;
  for (let round = 0; round < STOPS / AT_ONCE; round++) {
    const waits = Array.from({ length: AT_ONCE }, () => Math.random() ** 2 * 200);
    const stops = await Promise.all(waits.map((wait) => stopOnce(server.url, wait)));
    for (const { text, last, cost, reply } of stops) {
      assertEquals(reply?.text ?? "", text, "What was shown is what is kept");
      assert.ok(last?.event === "done" || text === "", JSON.stringify(last?.fields));
      if (text !== "") {
        texts++;
        assertEquals([cost?.basis, reply?.reply?.reason], ["partial", "stopped"]);
        assert.ok(Number(cost?.turn) > 0, `${text.length} characters cost ${cost?.turn}`);
        assertEquals(reply?.reply?.usd, cost?.turn);
      }
      spent += Number(cost?.turn ?? 0);
    }
  }
  assert.ok(texts > STOPS / 4, `Only ${texts} were stopped within their text`);
  await until("every connection to OpenAI to be closed", () => simulator.streaming() === 0, 3_000);
  const { todayCost, held } = await costsOf(server.url, TOOL);
  assert.ok(Math.abs(Number(todayCost) - spent) < 1e-9, `${todayCost} of ${spent}`);
  assertEquals(Number(held), 0, "No hold is left");
});
