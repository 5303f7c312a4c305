import { Admin, EMAIL, openAdminSite, OTHER, PASSWORD, post } from "../support/admin.ts";
import { assert, assertEquals } from "../support/assert.ts";
import { formOf } from "../support/html_forms.ts";
import { PICTURES } from "../support/pictures.ts";
import type { Site } from "../support/site.ts";

const MINUTE = 60_000;
const TUTOR = "/admin/tools/math-tutor";
const LOGIN = /action="\/admin\/login"/;
const PROMPT = 'An hour of <b>work</b> & "more",\nin two lines. 語';

function test(name: string, fn: () => Promise<void>): void {
  // The build of the pages leaves a process behind.
  Deno.test({ name, fn, sanitizeOps: false, sanitizeResources: false });
}

/** Signs in through the login form of a page, as the browser that shows it. */
async function through(site: Site, html: string, cookie: string, over = {}) {
  const fields = { ...formOf(html, LOGIN), email: EMAIL, password: PASSWORD, ...over };
  const answer = await post(site, "/admin/login", fields, cookie);
  const session = answer.headers.getSetCookie()[0]?.split(";")[0] ?? "";
  return { answer, html: await answer.text(), cookie: session };
}

async function tutor(site: Site) {
  const { tools } = await site.world.deps.store.tools.snapshot();
  return tools.find(({ id }) => id === "math-tutor") ?? assert.fail();
}

test("a tool's form sent after its session ended is back in the editor after the login", async () => {
  await using site = await openAdminSite();
  const admin = await Admin.signIn(site);
  const form = formOf(await (await admin.get(TUTOR)).text(), /tool-form/);
  site.clock.now += 31 * MINUTE;
  const late = await admin.post(TUTOR, { ...form, systemPrompt: PROMPT, temperature: "0.3" });
  assertEquals(late.status, 401);
  const signedOut = await late.text();
  assert.match(signedOut, /Nothing was changed/);
  // A wrong password in between loses nothing.
  const wrong = await through(site, signedOut, admin.cookie, { password: "wrong" });
  assertEquals(wrong.answer.status, 403);
  const back = await through(site, wrong.html, admin.cookie);
  assertEquals(back.answer.status, 200);
  assert.match(back.html, /What you typed is not saved yet/);
  const offered = formOf(back.html, /action="\/admin\/tools\/math-tutor"/);
  const editor = await post(site, TUTOR, offered, back.cookie);
  assertEquals(editor.status, 200);
  const page = await editor.text();
  assert.match(page, /back in the form\. It is not saved yet/);
  const again = formOf(page, /tool-form/);
  assertEquals([again.systemPrompt, again.temperature], [PROMPT, "0.3"]);
  assert.notEqual((await tutor(site)).systemPrompt, PROMPT);
  assertEquals((await post(site, TUTOR, again, back.cookie)).status, 303);
  const { systemPrompt, temperature } = await tutor(site);
  assertEquals([systemPrompt, temperature], [PROMPT, 0.3]);
});

test("neither the login nor a late form redirects out of the admin area", async () => {
  await using site = await openAdminSite();
  const admin = await Admin.signIn(site);
  const outside = [
    "/admin/../chat/math-tutor/delete",
    "/admin/./../x",
    "/admin/..",
    "/admin/..?x=1",
  ];
  for (const next of outside) {
    const answer = await post(site, "/admin/login", { email: EMAIL, password: PASSWORD, next });
    assertEquals([answer.status, answer.headers.get("location")], [303, "/admin"], next);
  }
  site.clock.now += 31 * MINUTE;
  for (const to of outside) {
    const kept = JSON.stringify({ to, fields: [["conversation", "1"]], file: false });
    const fields = { email: EMAIL, password: PASSWORD, kept };
    const answer = await post(site, "/admin/login", fields, admin.cookie);
    assertEquals([answer.status, answer.headers.get("location")], [303, "/admin"], to);
  }
});

test("changes that another admin saved meanwhile survive a late form", async () => {
  await using site = await openAdminSite();
  const admin = await Admin.signIn(site);
  const form = formOf(await (await admin.get(TUTOR)).text(), /tool-form/);
  site.clock.now += 31 * MINUTE;
  const other = await Admin.signIn(site, { email: OTHER });
  const theirs = formOf(await (await other.get(TUTOR)).text(), /tool-form/);
  await other.post(TUTOR, { ...theirs, temperature: "0.1" });
  const late = await admin.post(TUTOR, { ...form, systemPrompt: PROMPT });
  const back = await through(site, await late.text(), admin.cookie);
  const offered = formOf(back.html, /action="\/admin\/tools\/math-tutor"/);
  const again = formOf(await (await post(site, TUTOR, offered, back.cookie)).text(), /tool-form/);
  assertEquals((await post(site, TUTOR, again, back.cookie)).status, 303);
  const { systemPrompt, temperature } = await tutor(site);
  assertEquals([systemPrompt, temperature], [PROMPT, 0.1]);
});

test("settings sent too late are shown again; other forms are offered for sending", async () => {
  await using site = await openAdminSite();
  const admin = await Admin.signIn(site);
  const csrf = await admin.token();
  site.clock.now += 31 * MINUTE;
  const texts = { group: "texts", version: "0", tagline: "Typed", notice: "Long" };
  const late = await admin.post("/admin/settings", { csrf, ...texts });
  const back = await through(site, await late.text(), admin.cookie);
  const offered = formOf(back.html, /action="\/admin\/settings"/);
  assertEquals([offered.tagline, offered.look], ["Typed", "1"]);
  const page = await (await post(site, "/admin/settings", offered, back.cookie)).text();
  assert.match(page, /back in the form[^]*>Typed<\/textarea>/);
  assertEquals(site.world.services.settings.current.version, 0);

  const action = { csrf, action: "delete", id: "math-tutor" };
  const second = await admin.post("/admin/tools", action);
  const offer = await through(site, await second.text(), admin.cookie);
  assert.match(offer.html, /Send it now/);
  assert.ok(await tutor(site));
});

test("a kept form is bound to its account, session and token", async () => {
  await using site = await openAdminSite();
  const admin = await Admin.signIn(site);
  const form = {
    ...formOf(await (await admin.get(TUTOR)).text(), /tool-form/),
    systemPrompt: PROMPT,
  };
  const strangers = [
    await post(site, TUTOR, form),
    await post(site, TUTOR, form, `admin=${"A".repeat(22)}.${"A".repeat(43)}`),
  ];
  site.clock.now += 31 * MINUTE;
  strangers.push(await admin.post(TUTOR, { ...form, csrf: "A".repeat(86) }));
  for (const answer of strangers) {
    assertEquals(answer.status, 401);
    const html = await answer.text();
    assert.ok(!html.includes("hour of") && !html.includes(EMAIL), html);
  }
  const late = await (await admin.post(TUTOR, form)).text();
  const other = await through(site, late, admin.cookie, { email: OTHER });
  assertEquals([other.answer.status, other.html], [303, ""]);
  const elsewhere = await through(site, late, "");
  assertEquals(elsewhere.answer.status, 303);
  const foreign = JSON.stringify({ to: "/admin/logout", fields: [["a", "b"]], file: false });
  for (const kept of [foreign, "{", foreign.replace("/admin/logout", "https://evil.example/")]) {
    assertEquals((await through(site, late, admin.cookie, { kept })).answer.status, 303);
  }
  const rows = await site.world.deps.store.admins.sessions();
  assert.ok(!JSON.stringify(rows).includes("hour of"), "The store holds what was typed");
});

test("a form of an earlier login is offered again in a later session of the same browser", async () => {
  await using site = await openAdminSite();
  const first = await Admin.signIn(site);
  const form = formOf(await (await first.get(TUTOR)).text(), /tool-form/);
  const later = await Admin.signIn(site, { cookie: first.cookie });
  const answer = await later.post(TUTOR, { ...form, systemPrompt: PROMPT });
  assertEquals(answer.status, 403);
  const offered = formOf(await answer.text(), /action="\/admin\/tools\/math-tutor"/);
  const page = await (await later.post(TUTOR, offered)).text();
  assertEquals(formOf(page, /tool-form/).systemPrompt, PROMPT);
  assert.notEqual((await tutor(site)).systemPrompt, PROMPT);
});

test("a file is not kept, and the page says to choose it again", async () => {
  await using site = await openAdminSite();
  const admin = await Admin.signIn(site);
  const csrf = await admin.token();
  site.clock.now += 31 * MINUTE;
  const body = new FormData();
  for (const [name, value] of Object.entries({ csrf, group: "logo", version: "0" })) {
    body.set(name, value);
  }
  body.set("logo", new File([Object.values(PICTURES)[0] ?? ""], "logo.png"));
  const headers = { cookie: admin.cookie, "sec-fetch-site": "same-origin" };
  const late = await site.fetch("/admin/settings", { method: "POST", headers, body });
  assertEquals(late.status, 401);
  const back = await through(site, await late.text(), admin.cookie);
  assert.match(back.html, /The file has to be chosen again/);
});
