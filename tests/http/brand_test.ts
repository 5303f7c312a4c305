import type { Settings } from "@/lib/settings/rules/settings.ts";
import { imageInfo } from "@/lib/settings/rules/logo.ts";
import { assert, assertEquals } from "../support/assert.ts";
import { PICTURES } from "../support/pictures.ts";
import { openSite, type Site } from "../support/site.ts";

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

const WHO = "ada@example.org";
const PAGES = ["/", "/chat/general-assistant", "/no-such-page"];

async function setOrganisation(site: Site, part: Partial<Settings["organisation"]>, seen = 1_000) {
  await site.world.services.settings.save({
    who: WHO,
    group: "organisation",
    seen,
    edit: (now) => ({ ...now, organisation: { ...now.organisation, ...part } }),
  });
}

async function setLogo(site: Site, bytes: Uint8Array<ArrayBuffer>) {
  const picture = imageInfo(bytes);
  assert.ok(picture);
  await site.world.services.settings.save({
    who: WHO,
    group: "logo",
    seen: 1_000,
    logo: { type: picture.type, bytes },
    edit: (now, version) => ({
      ...now,
      organisation: { ...now.organisation, logo: { ...picture, version } },
    }),
  });
}

const textOf = async (site: Site, path: string) => await (await site.fetch(path)).text();
/** Removes nonces and other parts that differ on every page. */
const steady = (html: string) =>
  html.replaceAll(/nonce="[^"]*"|[\da-f]{32}|\?r=[\da-f]{8}|"[\w-]{40,}"|class="id">\w+/g, "");

test("unbranded pages make no additional requests", async (site) => {
  for (const path of PAGES) {
    const html = await textOf(site, path);
    assert.ok(!/\/theme|\/logo|"\/manifest\b[^.]/.test(html), path);
    assert.match(html, /<svg class="logo"|class="bar"/);
  }
  for (const path of ["/logo", "/theme", "/logo?v=1", "/theme?v=own-0"]) {
    const answer = await site.fetch(path);
    assertEquals(answer.status, 404, path);
    await answer.body?.cancel();
  }
  const before = await Promise.all(PAGES.map((path) => textOf(site, path)));
  // A setting that no page shows leaves every page unchanged.
  await site.world.services.settings.save({
    who: WHO,
    group: "alerts",
    seen: 0,
    edit: (now) => ({ ...now, alerts: { ...now.alerts, shares: [60] } }),
  });
  const after = await Promise.all(PAGES.map((path) => textOf(site, path)));
  assertEquals(after.map(steady), before.map(steady));
});

test("pages with a foot tell for how many days chats are kept", async (site) => {
  assert.match(await textOf(site, "/"), /Chats are kept for 30 days\./);
  await site.world.services.settings.save({
    who: WHO,
    group: "retention",
    seen: 0,
    edit: (now) => ({ ...now, retentionDays: 1 }),
  });
  for (const path of ["/", "/no-such-page"]) {
    assert.match(await textOf(site, path), /Chats are kept for 1 day\./, path);
  }
});

test("the organisation's name, words and colour are on every page, and escaped", async (site) => {
  const name = `Wycliffe <b>&"`, written = "Wycliffe &lt;b>&amp;&quot;";
  const unquoted = 'Wycliffe &lt;b>&amp;"';
  await setOrganisation(site, {
    name,
    tagline: "Ask <us>",
    notice: "Be <kind>",
    colour: "#ffcc00",
  });
  for (const path of PAGES) {
    const html = await textOf(site, path);
    assert.ok(html.includes(written) || html.includes(unquoted), `${path}\n${html.slice(0, 1500)}`);
    assert.ok(!html.includes("<b>&"), path);
    assert.match(html, /<link rel="stylesheet" href="\/theme\?v=ffcc00-0"/);
  }
  const home = await textOf(site, "/");
  assert.match(home, /Ask &lt;us>[^]*Be &lt;kind>/);
  const manifest = await (await site.fetch("/manifest")).json();
  assertEquals(manifest.name, name);
  assertEquals(manifest.short_name, name);
  const own = JSON.parse(
    await Deno.readTextFile(new URL("../../static/manifest.webmanifest", import.meta.url)),
  );
  assertEquals({ ...manifest, name: "", short_name: "" }, { ...own, name: "", short_name: "" });
});

test("GET /theme is immutable at the address of its version only", async (site) => {
  await setOrganisation(site, { colour: "#ffcc00" });
  const answer = await site.fetch("/theme?v=ffcc00-0");
  assertEquals(answer.headers.get("content-type"), "text/css; charset=utf-8");
  assert.match(answer.headers.get("cache-control") ?? "", /immutable/);
  assert.match(await answer.text(), /^@media screen\{:root\{--accent:#[0-9a-f]{6};/);
  await setOrganisation(site, { colour: "#112233" });
  const old = await site.fetch("/theme?v=ffcc00-0");
  assertEquals(old.headers.get("cache-control"), "no-cache");
  assert.match(await old.text(), /#112233/);
});

test("GET /logo returns the picture with headers that allow nothing but showing it", async (site) => {
  for (const bytes of [PICTURES.png, PICTURES.jpeg, PICTURES.webp]) {
    await setLogo(site, bytes);
    const html = await textOf(site, "/");
    const [, href = ""] =
      /<img class="logo" src="([^"]+)" width="3" height="2" alt[ />]/.exec(html) ?? [];
    const answer = await site.fetch(href);
    assertEquals(new Uint8Array(await answer.arrayBuffer()), bytes);
    assertEquals(answer.headers.get("content-type"), imageInfo(bytes)?.type);
    assertEquals(answer.headers.get("x-content-type-options"), "nosniff");
    assert.match(answer.headers.get("cache-control") ?? "", /immutable/);
    const policy = answer.headers.get("content-security-policy") ?? "";
    assert.match(policy, /^default-src 'none'; [^]*sandbox$/);
    assert.ok(!policy.includes("script"), policy);
  }
  const stale = await site.fetch("/logo?v=0");
  assertEquals(stale.headers.get("cache-control"), "no-cache");
  await stale.body?.cancel();
});
