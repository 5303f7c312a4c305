import fc from "fast-check";
import { readConfig } from "../config.ts";
import { HttpClient } from "../platform/http_client.ts";
import { assert, assertEquals } from "../../tests/support/assert.ts";
import { selfSigned } from "../../tests/support/certificate.ts";
import { postToWebhook } from "./webhook.ts";
import { isRefusedAtSight, reachOf } from "./webhook_address.ts";

const PRIVATE = { ALERT_WEBHOOK_PRIVATE: "true" };

function post(env: Record<string, string>, url: string, resolved?: string[]) {
  const looked: string[] = [];
  const resolve = (host: string) => {
    looked.push(host);
    return Promise.resolve((resolved ?? []).map((address) => ({ address })));
  };
  const config = readConfig(env);
  const deps = { config, clock: () => 0, http: new HttpClient(config.proxies) };
  return postToWebhook(deps, url, "id", { text: "hello" }, resolved && resolve)
    .then((answer) => ({ answer, looked }));
}

/** A local receiver and its requests. */
async function withReceiver(
  run: (port: number, got: string[]) => Promise<void>,
  answer = () => new Response(null, { status: 204 }),
): Promise<void> {
  const got: string[] = [];
  const server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {} },
    async (request) => {
      got.push(`${request.headers.get("host")} ${await request.text()}`);
      return answer();
    },
  );
  try {
    await run(server.addr.port, got);
  } finally {
    await server.shutdown();
  }
}

Deno.test("reachOf() distinguishes public, private and forbidden addresses", () => {
  const expected = {
    public: ["8.8.8.8", "93.184.216.34", "2606:4700::1111", "::ffff:8.8.8.8", "64:ff9b::808:808"],
    private: [
      "127.0.0.1",
      "10.1.2.3",
      "172.31.255.255",
      "192.168.0.1",
      "100.64.0.1",
      "::1",
      "fd12::1",
      "::ffff:10.0.0.1",
      "::ffff:7f00:1",
      "64:ff9b::a00:1",
      "2002:a00:1::1",
    ],
    never: [
      "169.254.169.254",
      "::ffff:169.254.169.254",
      "64:ff9b::a9fe:a9fe",
      "2002:a9fe:a9fe::",
      "fe80::1",
      "fe80::1%eth0",
      "fd00:ec2::254",
      "100.100.100.200",
      "0.0.0.0",
      "::",
      "224.0.0.1",
      "255.255.255.255",
      "ff02::1",
      "no address",
    ],
  };
  for (const [reach, addresses] of Object.entries(expected)) {
    for (const address of addresses) assertEquals(reachOf(address), reach, address);
  }
});

Deno.test("reachOf() classifies an IPv4 address inside IPv6 alike", () => {
  const byte = fc.integer({ min: 0, max: 255 });
  fc.assert(fc.property(fc.tuple(byte, byte, byte, byte), ([a, b, c, d]) => {
    const hex = [a * 256 + b, c * 256 + d].map((group) => group.toString(16));
    const plain = reachOf(`${a}.${b}.${c}.${d}`);
    const dresses = ["::ffff:", "::ffff:0:", "64:ff9b::"].map((head) => head + hex.join(":"));
    for (const dress of [`::ffff:${a}.${b}.${c}.${d}`, ...dresses]) {
      assertEquals(reachOf(dress), plain, dress);
    }
    assertEquals(reachOf(`2002:${hex.join(":")}::1`), plain);
  }));
});

Deno.test("isRefusedAtSight() recognises addresses in all spellings", () => {
  const config = readConfig({ PUBLIC_URL: "https://helper.example.org" });
  for (
    const url of [
      "http://localhost:5678/hook",
      "http://127.0.0.1/",
      "http://2130706433/",
      "http://0x7f.1/",
      "http://[::1]:80/",
      "http://[::ffff:169.254.169.254]/",
      "https://helper.example.org/hook",
      "https://HELPER.example.org./hook",
    ]
  ) assert.ok(isRefusedAtSight(config, new URL(url)), url);
  for (const url of ["https://hooks.example.org/x", "http://8.8.8.8/", "http://local.host/"]) {
    assert.ok(!isRefusedAtSight(config, new URL(url)), url);
  }
});

Deno.test("postToWebhook() reaches a private address only if allowed, and never its own server", async () => {
  await withReceiver(async (port, got) => {
    const url = `http://127.0.0.1:${port}/`;
    const refused = { taken: false, why: "its address is not allowed" } as const;
    assertEquals((await post({}, url)).answer, refused);
    assertEquals((await post({}, `http://localhost:${port}/`)).answer, refused);
    assertEquals((await post({ ...PRIVATE, PORT: String(port) }, url)).answer, refused);
    assertEquals((await post({ ...PRIVATE, PUBLIC_URL: url }, url)).answer, refused);
    assertEquals((await post(PRIVATE, "http://169.254.169.254/latest")).answer, refused);
    assertEquals(got, []);
    assertEquals((await post(PRIVATE, url)).answer, { taken: true });
    assertEquals(got, [`127.0.0.1:${port} {"text":"hello"}`]);
  });
});

Deno.test("postToWebhook() resolves a name once and connects to the verified address", async () => {
  await withReceiver(async (port, got) => {
    const url = `http://hooks.example.test:${port}/`;
    const { answer, looked } = await post(PRIVATE, url, ["127.0.0.1"]);
    assertEquals([answer, looked], [{ taken: true }, ["hooks.example.test"]]);
    assertEquals(got, [`hooks.example.test:${port} {"text":"hello"}`]);
    for (
      const mixed of [["127.0.0.1"], ["93.184.216.34", "127.0.0.1"], ["169.254.169.254"], [
        "fe80::1",
      ]]
    ) {
      assertEquals((await post({}, url, mixed)).answer.taken, false, mixed.join());
    }
    assertEquals(got.length, 1);
    // The second address is tried after a refused connection.
    assertEquals((await post(PRIVATE, url, ["::1", "127.0.0.1"])).answer, { taken: true });
  });
});

Deno.test("postToWebhook() follows no redirect", async () => {
  await withReceiver(async (other, got) => {
    const away = () => Response.redirect(`http://127.0.0.1:${other}/`, 307);
    await withReceiver(async (port) => {
      const { answer } = await post(PRIVATE, `http://127.0.0.1:${port}/`);
      assertEquals(answer, { taken: false, why: "status 307" });
    }, away);
    assertEquals(got, []);
  });
});

Deno.test("postToWebhook() sends nothing to a host with an untrusted certificate", async () => {
  const got: string[] = [];
  const server = Deno.serve(
    { port: 0, hostname: "127.0.0.1", onListen: () => {}, ...await selfSigned() },
    async (request) => {
      got.push(await request.text());
      return new Response();
    },
  );
  const { answer } = await post(PRIVATE, `https://localhost:${server.addr.port}/`);
  assertEquals(answer, { taken: false, why: "it cannot be reached" });
  assertEquals(got, []);
  await server.shutdown();
});
