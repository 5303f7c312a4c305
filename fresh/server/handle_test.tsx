import assert from "node:assert/strict";
import { App, csp, csrf, type Middleware } from "../mod.ts";

type State = Record<string, unknown>;
const get = (app: App<State>, path: string) =>
  app.handler()(new Request("http://localhost" + path));
const say: Middleware<State> = () => new Response("inside");

Deno.test("next(): a second call cannot pass a guard that has answered", async () => {
  const twice: Middleware<State> = async (ctx) => {
    await ctx.next();
    return await ctx.next().catch((error: Error) => new Response(error.message));
  };
  const guard: Middleware<State> = () => new Response("no", { status: 403 });
  const res = await get(new App<State>().use(twice, guard).get("/", say), "/");
  assert.match(await res.text(), /next\(\) was called twice/);
});

Deno.test("App passes a response's stream through as the same object", async () => {
  const body = new ReadableStream<Uint8Array>();
  const app = new App<State>().use(csp()).get("/", () => new Response(body));
  assert.equal((await get(app, "/")).body, body);
});

Deno.test("ctx.stream() ends its source when the client disconnects", async () => {
  let ended = false;
  const app = new App<State>().get("/", (ctx) =>
    ctx.stream(function* () {
      try {
        while (true) yield "x";
      } finally {
        ended = true;
      }
    }));
  const reader = (await get(app, "/")).body?.getReader();
  await reader?.read();
  await reader?.cancel();
  assert.ok(ended);
});

Deno.test("ctx.render() does not modify JSX that an app reuses", async () => {
  const kept = <script>1</script>;
  const app = new App<State>().use(csp({ useNonce: true })).get("/", (ctx) => ctx.render(kept));
  const first = await (await get(app, "/")).text();
  const second = await (await get(app, "/")).text();
  assert.notEqual(first, second);
});

Deno.test("App loads a lazy middleware and a lazy handler once", async () => {
  const loaded: string[] = [];
  const app = new App<State>()
    .use(() => {
      loaded.push("middleware");
      return Promise.resolve<Middleware<State>>((ctx) => ctx.next());
    })
    .get("/", () => {
      loaded.push("handler");
      return Promise.resolve(say);
    });
  for (let i = 0; i < 3; i++) assert.equal(await (await get(app, "/")).text(), "inside");
  assert.deepEqual(loaded, ["middleware", "handler"]);
});

Deno.test("App and csrf() treat methods case-insensitively", async () => {
  const app = new App<State>().use(csrf()).patch("/", say);
  const ask = (headers: HeadersInit) =>
    app.handler()(new Request("http://localhost/", { method: "patch", headers }));
  assert.equal((await ask({})).status, 200);
  assert.equal((await ask({ "sec-fetch-site": "cross-site" })).status, 403);
});

Deno.test("ctx.error holds the error that a middleware catches", async () => {
  const app = new App<State>()
    .use(async (ctx) => {
      assert.equal(ctx.error, null);
      return await ctx.next().catch(() => new Response(String(ctx.error)));
    })
    .get("/", () => {
      throw new Error("told");
    });
  assert.equal(await (await get(app, "/")).text(), "Error: told");
});

Deno.test("mountApp() mounts an app below the path and its own base path", async () => {
  const inner = new App<State>({ basePath: "/in" }).get("/", say).get("/x", say);
  const app = new App<State>().mountApp("/out", inner);
  for (const path of ["/out/in", "/out/in/x"]) assert.equal((await get(app, path)).status, 200);
  assert.equal((await get(app, "/out/x")).status, 404);
  assert.equal((await get(new App<State>().mountApp("/", inner), "/in/x")).status, 200);
});

Deno.test("listen() resolves once the app accepts requests", async () => {
  const stop = new AbortController();
  let port = 0;
  await new App<State>().get("/", say).listen({
    port: 0,
    hostname: "127.0.0.1",
    signal: stop.signal,
    onListen: (at) => port = at.port,
  });
  assert.equal(await (await fetch(`http://127.0.0.1:${port}/`)).text(), "inside");
  stop.abort();
});
