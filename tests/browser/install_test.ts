import { assertEquals } from "@/tests/support/assert.ts";
import { browserSuite } from "@/tests/support/browser.ts";

const { test } = browserSuite();

test("the page can be installed: the browser finds no fault in its manifest, and its icons have their sizes", async ({ page, server }) => {
  await page.goto(server.url);
  const session = await page.context().newCDPSession(page);
  const { errors, data } = await session.send("Page.getAppManifest");
  assertEquals(errors, []);
  const { icons, start_url, display }: {
    icons: { src: string; sizes: string; type: string; purpose?: string }[];
    start_url: string;
    display: string;
  } = JSON.parse(data ?? "");
  assertEquals([start_url, display], ["/", "standalone"]);
  const wanted = icons.map(({ sizes, purpose = "any" }) => `${sizes} ${purpose}`);
  assertEquals(wanted, ["192x192 any", "512x512 any", "512x512 maskable"]);
  const files = [...icons, { src: "/apple-touch-icon.png", sizes: "180x180", type: "image/png" }];
  for (const { src, sizes, type } of files) {
    const answer = await page.request.get(server.url + src);
    assertEquals(answer.headers()["content-type"], type, src);
    const bytes = await answer.body();
    // Width and height are the first words of a PNG's header.
    assertEquals(`${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`, sizes, src);
    assertEquals(bytes.length < 5_000, true, `${src} has ${bytes.length} bytes`);
  }
});
