import { deepStrictEqual as equal, ok, rejects } from "node:assert/strict";
import { selfSigned } from "../../tests/support/certificate.ts";
import { HttpClient, NotConnected, toResponse } from "./http_client.ts";
import { StreamedBody } from "./streamed_body.ts";

type Answers = (request: Request) => Response | Promise<Response>;

/** Runs a test against Deno's server. */
async function serve(answer: Answers, run: (url: string) => Promise<void>) {
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, answer);
  try {
    await run(`http://127.0.0.1:${server.addr.port}/`);
  } finally {
    await server.shutdown();
  }
}

/** Runs a test against raw sockets; `talk` gets the connection's number, from 1, and request. */
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

const client = new HttpClient();
const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));
const bytes = (text: string) => new TextEncoder().encode(text);
const OK = bytes("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok");
const post = (url: string, body = "x", signal?: AbortSignal) =>
  client.fetch(url, { method: "POST", body, signal });
const textOf = async (response: Promise<Response>) => await (await response).text();

Deno.test("HttpClient.fetch() sends a request and returns its response", () =>
  serve(async (request) => {
    const headers = { "x-asked": request.headers.get("x-ask") ?? "", "content-type": "text/plain" };
    const { pathname, search } = new URL(request.url);
    const told = `${request.method} ${pathname}${search} ${await request.text()}`;
    return new Response(told, { status: 418, headers });
  }, async (url) => {
    const response = await client.fetch(`${url}a%20b?c=d`, {
      method: "POST",
      headers: { "x-ask": "this" },
      body: "Grüße",
    });
    equal([response.status, response.headers.get("x-asked")], [418, "this"]);
    equal(await response.text(), "POST /a%20b?c=d Grüße");
  }));

Deno.test("HttpClient.fetch() handles a large request and a large response", () =>
  serve(async (request) => new Response(await request.bytes()), async (url) => {
    const body = crypto.getRandomValues(new Uint8Array(65_536));
    const long = new Uint8Array(1 << 20).map((_, i) => body[i % body.length] ?? 0);
    const answer = await client.fetch(url, { method: "POST", body: long });
    ok((await answer.bytes()).every((byte, i) => byte === long[i]));
  }));

Deno.test("HttpClient.fetch() returns a response without a body", () =>
  serve(() => new Response(null, { status: 204 }), async (url) => {
    const response = await client.fetch(url);
    equal([response.status, response.body], [204, null]);
  }));

Deno.test("HttpClient.fetch() cuts a response at 1 MiB", () =>
  serve(() => new Response("x".repeat(3 << 20), { status: 500 }), async (url) => {
    equal((await textOf(client.fetch(url))).length, 1 << 20);
  }));

Deno.test("HttpClient.fetch() aborts while it waits and while it reads", async () => {
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

Deno.test("HttpClient.fetch() refuses a body that is neither string nor bytes", () =>
  rejects(
    client.fetch("http://127.0.0.1:9/", { method: "POST", body: new FormData() }),
    TypeError,
  ));

Deno.test("HttpClient.send() throws NotConnected for a header that cannot be sent", () =>
  rejects(
    client.send({
      url: new URL("http://127.0.0.1:9/"),
      method: "POST",
      headers: { authorization: "Bearer sk-…" },
    }),
    NotConnected,
  ));

Deno.test("HttpClient.fetch() throws NotConnected without a server or a host", async () => {
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

Deno.test("HttpClient.fetch() throws NotConnected for a server without TLS or with an unknown certificate", async () => {
  await serve(
    () => new Response(""),
    (url) => rejects(post(url.replace("http:", "https:")), NotConnected),
  );
  let asked = 0;
  const tls = { port: 0, hostname: "localhost", onListen: () => {}, ...await selfSigned() };
  const server = Deno.serve(tls, () => new Response(`${++asked}`));
  await rejects(
    post(`https://localhost:${server.addr.port}/`),
    (error) => error instanceof NotConnected && error.code === "DEPTH_ZERO_SELF_SIGNED_CERT",
  );
  equal(asked, 0);
  await server.shutdown();
});

Deno.test("HttpClient reuses a connection, but not one that the server ended", async () => {
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

Deno.test("HttpClient.send() closes the connection of a request that has its own", async () => {
  const seen: string[] = [];
  await listen(async (conn, number, text) => {
    seen.push(`${number} ${/^connection: .+$/im.exec(text)?.[0].toLowerCase()}`);
    await conn.write(OK);
    return true;
  }, async (url) => {
    const request = { url: new URL(url), method: "POST", headers: {}, body: "x" };
    for (const ownConnection of [false, true, true, false]) {
      equal((await toResponse(await client.send({ ...request, ownConnection }))).status, 200);
    }
  });
  const closed = "connection: close";
  equal(seen, [
    "1 connection: keep-alive",
    `2 ${closed}`,
    `3 ${closed}`,
    "1 connection: keep-alive",
  ]);
});

Deno.test("HttpClient.isProxied() follows the scheme and NO_PROXY", () => {
  const http = new HttpClient({ https: "http://proxy", bypass: "internal" });
  const isProxied = (url: string) => http.isProxied(new URL(url));
  equal(["https://a.example", "http://a.example", "https://a.internal"].map(isProxied), [
    true,
    false,
    false,
  ]);
  equal(new HttpClient({ https: "socks5://proxy" }).isProxied(new URL("https://a.example")), false);
});

Deno.test("HttpClient.send() does not resend when a kept connection ends before the response", async () => {
  const asked: string[] = [];
  await listen(async (conn, number, text) => {
    asked.push(`${number} ${text.split("\r\n\r\n")[1]}`);
    if (asked.length === 2) return false;
    await conn.write(OK);
    return true;
  }, async (url) => {
    equal(await textOf(post(url, "one")), "ok");
    await rejects(
      post(url, "two"),
      (error) => error instanceof Error && !(error instanceof NotConnected),
    );
    await pause(100);
    equal(asked, ["1 one", "1 two"]);
    equal(await textOf(post(url, "three")), "ok");
  });
  equal(asked, ["1 one", "1 two", "2 three"]);
});

Deno.test("HttpClient.send() resends on a new connection when a kept one does not take the whole request", async () => {
  const asked: string[] = [];
  await listen(async (conn, number, text) => {
    if (text.startsWith("POST ")) asked.push(`request on ${number}`);
    if (asked.length === 2) return false;
    if (text.endsWith("END")) await conn.write(OK);
    return true;
  }, async (url) => {
    equal(await textOf(post(url, "END")), "ok");
    // More than the socket buffers hold.
    equal(await textOf(post(url, `${"x".repeat(32 << 20)}END`)), "ok");
  });
  equal(asked, ["request on 1", "request on 1", "request on 2"]);
});

Deno.test("HttpClient.send() does not resend when a new connection ends or a response is cut", async () => {
  let asked = 0;
  await listen(() => {
    asked++;
    return Promise.resolve(false);
  }, (url) => rejects(post(url)));
  equal(asked, 1);

  for (const cut of ["HTTP/1.1 200 O", "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nsome"]) {
    asked = 0;
    await listen(async (conn) => {
      await conn.write(++asked === 1 ? OK : bytes(cut));
      return asked === 1;
    }, async (url) => {
      await post(url);
      await rejects(post(url));
      await pause(50);
    });
    equal(asked, 2);
  }
});

Deno.test("HttpClient.fetch() returns the received part of a cut error response", async () => {
  await listen(async (conn) => {
    await conn.write(bytes('HTTP/1.1 429 No\r\ncontent-length: 99\r\n\r\n{"error":'));
    return false;
  }, async (url) => {
    const response = await post(url);
    equal([response.status, await response.text()], [429, '{"error":']);
  });
});

Deno.test("HttpClient.send() does not resend an aborted request on a kept connection", async () => {
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

Deno.test("HttpClient.send() closes the connection when it is aborted during the response", async () => {
  const ended = Promise.withResolvers<void>();
  await listen(async (conn) => {
    await conn.write(bytes("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nsome"));
    await conn.read(new Uint8Array(1)).catch(() => null);
    ended.resolve();
    return false;
  }, async (url) => {
    const abort = new AbortController();
    const request = { url: new URL(url), method: "POST", headers: {}, body: "x" };
    const body = new StreamedBody(await client.send({ ...request, signal: abort.signal }));
    equal(new TextDecoder().decode(await body.read() ?? undefined), "some");
    const gathering = body.gather();
    abort.abort();
    await gathering;
    equal([await body.read(), body.complete], [null, false]);
    await ended.promise;
  });
});

Deno.test("HttpClient.send() never takes unsolicited bytes for a response", async () => {
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

Deno.test("HttpClient.send() refuses responses that RFC 9112 does not allow", async () => {
  const chunked = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n";
  for (
    const response of [
      "HTTP/2 200\r\n\r\n",
      "<html>\r\n\r\n",
      "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
      "HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nxx",
      `${chunked}5\r\nhelloo\r\n0\r\n\r\n`,
      `${chunked}-1\r\n`,
      `${chunked}5\r\nhello\r\n`,
    ]
  ) {
    await listen(async (conn) => {
      await conn.write(bytes(response));
      return false;
    }, (url) => rejects(post(url), Error, response));
  }
});

Deno.test("HttpClient.send() accepts only HTTP addresses", () =>
  rejects(post("ftp://localhost/"), TypeError));
