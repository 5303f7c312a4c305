import type { Page } from "playwright-core";
import { openChat, say, settled } from "./chat_page.ts";
import { until } from "./wait.ts";

/** What the device keeps, by cache. */
export function keptFiles(page: Page): Promise<Record<string, string[]>> {
  return page.evaluate(async () => {
    const names = await caches.keys();
    const lists = await Promise.all(names.map(async (name) => {
      const requests = await (await caches.open(name)).keys();
      return [name, requests.map(({ url }) => new URL(url).pathname)];
    }));
    return Object.fromEntries(lists);
  });
}

/** Asks once, and waits until the page and the parts that it needs offline are kept. */
export async function keepChat(page: Page, origin: string): Promise<void> {
  await openChat(page, origin);
  await say(page, "What is a key term?");
  await settled(page);
  await untilKept(page);
}

/** Waits until the chat's page and the parts that it needs offline are kept. */
export async function untilKept(page: Page): Promise<void> {
  await until("the page to be kept", async () => {
    const { pages = [], files = [] } = await keptFiles(page);
    return pages.includes("/offline") && pages.includes("/chat/general-assistant") &&
      ["open_outbox", "open_voice", "open_pictures", "copying"].every((name) =>
        files.some((path) => path.includes(`/${name}-`))
      );
  });
  await until("what those import to be kept", () =>
    page.evaluate(async () => {
      const cache = await caches.open("files");
      const kept = (await cache.keys()).map(({ url }) => url);
      for (const url of kept) {
        const text = /\.js(\?|$)/.test(url) ? await (await cache.match(url))?.text() ?? "" : "";
        for (const [, name = ""] of text.matchAll(/["']\.\/(chunk-\w+\.js)["']/g)) {
          if (!kept.some((other) => other.includes(name))) return false;
        }
      }
      return true;
    }));
}
