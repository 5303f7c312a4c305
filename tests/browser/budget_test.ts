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

const scriptsAmong = (requests: readonly string[]) => [
  ...new Set(requests.filter((url) => /\.m?js(\?|$)/.test(url))),
];

/** Bytes of all scripts among some addresses, gzipped. */
async function weigh(requests: readonly string[]): Promise<number> {
  const sizes = await Promise.all(
    scriptsAmong(requests).map(async (url) => {
      const answer = await fetch(url);
      return gzipSync(new Uint8Array(await answer.arrayBuffer()), { level: 9 }).length;
    }),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

test(`chat page: its scripts weigh together at most ${LIMIT.bytes / 1024} KiB gzipped, new and with a conversation; a reply loads at most 1 KiB`, async ({ page, server }) => {
  // What the service worker keeps for times without a network is not the page's.
  const requests: string[] = [];
  page.on("request", (request) => {
    if (request.serviceWorker() === null) requests.push(request.url());
  });
  await openChat(page, server.url);
  await page.waitForLoadState("networkidle");
  const opened = requests.length;
  await say(page, "Load what loads late: code, a table and maths");
  await settled(page);
  const replied = requests.length;
  await page.reload();
  await page.locator("html.js").waitFor({ state: "attached" });
  await page.waitForLoadState("networkidle");
  const atLoad = [...requests.slice(0, opened), ...requests.slice(replied)]
    .filter((url) => !/\/keep_page-/.test(url));
  const total = await weigh(atLoad);
  const later = await weigh(requests.slice(0, replied));
  assert.ok(later <= total + 1024, `${later} bytes after a reply`);
  // Inline scripts count as well, unless they are data.
  const inline = page.locator("script:not([src]):not([type='application/json'])");
  assert.ok(await inline.count() <= LIMIT.inline, (await inline.allTextContents()).join("\n"));
  assert.ok(total > 0 && total <= LIMIT.bytes, `${total} bytes`);
  // Each further file is a request. A module that an island of the admin area shares would be one.
  const scripts = scriptsAmong(atLoad);
  if (LAYER === "own") assert.ok(scripts.length <= 6, scripts.join("\n"));
});

test("home page: loads one script, of at most 2.5 KiB gzipped", async ({ page, server, requests }) => {
  await page.goto(server.url);
  await page.waitForLoadState("networkidle");
  assert.deepEqual(scriptsAmong(requests).map((url) => new URL(url).pathname), ["/home.js"]);
  const bytes = await weigh(requests);
  assert.ok(bytes <= 2.5 * 1024, `${bytes} bytes`);
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
