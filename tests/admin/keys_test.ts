import { apiKeys } from "@/lib/api/records.ts";
import { Admin, EMAIL, openAdminSite, OTHER } from "../support/admin.ts";
import { assert, assertEquals } from "../support/assert.ts";
import type { Site } from "../support/site.ts";

function test(name: string, fn: () => Promise<void>): void {
  // The build of the pages leaves a process behind.
  Deno.test({ name, fn, sanitizeOps: false, sanitizeResources: false });
}

const DAY = 24 * 60 * 60_000;
const WEBSITE = {
  name: "Website",
  scope: "some",
  tool: "recipe-helper",
  rate: "30",
  day: "0.5",
  month: "5",
  expires: "2027-01-31",
};

/** Makes a key by the form, and returns the page that shows it. */
async function make(admin: Admin, fields: Record<string, string> = {}) {
  const html = await (await admin.get("/admin/keys/new")).text();
  const [, id = ""] = /name="id" value="(\w{8})"/.exec(html) ?? [];
  const all = { csrf: await admin.token(), id, ...WEBSITE, ...fields };
  const answer = await admin.post("/admin/keys/new", all);
  const page = await answer.text();
  const [key = ""] = /obt_\w{8}_\w{49}/.exec(page) ?? [];
  return { id, key, page, status: answer.status, all };
}

async function statusOf(site: Site, key: string): Promise<number> {
  const answer = await site.fetch("/v1/models", { headers: { authorization: `Bearer ${key}` } });
  await answer.body?.cancel();
  return answer.status;
}

async function actions(site: Site) {
  const filter = { action: "key", who: "", thing: "", from: "", to: "" };
  return (await site.world.services.audit.list(filter, "")).entries;
}

test("a key is made by a form, shown this once, and stored without its secret", async () => {
  await using site = await openAdminSite();
  const admin = await Admin.signIn(site);
  assert.match(await (await admin.get("/admin/keys")).text(), /No program asks your tools\./);
  const { id, key, page, status, all } = await make(admin);
  assertEquals([status, key.slice(0, 13)], [200, `obt_${id}_`]);
  assert.match(page, /Key “Website” is ready\.<\/b> It is shown this once/);
  assertEquals(await statusOf(site, key), 200);

  const again = await admin.post("/admin/keys/new", all);
  assertEquals(again.status, 409);
  assert.match(await again.text(), /This key was made already/);
  const list = await (await admin.get("/admin/keys")).text();
  assert.ok(list.includes(`obt_${id}…`) && !list.includes(key));
  assert.match(list, /50¢ a day, \$5\.00 a month/);
  assert.match(list, /<th[^>]*>June<\/th>/);

  const { value } = await site.world.deps.store.kv.get(apiKeys.key(id));
  assert.ok(value);
  const { secrets, ...kept } = value;
  assertEquals(kept, {
    id,
    name: "Website",
    tools: ["recipe-helper"],
    rate: 30,
    day: 500_000_000n,
    month: 5_000_000_000n,
    expiresAt: Date.UTC(2027, 1, 1),
    createdAt: site.clock.now,
    createdBy: EMAIL,
    endedAt: null,
    version: 1,
  });
  assertEquals(secrets.length, 1);
  assert.ok(!key.includes(secrets[0]?.hash ?? key));
  const entries = await actions(site);
  assertEquals(entries.map(({ who, action, thing }) => [who, action, thing]), [
    [EMAIL, "key.make", "key:Website"],
  ]);
  assert.ok(!JSON.stringify(entries).includes(key.slice(13)));
  const audit = await (await admin.get("/admin/audit")).text();
  assert.match(audit, /made the API key Website/);
});

test("a key is changed, replaced with an overlap, and ended; each is in the audit log", async () => {
  await using site = await openAdminSite();
  const admin = await Admin.signIn(site);
  const { id, key } = await make(admin, { expires: "" });
  const path = `/admin/keys/${id}`;
  const send = async (fields: Record<string, string>) => {
    site.clock.now += 1_000;
    return await admin.post(path, { csrf: await admin.token(), ...fields });
  };
  const changed = await send({
    ...WEBSITE,
    action: "save",
    version: "1",
    scope: "all",
    name: "Site",
  });
  assertEquals(changed.status, 303, await changed.text());
  const stale = await send({ ...WEBSITE, action: "save", version: "1", name: "Mine" });
  assertEquals(stale.status, 409);
  assert.match(await stale.text(), /changed by somebody else[^]*value="Mine"/);
  const wrong = await send({
    action: "save",
    version: "2",
    name: "",
    scope: "some",
    rate: "0",
    day: "x",
    month: "",
    expires: "2020-01-01",
  });
  assertEquals(wrong.status, 422);
  const html = await wrong.text();
  for (const field of ["name", "scope", "rate", "day", "expires"]) {
    assert.ok(html.includes(`id="${field}-finding"`), field);
  }

  const replaced = await send({ action: "replace", overlap: "24" });
  const [next = ""] = /obt_\w{8}_\w{49}/.exec(await replaced.text()) ?? [];
  assertEquals([await statusOf(site, key), await statusOf(site, next)], [200, 200]);
  assert.match(await (await admin.get("/admin/keys")).text(), /The one before is valid until/);
  site.clock.now += DAY;
  const later = await Admin.signIn(site);
  assertEquals([await statusOf(site, key), await statusOf(site, next)], [401, 200]);

  const { services } = site.world;
  const { day, month } = (await services.api.keys.view(id)).row;
  const other = services.api.keys.limitsPart(OTHER, id, { day, month }, { day: null, month: 7n });
  await site.world.deps.store.transactions.run(other.reads, other.write, other.weight);
  site.clock.now += 1_000;
  const ended = await later.post(path, { csrf: await later.token(), action: "end" });
  assertEquals(ended.headers.get("location"), "/admin/keys?done=ended");
  assertEquals(await statusOf(site, next), 401);
  assertEquals((await later.get(path)).status, 404);
  assert.match(await (await later.get("/admin/keys")).text(), /No program asks your tools/);
  assertEquals(
    (await actions(site)).map(({ who, action, changes }) => [
      who,
      action,
      changes.map(({ field }) => field),
    ]),
    [
      [EMAIL, "key.end", ["endedAt"]],
      [OTHER, "key.change", ["day", "month"]],
      [EMAIL, "key.replace", []],
      [EMAIL, "key.change", ["name", "tools", "expiresAt"]],
      [EMAIL, "key.make", ["name", "tools", "rate", "day", "month", "expiresAt", "endedAt"]],
    ],
  );
});

test("the overview names a key that was not used for 90 days; its use is written once an hour", async () => {
  await using site = await openAdminSite();
  let admin = await Admin.signIn(site);
  const { id, key } = await make(admin, { expires: "" });
  const used = async () => (await site.world.deps.store.kv.get(apiKeys.used(id))).value;
  assertEquals(await used(), null);
  const first = site.clock.now;
  for (const after of [0, 59 * 60_000]) {
    site.clock.now = first + after;
    assertEquals(await statusOf(site, key), 200);
    assertEquals(await used(), first);
  }
  site.clock.now = first + 60 * 60_000;
  assertEquals(await statusOf(site, key), 200);
  assertEquals(await used(), site.clock.now);
  const overview = async () => {
    admin = await Admin.signIn(site);
    return await (await admin.get("/admin")).text();
  };
  site.clock.now += 90 * DAY - 1;
  assert.doesNotMatch(await overview(), /API key “Website” is not used/);
  site.clock.now += 1;
  assert.match(await overview(), /API key “Website” is not used/);
});
