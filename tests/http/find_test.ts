import { assert, assertEquals } from "../support/assert.ts";
import { OwnPerson } from "../support/own_person.ts";
import { openSite, type Site } from "../support/site.ts";

interface Found {
  items: { kind: string; tool: string; title: string; tint: number; conversation?: string }[];
  texts?: Record<string, unknown>;
}

function test(name: string, run: (site: Site) => Promise<void>): void {
  Deno.test({
    name,
    // The build of the pages leaves a process behind.
    sanitizeOps: false,
    sanitizeResources: false,
    fn: async () => {
      await using site = await openSite();
      await run(site);
    },
  });
}

async function find(person: OwnPerson, q = ""): Promise<Found> {
  const answer = await person.get(`/find?q=${encodeURIComponent(q)}`);
  assertEquals(
    [answer.status, answer.headers.get("cache-control")],
    [200, "no-store"],
  );
  return await answer.json();
}

const titles = ({ items }: Found) => items.map(({ kind, title }) => `${kind} ${title}`);

test("/find without a query: the latest conversations and six tools, with the list's texts", async (site) => {
  const ann = new OwnPerson(site);
  const before = await find(ann);
  assertEquals(before.items.map(({ kind }) => kind), Array.from({ length: 6 }, () => "tool"));
  assert.ok(before.texts);
  await ann.say("How do glaciers move?");
  await ann.say("What is a prime?", "math-tutor");
  const after = await find(ann);
  assertEquals(titles(after).slice(0, 2), [
    "conversation What is a prime?",
    "conversation How do glaciers move?",
  ]);
  assertEquals(after.items.length, 8);
  // Nobody else finds them.
  assertEquals(titles(await find(new OwnPerson(site))), titles(before));
});

test("/find with a query: tools and own conversations that have it, none of a tool that is gone", async (site) => {
  const ann = new OwnPerson(site);
  await ann.say("How do glaciers move?", "math-tutor");
  assertEquals(titles(await find(ann, "glacier")), ["conversation How do glaciers move?"]);
  const tutor = await find(ann, " math tutor ");
  assertEquals([titles(tutor)[0], tutor.texts], ["tool Math Tutor", undefined]);
  assertEquals(titles(await find(new OwnPerson(site), "glacier")), []);
  const { tools } = site.world.deps.store;
  const tool = await tools.get("math-tutor");
  assert.ok(tool);
  await tools.put({ ...tool, active: false });
  assertEquals(titles(await find(ann, "glacier")), []);
  // A query is cut; the longest of an address is answered.
  assertEquals(titles(await find(ann, "q".repeat(2_000))), []);
});
