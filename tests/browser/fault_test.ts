import { assert, assertEquals } from "@/tests/support/assert.ts";
import { browserSuite } from "@/tests/support/browser.ts";
import { openChat, say, settled, stored, TOOL } from "@/tests/support/chat_page.ts";
import { canLimit, limitFiles } from "@/tests/support/full_disk.ts";

const { test } = browserSuite({ survivesFullDisk: true });

// Where no process can be limited there is no full disk to test with.
if (canLimit) {
  test("ComposerHints: a fault of the server is shown with the reference of its log line, to be copied whole; a refusal has none", async ({ page, server, expect }) => {
    expect(/503|500/);
    await openChat(page, server.url);
    await say(page, "Before it");
    await settled(page);
    const hints = page.locator("#hints");
    await limitFiles(server, 1_000);
    try {
      const answering = page.waitForResponse(`${server.url}/api/chat`);
      await say(page, "While the disk is full");
      const answer = await answering;
      assertEquals(answer.status(), 503);
      await hints.getByText("Reference: ").waitFor();
      const reference = await hints.locator(".id").innerText();
      assertEquals(reference, answer.headers()["x-request-id"]);
      assert.ok(server.logged("error").some(({ id }) => id === reference), reference);
      await hints.locator(".id").click();
      assertEquals(await page.evaluate("String(getSelection())"), reference);
      assertEquals(await page.locator("#message").inputValue(), "While the disk is full");

      const form = await page.request.post(`${server.url}/chat/${TOOL}`, {
        form: { action: "send", message: "Without a script", requestId: "0".repeat(32) },
        headers: { origin: server.url },
      });
      assertEquals(form.status(), 503);
      assert.match(await form.text(), new RegExp(form.headers()["x-request-id"] ?? "no id"));
    } finally {
      await limitFiles(server, "unlimited");
    }
    const refused = await page.request.post(`${server.url}/chat/${TOOL}`, {
      form: { action: "send", message: "", requestId: "1".repeat(32) },
      headers: { origin: server.url },
    });
    assertEquals(refused.status(), 400);
    assert.doesNotMatch(await refused.text(), /Reference: <|class="id"/);
    assertEquals((await stored(page, server.url)).length, 2);
  });
}
