import { actOnTool, ADMIN_ENV, openEditor, openSection, signIn } from "../support/admin_page.ts";
import { assert, assertEquals } from "../support/assert.ts";
import { assertAccessibleInAllLooks } from "../support/axe.ts";
import { browserSuite } from "../support/browser.ts";

const { test } = browserSuite({ env: ADMIN_ENV });

test("an unsaved draft is offered again, and gone once it is saved", async ({ page, server: { url } }) => {
  await signIn(page, url);
  page.on("dialog", (dialog) => dialog.accept());
  const tutor = `${url}/admin/tools/math-tutor`;
  await openEditor(page, tutor);
  await page.fill("#systemPrompt", "A long text of mine.");
  await openSection(page, "WhatsApp");
  await page.locator('[name="whatsapp"]').check();
  await page.waitForTimeout(700);
  await openEditor(page, tutor);
  assert.ok(await page.inputValue("#systemPrompt") !== "A long text of mine.");
  await page.getByRole("button", { name: "Put it in the form" }).click();
  assertEquals(await page.inputValue("#systemPrompt"), "A long text of mine.");
  assert.ok(await page.locator('[name="whatsapp"]').isChecked());
  await openSection(page, "WhatsApp");
  await page.fill("#whatsappScope", "Sums.");
  await page.locator(".save [type=submit]").click();
  await page.waitForURL(`${tutor}?done=saved`);
  await openEditor(page, tutor);
  assertEquals(await page.getByRole("button", { name: "Put it in the form" }).count(), 0);
  assertEquals(await page.inputValue("#systemPrompt"), "A long text of mine.");
});

test("a draft answers beside its form, two drafts side by side, and a corrected reply becomes an example", async ({ page, server: { url } }) => {
  await signIn(page, url);
  await openEditor(page, `${url}/admin/tools/new?template=key-terms`);
  await page.fill("#try-message", "What does grace carry?");
  await page.press("#try-message", "Enter");
  await page.locator(".try-after").waitFor();
  assert.match(await page.locator(".try-after").innerText(), /gpt-6\.1-terra\s+· \$0\.00/);
  await page.getByLabel("Ask a second draft the same").check();
  await page.getByText("still like the form").waitFor();
  await page.selectOption("#second-model", "gpt-6-luna");
  await page.fill("#second-temperature", "0.1");
  await page.getByText("differs in model, temperature").waitFor();
  await page.fill("#try-message", "And mercy?");
  await page.press("#try-message", "Enter");
  await page.locator(".column").nth(1).locator(".try-after").waitFor();
  await page.locator(".column").nth(0).locator(".try-after").nth(1).waitFor();
  const models = await page.locator(".try-after").allInnerTexts();
  assertEquals(models.map((text) => /gpt-[\w.-]+/.exec(text)?.[0]), [
    "gpt-6.1-terra",
    "gpt-6.1-terra",
    "gpt-6-luna",
  ]);
  await page.getByRole("button", { name: "Use this one" }).click();
  assertEquals([await page.inputValue("#model"), await page.inputValue("#temperature")], [
    "gpt-6-luna",
    "0.1",
  ]);
  await page.getByText("still like the form").waitFor();
  await openSection(page, "Model");
  await page.selectOption("#model", "gpt-6.1-terra");
  await page.getByText("differs in model").waitFor();
  await page.getByRole("button", { name: "Correct by hand" }).first().click();
  await page.locator(".correct textarea").fill("A better reply.");
  await page.getByRole("button", { name: "Keep as an example" }).click();
  // The tool of the template's own name is there already.
  await page.fill("#name", "Key Words");
  assertEquals(await page.inputValue("#exampleQuestion0"), "What does grace carry?");
  await page.locator(".save [type=submit]").click();
  await page.waitForURL(/done=created/);
  assertEquals(await page.inputValue("#exampleAnswer0"), "A better reply.");
});

test("a tool is dragged to its place, and stays there", async ({ page, server: { url } }) => {
  await signIn(page, url);
  await page.goto(`${url}/admin/tools`);
  await page.locator("#tool-list .arrangeable").last().waitFor();
  const ids = () =>
    page.locator("#tool-list ol[data-group='Everyday work'] > li").evaluateAll((items) =>
      items.map((item) => item.getAttribute("data-tool"))
    );
  const before = await ids();
  const rows = page.locator("#tool-list ol[data-group='Everyday work'] > li");
  await rows.nth(2).dragTo(rows.nth(0), { targetPosition: { x: 300, y: 10 } });
  await page.waitForURL(/#tool-/);
  await page.reload();
  assertEquals(await ids(), [before[2], before[0], before[1], ...before.slice(3)]);
});

test("a tool is dragged into another group", async ({ page, server: { url } }) => {
  // Both groups are in view: nothing scrolls while the tool is dragged.
  await page.setViewportSize({ width: 1280, height: 1600 });
  await signIn(page, url);
  await openEditor(page, `${url}/admin/tools/travel-planner`);
  await openSection(page, "What people see");
  await page.fill("#group", "Drafts");
  await page.locator(".save [type=submit]").click();
  await page.waitForURL(/done=saved/);
  await page.goto(`${url}/admin/tools`);
  await page.locator("#tool-list .arrangeable").last().waitFor();
  const drafts = page.locator("#tool-list ol[data-group=Drafts] > li");
  const moved = page.locator("#tool-email-assistant");
  await moved.dragTo(drafts, { targetPosition: { x: 300, y: 40 } });
  await page.waitForURL(/#tool-email/);
  await page.reload();
  assertEquals(
    await drafts.evaluateAll((items) => items.at(-1)?.getAttribute("data-tool")),
    "email-assistant",
  );
});

test("tools are managed without JavaScript, preview and dragging excepted", async (
  { page, expect, server: { url } },
) => {
  expect(/status of 422/);
  await signIn(page, url);
  await page.goto(`${url}/admin/tools/new?template=key-terms`);
  assert.ok(!await page.locator(".try").isVisible());
  await page.fill("#name", "Simple Words");
  await openSection(page, "Budget");
  await page.fill("#ceiling", "");
  await page.locator(".save [type=submit]").click();
  await page.getByRole("button", { name: "Save all the same" }).click();
  await page.waitForURL(/simple-words/);
  await page.goto(`${url}/admin/tools`);
  const own = page.locator("#tool-simple-words");
  await own.locator(".menu > summary").click();
  await own.locator("details details > summary").click();
  await own.getByRole("button", { name: "Everyday work" }).click();
  await page.waitForURL(/#tool-simple/);
  await actOnTool(own, /^Move .* up$/);
  await page.waitForURL(/#up-/);
  // The menu is open again at the pressed button.
  await own.getByRole("button", { name: /^Hide/ }).click();
  await own.getByText("Hidden", { exact: true }).waitFor();
  await own.getByRole("button", { name: /to bin$/ }).click();
  await page.getByRole("button", { name: "Undo" }).click();
  await own.waitFor();
}, { javaScriptEnabled: false });

test(
  "axe finds nothing in the outcomes of a tool's form, in all looks",
  async ({ page, expect, server: { url } }) => {
    expect(/status of 4(09|22)/);
    await signIn(page, url);
    await openEditor(page, `${url}/admin/tools/email-assistant`);
    await openSection(page, "Budget");
    await page.fill("#ceiling", "0");
    await page.locator(".save [type=submit]").click();
    await page.locator(".findings").waitFor();
    await assertAccessibleInAllLooks(page, "findings");
    await page.fill("#ceiling", "390.5");
    await page.locator(".save [type=submit]").click();
    await page.waitForURL(/done=saved/);
    await page.goto(`${url}/admin/tools/email-assistant/versions?from=1&to=2`);
    await page.locator(".changes").waitFor();
    await assertAccessibleInAllLooks(page, "versions");
    await openEditor(page, `${url}/admin/tools/email-assistant`);
    await page.locator('[name="version"]').evaluate((input) => input.setAttribute("value", "1"));
    // Another admin saved the ceiling since version 1; this form sets a third value.
    await openSection(page, "Budget");
    await page.fill("#ceiling", "7.25");
    await page.locator(".save [type=submit]").click();
    await page.locator(".conflict").waitFor();
    await assertAccessibleInAllLooks(page, "conflict");
  },
  { bypassCSP: true },
);
