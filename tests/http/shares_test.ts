import { usdString } from "@/lib/shared/money.ts";
import { openStore } from "@/lib/stores.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { startServer } from "@/tests/support/server.ts";
import { Visitor } from "@/tests/support/visitor.ts";

const CEILING = "0.20";
/** Default settings with a low ceiling. */
const env = {
  TRUSTED_PROXIES: "127.0.0.1",
  ORGANISATION_CEILING_USD: CEILING,
  PERSON_SHARE_PERCENT: "10",
  ADDRESS_SHARE_PERCENT: "50",
  MOCK_PACE_MS: "0",
};
const LONG = "[[mock:tokens=600]] ".padEnd(2_000, "Tell me all of it. ");

async function say(visitor: Visitor, message: string) {
  const answer = await visitor.post({ message });
  const text = await answer.text();
  return { status: answer.status, text };
}

function comingFrom(url: string, address: string): Visitor {
  return new Visitor(url, { "x-forwarded-for": address });
}

async function spentToday(url: string): Promise<number> {
  const summary: { todayCost: number } = await (await fetch(`${url}/api/cost-summary`)).json();
  return summary.todayCost;
}

Deno.test("shares: one address with any number of cookies leaves half of a day, and fifty others chat", async () => {
  await using server = await startServer({ env });
  // One visitor is refused at a tenth of the day, with the reset time.
  const one = comingFrom(server.url, "198.51.100.7");
  let last = { status: 200, text: "" };
  for (let i = 0; i < 200 && last.status === 200; i++) last = await say(one, LONG);
  assertEquals(last.status, 429);
  assert.match(last.text, /over-share/);
  assert.match(
    last.text,
    /used your share of today\. You can send again at 00:00 \(Etc\/GMT[-+]\d+\)/,
  );
  const person = await spentToday(server.url);
  assert.ok(person <= 0.1 * Number(CEILING), `one person spent ${person}`);

  // More visitors of the address take it to half of the day and no further.
  let refused = 0;
  for (let i = 0; i < 600 && refused < 10; i++) {
    const { status } = await say(comingFrom(server.url, "198.51.100.7"), LONG);
    if (status === 429) refused++;
  }
  assertEquals(refused, 10);
  const address = await spentToday(server.url);
  assert.ok(address <= 0.5 * Number(CEILING), `one address spent ${address}`);
  assert.ok(address > 0.3 * Number(CEILING), `one address spent only ${address}`);

  const others = await Promise.all(
    Array.from(
      { length: 50 },
      (_, i) => say(comingFrom(server.url, `203.0.113.${i + 1}`), "Hello"),
    ),
  );
  assertEquals(others.map(({ status }) => status), Array(50).fill(200));
});

Deno.test("shares: an IPv6 /48 is one address, and visitors of an earlier day are not counted with it", async () => {
  await using server = await startServer({ env });
  const known = comingFrom(server.url, "2001:db8:7:1::1");
  assertEquals((await say(known, "Hello")).status, 200);
  let refused = 0;
  for (let i = 0; i < 600 && refused < 5; i++) {
    const network = `2001:db8:7:${(i + 2).toString(16)}::1`;
    if ((await say(comingFrom(server.url, network), LONG)).status === 429) refused++;
  }
  assertEquals(refused, 5);
  assert.ok(await spentToday(server.url) <= 0.5 * Number(CEILING));
  assertEquals((await say(comingFrom(server.url, "2001:db8:8:1::1"), "Hello")).status, 200);

  // The first visitor's first day is put back, as on the next day.
  server.kill("SIGTERM");
  await server.exited;
  const kv = await Deno.openKv(server.kvPath);
  for await (const { key, value } of kv.list<object>({ prefix: ["person_share"] })) {
    await kv.set(key, { ...value, since: "2000-01-01" });
  }
  kv.close();
  await using again = await startServer({ env, kvPath: server.kvPath });
  const back = comingFrom(again.url, "2001:db8:7:1::1");
  back.cookie = known.cookie;
  assertEquals((await say(back, "Hello again")).status, 200);
});

Deno.test("a new store has a ceiling of ten dollars a day; an older one has none, and an alert says so", async () => {
  const free = { ORGANISATION_CEILING_USD: "" };
  await using server = await startServer({ env: free });
  server.kill("SIGTERM");
  await server.exited;
  assertEquals(server.logged("error").filter(({ code }) => code === "no_ceiling"), []);
  const store = await openStore({ path: server.kvPath, report: () => {} });
  assertEquals(usdString(store.settings.defaults.organisationCeiling ?? 0n), "10.00");
  await store.close();

  const kv = await Deno.openKv(server.kvPath);
  await kv.delete(["defaults"]);
  kv.close();
  await using old = await startServer({ env: free, kvPath: server.kvPath });
  assertEquals(old.logged("error").filter(({ code }) => code === "no_ceiling").length, 1);
});
