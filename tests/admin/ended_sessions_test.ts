import { contentOf } from "@/lib/experiments/rules/variant_content.ts";
import { Admin, EMAIL, openAdminSite, OTHER, post } from "../support/admin.ts";
import { ask, setReview, TOOL } from "../support/asking.ts";
import { assert, assertEquals } from "../support/assert.ts";
import { storeExperiment } from "../support/experiments.ts";
import { formOf } from "../support/html_forms.ts";
import { textOf } from "../support/page_text.ts";
import { scratch } from "../support/scratch.ts";
import type { Site } from "../support/site.ts";

function test(name: string, fn: () => Promise<void>): void {
  // The build of the pages leaves a process behind.
  Deno.test({ name, fn, sanitizeOps: false, sanitizeResources: false });
}

const TYPED = "Typed before it ended";
const MINUTE = 60_000;
/** Families of records that forms write, each with its entry in the audit log. */
const WRITTEN =
  /^(api_key|audit|custom_price|experiments?|golden|head|message|review|settings|tools?)\b/;

/** Something for each page of the area to show. */
async function fill({ world }: Site): Promise<void> {
  const { services, deps: { store } } = world;
  const limits = { tools: null, rate: 10, day: null, month: null, expires: null };
  await services.api.keys.make(EMAIL, services.api.keys.newId(), { name: "Website", ...limits });
  await services.golden.saveExample(EMAIL, TOOL, null, { question: "One?", expects: "Two." });
  const A = contentOf(await store.tools.find(TOOL));
  const contents = { A, B: { ...A, systemPrompt: "Another" } };
  await storeExperiment(store, { id: "abtestab01", contents });
  await storeExperiment(store, { id: "abtestab02", contents, tool: "math-tutor", state: "draft" });
  await services.tools.editing.remove(EMAIL, "recipe-helper");
  await setReview(world, true);
  await ask(world, "What is a prime number?");
}

interface OpenForm {
  page: string;
  action: string;
  /** With what was typed. */
  fields: Record<string, string>;
  /** Whether there is a field to type a text into. */
  isTyped: boolean;
}

/** All forms of the area that change something, as a browser has them open; one a kind of page. */
async function openForms(admin: Admin): Promise<OpenForm[]> {
  const found: OpenForm[] = [], seen = new Set<string>();
  const queue = [
    "/admin",
    "/admin/experiments/new?tool=math-tutor",
    "/admin/experiments/abtestab02",
  ];
  for (let page = queue.shift(); page !== undefined; page = queue.shift()) {
    const answer = await admin.get(page);
    if (!(answer.headers.get("content-type") ?? "").startsWith("text/html")) {
      await answer.body?.cancel();
      continue;
    }
    const html = await answer.text();
    assertEquals(answer.status, 200, page);
    for (const [, link = ""] of html.matchAll(/href="(\/admin[^"#?]*)/g)) {
      // One tool, experiment and so on stands for all.
      const kind = link.replace(/\/[a-z]+-[\w-]+|\/[\w~-]*\d[\w~-]*/g, "/*");
      if (seen.has(kind) || /\/(csv|export|download)$/.test(link)) continue;
      seen.add(kind);
      queue.push(link);
    }
    for (const [whole] of html.matchAll(/<form[^]*?<\/form>/g)) {
      const [tag = ""] = /^<form[^>]*>/.exec(whole) ?? [];
      if (!/method="post"/i.test(tag)) continue;
      const action = /action="([^"]*)"/.exec(tag)?.[1] || page;
      const fields = formOf(whole, /^<form/);
      const typed = [...whole.matchAll(/<(?:textarea|input[^>]*type="text")[^>]*>/g)]
        .flatMap(([input]) => /name="([\w.-]+)"/.exec(input)?.[1] ?? []);
      for (const name of typed) fields[name] = TYPED;
      const buttons = [...whole.matchAll(/<button(?:[^>"]|"[^"]*")*>/g)].flatMap(([button]) => {
        const name = /\bname="([\w.-]+)"/.exec(button)?.[1];
        return name ? [{ [name]: /\bvalue="([^"]*)"/.exec(button)?.[1] ?? "" }] : [];
      });
      for (const button of buttons.length === 0 ? [{}] : buttons) {
        const kind = `${action} ${JSON.stringify(button)}`;
        if (seen.has(kind)) continue;
        seen.add(kind);
        const sent = { ...fields, ...button };
        found.push({ page, action, fields: sent, isTyped: typed.length > 0 });
      }
    }
  }
  return found;
}

/** The stored records that forms write, with their versions. */
async function recordsAt(path: string): Promise<string[]> {
  using kv = await Deno.openKv(path);
  const rows = await Array.fromAsync(kv.list({ prefix: [] }));
  return rows.map(({ key, versionstamp }) => `${key.join(" ")} ${versionstamp}`)
    .filter((row) => WRITTEN.test(row));
}

/** Sends all forms of a session that has ended; none of them changes anything. */
async function sendAll(site: Site, path: string, cookie: string, forms: readonly OpenForm[]) {
  const before = await recordsAt(path);
  const pages = new Map<OpenForm, string>();
  for (const form of forms) {
    const answer = await post(site, form.action, form.fields, cookie);
    const html = await answer.text();
    const told = `${form.page} ${form.action} ${JSON.stringify(form.fields).slice(0, 200)}`;
    assertEquals(answer.status, 401, told);
    assert.match(textOf(html), /Nothing was changed, because your session has ended/, told);
    pages.set(form, html);
  }
  assertEquals(await recordsAt(path), before);
  return pages;
}

test("every form of the area, sent after its session was ended in any way, says so and changes nothing", async () => {
  await using dir = await scratch();
  let cookie = "", forms: OpenForm[] = [];
  {
    await using site = await openAdminSite({}, dir.store);
    await fill(site);
    const admin = await Admin.signIn(site);
    forms = await openForms(admin);
    cookie = admin.cookie;
    const kinds = new Set(forms.map(({ action }) => action));
    assert.ok(kinds.size > 15, [...kinds].join("\n"));

    // Without use for half an hour: what was typed is kept.
    site.clock.now += 31 * MINUTE;
    const late = await sendAll(site, dir.store, cookie, forms);
    for (const [{ action, isTyped }, html] of late) {
      if (!isTyped || action.startsWith("/admin/backups")) continue;
      assert.match(html, /Your text is kept/, action);
      assert.ok(html.includes(TYPED), action);
    }

    // Signed out everywhere by another device.
    const again = await Admin.signIn(site);
    const open = await openForms(again);
    const device = await Admin.signIn(site);
    await device.post("/admin/sessions", { csrf: await device.token(), action: "end-all" });
    await sendAll(site, dir.store, again.cookie, open);

    const last = await Admin.signIn(site);
    forms = await openForms(last);
    cookie = last.cookie;
  }
  for (
    const env of <Record<string, string>[]> [
      { ADMIN_PASSWORD: "another horse battery staple" },
      { ALLOWED_ADMIN_EMAILS: OTHER },
    ]
  ) {
    await using site = await openAdminSite(env, dir.store);
    site.clock.now += 32 * MINUTE;
    const pages = await sendAll(site, dir.store, cookie, forms);
    // The account may be somebody else's now: neither its name nor what was typed is shown.
    for (const html of pages.values()) assert.ok(!html.includes(TYPED) && !html.includes(EMAIL));
  }
});
