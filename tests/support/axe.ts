import { createRequire } from "node:module";
import type { AxeResults, Result } from "axe-core";
import type { Page } from "playwright-core";
import { assertEquals } from "./assert.ts";

// Half as long as the package's `source`, which each page would have to parse.
const SOURCE = Deno.readTextFileSync(
  createRequire(import.meta.url).resolve("axe-core/axe.min.js"),
);

/** What can differ between light and dark where all else is the same. */
const ABOUT_COLOURS = ["color-contrast", "link-in-text-block"];

/**
 * Asserts that axe finds nothing on the page as it is. Needs a context with `bypassCSP`.
 * @param rules axe's; all by default
 */
export async function assertAccessible(
  page: Page,
  about: string,
  rules?: readonly string[],
): Promise<void> {
  // A page that a press brought may still lack its sheets.
  await page.waitForLoadState();
  if (await page.evaluate("typeof axe") === "undefined") await page.evaluate(SOURCE);
  const options = { resultTypes: ["violations"], runOnly: rules };
  const results: AxeResults = await page.evaluate(
    `axe.run(document, ${JSON.stringify(options)})`,
  );
  assertEquals(results.violations.map(told), [], about);
}

/**
 * Asserts that axe finds nothing at each width in light and in dark, and that the page is not
 * wider than the window. The other colours of a width are tested by the rules about colours.
 * @param also a further check of each width
 */
export async function assertAccessibleInAllLooks(
  page: Page,
  about: string,
  widths: readonly number[] = [390, 1280],
  also: (about: string) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const before = page.viewportSize() ?? { width: 1280, height: 800 };
  let [first, other]: ("light" | "dark")[] = ["light", "dark"];
  for (const width of widths) {
    const look = `${about}, ${width} px`;
    await page.setViewportSize({ ...before, width });
    // Without motion: colours that are still changing have no contrast.
    await page.emulateMedia({ colorScheme: first, reducedMotion: "reduce" });
    await assertAccessible(page, `${look}, ${first}`);
    const over = await page.evaluate("document.documentElement.scrollWidth - innerWidth");
    assertEquals(over, 0, `${look}: too wide`);
    await also(look);
    await page.emulateMedia({ colorScheme: other });
    await assertAccessible(page, `${look}, ${other}`, ABOUT_COLOURS);
    [first, other] = [other, first];
  }
  await page.setViewportSize(before);
}

function told({ id, help, nodes }: Result): string {
  const first = nodes[0];
  return `${id}: ${help} (${nodes.length}×) ${first?.html.slice(0, 200)} ${first?.failureSummary}`;
}
