import { ask, TOOL } from "@/tests/support/asking.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { storeExperiment } from "@/tests/support/experiments.ts";
import { openSite, type Site } from "@/tests/support/site.ts";
import { until } from "@/tests/support/wait.ts";

const ID = "experiment";

/** Sums of an experiment's people and turns. */
async function counted({ world }: Site): Promise<{ people: number; turns: number }> {
  const days = await world.deps.store.experiments.days(ID);
  return {
    people: days.reduce((sum, { people }) => sum + people, 0),
    turns: days.reduce((sum, { turns }) => sum + turns, 0),
  };
}

Deno.test("POST /chat of one person in five tabs at once counts one person", async () => {
  await using site = await openSite();
  await storeExperiment(site.world.deps.store);
  const first = await site.fetch(`/chat/${TOOL}`);
  const cookie = first.headers.getSetCookie()[0]?.split(";", 1)[0] ?? "";
  const send = () =>
    site.fetch(`/chat/${TOOL}`, {
      method: "POST",
      headers: { "sec-fetch-site": "same-origin", cookie },
      body: new URLSearchParams({ message: "Hello", requestId: crypto.randomUUID() }),
    });
  let turns = 0;
  for (let round = 0; round < 3; round++) {
    const answers = await Promise.all(Array.from({ length: 5 }, send));
    const taken = answers.filter(({ status }) => status === 303).length;
    assert.ok(taken > 0, answers.map(({ status }) => status).join());
    turns += taken;
    await until("the turns", async () => (await counted(site)).turns === turns);
  }
  assertEquals(await counted(site), { people: 1, turns });
});

Deno.test("POST /v1/chat/completions takes no part in a running experiment", async () => {
  await using site = await openSite();
  await storeExperiment(site.world.deps.store);
  const { keys } = site.world.services.api;
  const limits = { rate: 600, day: null, month: null, expires: null };
  const key = await keys.make("ada@example.org", keys.newId(), {
    name: "Website",
    tools: null,
    ...limits,
  });
  const answer = await site.fetch("/v1/chat/completions", {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify({
      model: TOOL,
      user: "a-person",
      messages: [{ role: "user", content: "Hello" }],
    }),
  });
  assertEquals(answer.status, 200, await answer.clone().text());
  await answer.body?.cancel();
  assertEquals(await counted(site), { people: 0, turns: 0 });
  // The same tool on the page does.
  await ask(site.world, "Hello");
  assertEquals((await counted(site)).people, 1);
});
