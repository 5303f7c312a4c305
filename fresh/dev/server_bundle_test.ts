import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { scratch } from "@/tests/support/scratch.ts";
import { Builder } from "./builder.ts";

const HERE = new URL("../../", import.meta.url);

interface Bundle {
  told: () => { url: string; dirname: string; chat: boolean; strict: boolean };
  changes: () => Promise<unknown>;
  handlerOf: (app: unknown) => Promise<(request: Request) => Promise<Response>>;
  app: unknown;
}

/** Builds a small app beside this one's packages, and loads its script. */
async function bundled(
  files: Record<string, string>,
  run: (server: Bundle, script: string, root: URL) => Promise<void>,
): Promise<void> {
  await using made = await scratch();
  const root = pathToFileURL(`${made.folder}/`);
  await Deno.mkdir(new URL("routes", root));
  await Deno.copyFile(new URL("deno.json", HERE), new URL("deno.json", root));
  await Deno.symlink(new URL("node_modules", HERE), new URL("node_modules", root));
  for (const [path, text] of Object.entries(files)) {
    await Deno.writeTextFile(new URL(path, root), text);
  }
  await new Builder({ root: made.folder, bundle: true }).build();
  const path = await scriptIn(made.folder);
  await run(createRequire(path)(path), await Deno.readTextFile(path), root);
}

async function scriptIn(folder: string): Promise<string> {
  const names = (await Array.fromAsync(Deno.readDir(`${folder}/_fresh`))).map(({ name }) => name)
    .filter((name) => name.endsWith(".cjs"));
  assertEquals(names.length, 1);
  return `${folder}/_fresh/${names[0]}`;
}

const APP = `import { App } from "fresh"; export const app = new App().fsRoutes();`;

Deno.test("bundle: the script exports the entry's names, and serves its routes and a route's failure", async () => {
  const files = {
    "main.ts": APP,
    "routes/index.tsx": `import { Head } from "fresh/runtime";
      export default () => <p><Head><title>Home</title></Head>grüß dich, नमस्ते</p>;`,
    "routes/broken.ts": `throw new Error("this one only"); export const handler = {};`,
  };
  await bundled(files, async ({ handlerOf, app }) => {
    const handler = await handlerOf(app);
    const answer = await handler(new Request("http://localhost/"));
    assert.match(await answer.text(), /<title>Home<\/title>.*<p>grüß dich, नमस्ते<\/p>/);
    const failed = await handler(new Request("http://localhost/broken"));
    await failed.body?.cancel();
    assertEquals(failed.status, 500);
  });
});

Deno.test("bundle: a script of the same length as the last one runs, not its compiled code", async () => {
  // Deno keeps compiled code of large scripts only.
  const many = Array.from({ length: 20_000 }, (_, i) => `() => ${i} + 1`).join();
  const main = (word: string) =>
    `${APP} export const many = [${many}]; 
    const texts = { word: "${word}" }; export const told = () => texts.word;`;
  await bundled({ "main.ts": main("old") }, async (_, __, root) => {
    const folder = fileURLToPath(root).slice(0, -1);
    const told = async () => {
      const code = `import { createRequire } from "node:module";
        const { told } = createRequire("${folder}/")("${await scriptIn(folder)}");
        setTimeout(() => console.log(told()), 300);`;
      await Deno.writeTextFile(new URL("run.mjs", root), code);
      const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
        args: ["run", "-A", "--no-config", "--no-lock", "--cached-only", `${folder}/run.mjs`],
        env: { DENO_DIR: `${folder}/deno` },
      }).output();
      assert.ok(success, new TextDecoder().decode(stderr));
      return new TextDecoder().decode(stdout).trim();
    };
    for (let i = 0; i < 3; i++) assertEquals(await told(), "old");
    await Deno.writeTextFile(new URL("main.ts", root), main("new"));
    await new Builder({ root: folder, bundle: true }).build();
    assertEquals(await told(), "new");
  });
});

Deno.test("bundle: a module keeps its address and strict mode; the script is ASCII, with the same patterns", async () => {
  const files = {
    "main.ts": `${APP}
      export const told = () => ({
        url: import.meta.url,
        dirname: import.meta.dirname,
        chat: /^(हम ने|[🐬ü])+$/u.test("हम ने🐬ü") && !/^[🐬ü]$/u.test("\\ud83d"),
        strict: (function () { return this === undefined; })(),
      });`,
  };
  await bundled(files, ({ told }, script, root) => {
    const { href, pathname } = new URL("main.ts", root);
    const dirname = pathname.slice(0, -"/main.ts".length);
    assertEquals(told(), { url: href, dirname, chat: true, strict: true });
    assert.match(script, /^[\0-\x7f]+$/);
    return Promise.resolve();
  });
});

Deno.test("bundle: a package behind import() stays outside, an imported one does not", async () => {
  const files = {
    "main.ts": `${APP}
      import { lookup } from "mrmime";
      export const changes = async () => {
        const { diffChars } = await import("diff");
        return [lookup("a.css"), diffChars("a", "b").length];
      };`,
  };
  await bundled(files, async ({ changes }, script) => {
    assertEquals(await changes(), ["text/css", 2]);
    assert.match(script, /import\("diff"\)/);
    assert.doesNotMatch(script, /["']mrmime["']/);
  });
});

Deno.test("bundle: a module that awaits at its top level fails the build", async () => {
  const files = { "main.ts": `${APP} export const changes = await Promise.resolve(1);` };
  await assert.rejects(bundled(files, () => Promise.resolve()), /Top-level await/);
});
