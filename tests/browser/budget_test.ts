import { gzipSync } from "node:zlib";
import { assert } from "@/tests/support/assert.ts";
import { browserSuite } from "@/tests/support/browser.ts";
import { openChat, say, settled } from "@/tests/support/chat_page.ts";

const { test } = browserSuite();
// Fresh's own client is larger than that of fresh/, and starts with an inline script.
const LIMITS = {
  own: { bytes: 20 * 1024, inline: 0, compresses: true },
  upstream: { bytes: 28 * 1024, inline: 1, compresses: false },
};
const LAYER = import.meta.resolve("fresh").startsWith("file:") ? "own" : "upstream";
const LIMIT = LIMITS[LAYER];

test(`chat page: its scripts weigh together at most ${LIMIT.bytes / 1024} KiB gzipped`, async ({ page, server, requests }) => {
  await openChat(page, server.url);
  await say(page, "Load what loads late: code, a table and maths");
  await settled(page);
  const scripts = [...new Set(requests.filter((url) => /\.m?js(\?|$)/.test(url)))];
  assert.ok(scripts.length > 0);
  const sizes = await Promise.all(scripts.map(async (url) => {
    const answer = await fetch(url);
    return gzipSync(new Uint8Array(await answer.arrayBuffer()), { level: 9 }).length;
  }));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  // Inline scripts count as well, unless they are data.
  const inline = page.locator("script:not([src]):not([type='application/json'])");
  assert.ok(await inline.count() <= LIMIT.inline, (await inline.allTextContents()).join("\n"));
  assert.ok(total <= LIMIT.bytes, `${total} bytes`);
});

test("home page: loads no script", async ({ page, server, requests }) => {
  await page.goto(server.url);
  await page.waitForLoadState("networkidle");
  assert.deepEqual(requests.filter((url) => /\.m?js(\?|$)/.test(url)), []);
  assert.equal(await page.locator("script[src]").count(), 0);
});

test("static files: cached for ever under a hashed name, and compressed", async ({ page, server, requests }) => {
  await openChat(page, server.url);
  const own = [...new Set(requests)].filter((url) => /\.(js|css)(\?|$)/.test(url));
  for (const url of own) {
    const answer = await fetch(url, { headers: { "accept-encoding": "gzip, br" } });
    await answer.body?.cancel();
    assert.match(answer.headers.get("cache-control") ?? "", /max-age=31536000.*immutable/, url);
    if (LIMIT.compresses) {
      assert.match(answer.headers.get("vary") ?? "", /accept-encoding/i, url);
    }
  }
  if (!LIMIT.compresses) return;
  const first = await page.request.get(own[0] ?? "", { headers: { "accept-encoding": "br" } });
  assert.match(first.headers()["content-encoding"] ?? "", /br|gzip/);
});
