import { deepStrictEqual as equal, rejects } from "node:assert/strict";
import http from "node:http";
import net from "node:net";
import { postToWebhook } from "@/lib/alerts/webhook.ts";
import { readConfig } from "@/lib/config.ts";
import { HttpClient } from "@/lib/platform/http_client.ts";
import { exchange, WireError } from "@/lib/whatsapp/twilio/wire.ts";
import { startOpenAiBodies } from "@/tests/simulators/openai_bodies.ts";
import { selfSigned } from "@/tests/support/certificate.ts";
import { startServer } from "@/tests/support/server.ts";
import { textOf, Visitor } from "@/tests/support/visitor.ts";

const decoder = new TextDecoder();
const REPLY = `data: ${
  JSON.stringify({ choices: [{ index: 0, delta: { content: "Hi" }, finish_reason: "stop" }] })
}\n\ndata: [DONE]\n\n`;

interface Proxy extends AsyncDisposable {
  /** The proxy's address, with user name and password. */
  url: string;
  /** Each request, as `METHOD target authorization`. */
  seen: string[];
}

/** An HTTP proxy that forwards requests and opens tunnels. */
async function startProxy(): Promise<Proxy> {
  const seen: string[] = [];
  const sockets = new Set<net.Socket>();
  const note = ({ method, url, headers }: http.IncomingMessage) =>
    seen.push(`${method} ${url} ${headers["proxy-authorization"]}`);
  const server = http.createServer((request, response) => {
    note(request);
    const { method, headers } = request;
    const forwarded = http.request(
      request.url ?? "",
      { method, headers, agent: false },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      },
    );
    request.pipe(forwarded);
  });
  server.on("connect", (request: http.IncomingMessage, client: net.Socket, head: Uint8Array) => {
    note(request);
    const { hostname, port } = new URL(`http://${request.url}`);
    const target = net.connect(Number(port), hostname, () => {
      client.write("HTTP/1.1 200 Connected\r\n\r\n");
      target.write(head);
      target.pipe(client);
      client.pipe(target);
    });
    for (const socket of [client, target]) {
      sockets.add(socket);
      socket.on("error", () => socket.destroy());
      socket.on("close", () => sockets.delete(socket));
    }
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;
  return {
    url: `http://user:word@127.0.0.1:${port}`,
    seen,
    [Symbol.asyncDispose]: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise<void>((done) => {
        server.close(() => done());
        server.closeAllConnections();
      });
    },
  };
}

/** Asks a model twice in a separate process, configured from the environment as main.ts does. */
async function askTwice(baseUrl: string, env: Record<string, string>): Promise<string> {
  const at = (path: string) => JSON.stringify(new URL(`../../${path}`, import.meta.url));
  const script = `
    const { readConfig } = await import(${at("lib/config.ts")});
    const { HttpClient, trustAuthorities } = await import(${at("lib/platform/http_client.ts")});
    const config = readConfig(Deno.env.toObject());
    if (config.authorities) trustAuthorities(config.authorities);
    const { createLanguageModels } = await import(${at("lib/llm/language_models.ts")});
    const { provider } = createLanguageModels(config, Date.now, new Map(), new HttpClient(config.proxies));
    const request = { model: "m", messages: [], temperature: 1, effort: null, maxTokens: 9 };
    for (let i = 0; i < 2; i++) {
      try {
        for await (const part of provider.stream(request, new AbortController().signal)) {
          if (part.type === "text") console.log(part.text);
        }
      } catch (error) {
        console.log(error.message);
      }
    }
    Deno.exit();`;
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["eval", "--lock=tests/deno.lock", script],
    env: {
      NO_COLOR: "1",
      NODE_EXTRA_CA_CERTS: "",
      OPENAI_API_KEY: "sk-test",
      OPENAI_BASE_URL: baseUrl,
      ...env,
    },
  }).output();
  return decoder.decode(stdout) || decoder.decode(stderr);
}

Deno.test("HTTPS_PROXY: models over https are reached in one tunnel, trusting DENO_CERT", async () => {
  const { cert, key } = await selfSigned();
  const folder = await Deno.makeTempDir();
  const file = `${folder}/authority.pem`;
  await Deno.writeTextFile(file, cert);
  const headers = { "content-type": "text/event-stream" };
  const server = Deno.serve(
    { port: 0, hostname: "localhost", onListen: () => {}, cert, key },
    async (request) => {
      await request.text();
      return new Response(REPLY, { headers });
    },
  );
  const host = `localhost:${server.addr.port}`;
  await using proxy = await startProxy();
  try {
    const proxied = { HTTPS_PROXY: proxy.url };
    equal(await askTwice(`https://${host}/v1`, { ...proxied, DENO_CERT: file }), "Hi\nHi\n");
    equal(proxy.seen, [`CONNECT ${host} Basic ${btoa("user:word")}`]);
    const direct = { ...proxied, DENO_CERT: file, NO_PROXY: "localhost" };
    equal(await askTwice(`https://${host}/v1`, direct), "Hi\nHi\n");
    const unknown = "No connection to OpenAI (DEPTH_ZERO_SELF_SIGNED_CERT)\n";
    equal(await askTwice(`https://${host}/v1`, { NO_PROXY: "*" }), unknown.repeat(2));
    equal(proxy.seen.length, 1);
  } finally {
    await server.shutdown();
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("HTTP_PROXY: models over http are reached; a dead proxy is a connection failure", async () => {
  await using openai = startOpenAiBodies(() => ({ body: REPLY }));
  const target = `POST ${openai.url}/chat/completions Basic ${btoa("user:word")}`;
  let gone = "";
  {
    await using proxy = await startProxy();
    gone = proxy.url;
    equal(await askTwice(openai.url, { HTTP_PROXY: proxy.url }), "Hi\nHi\n");
    equal(proxy.seen, [target, target]);
  }
  const failed = "No connection to OpenAI (ECONNREFUSED)\n";
  equal(await askTwice(openai.url, { HTTP_PROXY: gone }), failed.repeat(2));
  equal(openai.requests.length, 2);
});

Deno.test("A5: a chat of the whole program goes through HTTPS_PROXY", async () => {
  const { cert, key } = await selfSigned();
  const folder = await Deno.makeTempDir();
  const file = `${folder}/authority.pem`;
  await Deno.writeTextFile(file, cert);
  const upstream = Deno.serve(
    { port: 0, hostname: "localhost", onListen: () => {}, cert, key },
    async (request) => {
      await request.text();
      return new Response(REPLY, { headers: { "content-type": "text/event-stream" } });
    },
  );
  const host = `localhost:${upstream.addr.port}`;
  try {
    await using proxy = await startProxy();
    await using server = await startServer({
      env: {
        LLM_PROVIDER: "openai",
        OPENAI_API_KEY: "sk-test",
        OPENAI_BASE_URL: `https://${host}/v1`,
        HTTPS_PROXY: proxy.url,
        DENO_CERT: file,
        DENO_NO_UPDATE_CHECK: "1",
      },
    });
    equal(textOf(await new Visitor(server.url).ask("Hello")), "Hi");
    equal(proxy.seen, [`CONNECT ${host} Basic ${btoa("user:word")}`]);
  } finally {
    await upstream.shutdown();
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("HTTP_PROXY: Twilio and webhooks are reached on a connection each", async () => {
  const asked: string[] = [];
  const server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    async (request) => {
      asked.push(await request.text());
      return new Response("taken");
    },
  );
  const url = `http://127.0.0.1:${server.addr.port}/`;
  const limits = { timeoutMs: 5_000, maxBytes: 100, signal: undefined };
  const request = { url: new URL(url), method: "POST", headers: {}, body: "a=1" };
  let gone: HttpClient;
  {
    await using proxy = await startProxy();
    const config = readConfig({ HTTP_PROXY: proxy.url, ALERT_WEBHOOK_PRIVATE: "true" });
    const http = gone = new HttpClient(config.proxies);
    // The proxy resolves the name, so no lookup happens here.
    const { status } = await exchange(request, { ...limits, publicOnly: true }, http);
    equal(status, 200);
    equal(await postToWebhook({ config, clock: () => 0, http }, url, "id", "hi"), { taken: true });
    const target = `POST ${url} Basic ${btoa("user:word")}`;
    equal([proxy.seen, asked], [[target, target], ["a=1", '"hi"']]);
    const direct = new HttpClient({ ...config.proxies, bypass: "127.0.0.1" });
    await exchange(request, limits, direct);
    equal([proxy.seen.length, asked.length], [2, 3]);
  }
  await rejects(
    exchange(request, limits, gone),
    (error) => error instanceof WireError && error.fault === "connection" && !error.sent,
  );
  equal(asked.length, 3);
  await server.shutdown();
});
