import { ADMIN_ENV } from "../support/admin_page.ts";
import { adminViews, fillAdminArea } from "../support/admin_views.ts";
import { assert, assertEquals } from "../support/assert.ts";
import { assertAccessibleInAllLooks } from "../support/axe.ts";
import { browserSuite } from "../support/browser.ts";

const { test } = browserSuite({ env: { ...ADMIN_ENV, MOCK_PACE_MS: "0" }, backups: true });

test(
  "axe finds nothing on any admin page, in all looks, and none is too wide",
  async ({ page, server: { url } }) => {
    const views = await adminViews(await fillAdminArea(page, url));
    assert.ok(views.length >= 18, views.join(" "));
    const titles = new Set<string>();
    for (const view of views) {
      const answer = await page.goto(url + view);
      assertEquals([answer?.status(), page.url()], [200, url + view]);
      assertEquals(await page.locator("h1").count(), 1, view);
      titles.add(await page.title());
      await page.locator("main details").evaluateAll((all) =>
        all.forEach((details) => details.setAttribute("open", ""))
      );
      const second = page.getByLabel("Ask a second draft the same");
      if (await second.count() > 0) await second.check();
      await assertAccessibleInAllLooks(page, view);
    }
    assert.ok(titles.size >= 10, `Pages have titles of their own: ${[...titles]}`);
  },
  { bypassCSP: true, reducedMotion: "reduce" },
);
