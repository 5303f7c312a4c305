import { assert, assertEquals } from "@/tests/support/assert.ts";
import { httpSuite } from "@/tests/support/http_suite.ts";
import { askRaw } from "@/tests/support/raw_request.ts";
import { type Server, startServer } from "@/tests/support/server.ts";
import { until } from "@/tests/support/wait.ts";

const test = httpSuite();
const ADMIN = { ADMIN_PASSWORD: "correct horse battery", ALLOWED_ADMIN_EMAILS: "ada@example.org" };
const withAdmin = httpSuite({ env: ADMIN });

async function statusFor(server: Server, host: string, path = "/api/live"): Promise<number> {
  return (await askRaw(server.port, `GET ${path} HTTP/1.1\nhost: ${host}`)).status;
}

async function statuses(server: Server, hosts: readonly string[]) {
  return Object.fromEntries(
    await Promise.all(hosts.map(async (host) => [host, await statusFor(server, host)])),
  );
}

/** Lines of the log since it listens; before, Deno may say that another process holds its folder. */
function sinceStart({ log }: Server): string[] {
  return log.slice(log.findIndex((line) => line.startsWith("OBT Helper runs at ")) + 1);
}

const LOCAL = [
  "localhost",
  "LOCALHOST:8000",
  "localhost.",
  "tools.localhost:8000",
  "127.0.0.1",
  "192.168.1.20:8000",
  "[::1]:8000",
  "2130706433",
];
const FOREIGN = ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example:8000"];
const MALFORMED = [
  "a b",
  "[::1",
  "x:99999",
  "localhost/admin?",
  "localhost@evil.example",
  "é.example",
];

const all = (hosts: readonly string[], status: number) =>
  Object.fromEntries(hosts.map((host) => [host, status]));

test("Host: localhost and IP addresses are served, other names get 421", async (server) => {
  assertEquals(await statuses(server, LOCAL), all(LOCAL, 200));
  assertEquals(await statuses(server, FOREIGN), all(FOREIGN, 421));
  for (const path of ["/", "/public.css", "/chat/math-tutor", "/nowhere"]) {
    assertEquals(await statusFor(server, "evil.example", path), 421, path);
  }
  const post = `POST /api/chat HTTP/1.1\nhost: evil.example\ncontent-length: 2`;
  const { status, head, body } = await askRaw(server.port, post, "{}");
  assertEquals(status, 421);
  assert.match(head, /content-type: application\/problem\+json/i);
  assert.match(head, /x-content-type-options: nosniff/i);
  assert.match(body, /"type":"\/problems\/wrong-host"/);
});

test("Host: the host of an absolute-form request counts beside the header", async (server) => {
  const ask = (target: string, host: string) =>
    askRaw(server.port, `GET ${target} HTTP/1.1\nhost: ${host}`).then(({ status }) => status);
  assertEquals(await ask("http://localhost/api/live", "localhost"), 200);
  assertEquals(await ask("http://evil.example/api/live", "localhost"), 421);
  assertEquals(await ask("http://localhost/api/live", "evil.example"), 421);
  assertEquals(await ask("http://localhost:1x/api/live", "localhost"), 400);
});

test("Host: an invalid host gets 400, one line in the log and no stack", async (server) => {
  assertEquals(await statuses(server, MALFORMED), all(MALFORMED, 400));
  const told = () => server.logged("info").filter(({ host, status }) => host && status === 400);
  await until("the log", () => told().length >= MALFORMED.length || null);
  assert.ok(sinceStart(server).every((line) => line.startsWith("{")), server.log.join("\n"));
  assertEquals(server.logged("error"), []);
});

Deno.test("Host: only names of PUBLIC_URL and ALLOWED_HOSTS are served", async () => {
  const env = {
    ...ADMIN,
    HOST: "127.0.0.1",
    PUBLIC_URL: "https://helper.example",
    ALLOWED_HOSTS: "Www.helper.example, obt-helper",
  };
  await using server = await startServer({ env });
  const served = ["helper.example", "helper.example:443", "www.helper.example", "OBT-helper:8000"];
  assertEquals(await statuses(server, served), all(served, 200));
  assertEquals(await statuses(server, FOREIGN), all(FOREIGN, 421));
});

withAdmin("Host: without PUBLIC_URL a server that others reach takes any name", async (server) => {
  const names = [...LOCAL, ...FOREIGN];
  assertEquals(await statuses(server, names), all(names, 200));
});

withAdmin(
  "the admin area's headers go by the path that is routed, however it is written",
  async (server) => {
    const written = [
      "/admin/sessions",
      "/x/../admin/sessions",
      "/%2e%2e/admin/sessions",
      "/./admin/sessions",
      "//admin//sessions",
      "/x/%2E%2E/admin/./sessions",
      "/x\\..\\admin/sessions",
    ];
    for (const path of written) {
      const { status, head } = await askRaw(server.port, `GET ${path} HTTP/1.1\nhost: localhost`);
      assertEquals(status, 303, path);
      assert.match(head, /location: \/admin\/login/i, path);
      assert.match(head, /cache-control: no-store/i, path);
    }
    const media = await askRaw(server.port, "GET /x/../api/media/none HTTP/1.1\nhost: localhost");
    assert.match(media.head, /content-security-policy: default-src 'none'; sandbox/i);
    // The runtime logs a warning of its own when code reads a request's signal.
    const strange = sinceStart(server).filter((line) => !/^({|No AI key )/.test(line));
    assertEquals(strange, []);
  },
);
