import { deepStrictEqual as equal, ok, rejects } from "node:assert/strict";
import { incoming, nodeFetch } from "./node_fetch.ts";

/** Runs a test against Deno's own server. */
async function serve(
  answer: (request: Request) => Response | Promise<Response>,
  run: (url: string) => Promise<void>,
) {
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, answer);
  try {
    await run(`http://127.0.0.1:${server.addr.port}/`);
  } finally {
    await server.shutdown();
  }
}

Deno.test("a request and a buffered answer go through whole", () =>
  serve(async (request) => {
    const headers = { "x-asked": request.headers.get("x-ask") ?? "", "content-type": "text/plain" };
    return new Response(`${request.method} ${await request.text()}`, { status: 418, headers });
  }, async (url) => {
    const response = await nodeFetch(url, {
      method: "POST",
      headers: { "x-ask": "this" },
      body: "Grüße",
    });
    equal([response.status, response.headers.get("x-asked")], [418, "this"]);
    equal(await response.text(), "POST Grüße");
    equal(incoming(response), undefined);
  }));

Deno.test("an answer without a body is one", () =>
  serve(() => new Response(null, { status: 204 }), async (url) => {
    const response = await nodeFetch(url);
    equal([response.status, response.body], [204, null]);
  }));

Deno.test("a buffered answer is cut at 1 MiB", () =>
  serve(() => new Response("x".repeat(3 << 20), { status: 500 }), async (url) => {
    equal((await (await nodeFetch(url)).text()).length, 1 << 20);
  }));

Deno.test("an event stream is handed over unread", () =>
  serve(
    () => new Response("data: 1\n\n", { headers: { "content-type": "text/event-stream" } }),
    async (url) => {
      const message = incoming(await nodeFetch(url));
      ok(message);
      let text = "";
      for await (const piece of message) text += new TextDecoder().decode(piece);
      equal(text, "data: 1\n\n");
    },
  ));

Deno.test("an abort ends a request that waits, and one whose answer is buffered", async () => {
  const never = new Promise<Response>(() => {});
  const endless = () =>
    new Response(new ReadableStream({ pull: () => new Promise(() => {}) }), { status: 500 });
  for (const answer of [() => never, endless]) {
    const abort = new AbortController();
    const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, answer);
    setTimeout(() => abort.abort(new Error("gone")), 50);
    await rejects(
      nodeFetch(`http://127.0.0.1:${server.addr.port}/`, { signal: abort.signal }),
    );
    void server.shutdown();
  }
});

Deno.test("no server, no TLS and no such name are thrown with their code", async () => {
  const free = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = free.addr;
  free.close();
  await rejects(nodeFetch(`http://127.0.0.1:${port}/`), { code: "ECONNREFUSED" });
  await rejects(nodeFetch("http://no-such-host.invalid/"));
  await serve(() => new Response(""), async (url) => {
    await rejects(nodeFetch(url.replace("http:", "https:")));
  });
});

Deno.test("a body that is no string and no bytes is refused", () =>
  rejects(nodeFetch("http://127.0.0.1:9/", { method: "POST", body: new FormData() }), TypeError));

Deno.test("a request that is given up on a kept connection is not sent anew", async () => {
  let asked = 0;
  const waiting = Promise.withResolvers<void>();
  await serve(async (request) => {
    asked++;
    if (await request.text() === "slow") await waiting.promise;
    return new Response("done");
  }, async (url) => {
    const post = (body: string, signal?: AbortSignal) =>
      nodeFetch(url, { method: "POST", body, signal });
    await (await post("quick")).text();
    await rejects(() => post("slow", AbortSignal.timeout(100)));
    await new Promise((done) => setTimeout(done, 200));
    waiting.resolve();
    equal(asked, 2);
  });
});
