import { ListedErasures } from "@/lib/backup/places/listed_erasures.ts";
import { restore } from "@/lib/commands/backup.ts";
import { readConfig } from "@/lib/config.ts";
import { openStore } from "@/lib/stores.ts";
import { idOf } from "@/lib/whatsapp/people.ts";
import { Admin, EMAIL, PASSWORD } from "@/tests/support/admin.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { openPhones } from "@/tests/support/phones.ts";
import { type Scratch, scratch } from "@/tests/support/scratch.ts";
import { openSite, type Site } from "@/tests/support/site.ts";
import { until } from "@/tests/support/wait.ts";
import type { World } from "@/tests/support/world.ts";

const HOUR = 60 * 60_000;
/** An hour without nightly backups. */
const EVENING = Date.parse("2026-11-29T01:00:00Z");

function test(name: string, fn: () => Promise<void>): void {
  // The build of the pages leaves a process behind.
  Deno.test({ name, fn, sanitizeOps: false, sanitizeResources: false });
}

const envOf = (files: Scratch, store = files.store) => ({
  ADMIN_PASSWORD: PASSWORD,
  ALLOWED_ADMIN_EMAILS: EMAIL,
  BACKUP_DIR: files.folder,
  KV_PATH: store,
});

async function made({ services: { backups: { byHand } } }: World): Promise<string> {
  await byHand.begin(EMAIL, "make");
  await byHand.ended();
  const [newest] = (await byHand.view()).rows;
  assert.ok(newest);
  return newest.name;
}

async function restoredInPlace({ services }: World, name: string): Promise<void> {
  const { byHand } = services.backups;
  await byHand.begin(EMAIL, "restore", name);
  await byHand.ended();
  assertEquals((await byHand.view()).failed, null);
}

/** Restores a backup by the command into a new store, and returns its path. */
async function restoredElsewhere(files: Scratch, name: string): Promise<string> {
  const path = `${files.folder}/${crypto.randomUUID()}.sqlite`;
  const said: string[] = [];
  const config = readConfig({ KV_PATH: path });
  const code = await restore(config, [`${files.folder}/${name}`], (line) => said.push(line));
  assertEquals(code, 0, said.join("\n"));
  return path;
}

const listed = async (files: Scratch) =>
  (await new ListedErasures(files.folder).read()).map(({ erasure }) => erasure.kind);

/** Makes a key by the form; returns its text and its page. */
async function makeKey(admin: Admin, name: string): Promise<{ text: string; path: string }> {
  const form = await (await admin.get("/admin/keys/new")).text();
  const [, id = ""] = /name="id" value="(\w{8})"/.exec(form) ?? [];
  const fields = { name, scope: "all", rate: "600", day: "", month: "", expires: "" };
  const answer = await admin.post("/admin/keys/new", {
    csrf: await admin.token(),
    id,
    ...fields,
  });
  return { text: keyIn(await answer.text()), path: `/admin/keys/${id}` };
}

function keyIn(page: string): string {
  const [key] = /obt_\w{8}_\w{49}/.exec(page) ?? [];
  assert.ok(key, page);
  return key;
}

async function statuses(site: Site, keys: readonly { text: string }[]): Promise<number[]> {
  return await Promise.all(keys.map(async ({ text }) => {
    const answer = await site.fetch("/v1/models", { headers: { authorization: `Bearer ${text}` } });
    await answer.body?.cancel();
    return answer.status;
  }));
}

test("API keys that were ended or replaced are refused when an older backup is restored, in place and elsewhere", async () => {
  await using files = await scratch();
  const clock = { now: EVENING };
  const opened = (store?: string) =>
    openSite({
      path: store ?? files.store,
      env: envOf(files, store),
      clock: () => clock.now,
    });
  await using site = await opened();
  const admin = await Admin.signIn(site);
  const names = ["Kept", "Ended", "Replaced", "Replaced at once", "Replaced twice"];
  const keys = [];
  for (const name of names) keys.push(await makeKey(admin, name));
  const name = await made(site.world);
  const [, ended, replaced, atOnce, twice] = keys;
  assert.ok(ended && replaced && atOnce && twice);
  const send = async ({ path }: { path: string }, fields: Record<string, string>) => {
    const answer = await admin.post(path, { csrf: await admin.token(), ...fields });
    assert.ok(answer.status < 400, `${answer.status}`);
    return await answer.text();
  };
  await send(ended, { action: "end" });
  const next = keyIn(await send(replaced, { action: "replace", overlap: "1" }));
  await send(atOnce, { action: "replace", overlap: "0" });
  for (let i = 0; i < 2; i++) await send(twice, { action: "replace", overlap: "24" });
  assertEquals(await statuses(site, keys), [200, 401, 200, 401, 401]);
  await until("the list", async () => (await listed(files)).length === 5);
  const text = await Deno.readTextFile(`${files.folder}/erasures.jsonl`);
  for (const key of keys) assert.ok(!text.includes(key.text.slice(13)));

  await using elsewhere = await opened(await restoredElsewhere(files, name));
  await restoredInPlace(site.world, name);
  for (const restored of [elsewhere, site]) {
    assertEquals(await statuses(restored, keys), [200, 401, 200, 401, 401]);
    // Nobody knows the new secret any more.
    assertEquals(await statuses(restored, [{ text: next }]), [401]);
  }
  clock.now += HOUR;
  const later = await Admin.signIn(site);
  assertEquals(await statuses(site, keys), [200, 401, 401, 401, 401]);
  const list = await (await later.get("/admin/keys")).text();
  assert.ok(!list.includes("Ended") && list.includes("Replaced twice"));
  const answer = await later.post(replaced.path, {
    csrf: await later.token(),
    action: "replace",
    overlap: "1",
  });
  assertEquals(await statuses(site, [{ text: keyIn(await answer.text()) }]), [200]);
});

test("a person who was blocked on WhatsApp is blocked when an older backup is restored, unless they were unblocked later", async () => {
  await using files = await scratch();
  const ahead = EVENING - Date.now();
  await using phones = await openPhones({
    path: files.store,
    env: envOf(files),
    clock: () => Date.now() + ahead,
  });
  const { twilio, world } = phones;
  const { store } = world.deps;
  const numbers = ["+41790000001", "+41790000002", "+41790000003"];
  for (const number of numbers) {
    await twilio.phone(number).says("Hello");
    await twilio.phone(number).waitFor(1);
  }
  const idle = () => until("all work done", async () => (await store.phones.work()).length === 0);
  await idle();
  const name = await made(world);
  const ids = await Promise.all(numbers.map(async (number) => {
    const phone = await store.phones.get(number);
    assert.ok(phone);
    return idOf(phone);
  }));
  const [first = "", second = ""] = ids;
  await world.services.whatsapp.block(first, EMAIL);
  await world.services.whatsapp.block(second, EMAIL);
  await world.services.whatsapp.unblock(second, EMAIL);
  await idle();
  await until("the list", async () => (await listed(files)).length === 3);
  const restored = await openStore({
    path: await restoredElsewhere(files, name),
    report: () => {},
  });
  try {
    const found = await Promise.all(numbers.map((number) => restored.phones.get(number)));
    assertEquals(found.map((phone) => phone?.blocked), [true, false, false]);
  } finally {
    await restored.close();
  }
});
