import { cookieOf, EMAIL, PASSWORD } from "../support/admin.ts";
import { assert, assertEquals, assertRejects } from "../support/assert.ts";
import { type Server, startServer } from "../support/server.ts";
import { until } from "../support/wait.ts";

const ENV = {
  ADMIN_PASSWORD: PASSWORD,
  ALLOWED_ADMIN_EMAILS: EMAIL,
  TRUSTED_PROXIES: "127.0.0.1",
};

/** Signs in from an address that a trusted proxy reports. */
async function login({ url }: Server, password: string, address: string, cookie = "") {
  const answer = await fetch(`${url}/admin/login`, {
    method: "POST",
    redirect: "manual",
    headers: { "x-forwarded-for": address, cookie },
    body: new URLSearchParams({ email: EMAIL, password }),
  });
  await answer.text();
  return answer;
}

function test(name: string, fn: () => Promise<void>): void {
  Deno.test({ name, fn, sanitizeOps: false, sanitizeResources: false });
}

test("a server under a long password attack admits its admin and logs the sources", async () => {
  await using server = await startServer({ env: ENV });
  const first = await login(server, PASSWORD, "192.0.2.1");
  assertEquals(first.status, 303);
  assert.ok(cookieOf(first)?.startsWith("admin="));
  const device = first.headers.getSetCookie()[1]?.split(";")[0] ?? "";
  const failed = await login(server, "wrong", "198.51.100.1");
  for (let i = 2; i <= 30; i++) await login(server, "wrong", `198.51.100.${i}`);
  for (let i = 0; i < 6; i++) await login(server, "wrong", "192.0.2.1");
  assertEquals((await login(server, PASSWORD, "192.0.2.1")).status, 429);
  assertEquals((await login(server, PASSWORD, "192.0.2.1", device)).status, 303);
  assertEquals((await login(server, PASSWORD, "203.0.113.7")).status, 303);
  const lines = await until("the log", () => {
    const found = server.logged("warn").filter(({ message }) => /^Admin login/.test(`${message}`));
    return found.length >= 37 ? found : null;
  });
  const { time: _, ...line } = lines[0] ?? {};
  assertEquals(line, {
    level: "warn",
    message: "Admin login failed",
    request: failed.headers.get("x-request-id"),
    account: "a…@example.org",
    address: "198.51.100.…",
    knownBrowser: false,
    reason: "denied",
  });
  assert.ok(!/wrong|ada@|correct horse/.test(server.log.join("\n")));
});

test("a server does not start with a commonly guessed password", async () => {
  await assertRejects(
    () => startServer({ env: { ...ENV, ADMIN_PASSWORD: "x" } }),
    "Cannot start: ADMIN_PASSWORD takes a password that is not among the first to be guessed",
  );
});

test("a server without an admin password answers its admin area with 403 and how to open it", async () => {
  await using server = await startServer();
  for (const path of ["/admin", "/admin/tools", "/admin/login"]) {
    const answer = await fetch(server.url + path, { redirect: "manual" });
    assertEquals(answer.status, 403);
    assert.match(await answer.text(), /The admin area is closed[^]*ADMIN_PASSWORD=/);
  }
  const script = await fetch(`${server.url}/admin`, { headers: { accept: "application/json" } });
  assertEquals(script.status, 403);
  assertEquals((await script.json()).type, "/problems/denied");
});
