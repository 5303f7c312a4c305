import { pathToFileURL } from "node:url";
import { assertEquals } from "@/tests/support/assert.ts";
import { scratch } from "@/tests/support/scratch.ts";
import { buildChanged } from "./build.ts";

const HERE = new URL("../../", import.meta.url);

/** A small app beside this one's packages, and what its home page says once it is built. */
async function withApp(
  run: (app: {
    write: (path: string, text: string) => Promise<void>;
    build: () => Promise<void>;
    page: () => Promise<string>;
  }) => Promise<void>,
): Promise<void> {
  await using files = await scratch();
  const root = pathToFileURL(`${files.folder}/`);
  const write = (path: string, text: string) => Deno.writeTextFile(new URL(path, root), text);
  await Deno.mkdir(new URL("routes", root));
  await Deno.copyFile(new URL("deno.json", HERE), new URL("deno.json", root));
  await Deno.symlink(new URL("node_modules", HERE), new URL("node_modules", root));
  await write(
    "main.ts",
    `import { App } from "fresh"; export const app = new App().fsRoutes();`,
  );
  await write("said.ts", `export const said: string = "→";`);
  await write(
    "routes/index.ts",
    `import { said } from "@/said.ts"; export const handler = () => new Response(said);`,
  );
  let times = 0;
  await run({
    write,
    build: () => buildChanged(root, { root: files.folder }),
    page: async () => {
      const { default: server } = await import(new URL(`_fresh/product.js?${times++}`, root).href);
      return await (await server.fetch(new Request("http://localhost/"))).text();
    },
  });
}

Deno.test("buildChanged bundles own modules, those of the import map too", async () => {
  await withApp(async ({ write, build, page }) => {
    await build();
    // What is bundled needs its sources no more.
    await write("said.ts", `export const said = "later";`);
    assertEquals(await page(), "→");
  });
});

Deno.test("buildChanged by two at once leaves one whole build, and a change is built", async () => {
  await withApp(async ({ write, build, page }) => {
    await Promise.all([build(), build(), build()]);
    assertEquals(await page(), "→");
    await write("routes/index.ts", `export const handler = () => new Response("changed");`);
    assertEquals(await page(), "→");
    await build();
    assertEquals(await page(), "changed");
  });
});
