import assert from "node:assert/strict";
import { App, csp, type Middleware } from "../mod.ts";

type State = Record<string, unknown>;
const get = (app: App<State>, path: string) =>
  app.handler()(new Request("http://localhost" + path));
const say: Middleware<State> = () => new Response("inside");

Deno.test("a second next() never gets past a guard that has answered", async () => {
  const twice: Middleware<State> = async (ctx) => {
    await ctx.next();
    return await ctx.next().catch((error: Error) => new Response(error.message));
  };
  const guard: Middleware<State> = () => new Response("no", { status: 403 });
  const res = await get(new App<State>().use(twice, guard).get("/", say), "/");
  assert.match(await res.text(), /next\(\) was called twice/);
});

Deno.test("a streamed body is the same object at both ends", async () => {
  const body = new ReadableStream<Uint8Array>();
  const app = new App<State>().use(csp()).get("/", () => new Response(body));
  assert.equal((await get(app, "/")).body, body);
});

Deno.test("a client that goes away ends the source of ctx.stream()", async () => {
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

Deno.test("JSX that an app keeps is not changed by rendering it", async () => {
  const kept = <script>1</script>;
  const app = new App<State>().use(csp({ useNonce: true })).get("/", (ctx) => ctx.render(kept));
  const first = await (await get(app, "/")).text();
  const second = await (await get(app, "/")).text();
  assert.notEqual(first, second);
});
