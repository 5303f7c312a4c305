import { renderedSize } from "../chat/rules/rendered.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { TOOL } from "@/tests/support/asking.ts";
import { OwnPerson } from "@/tests/support/own_person.ts";
import { scratch } from "@/tests/support/scratch.ts";
import { openSite, type Site } from "@/tests/support/site.ts";

const SECRET = "zebrafish";

/** The places below the services of a site where a word stands in memory. */
function placesOf({ world }: Site, word: string): string[] {
  const found: string[] = [], seen = new Set<unknown>();
  const queue: [value: unknown, place: string][] = [[world.services, "services"]];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    const [value, place] = next;
    if (typeof value === "string" && value.toLowerCase().includes(word)) found.push(place);
    if (typeof value !== "object" || value === null || seen.has(value)) continue;
    seen.add(value);
    if (ArrayBuffer.isView(value)) continue;
    if (value instanceof Map || value instanceof Set) {
      for (const [i, each] of [...value.entries()].entries()) queue.push([each, `${place}[${i}]`]);
    }
    for (const name of Object.getOwnPropertyNames(value)) {
      const own = Object.getOwnPropertyDescriptor(value, name)?.value;
      queue.push([own, `${place}.${name}`]);
    }
  }
  return found;
}

/** A person whose words stand in all caches: a current conversation and an archived one. */
async function talked(site: Site): Promise<OwnPerson> {
  const ada = new OwnPerson(site);
  await ada.say(`The first ${SECRET}`);
  await ada.post(`/chat/${TOOL}`, { action: "new" });
  await ada.say(`The second ${SECRET}`);
  await looked(ada);
  return ada;
}

async function looked(ada: OwnPerson): Promise<void> {
  for (const path of ["/history", `/history?q=${SECRET}`, `/history?q=${SECRET}`]) {
    assert.match(await ada.html(path), new RegExp(SECRET));
  }
  assert.match(await ada.html(`/chat/${TOOL}`), new RegExp(SECRET));
}

async function visitorIn({ world }: Site): Promise<string> {
  const [head] = await world.deps.store.kv.stored({ prefix: ["head"] }, 10);
  return String(head?.key[1]);
}

Deno.test("after a deletion no word of a conversation stays in the memory of its process", async () => {
  for (const how of ["each conversation", "one's data"] as const) {
    await using site = await openSite();
    const { services, deps: { store } } = site.world;
    await talked(site);
    assert.ok(placesOf(site, SECRET).length > 5 && renderedSize() > 0, "They would be seen");
    const visitor = await visitorIn(site);
    if (how === "one's data") { while (!(await services.visitors.delete(visitor)).done); }
    else {
      for (const { tool, conversation } of await store.conversations.ofVisitor(visitor, 10)) {
        await services.history.remove(visitor, tool, conversation);
      }
    }
    assertEquals([placesOf(site, SECRET), renderedSize()], [[], 0], how);
  }
});

Deno.test("a reply that ends after its conversation was deleted brings no word of it back into memory", async () => {
  await using site = await openSite({ env: { MOCK_PACE_MS: "50" } });
  const { services, deps: { store } } = site.world;
  const ada = await talked(site);
  const reply = ada.say(`In detail about the ${SECRET}`);
  const visitor = await visitorIn(site);
  while ((await store.conversations.head(visitor, TOOL))?.running === null) {
    await new Promise((done) => setTimeout(done, 10));
  }
  for (const { tool, conversation } of await store.conversations.ofVisitor(visitor, 10)) {
    await services.history.remove(visitor, tool, conversation);
  }
  await reply;
  await services.handOver(20_000);
  assertEquals(placesOf(site, SECRET), []);
});

Deno.test("another process drops the words of a deleted conversation once it has not used them for a while", async () => {
  await using files = await scratch();
  await using one = await openSite({ path: files.store });
  await using two = await openSite({ path: files.store });
  const ada = await talked(one);
  const there = new OwnPerson(two);
  there.cookie = ada.cookie;
  await looked(there);
  const visitor = await visitorIn(one);
  const [{ conversation } = { conversation: "" }] = await two.world.services.own.search.find(
    visitor,
    SECRET,
  );
  await two.world.services.history.rename({ visitor, tool: TOOL, conversation }, SECRET);
  const places = placesOf(two, SECRET);
  assert.ok(places.length > 3, "They would be seen");
  assert.ok(places.some((place) => place.includes("transactions.cache")), places.join("\n"));
  while (!(await one.world.services.visitors.delete(visitor)).done);
  for (let times = 0; times < 2; times++) two.world.deps.store.kv.age();
  assertEquals(placesOf(two, SECRET), []);
  assertEquals(placesOf(one, SECRET), []);
});

Deno.test("a search finds what another process on the store archived, renamed or deleted", async () => {
  await using files = await scratch();
  await using one = await openSite({ path: files.store });
  await using two = await openSite({ path: files.store });
  const ada = new OwnPerson(one), there = new OwnPerson(two);
  await ada.say("About walnut");
  await ada.post(`/chat/${TOOL}`, { action: "new" });
  await ada.say("About almond");
  there.cookie = ada.cookie;
  const visitor = await visitorIn(one);
  const found = async (site: Site, query: string) =>
    (await site.world.services.own.search.find(visitor, query)).map(({ title }) => title);
  const both = async (query: string) => [await found(one, query), await found(two, query)];
  assertEquals(await both("about"), Array(2).fill(["About almond", "About walnut"]));
  await there.post(`/chat/${TOOL}`, { action: "new" });
  await there.say("About hazelnut");
  assertEquals(
    await both("about"),
    Array(2).fill(["About hazelnut", "About almond", "About walnut"]),
  );
  const [almond] = await one.world.services.own.search.find(visitor, "almond");
  assert.ok(almond);
  const which = { visitor, tool: TOOL, conversation: almond.conversation };
  await two.world.services.history.rename(which, "A nut of another name");
  assertEquals(await both("another"), Array(2).fill(["A nut of another name"]));
  assertEquals(await both("almond"), Array(2).fill(["A nut of another name"]));
  await one.world.services.history.remove(visitor, TOOL, almond.conversation);
  assertEquals(await both("almond"), [[], []]);
  assertEquals(await both("about"), Array(2).fill(["About hazelnut", "About walnut"]));
  await two.world.services.history.takeUp(
    visitor,
    TOOL,
    (await two.world.services.own.search.find(visitor, "walnut"))[0]?.conversation ?? "",
  );
  assertEquals(await both("about"), Array(2).fill(["About walnut", "About hazelnut"]));
});
