import { BudgetService } from "@/lib/admin/services/budget_service.ts";
import { organisationCeiling } from "@/lib/metering/budgets_in_force.ts";
import { auditSentence } from "@/lib/locales/admin/audit.ts";
import { parseUsd } from "@/lib/shared/money.ts";
import { Admin, EMAIL, openAdminSite, OTHER } from "../support/admin.ts";
import { assert, assertEquals } from "../support/assert.ts";
import { formOf } from "../support/html_forms.ts";
import type { Site } from "../support/site.ts";

function test(name: string, fn: () => Promise<void>): void {
  // The build of the pages leaves a process behind.
  Deno.test({ name, fn, sanitizeOps: false, sanitizeResources: false });
}

const PATH = "/admin/budgets";
const TOOL = "math-tutor";
const BUDGETS_FORM = /id="budgets"/;

/** The page's form as a browser would send it. */
async function fieldsOf(admin: Admin): Promise<Record<string, string>> {
  return formOf(await (await admin.get(PATH)).text(), BUDGETS_FORM);
}

async function sentences(site: Site, action: string): Promise<string[]> {
  const filter = { action, who: "", thing: "", from: "", to: "" };
  const { entries } = await site.world.services.audit.list(filter, "");
  return entries.map((entry) => `${entry.who} ${auditSentence(entry, { [TOOL]: "Math Tutor" })}`);
}

test("every limit of money is saved at once, takes effect, and is in the audit log", async () => {
  await using site = await openAdminSite();
  const admin = await Admin.signIn(site);
  const { services: { api, settings }, deps } = site.world;
  const key = await apiKey(site);
  const form = await fieldsOf(admin);
  const answer = await admin.post(PATH, {
    ...form,
    organisationDay: "5",
    organisationMonth: "60,50",
    otherTool: TOOL,
    otherDay: "1.50",
    otherMonth: "20",
    toolDay: "0.50",
    phoneDay: "0.20",
    phoneMonth: "3",
    addressDay: "0.75",
    personShare: "30",
    freeReplies: "0",
    [`key-day-${key}`]: "0.40",
  });
  assertEquals([answer.status, answer.headers.get("location")], [303, `${PATH}?saved=1`]);
  assertEquals(organisationCeiling(deps), parseUsd("5"));
  const { budgets, limits } = settings.current;
  assertEquals(limits.personShare, 30);
  assertEquals(budgets, {
    organisationMonth: parseUsd("60.50"),
    toolDay: parseUsd("0.50"),
    toolMonth: null,
    toolMonths: { [TOOL]: parseUsd("20") },
    onPhone: { day: parseUsd("0.20"), month: parseUsd("3") },
    onPage: { day: null, month: null },
    addressDay: parseUsd("0.75"),
    freeReplies: 0,
  });
  assertEquals((await deps.store.tools.get(TOOL))?.ceiling, parseUsd("1.50"));
  assertEquals((await api.keys.list())[0]?.day, parseUsd("0.40"));

  const again = await fieldsOf(admin);
  assertEquals([again[`tool-day-${TOOL}`], again[`tool-month-${TOOL}`]], ["1.50", "20.00"]);
  assertEquals((await admin.post(PATH, { ...again, [`tool-day-${TOOL}`]: "2" })).status, 303);
  assert.ok(
    (await sentences(site, "tool.change")).includes(
      `${EMAIL} raised the budget of Math Tutor from $1.50 to $2.00 a day`,
    ),
  );
  assertEquals(await sentences(site, "key.change"), [
    `${EMAIL} set the budget of the API key Website to $0.40 a day`,
  ]);
  const page = await (await admin.get(`${PATH}?saved=1`)).text();
  assert.match(page, /role="status"[^>]*>Saved\.</);
  assert.match(page, /\$2\.00 left today\. \$20\.00 left this month\./);
});

test("nothing is saved before everything is right, and nothing typed is lost", async () => {
  await using site = await openAdminSite();
  const admin = await Admin.signIn(site);
  await site.world.services.tools.editing.setCeiling(EMAIL, TOOL, parseUsd("1"), null);
  const form = await fieldsOf(admin);
  const wrong = { organisationMonth: "a lot", personShare: "101", otherMonth: "3" };
  const others: Record<string, string>[] = [{}, { otherTool: TOOL, otherDay: "x" }];
  for (const other of others) {
    const answer = await admin.post(PATH, { ...form, ...wrong, ...other, toolDay: "7" });
    assertEquals(answer.status, 422);
    const html = await answer.text();
    assert.match(html, /something has to be put right/);
    assert.match(html, /value="7"/);
    if (other.otherTool === TOOL) {
      for (const field of ["organisationMonth", "personShare", "otherDay"]) {
        assert.match(html, new RegExp(`id="${field}-finding"`), field);
      }
    } else assert.match(html, /Choose the tool that this is for/);
  }
  // Input typed before the session ended comes back the same way.
  const look = await admin.post(PATH, { ...form, toolDay: "7", look: "1" });
  assertEquals(look.status, 200);
  assert.match(await look.text(), /before you were signed out[^]*value="7"/);
  assertEquals(site.world.services.settings.current.version, 0);
});

test("two admins' limits are brought together; the same limit is told with both", async () => {
  await using site = await openAdminSite();
  const [ada, grace] = [await Admin.signIn(site), await Admin.signIn(site, { email: OTHER })];
  const [hers, theirs] = [await fieldsOf(ada), await fieldsOf(grace)];
  assertEquals((await grace.post(PATH, { ...theirs, toolDay: "1", pageDay: "2" })).status, 303);
  // Other fields fit together.
  assertEquals((await ada.post(PATH, { ...hers, phoneDay: "3" })).status, 303);
  const refused = await ada.post(PATH, { ...hers, toolDay: "4", toolMonth: "9" });
  assertEquals(refused.status, 409);
  const html = await refused.text();
  assert.match(html, /Theirs: <bdi>1\.00<\/bdi>[^]*Yours: <bdi>4<\/bdi>/);
  const { settings } = site.world.services;
  assertEquals(settings.current.budgets.toolMonth, null);
  // The values there can be saved in place of theirs.
  const shown = formOf(html, BUDGETS_FORM);
  assertEquals([shown.toolDay, shown.toolMonth, shown.pageDay], ["4", "9", "2.00"]);
  assertEquals((await ada.post(PATH, shown)).status, 303);
  const { toolDay, toolMonth, onPage, onPhone } = settings.current.budgets;
  assertEquals([toolDay, toolMonth, onPage.day, onPhone.day].map(String), [
    "4000000000",
    "9000000000",
    "2000000000",
    "3000000000",
  ]);
});

test("a key's limits that two admins save at the same moment are brought together, or told", async () => {
  await using site = await openAdminSite();
  const { keys } = site.world.services.api;
  const id = keys.newId();
  const limits = { day: parseUsd("1"), month: parseUsd("5") };
  await keys.make(EMAIL, id, { name: "Website", tools: null, rate: 30, ...limits, expires: null });
  const [day, month] = [`key-day-${id}`, `key-month-${id}`];
  const [ada, grace] = [await Admin.signIn(site), await Admin.signIn(site, { email: OTHER })];
  const together = async (hers: Record<string, string>, theirs: Record<string, string>) => {
    const forms = [{ ...await fieldsOf(ada), ...hers }, { ...await fieldsOf(grace), ...theirs }];
    const answers = await Promise.all(
      forms.map((form, i) => (i === 0 ? ada : grace).post(PATH, form)),
    );
    const stored = await fieldsOf(ada);
    return { statuses: answers.map(({ status }) => status), stored: [stored[day], stored[month]] };
  };
  const apart = await together({ [day]: "2" }, { [month]: "6" });
  assertEquals(apart, { statuses: [303, 303], stored: ["2.00", "6.00"] });
  const same = await together({ [day]: "3" }, { [day]: "4" });
  assertEquals(same.statuses.toSorted(), [303, 409]);
  assertEquals(same.stored, [same.statuses[0] === 303 ? "3.00" : "4.00", "6.00"]);
});

test("a key that ends and a budget that another admin sets in the moment of saving leave nothing half saved", async () => {
  await using site = await openAdminSite();
  const { deps, services: { settings, tools, api: { keys }, budgets } } = site.world;
  const { editing, checks } = tools;
  const key = await apiKey(site);
  const [day, tool] = [`key-day-${key}`, `tool-day-${TOOL}`];
  const was = await budgets.fields();
  const typed = { ...was, organisationMonth: "60", toolDay: "0.5", [tool]: "3", [day]: "2" };
  /** Saves limits; `other` happens once they were compared with what is stored. */
  const save = async (other: () => Promise<void>) => {
    let happened = false;
    const late = Object.create(keys, {
      list: {
        value: async () => {
          const all = await keys.list();
          if (!happened) await other();
          happened = true;
          return all;
        },
      },
    });
    const saving = new BudgetService(deps, { settings, editing, checks, keys: late });
    return await saving.save(EMAIL, { typed, was });
  };
  const stored = async () => [
    settings.current.version,
    (await deps.store.tools.find(TOOL)).ceiling,
    (await keys.list())[0]?.day,
  ];
  const { ceiling } = await deps.store.tools.find(TOOL);
  const theirs = await save(() => editing.setCeiling(OTHER, TOOL, ceiling, parseUsd("7")));
  assertEquals(theirs.kind, "conflict");
  assertEquals(await stored(), [0, parseUsd("7"), null]);
  await editing.setCeiling(OTHER, TOOL, parseUsd("7"), ceiling);
  const ended = await save(() => keys.end(OTHER, key));
  assert.ok(ended.kind === "wrong");
  assertEquals(ended.findings.map(({ field }) => field), [day]);
  assertEquals(await stored(), [0, ceiling, undefined]);
  assertEquals(await sentences(site, "settings.change"), []);
  // What is left is saved then.
  const { [day]: _, ...rest } = typed;
  assertEquals((await budgets.save(EMAIL, { typed: rest, was })).kind, "saved");
  assertEquals(await stored(), [1, parseUsd("3"), undefined]);
});

test("a day that is too small for any reply is refused beside its field, as in the tool's editor", async () => {
  await using site = await openAdminSite();
  const admin = await Admin.signIn(site);
  const { store } = site.world.deps;
  const { editing } = site.world.services.tools;
  // With no limit of its own it has no row.
  await editing.setCeiling(EMAIL, TOOL, parseUsd("1"), null);
  const rows: [field: string, fields: Record<string, string>][] = [
    ["otherDay", { otherTool: TOOL, otherDay: "0.000001", toolMonth: "9" }],
    [`tool-day-${TOOL}`, { [`tool-day-${TOOL}`]: "0.000001", toolMonth: "9" }],
  ];
  for (const [field, fields] of rows) {
    const before = await store.tools.find(TOOL);
    const form = await fieldsOf(admin);
    const answer = await admin.post(PATH, { ...form, ...fields });
    const html = await answer.text();
    assertEquals(answer.status, 422);
    const [, told = ""] = new RegExp(`id="${field}-finding"[^>]*>([^]*?)</`).exec(html) ?? [];
    assert.match(told, /A budget of &lt;\$0\.0001 a day is below one reply .*would answer nobody/);
    assert.match(html, /value="0\.000001"/);
    assertEquals(await store.tools.find(TOOL), before);
    assertEquals(site.world.services.settings.current.budgets.toolMonth, null);
    await editing.setCeiling(EMAIL, TOOL, before.ceiling, parseUsd("2"));
  }
});

test("budgets of tools that are too large for one commit together are saved, each once", async () => {
  await using site = await openAdminSite();
  const admin = await Admin.signIn(site);
  const { store } = site.world.deps;
  const large = await store.tools.list();
  assert.ok(large.length > 6);
  for (const tool of large) await store.tools.put({ ...tool, systemPrompt: "語".repeat(20_000) });
  const typed = Object.fromEntries(large.map(({ id }, i) => [`tool-day-${id}`, `${i + 3}`]));
  const answer = await admin.post(PATH, { ...await fieldsOf(admin), ...typed, toolMonth: "9" });
  assertEquals(answer.status, 303);
  const saved = await Promise.all(large.map(({ id }) => store.tools.find(id)));
  assertEquals(saved.map(({ ceiling }) => ceiling), large.map((_, i) => parseUsd(`${i + 3}`)));
  assertEquals(saved.map(({ version }) => version), large.map(({ version }) => version + 1));
  assertEquals((await sentences(site, "tool.change")).length, large.length);
  assertEquals(site.world.services.settings.current.budgets.toolMonth, parseUsd("9"));
  // The same amount written otherwise changes nothing.
  const same = Object.fromEntries(large.map(({ id }, i) => [`tool-day-${id}`, `${i + 3}.0`]));
  assertEquals((await admin.post(PATH, { ...await fieldsOf(admin), ...same })).status, 303);
  assertEquals((await sentences(site, "tool.change")).length, large.length);
});

test("limits of rates stay where they were, and lead here", async () => {
  await using site = await openAdminSite();
  const admin = await Admin.signIn(site);
  assertEquals(
    (await admin.post(PATH, { ...await fieldsOf(admin), organisationDay: "none" })).status,
    303,
  );
  const html = await (await admin.get("/admin/limits")).text();
  assert.match(html, /href="\/admin\/budgets"/);
  assert.ok(!html.includes("organisationCeiling"));
  const limits = formOf(html, /#limits"/);
  assertEquals((await admin.post("/admin/limits", { ...limits, chatPerMinute: "9" })).status, 303);
  const { organisationCeiling: ceiling, chatPerMinute } =
    site.world.services.settings.current.limits;
  assertEquals([ceiling, chatPerMinute], ["none", 9]);
});

/** A key of the API named Website; its id. */
async function apiKey({ world: { services: { api } } }: Site): Promise<string> {
  const id = api.keys.newId();
  await api.keys.make(EMAIL, id, {
    name: "Website",
    tools: null,
    rate: 10,
    day: null,
    month: null,
    expires: null,
  });
  return id;
}
