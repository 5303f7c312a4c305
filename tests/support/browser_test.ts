import { assert, assertRejects } from "./assert.ts";
import { browserSuite } from "./browser.ts";

const { test } = browserSuite();

async function fails(run: () => Promise<unknown>, part: string) {
  const error = await assertRejects(run);
  assert.ok(`${error}`.includes(part), `${error}`);
}

test("visit() fails a test whose page breaks its policy, throws, or requests another host", async (given) => {
  const { visit } = await import("./browser.ts");
  const browser = given.context.browser();
  assert.ok(browser);
  const trying = (name: string, script: string) =>
    visit(browser, given.server, {}, async ({ page }) => {
      await page.goto(given.server.url);
      await page.evaluate(script);
      await page.waitForTimeout(100);
    }, name);
  const image = "(src) => { const i = new Image(); i.src = src; document.body.append(i); }";
  await fails(() => trying("policy", `(${image})("https://example.invalid/x.png")`), "img-src");
  await fails(
    () => trying("style", `document.body.insertAdjacentHTML("beforeend", "<p style='color:red'>")`),
    "style-src",
  );
  await fails(() => trying("throws", `setTimeout(() => { throw new Error("oops"); })`), "oops");
  await fails(
    () => trying("host", `setTimeout(() => location.href = "http://127.0.0.2:9/")`),
    "127.0.0.2",
  );
});

test("assertAccessible() fails where axe finds something", async ({ page, server }) => {
  const { assertAccessible } = await import("./axe.ts");
  await page.goto(server.url);
  await page.evaluate(
    "document.querySelector('h1').insertAdjacentHTML('afterend', '<button></button>')",
  );
  await fails(() => assertAccessible(page, "a button without a name"), "button-name");
}, { bypassCSP: true });

test(
  "assertAccessibleInAllLooks() fails where a page is too wide, and where only its dark colours are hard to read",
  async ({ page, server }) => {
    const { assertAccessibleInAllLooks } = await import("./axe.ts");
    const given = async (html: string) => {
      await page.goto(server.url);
      await page.evaluate(
        (html) => document.querySelector("h1")?.insertAdjacentHTML("afterend", html),
        html,
      );
    };
    await given("<p>Nothing is wrong here</p>");
    await assertAccessibleInAllLooks(page, "sound");
    await given('<p style="inline-size: 500px">Wide</p>');
    await fails(() => assertAccessibleInAllLooks(page, "wide"), "wide, 390 px: too wide");
    const dark = "@media (prefers-color-scheme: dark) { #faint { color: #333; background: #222 } }";
    await given(`<style>${dark}</style><p id="faint">Hardly to be read</p>`);
    await fails(() => assertAccessibleInAllLooks(page, "faint"), "faint, 390 px, dark");
    const wide =
      `@media (width > 1000px) and (prefers-color-scheme: light) { #faint { color: #ccc; background: #fff } }`;
    await given(`<style>${wide}</style><p id="faint">Hardly to be read</p>`);
    await fails(() => assertAccessibleInAllLooks(page, "faint"), "faint, 1280 px, light");
  },
  { bypassCSP: true },
);
