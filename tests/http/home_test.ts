import { assert, assertEquals } from "../support/assert.ts";
import { openSite, type Site } from "../support/site.ts";

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

const home = async (site: Site, query = "") => await (await site.fetch(`/${query}`)).text();
const headings = (html: string) =>
  [...html.matchAll(/<h2[^>]*>([^<]*)<\/h2>/g)].map(([, text]) => text);

test("home page: tools stand under their groups, the others last", async (site) => {
  const { tools } = site.world.deps.store;
  assertEquals(headings(await home(site)), ["Everyday work"]);
  for (const tool of await tools.list()) await tools.put({ ...tool, group: "" });
  assertEquals(headings(await home(site)), ["Tools"]);
  for (const id of ["math-tutor", "code-helper"]) {
    const tool = (await tools.list()).find((each) => each.id === id);
    assert.ok(tool, id);
    await tools.put({ ...tool, group: "Learning <b>" });
  }
  const html = await home(site);
  assertEquals(headings(html), ["Learning &lt;b>", "Other tools"]);
  const [, learning = "", others = ""] = html.split("<h2");
  assert.match(learning, /Math Tutor[^]*Code Helper/);
  assert.ok(!learning.includes("General Assistant") && others.includes("General Assistant"));
  assertEquals(headings(await home(site, "?q=learning+math")), ["Learning &lt;b>"]);
});

test("home page: no model is named, and a search field comes with twelve tools", async (site) => {
  const { tools } = site.world.deps.store;
  const html = await home(site);
  assert.ok(!html.includes("gpt-"));
  assert.ok(!html.includes('role="search"'));
  assert.match(await home(site, "?q=math"), /role="search"/);
  const [tool] = await tools.list();
  assert.ok(tool);
  await tools.put({ ...tool, id: "one-more" });
  assert.match(await home(site), /role="search"/);
});
