import { PASSWORD } from "../support/admin.ts";
import { ADMIN_ENV, signIn } from "../support/admin_page.ts";
import { assert, assertEquals } from "../support/assert.ts";
import { assertAccessibleInAllLooks } from "../support/axe.ts";
import { browserSuite } from "../support/browser.ts";
import { assertFocusShows, focused, tabTo } from "../support/keyboard.ts";
import { NIGHT_ZONE } from "../support/noon.ts";
import { until } from "../support/wait.ts";

const { test } = browserSuite({
  // Only what the test makes is there.
  env: { ...ADMIN_ENV, TIME_ZONE: NIGHT_ZONE },
  backups: true,
});

test(
  "a backup is made, followed to its end, downloaded and restored with the keyboard alone",
  async ({ page, expect, server: { url } }) => {
    await signIn(page, url);
    await page.request.post(`${url}/chat/general-assistant`, {
      form: { action: "send", message: "before" },
    });
    await page.goto(`${url}/admin/backups`);
    const looked = (about: string) => assertAccessibleInAllLooks(page, about, [320, 1280]);
    await looked("without a backup");
    await tabTo(page, /Back up now/);
    await assertFocusShows(page, "Back up now");
    await page.keyboard.press("Enter");
    // The page loads again by itself when it is done.
    await page.getByText(/is being made/).waitFor();
    await page.getByRole("button", { name: "Back up now" }).waitFor();
    await page.getByText("Proven today").waitFor();
    await looked("with a backup");

    const actions = page.getByText(/^Actions for the backup of today/).locator("..");
    await actions.focus();
    await page.keyboard.press("Enter");
    await tabTo(page, /^a# Download/);
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.keyboard.press("Enter"),
    ]);
    assert.match(download.suggestedFilename(), /^obt-helper-.*\.backup$/);

    await tabTo(page, /^a# Restore/);
    await page.keyboard.press("Enter");
    await page.waitForURL(/\.backup#restore$/);
    await looked("one backup");
    await page.locator("#sure").focus();
    await page.keyboard.type("OBT Helper");
    await page.keyboard.press("Tab");
    await page.keyboard.type("a wrong guess");
    expect(/status of 403/);
    await page.keyboard.press("Enter");
    await page.getByText("This is not the admin password.").waitFor();
    assert.match(await focused(page), /not the admin password/);
    await looked("a wrong password");
    assertEquals(await page.locator("#sure").inputValue(), "OBT Helper");
    await page.locator('[name="password"]').focus();
    await page.keyboard.type(PASSWORD);
    expect(/status of 401/);
    await page.keyboard.press("Enter");
    // The restore ends all sessions, and the page that follows it becomes the sign-in.
    await page.waitForURL(/\/admin\/login\?next=/);
    await page.fill('[name="email"]', ADMIN_ENV.ALLOWED_ADMIN_EMAILS);
    await page.fill('[name="password"]', PASSWORD);
    await page.keyboard.press("Enter");
    await page.waitForURL(`${url}/admin/backups`);
    await page.getByText("is restored.").waitFor();
    assertEquals(await page.locator("tbody tr").count(), 2);
    await looked("after a restore");
  },
  { bypassCSP: true, reducedMotion: "reduce" },
);

test(
  "without JavaScript a backup is made, and the page says to look again",
  async ({ page, server: { url } }) => {
    await signIn(page, url);
    await page.goto(`${url}/admin/backups`);
    const before = await page.locator("tbody tr").count();
    await page.getByRole("button", { name: "Back up now" }).click();
    const now = page.getByRole("button", { name: "Back up now" });
    await until("its end", async () => {
      if (await now.count() === 0) await page.getByRole("link", { name: "Look again" }).click();
      return await now.count() === 1;
    }, 60_000);
    // It may be the only one of its day that is kept.
    assert.ok(await page.locator("tbody tr").count() >= Math.min(before, 1));
    assert.match(await page.locator("main").innerText(), /Proven today/);
  },
  { javaScriptEnabled: false },
);
