import { backupName } from "@/lib/backup/places/backup_place.ts";
import { Admin, EMAIL, openAdminSite, PASSWORD } from "../support/admin.ts";
import { ask, TOOL } from "../support/asking.ts";
import { assert, assertEquals } from "../support/assert.ts";
import { scratch } from "../support/scratch.ts";

function test(name: string, fn: () => Promise<void>): void {
  // The build of the pages leaves a process behind.
  Deno.test({ name, fn, sanitizeOps: false, sanitizeResources: false });
}

const KEY = "a passphrase of many letters";
/** The name of the organisation in a new store. */
const NAME = "OBT Helper";

/** A site with a folder of backups, at one in the night, and its admin. */
async function opened(env: Record<string, string> = { BACKUP_KEY: KEY }) {
  const files = await scratch();
  const folder = `${files.folder}/backups`;
  const site = await openAdminSite({
    BACKUP_DIR: folder,
    KV_PATH: files.store,
    TIME_ZONE: "Etc/GMT+8",
    ...env,
  }, files.store);
  const { backups } = site.world.services;
  const admin = await Admin.signIn(site);
  const post = async (path: string, fields: Record<string, string>) => {
    const answer = await admin.post(path, { csrf: await admin.token(), ...fields });
    await backups.byHand.ended();
    return answer;
  };
  return {
    site,
    admin,
    folder,
    post,
    byHand: backups.byHand,
    page: async (path = "/admin/backups") => await (await admin.get(path)).text(),
    async [Symbol.asyncDispose]() {
      await site[Symbol.asyncDispose]();
      await files[Symbol.asyncDispose]();
    },
  };
}

async function questions({ site }: Awaited<ReturnType<typeof opened>>): Promise<string[]> {
  const { messages } = await site.world.services.pages.chat("v1", TOOL, null);
  return messages.flatMap(({ role, text }) => role === "user" ? [text] : []);
}

test("without a place the page says what to set, and does nothing", async () => {
  await using site = await openAdminSite();
  const admin = await Admin.signIn(site);
  const html = await (await admin.get("/admin/backups")).text();
  assert.match(html, /No place for backups is set\.[^]*BACKUP_DIR=[^]*BACKUP_KEY=[^]*task backup/);
  assert.ok(!html.includes("Back up now"));
  const answer = await admin.post("/admin/backups", {
    csrf: await admin.token(),
    action: "make",
  });
  assertEquals(answer.status, 404);
  assert.match(await answer.text(), /No place for backups is set/);
  assert.ok(!(await (await admin.get("/admin")).text()).includes("Last proven"));
});

test("a backup is made, proven, downloaded and deleted, each in the audit log", async () => {
  await using at = await opened();
  const before = await at.page();
  assert.match(before, /Never proven[^]*No backup has been proven yet\.[^]*There is no backup yet/);
  assert.match(await at.page("/admin"), /Last proven restore[^]*None yet/);
  const started = await at.post("/admin/backups", { action: "make" });
  assertEquals([started.status, started.headers.get("location")], [303, "/admin/backups"]);
  const html = await at.page();
  assert.match(html, /Proven today[^]*records came back and the books agree to the cent/);
  assert.match(html, /All backups lie on this machine\.[^]*or download one now and then/);
  const [row] = (await at.byHand.view()).rows;
  assert.ok(row && html.includes(`/admin/backups/${row.name}/download`));
  assert.match(html, />Restored</);
  assert.match(await at.page("/admin"), /Last proven restore[^]*today/);

  const file = await at.admin.get(`/admin/backups/${row.name}/download`);
  assertEquals(
    file.headers.get("content-disposition"),
    `attachment; filename="${row.name}"`,
  );
  const bytes = new Uint8Array(await file.arrayBuffer());
  assertEquals(bytes, await Deno.readFile(`${at.folder}/${row.name}`));
  assertEquals(
    (await at.post("/admin/backups", { action: "prove", backup: row.name })).status,
    303,
  );
  const path = `/admin/backups/${row.name}`;
  assert.match(await at.page(path), /No other backup is proven/);
  const removed = await at.post(path, { action: "remove" });
  assertEquals(removed.headers.get("location"), "/admin/backups?done=removed");
  assertEquals((await at.admin.get(path)).status, 404);
  const log = await at.page("/admin/audit?action=backup");
  for (const done of ["made a backup", "proved the", "downloaded the", "deleted the"]) {
    assert.ok(log.includes(done), done);
  }
  for (const action of ["drop", "restore", ""]) {
    assertEquals((await at.post("/admin/backups", { action })).status, 400, action);
  }
});

test("a backup that is not encrypted does not leave the machine", async () => {
  await using at = await opened({});
  await at.post("/admin/backups", { action: "make" });
  const [row] = (await at.byHand.view()).rows;
  assert.ok(row);
  const html = await at.page();
  assert.ok(!html.includes("/download"));
  assert.match(html, /Set BACKUP_KEY: none leaves the machine without the key/);
  const answer = await at.admin.get(`/admin/backups/${row.name}/download`);
  assertEquals(answer.status, 403);
  assert.match(await answer.text(), /not encrypted, so it does not leave the machine/);
  const outside = await at.admin.get("/admin/backups/..%2Fkv.sqlite/download");
  assert.ok([400, 404].includes(outside.status), `${outside.status}`);
});

test("a restore asks for name and password, and says afterwards what came back", async () => {
  await using at = await opened();
  const { site, byHand } = at;
  await ask(site.world, "before");
  await at.post("/admin/backups", { action: "make" });
  site.clock.now += 60_000;
  await ask(site.world, "after");
  const [row] = (await byHand.view()).rows;
  assert.ok(row);
  const path = `/admin/backups/${row.name}`;
  assert.match(await at.page(path), /messages of 1 conversation and 0 changes in the admin area/);
  const restore = (fields: Record<string, string>) =>
    at.post(path, { action: "restore", sure: NAME, password: PASSWORD, ...fields });

  const misnamed = await restore({ sure: "Somebody else" });
  assertEquals(misnamed.status, 422);
  assert.match(await misnamed.text(), /not the name of the organisation/);
  for (const left of ["4 tries are left", "3 tries are left", "2 tries", "One try", "last try"]) {
    const wrong = await restore({ password: "a wrong guess" });
    assertEquals(wrong.status, 403);
    const html = await wrong.text();
    assert.ok(html.includes(`This is not the admin password. `) && html.includes(left), left);
    assert.ok(html.includes(`value="${NAME}"`) && !html.includes("a wrong guess"));
  }
  const limited = await restore({});
  assertEquals(limited.status, 429);
  assert.ok(Number(limited.headers.get("retry-after")) > 0);
  assertEquals(await questions(at), ["before", "after"]);
  assertEquals((await byHand.view()).rows.length, 1);

  site.clock.now += 16 * 60_000;
  const begun = await restore({ sure: `  ${NAME.toLowerCase()} ` });
  assertEquals([begun.status, begun.headers.get("location")], [303, "/admin/backups"]);
  assertEquals(await questions(at), ["before"]);
  const out = await at.admin.get("/admin/backups");
  assertEquals(out.headers.get("location"), "/admin/login?next=%2Fadmin%2Fbackups");
  const again = await Admin.signIn(site);
  const html = await (await again.get("/admin/backups")).text();
  assert.match(html, /is restored\.<\/b>[^]*records, today[^]*by[^]*ada@example\.org/);
  const log = await (await again.get("/admin/audit?action=backup")).text();
  assert.ok(log.includes(`restored the backup ${row.name}`));
  const [before] = (await byHand.view()).rows;
  assert.ok(before && before.at > row.at, "No backup of before");
});

test("a failed backup is said, with the newest that is proven", async () => {
  await using at = await opened();
  await at.post("/admin/backups", { action: "make" });
  const sound = await (await at.site.fetch("/api/health")).json();
  assertEquals(sound.checks["backup:newest"][0].status, "pass");
  at.site.clock.now += 24 * 60 * 60_000;
  const admin = await Admin.signIn(at.site);
  const csrf = await admin.token();
  await Deno.writeTextFile(`${at.folder}/${backupName(at.site.clock.now)}`, "no backup");
  await admin.post("/admin/backups", { csrf, action: "prove" });
  await at.byHand.ended();
  const html = await (await admin.get("/admin/backups")).text();
  assert.match(html, /The backup of today 01:00 could not be restored\./);
  assert.match(html, /The one of yesterday 01:00 is the newest that is proven\./);
  assert.match(html, /Proven yesterday/);
  const overview = await (await admin.get("/admin")).text();
  assert.match(overview, /A backup could not be restored for a trial\.[^]*Last proven restore/);
  const { status, checks } = await (await at.site.fetch("/api/health")).json();
  assertEquals([status, checks["backup:newest"][0].status], ["pass", "warn"]);
});

test("a form to restore that comes after the session's end is not kept", async () => {
  await using at = await opened();
  await at.post("/admin/backups", { action: "make" });
  const [row] = (await at.byHand.view()).rows;
  const csrf = await at.admin.token();
  at.site.clock.now += 24 * 60 * 60_000;
  const late = await at.admin.post(`/admin/backups/${row?.name}`, {
    csrf,
    action: "restore",
    sure: NAME,
    password: PASSWORD,
  });
  assertEquals(late.status, 401);
  assert.ok(!(await late.text()).includes(PASSWORD));
  assertEquals(await questions(at), []);
});

test("what is under way is said, and a second job is refused", async () => {
  await using at = await opened();
  const csrf = await at.admin.token();
  await at.byHand.begin(EMAIL, "make");
  const html = await at.page();
  assert.match(html, /A backup is being made and proven[^]*Look again/);
  assert.ok(!html.includes("Back up now"));
  const progress = await (await at.admin.get("/admin/backups/progress")).json();
  assertEquals(progress.running, true);
  const second = await at.admin.post("/admin/backups", { csrf, action: "make" });
  assertEquals(second.status, 409);
  assert.match(await second.text(), /A backup is made or proven already/);
  await at.byHand.ended();
  const { running } = await (await at.admin.get("/admin/backups/progress")).json();
  assertEquals(running, false);
});
