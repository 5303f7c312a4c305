import { deepStrictEqual as equal, ok, rejects } from "node:assert/strict";
import { selfSigned } from "../../../tests/support/certificate.ts";
import { BadAnswer } from "./http_head.ts";
import { Exchange, routeTo, shortFetch } from "./http_client.ts";
import { NotConnected } from "./http_pool.ts";

type Answers = (request: Request) => Response | Promise<Response>;

/** Runs a test against Deno's own server. */
async function serve(answer: Answers, run: (url: string) => Promise<void>) {
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, answer);
  try {
    await run(`http://127.0.0.1:${server.addr.port}/`);
  } finally {
    await server.shutdown();
  }
}

/** Runs a test against bare sockets: `talk` has the connection's number, from 1, and what was asked. */
async function listen(
  talk: (conn: Deno.Conn, number: number, asked: string) => Promise<boolean>,
  run: (url: string) => Promise<void>,
) {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const talking: Promise<void>[] = [];
  const accept = (async () => {
    let number = 0;
    for await (const conn of listener) talking.push(talkOn(conn, ++number));
  })();
  async function talkOn(conn: Deno.Conn, number: number) {
    const buffer = new Uint8Array(65_536);
    for (;;) {
      const count = await conn.read(buffer).catch(() => null);
      if (count === null) break;
      if (!await talk(conn, number, new TextDecoder().decode(buffer.subarray(0, count)))) break;
    }
    conn.close();
  }
  try {
    await run(`http://127.0.0.1:${listener.addr.port}/`);
  } finally {
    listener.close();
    await accept;
  }
}

const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));
const bytes = (text: string) => new TextEncoder().encode(text);
const OK = bytes("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok");
const post = (url: string, body = "x", signal?: AbortSignal) =>
  shortFetch(url, { method: "POST", body, signal });
const textOf = async (response: Promise<Response>) => await (await response).text();

Deno.test("shortFetch: a request and its answer go through whole", () =>
  serve(async (request) => {
    const headers = { "x-asked": request.headers.get("x-ask") ?? "", "content-type": "text/plain" };
    const { pathname, search } = new URL(request.url);
    const told = `${request.method} ${pathname}${search} ${await request.text()}`;
    return new Response(told, { status: 418, headers });
  }, async (url) => {
    const response = await shortFetch(`${url}a%20b?c=d`, {
      method: "POST",
      headers: { "x-ask": "this" },
      body: "Grüße",
    });
    equal([response.status, response.headers.get("x-asked")], [418, "this"]);
    equal(await response.text(), "POST /a%20b?c=d Grüße");
  }));

Deno.test("shortFetch: a large request and a large answer go through whole", () =>
  serve(async (request) => new Response(await request.bytes()), async (url) => {
    const body = crypto.getRandomValues(new Uint8Array(65_536));
    const long = new Uint8Array(1 << 20).map((_, i) => body[i % body.length] ?? 0);
    const answer = await shortFetch(url, { method: "POST", body: long });
    ok((await answer.bytes()).every((byte, i) => byte === long[i]));
  }));

Deno.test("shortFetch: an answer without a body is one", () =>
  serve(() => new Response(null, { status: 204 }), async (url) => {
    const response = await shortFetch(url);
    equal([response.status, response.body], [204, null]);
  }));

Deno.test("shortFetch: an answer is cut at 1 MiB", () =>
  serve(() => new Response("x".repeat(3 << 20), { status: 500 }), async (url) => {
    equal((await textOf(shortFetch(url))).length, 1 << 20);
  }));

Deno.test("shortFetch: an abort ends a request that waits, and one whose answer is read", async () => {
  const never = new Promise<Response>(() => {});
  const endless = () =>
    new Response(new ReadableStream({ pull: () => new Promise(() => {}) }), { status: 500 });
  for (const answer of [() => never, endless]) {
    const abort = new AbortController();
    const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, answer);
    setTimeout(() => abort.abort(new Error("gone")), 50);
    await rejects(post(`http://127.0.0.1:${server.addr.port}/`, "x", abort.signal), /gone/);
    void server.shutdown();
  }
});

Deno.test("shortFetch: a body that is no string and no bytes is refused", () =>
  rejects(shortFetch("http://127.0.0.1:9/", { method: "POST", body: new FormData() }), TypeError));

Deno.test("Exchange: no server and no such name are NotConnected", async () => {
  const free = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = free.addr;
  free.close();
  const codes = ["ECONNREFUSED", "ENOTFOUND"];
  for (const host of [`127.0.0.1:${port}`, "no-such-host.invalid"]) {
    const code = codes.shift();
    await rejects(
      post(`http://${host}/`),
      (error) => error instanceof NotConnected && error.code === code,
    );
  }
});

Deno.test("Exchange: a server without TLS, and one that nobody vouches for, are NotConnected", async () => {
  await serve(
    () => new Response(""),
    (url) => rejects(post(url.replace("http:", "https:")), NotConnected),
  );
  let asked = 0;
  const tls = { port: 0, hostname: "localhost", onListen: () => {}, ...await selfSigned() };
  const server = Deno.serve(tls, () => new Response(`${++asked}`));
  await rejects(
    post(`https://localhost:${server.addr.port}/`),
    (error) => error instanceof NotConnected && error.code === "ERR_TLS",
  );
  equal(asked, 0);
  await server.shutdown();
});

Deno.test("Exchange: over TLS, with the authority that DENO_CERT names, connections are kept", async () => {
  const { cert, key } = await selfSigned();
  const ports = new Set<number>();
  const server = Deno.serve(
    { port: 0, hostname: "localhost", onListen: () => {}, cert, key },
    async (request, { remoteAddr }) => {
      ports.add(remoteAddr.port);
      return new Response(`${(await request.text()).length} bytes`);
    },
  );
  const file = await Deno.makeTempFile({ suffix: ".pem" });
  try {
    await Deno.writeTextFile(file, cert);
    const client = new URL("./http_client.ts", import.meta.url);
    const script = `const { shortFetch } = await import(${JSON.stringify(client)});
      for (const size of [10, 300_000]) {
        const answer = await shortFetch("https://localhost:${server.addr.port}/", {
          method: "POST", body: "x".repeat(size),
        });
        console.log(await answer.text());
      }`;
    const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["eval", "--no-lock", script],
      env: { DENO_CERT: file, NO_COLOR: "1" },
    }).output();
    equal(
      new TextDecoder().decode(stdout),
      "10 bytes\n300000 bytes\n",
      `${new TextDecoder().decode(stderr)}`,
    );
    equal(ports.size, 1);
  } finally {
    await Deno.remove(file);
    await server.shutdown();
  }
});

Deno.test("Exchange: a connection is used again, and one that the server ended is not", async () => {
  const seen: number[] = [];
  await listen(async (conn, number) => {
    seen.push(number);
    await conn.write(OK);
    return seen.length !== 2;
  }, async (url) => {
    for (let i = 0; i < 4; i++) {
      equal(await textOf(post(url)), "ok");
      await pause(20);
    }
  });
  equal(seen, [1, 1, 2, 2]);
});

Deno.test("Exchange: what a kept connection lost before an answer may have been read, and is not sent again", async () => {
  const asked: string[] = [];
  await listen(async (conn, number, text) => {
    asked.push(`${number} ${text.split("\r\n\r\n")[1]}`);
    if (asked.length === 2) return false;
    await conn.write(OK);
    return true;
  }, async (url) => {
    equal(await textOf(post(url, "one")), "ok");
    await rejects(post(url, "two"), BadAnswer);
    equal(await textOf(post(url, "three")), "ok");
  });
  equal(asked, ["1 one", "1 two", "2 three"]);
});

Deno.test("Exchange: a request that a kept connection does not take whole is sent on a new one", async () => {
  const asked: string[] = [];
  await listen(async (conn, number, text) => {
    if (text.startsWith("POST ")) asked.push(`request on ${number}`);
    if (asked.length === 2) return false;
    if (text.endsWith("END")) await conn.write(OK);
    return true;
  }, async (url) => {
    equal(await textOf(post(url, "END")), "ok");
    // More than the sockets hold.
    equal(await textOf(post(url, `${"x".repeat(32 << 20)}END`)), "ok");
  });
  equal(asked, ["request on 1", "request on 1", "request on 2"]);
});

Deno.test("Exchange: what a new connection lost, or a kept one after it began to answer, is not sent again", async () => {
  let asked = 0;
  await listen(() => {
    asked++;
    return Promise.resolve(false);
  }, (url) => rejects(post(url), BadAnswer));
  equal(asked, 1);

  asked = 0;
  await listen(async (conn) => {
    await conn.write(++asked === 1 ? OK : bytes("HTTP/1.1 200 O"));
    return asked === 1;
  }, async (url) => {
    await post(url);
    await rejects(post(url), BadAnswer);
  });
  equal(asked, 2);
});

Deno.test("Exchange: a request that is given up on a kept connection is not sent anew", async () => {
  let asked = 0;
  const waiting = Promise.withResolvers<void>();
  await serve(async (request) => {
    asked++;
    if (await request.text() === "slow") await waiting.promise;
    return new Response("done");
  }, async (url) => {
    await post(url, "quick");
    await rejects(post(url, "slow", AbortSignal.timeout(100)));
    await pause(200);
    waiting.resolve();
    equal(asked, 2);
  });
});

Deno.test("Exchange.drop closes the connection while it is made, waits and answers", async () => {
  for (const ms of [0, 30]) {
    const ended = Promise.withResolvers<void>();
    await listen(async (conn) => {
      await conn.write(bytes("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nsome"));
      await conn.read(new Uint8Array(1)).catch(() => null);
      ended.resolve();
      return false;
    }, async (url) => {
      const exchange = new Exchange(routeTo(new URL(url), "POST", new Headers()), "x");
      if (ms > 0) {
        const answer = await exchange.answer;
        equal(new TextDecoder().decode(await answer.read() ?? undefined), "some");
        const reading = answer.read();
        exchange.drop(new Error("enough"));
        await rejects(reading);
        await ended.promise;
      } else {
        exchange.drop(new Error("enough"));
        await rejects(exchange.answer, /enough/);
      }
    });
  }
});

Deno.test("Exchange: what comes unasked for on a kept connection is never taken for an answer", async () => {
  let asked = 0;
  await listen(async (conn) => {
    await conn.write(OK);
    if (++asked === 1) await conn.write(bytes("HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nwrong"));
    return true;
  }, async (url) => {
    equal(await textOf(post(url)), "ok");
    await pause(20);
    equal(await textOf(post(url)), "ok");
  });
});

Deno.test("routeTo: only HTTP, and the framing is the client's own", () => {
  const headers = new Headers({ "Content-Length": "7", "X-A": "1", Connection: "close" });
  equal(routeTo(new URL("https://[::1]/v1?x"), "POST", headers), {
    secure: true,
    hostname: "::1",
    port: 443,
    head: "POST /v1?x HTTP/1.1\r\nhost: [::1]\r\nx-a: 1\r\n",
  });
  for (const address of ["ftp://a/", "file:///etc/passwd"]) {
    const url = new URL(address);
    let refused = false;
    try {
      routeTo(url, "GET", new Headers());
    } catch (error) {
      refused = error instanceof TypeError;
    }
    ok(refused, address);
  }
});
