import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { assertEquals } from "./assert.ts";
import { launchBrowser } from "./chromium.ts";
import { type Server, type ServerOptions, startServer } from "./server.ts";

/** A new visitor's browser on a running server. */
export interface Visit {
  page: Page;
  context: BrowserContext;
  server: Server;
  /** Addresses requested by any page of the visitor, redirects included. */
  requests: string[];
  /** Allows a console message that the test causes. */
  expect(message: RegExp): void;
  /** Allows requests to another local origin. */
  alsoAt(origin: string): void;
}

export interface BrowserSuite {
  test(
    name: string,
    run: (visit: Visit) => Promise<void>,
    options?: BrowserContextOptions,
  ): void;
}

/**
 * Tests that share one server and one browser; each has a visitor of its own.
 * @param flags further arguments of Chromium
 */
export function browserSuite(
  options: ServerOptions = {},
  flags: readonly string[] = [],
): BrowserSuite {
  let server: Server | undefined;
  let browser: Browser | undefined;
  Deno.test.afterAll(async () => {
    await browser?.close();
    await server?.[Symbol.asyncDispose]();
  });
  return {
    test: (name, run, context = {}) =>
      Deno.test({
        name,
        // The browser and the server outlive each test.
        sanitizeOps: false,
        sanitizeResources: false,
        fn: async () => {
          server ??= await startServer(options);
          browser ??= await launchBrowser(flags);
          await visit(browser, server, context, run, name);
        },
      }),
  };
}

/**
 * Opens a page for a new visitor and runs `run`. Fails on errors in any of the visitor's pages,
 * breaches of the content security policy, and requests to other hosts.
 */
export async function visit(
  browser: Browser,
  server: Server,
  options: BrowserContextOptions,
  run: (visit: Visit) => Promise<void>,
  name: string,
): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  context.setDefaultTimeout(15_000);
  const problems: string[] = [];
  const requests: string[] = [];
  const expected: RegExp[] = [];
  const origins = [server.url];
  context.on("request", (request) => requests.push(request.url()));
  context.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") problems.push(message.text());
  });
  context.on("weberror", (error) => problems.push(String(error.error())));
  const page = await context.newPage();
  try {
    await run({
      page,
      context,
      server,
      requests,
      expect: (message) => void expected.push(message),
      alsoAt: (origin) => void origins.push(origin),
    });
    assertEquals(
      {
        errors: problems.filter((text) => !expected.some((pattern) => pattern.test(text))),
        otherHosts: requests.filter((url) => !origins.includes(new URL(url).origin)),
      },
      { errors: [], otherHosts: [] },
    );
  } catch (error) {
    await explain(context, server, name, problems);
    throw error;
  } finally {
    await context.close();
  }
}

/** Saves a screenshot and HTML for a failed test. */
async function explain(
  context: BrowserContext,
  server: Server,
  name: string,
  problems: string[],
): Promise<void> {
  const folder = `${Deno.env.get("TMPDIR") ?? "/tmp"}/obt-helper-failures`;
  const file = `${folder}/${name.replace(/\W+/g, "_").slice(0, 100)}`;
  await Deno.mkdir(folder, { recursive: true });
  const about = [...problems, "", ...server.log.slice(-60)].join("\n");
  await Deno.writeTextFile(`${file}.log`, `${name}\n\n${about}\n`);
  for (const [i, page] of context.pages().entries()) {
    await page.screenshot({ path: `${file}_${i}.png`, timeout: 5_000 }).catch(() => {});
    await Deno.writeTextFile(`${file}_${i}.html`, await page.content().catch(() => ""));
  }
}
