import { createHash } from "node:crypto";
import { ask, TOOL } from "@/tests/support/asking.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { SAMPLES } from "@/tests/support/media_samples.ts";
import { openSite } from "@/tests/support/site.ts";

const TOKEN = "a".repeat(43);
const COOKIE = `visitor=${TOKEN}`;

Deno.test("a picture is shown to its sender only", async () => {
  await using site = await openSite();
  const visitor = createHash("sha256").update(TOKEN).digest("base64url");
  await ask(site.world, "", {
    visitor,
    channel: "whatsapp",
    action: {
      kind: "send",
      message: "What is <this>?",
      images: [{ type: "image/png", bytes: SAMPLES.png }],
    },
  });
  const headers = { cookie: COOKIE };
  const page = await (await site.fetch(`/chat/${TOOL}`, { headers })).text();
  const [, path] = /<img src="(\/api\/media\/[^"]+)" alt="Picture"/.exec(page) ?? [];
  assert.ok(path, "No picture on the page");
  assert.match(page, /What is &lt;this&gt;\?/);

  const own = await site.fetch(path, { headers });
  assertEquals(own.status, 200);
  assertEquals(own.headers.get("content-type"), "image/png");
  assertEquals(own.headers.get("x-content-type-options"), "nosniff");
  assertEquals(own.headers.get("cross-origin-resource-policy"), "same-origin");
  assert.match(own.headers.get("content-security-policy") ?? "", /default-src 'none'; sandbox/);
  assert.match(own.headers.get("cache-control") ?? "", /private/);
  assertEquals(new Uint8Array(await own.arrayBuffer()), SAMPLES.png);

  const stranger = { cookie: `visitor=${"b".repeat(43)}` };
  for (
    const [address, init] of [
      [path, {}],
      [path, { headers: stranger }],
      [`${path}0`, { headers }],
      ["/api/media/none", { headers }],
      ["/api/media/%F0", { headers }],
    ] as const
  ) {
    const answer = await site.fetch(address, init);
    assert.ok([400, 404].includes(answer.status), `${address}: ${answer.status}`);
    assert.doesNotMatch(await answer.text(), /PNG/);
  }
  const exported = await site.fetch(`/chat/${TOOL}/export?format=md`, { headers });
  assert.match(await exported.text(), /\[picture\]\n\nWhat is <this>\?/);
});
