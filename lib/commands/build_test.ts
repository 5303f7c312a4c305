import { pathToFileURL } from "node:url";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { scratch } from "@/tests/support/scratch.ts";
import { buildChanged } from "./build.ts";

const HERE = new URL("../../", import.meta.url);

/** A small app beside this one's packages. */
async function withApp(run: (root: URL, build: () => Promise<void>) => Promise<void>) {
  await using files = await scratch();
  const root = pathToFileURL(`${files.folder}/`);
  await Deno.mkdir(new URL("routes", root));
  await Deno.copyFile(new URL("deno.json", HERE), new URL("deno.json", root));
  await Deno.symlink(new URL("node_modules", HERE), new URL("node_modules", root));
  await Deno.writeTextFile(
    new URL("main.ts", root),
    `import { App } from "fresh"; export const app = new App().fsRoutes();`,
  );
  await Deno.writeTextFile(
    new URL("routes/index.ts", root),
    `export const handler = () => new Response("home");`,
  );
  await run(root, () => buildChanged(root, { root: files.folder }));
}

Deno.test("buildChanged() by three at once leaves one complete build, which serves", async () => {
  await withApp(async (root, build) => {
    await Promise.all([build(), build(), build()]);
    const { default: server } = await import(new URL("_fresh/server.js", root).href);
    const answer: Response = await server.fetch(new Request("http://localhost/"));
    assertEquals(await answer.text(), "home");
  });
});

Deno.test("buildChanged() builds after a change only", async () => {
  await withApp(async (root, build) => {
    const builtAt = async () => {
      await build();
      return (await Deno.stat(new URL("_fresh/server.js", root))).mtime?.getTime();
    };
    const first = await builtAt();
    assertEquals(await builtAt(), first);
    await Deno.writeTextFile(new URL("routes/index.ts", root), "export const handler = {};");
    assert.notEqual(await builtAt(), first);
  });
});
