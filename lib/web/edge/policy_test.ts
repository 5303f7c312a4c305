import { csp } from "fresh";
import { NONCE_POLICY, PAGE_POLICY, strictPolicy } from "./policy.ts";
import { SecureApp } from "../secure_app.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";

const UPSTREAM = `${NONCE_POLICY.join("; ")}; upgrade-insecure-requests`;

function secureApp(https: boolean): SecureApp {
  return new SecureApp({
    log: () => {},
    now: () => 0,
    https,
    hosts: () => "allowed",
    answered: () => {},
    tracer: null,
  });
}

/** The policy of an answer under a middleware's policy, as Fresh sets it without a page. */
async function policyOf(https: boolean, answer: () => Response): Promise<string> {
  const res = await secureApp(https).get("/", answer).handler()(new Request("http://localhost/"));
  return res.headers.get("content-security-policy") ?? "";
}

const given = (policy: string, init: ResponseInit = {}) => () =>
  new Response(null, { ...init, headers: { ...init.headers, "content-security-policy": policy } });

Deno.test("strictPolicy() removes 'unsafe-inline' and keeps a nonce", () => {
  assertEquals(strictPolicy(UPSTREAM, false), PAGE_POLICY);
  assertEquals(strictPolicy(UPSTREAM, true), `${PAGE_POLICY}; upgrade-insecure-requests`);
  assertEquals(
    strictPolicy("script-src 'self' 'nonce-x'; Upgrade-Insecure-Requests", false),
    "script-src 'self' 'nonce-x'",
  );
  assertEquals(strictPolicy("script-src\t'UNSAFE-INLINE' 'self'", true), "script-src 'self'");
  assertEquals(strictPolicy("upgrade-insecure-requests; img-src 'self'", false), "img-src 'self'");
});

Deno.test("strictPolicy() leaves no answer with 'unsafe-inline', whatever a middleware set", async () => {
  const html = { headers: { "content-type": "text/html; charset=utf-8" } };
  const kinds: [string, () => Response][] = [
    ["text", given(UPSTREAM)],
    ["a page", given(UPSTREAM, html)],
    ["nothing", given(UPSTREAM, { status: 204 })],
    ["an error", given(UPSTREAM, { status: 500 })],
    ["a redirect", given(UPSTREAM, { status: 303, headers: { location: "/" } })],
  ];
  for (const [about, answer] of kinds) {
    assertEquals(await policyOf(false, answer), PAGE_POLICY, about);
    assert.doesNotMatch(await policyOf(true, answer), /unsafe/, about);
  }
  const passedOn = await policyOf(false, () => Response.redirect("http://localhost/other"));
  assert.match(passedOn, /default-src 'none'/);
});

Deno.test("PAGE_POLICY lets a page load its styles and run nothing inline", async () => {
  const page = await policyOf(false, () =>
    new Response("<p>", {
      headers: { "content-type": "text/html" },
    }));
  assertEquals(page, PAGE_POLICY);
  assert.doesNotMatch(page, /unsafe|nonce/);
  assert.match(await policyOf(false, () => new Response("text")), /^default-src 'none';/);
});

Deno.test("NONCE_POLICY gets a page's nonce from Fresh's csp() in place of 'unsafe-inline'", async () => {
  const handler = secureApp(false).use(csp({ useNonce: true, csp: NONCE_POLICY }))
    .get("/", (ctx) => ctx.render(null)).handler();
  const policies = await Promise.all(
    [1, 2].map(async () =>
      (await handler(new Request("http://localhost/"))).headers.get("content-security-policy")
    ),
  );
  assert.match(policies[0] ?? "", /script-src 'self' 'nonce-[\w+/=]{22,}';/);
  assert.doesNotMatch(policies[0] ?? "", /unsafe|upgrade/);
  assert.notEqual(policies[0], policies[1]);
});
