import { Admin, EMAIL, openAdminSite } from "../support/admin.ts";
import { assert, assertEquals } from "../support/assert.ts";
import { openPhones, TUTOR } from "../support/phones.ts";
import { openSite, type Site } from "../support/site.ts";
import { until } from "../support/wait.ts";
import { openWorld, type World } from "../support/world.ts";

const DAY = 24 * 60 * 60_000;
const BEFORE = Date.parse("2026-11-27T12:00:00Z");
const AFTER = Date.parse("2027-01-15T12:00:00Z");

/** Gives some of the default tools a model. */
async function giveModel(world: World, model: string, ...ids: string[]): Promise<void> {
  for (const id of ids) {
    const tool = await world.deps.store.tools.get(id) ?? assert.fail(id);
    await world.deps.store.tools.put({ ...tool, model });
  }
}

async function askOnPage(site: Site, tool: string): Promise<Response> {
  return await site.fetch("/api/chat", {
    method: "POST",
    headers: { "content-type": "application/json", "sec-fetch-site": "same-origin" },
    body: JSON.stringify({ toolId: tool, message: "Hello", requestId: crypto.randomUUID() }),
  });
}

async function faultsOf({ deps }: World): Promise<string[]> {
  const raised = await deps.store.alerts.ofDay(deps.calendar.dayOf(deps.clock()));
  return raised.flatMap(({ alert }) =>
    alert.scope === "fault" && alert.code.startsWith("model_")
      ? [`${alert.code} ${alert.name}`]
      : []
  );
}

Deno.test("the overview tells of a model that ends, and moves its tools with one click", async () => {
  await using site = await openAdminSite();
  site.clock.now = BEFORE;
  const { world } = site;
  await giveModel(world, "gpt-4o", "math-tutor", "code-helper");
  const helper = await world.deps.store.tools.get("recipe-helper") ?? assert.fail();
  await world.deps.store.tools.put({ ...helper, fallbackModel: "gpt-4o", chain: ["gpt-4o"] });
  const admin = await Admin.signIn(site);
  const html = await (await admin.get("/admin")).text();
  assert.match(html, /gpt-4o ends on 14 January 2027, in 48 days\./);
  assert.match(html, /3 tools use it\.[^]*gpt-6-luna takes its place\.[^]*>Move 3 tools</);
  assert.match(await (await admin.get("/admin/providers")).text(), />Move 3 tools</);

  const csrf = await admin.token();
  const moved = await admin.post("/admin/models/move", { csrf, model: "gpt-4o" });
  assertEquals([moved.status, moved.headers.get("location")], [303, "/admin/tools?done=models"]);
  const { tools } = await world.deps.store.tools.snapshot();
  const now = (id: string) => tools.find((tool) => tool.id === id) ?? assert.fail(id);
  assertEquals(now("math-tutor").model, "gpt-6-luna");
  assertEquals([now("math-tutor").version, now("code-helper").version], [2, 2]);
  const { model, fallbackModel, chain } = now("recipe-helper");
  assertEquals([model, fallbackModel, chain], ["gpt-6-luna", null, []]);
  const history = await (await admin.get("/admin/tools/math-tutor/versions")).text();
  assert.match(history, /gpt-4o replaced by gpt-6-luna/);
  const audit = await (await admin.get("/admin/audit")).text();
  assertEquals(audit.match(/changed[^<]*(Math Tutor|Code Helper|Recipe Helper)/g)?.length, 3);
  assert.ok(!(await (await admin.get("/admin")).text()).includes("gpt-4o ends"));
  const again = await admin.post("/admin/models/move", { csrf, model: "gpt-4o" });
  assertEquals([again.status, again.headers.get("location")], [303, "/admin/tools?done=models"]);
  const after = await world.deps.store.tools.snapshot();
  assertEquals(after.tools.map(({ version }) => version), tools.map(({ version }) => version));
});

Deno.test("EndingModels.check() logs once a day, and raises an alert at each step before the end", async () => {
  let now = BEFORE - 60 * DAY;
  await using world = await openWorld({ clock: () => now });
  await giveModel(world, "gpt-4o", "math-tutor");
  const { endings } = world.services.tools;
  const lines = () =>
    world.logged.filter(({ message }) => message === "A model in use ends").length;
  const alerts: string[] = [];
  const days: number[] = [];
  for (; now < AFTER + 3 * DAY; now += DAY) {
    const [before, today] = [lines(), world.deps.calendar.dayOf(now)];
    await endings.check();
    await endings.check();
    const raised = await faultsOf(world);
    assertEquals(lines() - before, (await endings.list()).length > 0 ? 1 : 0, today);
    if (raised.length === 0) continue;
    alerts.push(...raised);
    days.push(Math.round((Date.parse("2027-01-14") - Date.parse(today)) / DAY));
  }
  assertEquals(days, [90, 60, 30, 14, 7, 3, 1, 0]);
  assertEquals(new Set(alerts), new Set(["model_ends gpt-4o", "model_ended gpt-4o"]));
  const { logged } = world;
  const line = logged.find(({ message }) => message === "A model in use ends");
  assertEquals([line?.details?.tools, line?.details?.replacement], ["math-tutor", "gpt-6-luna"]);
});

Deno.test("a tool whose model ended yesterday refuses kindly on page, API and WhatsApp, and is never changed", async () => {
  const clock = () => AFTER;
  await using site = await openSite({ clock });
  const { world } = site;
  await giveModel(world, "gpt-4o", "math-tutor");
  const answer = await askOnPage(site, "math-tutor");
  const problem = await answer.json();
  assertEquals([answer.status, problem.code], [503, "model.ended"]);
  assert.match(
    problem.detail,
    /This tool cannot answer: its AI model no longer exists\./,
  );
  await until("the alert", async () => (await faultsOf(world)).includes("model_ended gpt-4o"));

  const { keys } = world.services.api;
  const key = await keys.make(EMAIL, keys.newId(), {
    name: "Website",
    tools: null,
    rate: 600,
    day: null,
    month: null,
    expires: null,
  });
  const refused = await site.fetch("/v1/chat/completions", {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify({ model: "math-tutor", messages: [{ role: "user", content: "Hello" }] }),
  });
  assertEquals(refused.status, 503);
  assert.match(await refused.text(), /no longer exists/);
  assertEquals((await world.deps.store.tools.get("math-tutor"))?.model, "gpt-4o");
  assertEquals((await Array.fromAsync(world.deps.store.ledger.all())).flat().length, 0);

  const ahead = AFTER - Date.now();
  await using phones = await openPhones({ clock: () => Date.now() + ahead });
  await giveModel(phones.world, "gpt-4o", TUTOR);
  const ada = phones.twilio.phone("+41791234567");
  await ada.says("What is a fraction?");
  const texts = await ada.waitFor(2);
  assert.match(
    texts.map(({ body }) => body).join("\n"),
    /its AI model no longer exists\. .*\*MENU\*/s,
  );
});

Deno.test("a tool whose model ended answers with the chain that an admin set, and says so", async () => {
  await using site = await openSite({ clock: () => AFTER });
  const { world } = site;
  const tutor = await world.deps.store.tools.get("math-tutor") ?? assert.fail();
  await world.deps.store.tools.put({ ...tutor, model: "gpt-4o", chain: ["gpt-6-luna"] });
  const { live } = await world.services.chat.startTurn({
    visitor: "v1",
    tool: "math-tutor",
    request: "chain-request-1",
    channel: "web",
    action: { kind: "send", message: "Hello" },
    rateLimitKey: null,
  });
  await live?.ended(5_000);
  const [entry] = (await Array.fromAsync(world.deps.store.ledger.all())).flat();
  assertEquals(entry?.model, "gpt-6-luna");
  assert.match(JSON.stringify(live?.notices), /failed_over|Another model answered/);
});

Deno.test("the editor offers no ended model but the tool's own, which is marked", async () => {
  await using site = await openAdminSite();
  site.clock.now = AFTER;
  await giveModel(site.world, "gpt-4o", "math-tutor");
  const admin = await Admin.signIn(site);
  const own = await (await admin.get("/admin/tools/math-tutor")).text();
  assert.match(own, /<option[^>]*value="gpt-4o"[^>]*selected[^>]*>[^<]*ended on 14 January 2027/);
  assert.ok(!own.includes('value="gpt-4o-mini"'));
  const other = await (await admin.get("/admin/tools/code-helper")).text();
  assert.ok(!other.includes('value="gpt-4o"') && other.includes('value="gpt-6-luna"'));
  assert.match(await (await admin.get("/admin/tools")).text(), /gpt-4o \(ended\)/);
  const [first] = site.world.services.tools.views.models();
  assertEquals(first?.model, "gpt-6-luna", "models in use come first");
});
