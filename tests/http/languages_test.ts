import { ENGLISH_PAGES } from "@/lib/locales/page/en.ts";
import { OWN_SETTINGS } from "@/lib/locales/own/settings.ts";
import { PAGE_TEXTS } from "@/lib/locales/page/languages.ts";
import { LANGUAGES, textDirection } from "@/lib/shared/languages.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { TOOL } from "@/tests/support/chat_page.ts";
import { OwnPerson } from "@/tests/support/own_person.ts";
import { openSite, type Site } from "@/tests/support/site.ts";

function test(name: string, run: (site: Site) => Promise<void>): void {
  Deno.test({
    name,
    // The build of the pages leaves a process behind.
    sanitizeOps: false,
    sanitizeResources: false,
    fn: async () => {
      await using site = await openSite();
      await run(site);
    },
  });
}

const opening = (language: (typeof LANGUAGES)[number], theme = "") =>
  `<html lang="${language}" dir="${textDirection(language)}"${theme}>`;

test("home page: it exists in each language by Accept-Language, with direction and Vary", async (site) => {
  for (const language of LANGUAGES) {
    const answer = await new OwnPerson(site, `${language}-XX,en;q=0.5`).get("/");
    const html = await answer.text();
    assert.ok(html.includes(opening(language)), language);
    assert.ok(html.includes(PAGE_TEXTS[language].home.title), language);
    assert.match(answer.headers.get("vary") ?? "", /accept-language, cookie/i);
  }
});

test("POST /settings: a language chosen by hand goes before the browser's, for a year", async (site) => {
  const ann = new OwnPerson(site, "fr");
  assert.ok((await ann.html("/")).includes(opening("fr")));
  const saved = await ann.post("/settings", { language: "sw", theme: "automatic" });
  assertEquals([saved.status, saved.headers.get("location")], [303, "/settings?saved"]);
  assert.match(
    saved.headers.getSetCookie().join("\n"),
    /^language=sw; Path=\/; SameSite=Lax; Max-Age=31536000$/m,
  );
  for (const path of ["/", "/settings?saved", `/chat/${TOOL}`, "/help", "/history", "/nowhere"]) {
    assert.ok((await ann.html(path)).includes(opening("sw")), path);
  }
  const html = await ann.html("/settings?saved");
  assert.match(html, /role="status">Imehifadhiwa\./);
  assert.match(html, /value="sw"[^>]* checked|checked[^>]* value="sw"/);
  const { title, detail } = await (await ann.get("/api/chat", { method: "POST" })).json();
  assert.doesNotMatch(`${title} ${detail}`, /The request/);
  await ann.post("/settings", { language: "tlh" });
  assert.ok((await ann.html("/")).includes(opening("fr")), "An unknown language is none");
});

test("POST /settings: a theme chosen by hand marks every page, its colour and its sheet", async (site) => {
  const ann = new OwnPerson(site);
  const usual = await ann.html("/");
  assert.ok(usual.includes(opening("en")));
  assert.match(usual, /theme-color" content="#171615" media="\(prefers-color-scheme: dark\)"/);
  await ann.post("/settings", { language: "en", theme: "dark" });
  for (const path of ["/", `/chat/${TOOL}`, "/settings"]) {
    const html = await ann.html(path);
    assert.ok(html.includes(opening("en", ' data-theme="dark"')), path);
    assert.match(html, /<meta name="color-scheme" content="dark"/);
    assertEquals(html.match(/name="theme-color"/g)?.length, 1, path);
    assert.match(html, /public\.css[^]*href="\/dark\.css/, path);
  }
  assert.ok(!(await ann.html("/admin/login")).includes("data-theme"));
  await ann.post("/settings", { language: "en", theme: "automatic" });
  assert.ok((await ann.html("/")).includes(opening("en")));
});

test("the admin area is in English whatever the reader chose", async (site) => {
  const ann = new OwnPerson(site, "ar");
  await ann.post("/settings", { language: "ar" });
  assert.ok((await ann.html("/admin/login")).includes(opening("en")));
});

test("home page and chat lead to the settings", async (site) => {
  const ann = new OwnPerson(site, "hi");
  for (const path of ["/", `/chat/${TOOL}`]) {
    const html = await ann.html(path);
    assert.ok(html.includes('href="/settings"') && html.includes(OWN_SETTINGS.hi.title), path);
    assert.ok(!html.includes(ENGLISH_PAGES.frame.notice), path);
  }
});
