import { experimentKeys } from "@/lib/experiments/records.ts";
import { ask, TOOL } from "@/tests/support/asking.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { changeExperiment, storeExperiment } from "@/tests/support/experiments.ts";
import { openSite } from "@/tests/support/site.ts";
import { until } from "@/tests/support/wait.ts";

const ID = "experiment";
const SCRIPT =
  /<script [^>]*src="\/link_goal\.js[^>]* data-goal="\/chat\/general-assistant\/opened"/;

/** A browser with a cookie, and the visitor that it stands for. */
async function open(measure: "link" | "export") {
  const site = await openSite();
  const { store } = site.world.deps;
  await storeExperiment(store, { measure: { code: measure } });
  const first = await site.fetch(`/chat/${TOOL}`);
  const cookie = first.headers.getSetCookie()[0]?.split(";", 1)[0] ?? "";
  const fetch = (path: string, init: RequestInit = {}) => {
    const headers = new Headers({ "sec-fetch-site": "same-origin", cookie });
    new Headers(init.headers).forEach((value, name) => headers.set(name, value));
    return site.fetch(path, { ...init, headers });
  };
  const reached = async () =>
    (await store.experiments.days(ID)).reduce((sum, day) => sum + day.reached, 0);
  const talk = async () => {
    const answer = await fetch(`/chat/${TOOL}`, {
      method: "POST",
      body: new URLSearchParams({ message: "Hello", requestId: crypto.randomUUID() }),
    });
    assertEquals(answer.status, 303);
    await until(
      "the reply",
      async () => (await store.experiments.days(ID)).some(({ turns }) => turns > 0),
    );
  };
  return { site, store, fetch, reached, talk, page: await first.text() };
}

Deno.test("POST opened counts a link once for a person of the experiment, and nobody else", async () => {
  const all = await open("link");
  await using _ = all.site;
  const opened = (init: RequestInit = {}) =>
    all.fetch(`/chat/${TOOL}/opened`, { method: "POST", ...init });
  assertEquals((await opened()).status, 204);
  assertEquals(await all.reached(), 0, "Before the first turn");
  await all.talk();
  const foreign = await opened({
    headers: { "sec-fetch-site": "cross-site", origin: "https://evil.example" },
  });
  assertEquals([foreign.status, await all.reached()], [403, 0]);
  await Promise.all([opened(), opened(), opened()]);
  assertEquals(await all.reached(), 1);
  const stranger = await all.site.fetch(`/chat/${TOOL}/opened`, {
    method: "POST",
    headers: { "sec-fetch-site": "same-origin" },
  });
  assertEquals([stranger.status, stranger.headers.getSetCookie(), await all.reached()], [
    204,
    [],
    1,
  ]);
});

Deno.test("the chat page loads the beacon only while links are the goal", async () => {
  const all = await open("link");
  await using _ = all.site;
  assert.match(all.page, SCRIPT);
  await changeExperiment(all.store, ID, { state: "paused" });
  assert.doesNotMatch(await (await all.fetch(`/chat/${TOOL}`)).text(), /link_goal/);
  await changeExperiment(all.store, ID, { state: "running", measure: { code: "rated" } });
  assert.doesNotMatch(await (await all.fetch(`/chat/${TOOL}`)).text(), /link_goal/);
});

Deno.test("an export of the conversation reaches the goal, for a person who has an arm", async () => {
  const all = await open("export");
  await using _ = all.site;
  await all.talk();
  await (await all.fetch(`/chat/${TOOL}/export?format=md`)).text();
  await until("the goal", async () => await all.reached() === 1);
  await ask(all.site.world, "Hello", { visitor: "somebody" });
  assertEquals(
    (await all.store.kv.get(experimentKeys.person(ID, "somebody"))).value?.reached,
    false,
  );
});
