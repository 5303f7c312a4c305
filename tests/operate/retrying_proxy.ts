import http from "node:http";

/** A proxy before several servers, as {@link file://./../../deploy/nginx} sets up nginx. */
export interface RetryingProxy extends AsyncDisposable {
  port: number;
}

/** Requests that may be sent twice: those without effect, and messages, which have ids. */
const REPEATABLE = /^(GET|HEAD) |^POST \/api\/(chat|whatsapp)$/;

/**
 * Starts a proxy that takes turns between servers, keeps connections to them, and tries the next
 * one where a server refuses the connection; where it ends an open one without an answer, only for
 * requests that may be sent twice.
 */
export async function startRetryingProxy(...ports: number[]): Promise<RetryingProxy> {
  const agent = new http.Agent({ keepAlive: true, maxFreeSockets: 32 });
  let turn = 0;
  const proxy = http.createServer((request, response) => {
    const pieces: Uint8Array[] = [];
    request.on("data", (piece: Uint8Array) => pieces.push(piece));
    request.on("end", () => {
      const first = turn++;
      const body = Buffer.concat(pieces);
      const attempt = (number: number) => {
        const onward = http.request({
          agent,
          host: "127.0.0.1",
          port: ports[(first + number) % ports.length],
          path: request.url,
          method: request.method,
          headers: request.headers,
        }, (answer) => {
          response.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(response);
          answer.on("error", () => response.destroy());
          response.on("close", () => answer.destroy());
        });
        onward.on("error", (error) => {
          const unsent = "code" in error && error.code === "ECONNREFUSED";
          const again = unsent || REPEATABLE.test(`${request.method} ${request.url}`);
          if (again && !response.headersSent && number + 1 < ports.length) attempt(number + 1);
          else if (response.headersSent) response.destroy();
          else response.writeHead(502).end();
        });
        onward.end(body);
      };
      attempt(0);
    });
  });
  await new Promise<void>((done) => proxy.listen(0, "127.0.0.1", done));
  const address = proxy.address();
  return {
    port: typeof address === "object" && address ? address.port : 0,
    [Symbol.asyncDispose]: () =>
      new Promise<void>((done) => {
        agent.destroy();
        proxy.close(() => done());
        proxy.closeAllConnections();
      }),
  };
}
