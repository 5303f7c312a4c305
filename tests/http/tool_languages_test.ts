import { assert, assertEquals } from "@/tests/support/assert.ts";
import { OwnPerson } from "@/tests/support/own_person.ts";
import { openSite } from "@/tests/support/site.ts";

Deno.test("a tool is named in the reader's language, else in its own with its lang", async () => {
  await using site = await openSite();
  const { tools } = site.world.deps.store;
  const coach = await tools.find("storying-coach");
  await tools.put({ ...coach, texts: { es: { ...LOCAL, name: "Guía" } } });
  const { pages } = site.world.services;
  const { tools: cards } = await pages.cards("", "es");
  const [checker, guide] = cards;
  assert.ok(checker && guide);
  assertEquals([checker.name, checker.group], [
    "Revisor de retrotraducciones",
    "Traducción de la Biblia",
  ]);
  assertEquals(checker.langs, {});
  // The heading comes from the other tools of the group.
  assertEquals([guide.name, guide.group], ["Guía", "Traducción de la Biblia"]);
  assertEquals(guide.langs, { description: "en", greeting: "en", starters: "en" });
  const found = async (q: string) => (await pages.tools(q, "es")).tools.map(({ id }) => id);
  assertEquals(await found("retrotraducciones"), ["back-translation-checker"]);
  assertEquals(await found("back-translation checker"), ["back-translation-checker"]);
});

Deno.test("/history names tools in the reader's language", async () => {
  await using site = await openSite();
  const ana = new OwnPerson(site, "es");
  await ana.say("Hola", "key-terms");
  assert.match(await ana.html("/history"), /<bdi>Guía de términos clave<\/bdi>/);
  const { tools } = site.world.deps.store;
  await tools.put({ ...await tools.find("key-terms"), texts: {} });
  assert.match(await ana.html("/history"), /<bdi lang="en">Key Terms Guide<\/bdi>/);
});

const LOCAL = { name: "", description: "", greeting: "", starters: [], group: "" };
