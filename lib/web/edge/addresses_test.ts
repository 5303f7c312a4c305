import { assert, assertEquals } from "@/tests/support/assert.ts";
import { rewriteLegacyAddress } from "./addresses.ts";

const at = (path: string, init?: RequestInit) =>
  rewriteLegacyAddress(new Request(`http://localhost${path}`, init));
const pathOf = (request: Request) => request.url.replace("http://localhost", "");

Deno.test("rewriteLegacyAddress() maps the original's addresses, with their query", () => {
  assertEquals(pathOf(at("/.netlify/functions/tools")), "/api/tools");
  assertEquals(pathOf(at("/.netlify/functions/verify-sync?x=1")), "/api/health?x=1");
  assertEquals(
    pathOf(at("/.netlify/functions/cost-summary?toolId=a")),
    "/api/cost-summary?toolId=a",
  );
});

Deno.test("rewriteLegacyAddress() keeps method, headers and body of a post", async () => {
  const init = { method: "POST", body: '{"message":"Hi"}', headers: { cookie: "visitor=x" } };
  const moved = at("/.netlify/functions/chat", init);
  assertEquals([pathOf(moved), moved.method], ["/api/chat", "POST"]);
  assertEquals(moved.headers.get("cookie"), "visitor=x");
  assertEquals(await moved.text(), init.body);
});

Deno.test("rewriteLegacyAddress() returns any other request itself", () => {
  const others = [
    "/",
    "/.netlify/functions/",
    "/.netlify/functions/unknown",
    "/.netlify/functions/chat/x",
    "/.netlify/functions/constructor",
    "/.netlify/functions/__proto__",
    "/chat/a?from=/.netlify/functions/chat",
  ];
  for (const path of others) {
    const request = new Request(`http://localhost${path}`);
    assert.equal(rewriteLegacyAddress(request), request, path);
  }
});
