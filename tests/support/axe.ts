import axe, { type AxeResults, type Result } from "axe-core";
import type { Page } from "playwright-core";
import { assertEquals } from "./assert.ts";

/** Asserts that axe finds nothing on the page as it is. Needs a context with `bypassCSP`. */
export async function assertAccessible(page: Page, about: string): Promise<void> {
  // A page that a press brought may still lack its sheets.
  await page.waitForLoadState();
  // Injected once per document: it is half a megabyte.
  if (await page.evaluate("typeof axe") === "undefined") {
    await page.addScriptTag({ content: axe.source });
  }
  const results: AxeResults = await page.evaluate(
    "axe.run(document, { resultTypes: ['violations'] })",
  );
  assertEquals(results.violations.map(told), [], about);
}

function told({ id, help, nodes }: Result): string {
  const first = nodes[0];
  return `${id}: ${help} (${nodes.length}×) ${first?.html.slice(0, 200)} ${first?.failureSummary}`;
}
