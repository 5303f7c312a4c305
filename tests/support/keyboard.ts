import type { Page } from "playwright-core";
import { assert } from "./assert.ts";

const MOST_TABS = 120;

/** The focused element's role and name, as a screen reader says them. */
export function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const at = document.activeElement;
    const label = at instanceof HTMLInputElement ? at.labels?.[0]?.textContent : undefined;
    const name = at?.getAttribute("aria-label") ?? label ?? at?.textContent?.trim() ?? "";
    return `${at?.tagName.toLowerCase()}#${at?.id ?? ""} ${name.replace(/\s+/g, " ").slice(0, 60)}`;
  });
}

/** Presses Tab until the focus matches; every stop must show its focus. */
export async function tabTo(page: Page, what: RegExp, key = "Tab"): Promise<void> {
  const way: string[] = [];
  for (let i = 0; i < MOST_TABS; i++) {
    await page.keyboard.press(key);
    const at = await focused(page);
    way.push(at);
    if (at.startsWith("body")) continue;
    await assertFocusShows(page, at);
    if (what.test(at)) return;
  }
  assert.fail(`${what} is not reached: ${way.join(" → ")}`);
}

/** Asserts that the focused element has a visible outline and is not covered. */
export async function assertFocusShows(page: Page, about: string): Promise<void> {
  const problem = await page.evaluate(() => {
    const at = document.activeElement;
    if (!at) return "nothing has the focus";
    const { left, top, width, height } = at.getBoundingClientRect();
    if (width === 0 || height === 0) return "has no size";
    const around = [at, at.closest(".box, .filter, .card")].filter((one) => one !== null);
    const ringed = around.flatMap((one) =>
      [undefined, "::after"].map((pseudo) => {
        const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(one, pseudo);
        const outlined = outlineStyle !== "none" && parseFloat(outlineWidth) >= 1;
        // The ring of a field inside a frame of its own.
        return outlined || /0px 0px 0px [1-9]/.test(boxShadow);
      })
    );
    if (!ringed.includes(true)) return "has no outline";
    // The middle and near the edges: some part must be visible and not covered.
    const seen = [[0.5, 0.5], [0.5, 0.1], [0.5, 0.9], [0.1, 0.5], [0.9, 0.5]].some(([x, y]) => {
      const hit = document.elementFromPoint(left + width * (x ?? 0), top + height * (y ?? 0));
      return hit !== null && (at.contains(hit) || hit.contains(at));
    });
    return seen ? null : "is hidden";
  });
  assert.ok(problem === null, `${about} ${problem}`);
}
