import { deepStrictEqual as equal, ok } from "node:assert/strict";
import { openWorld } from "@/tests/support/world.ts";
import { scratch } from "@/tests/support/scratch.ts";
import { ModelListings } from "./model_listings.ts";

const NOW = Date.parse("2026-11-28T12:00:00Z");
const DAY = 24 * 60 * 60_000;

/** A server that lists models; its answer may be replaced. */
function listing(answer: () => Response) {
  let asked = 0;
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, (request) => {
    if (new URL(request.url).pathname !== "/v1/models") return new Response(null, { status: 404 });
    asked++;
    return answer();
  });
  return {
    url: `http://127.0.0.1:${server.addr.port}/v1`,
    asked: () => asked,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

const list = (...data: object[]) => () => Response.json({ object: "list", data });

Deno.test("ModelListings feeds ends and contexts, once a day, and keeps them over a restart", async () => {
  let answer = list(
    { id: "gpt-6-luna", shutdown_date: "2026-11-01" },
    { id: "gpt-6-sol", shutdown_date: null, max_model_len: 9_999 },
  );
  let now = NOW;
  await using server = listing(() => answer());
  await using folder = await scratch();
  const path = folder.store;
  const env = { OPENAI_API_KEY: "sk-x", OPENAI_BASE_URL: server.url };
  const luna = { provider: "openai", model: "gpt-6-luna" };
  {
    await using world = await openWorld({ env, path, clock: () => now });
    const { catalogue } = world.deps;
    equal([catalogue.hasEnded(luna), server.asked()], [false, 0], "no start waits for it");
    const listings = new ModelListings(world.deps);
    await listings.refresh();
    equal([catalogue.hasEnded(luna), catalogue.contextOf("openai", "gpt-6-sol")], [true, 9_999]);
    answer = list({ id: "gpt-6-luna", shutdown_date: "2027-11-01" });
    now += DAY - 1;
    await listings.refresh();
    equal([server.asked(), catalogue.hasEnded(luna)], [1, true]);
    now += 1;
    await listings.refresh();
    equal([server.asked(), catalogue.entry(luna).endsOn], [2, "2027-11-01"]);
    equal(catalogue.contextOf("openai", "gpt-6-sol"), 1_050_000, "it is listed no longer");
  }
  await using again = await openWorld({ env, path, clock: () => now });
  equal(again.deps.catalogue.entry(luna).endsOn, "2027-11-01");
});

Deno.test("ModelListings keeps the last list when a provider answers nothing readable", async () => {
  let answer = list({ id: "gpt-6-luna", shutdown_date: "2027-11-01" });
  let now = NOW;
  await using server = listing(() => answer());
  const env = { OPENAI_API_KEY: "sk-x", OPENAI_BASE_URL: server.url };
  await using world = await openWorld({ env, clock: () => now });
  const listings = new ModelListings(world.deps);
  await listings.refresh();
  const wrong = [
    () => new Response("busy", { status: 500 }),
    () => new Response(null, { status: 404 }),
    () => new Response("<html>"),
    () => Response.json({ data: "none" }),
    () => new Response("x".repeat(5_000_000)),
  ];
  for (const each of wrong) {
    answer = each;
    now += DAY;
    await listings.refresh();
    const { endsOn } = world.deps.catalogue.entry({ provider: "openai", model: "gpt-6-luna" });
    equal(endsOn, "2027-11-01");
  }
  ok(!JSON.stringify(world.logged).includes("sk-x"));
});

Deno.test("ModelListings stores what fits of a very long list, ends and lengths first", async () => {
  const many = Array.from({ length: 2_000 }, (_, i) => ({ id: `m${i}`.padEnd(60, "x") }));
  const last = { id: "last", context_length: 4_096 };
  await using server = listing(list(...many.slice(1), last));
  const env = { OPENAI_API_KEY: "sk-x", OPENAI_BASE_URL: server.url };
  await using world = await openWorld({ env, clock: () => NOW });
  await new ModelListings(world.deps).refresh();
  const { claims, catalogue } = world.deps;
  ok(claims.size > 100 && claims.size < 1_000, `${claims.size}`);
  equal(catalogue.contextOf("openai", "last"), 4_096);
});
