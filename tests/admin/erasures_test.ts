import { z } from "zod";
import { rawRecords } from "@/lib/store/whole_store/generation_records.ts";
import { ListedErasures } from "@/lib/backup/places/listed_erasures.ts";
import { recordLine } from "@/lib/backup/lines.ts";
import { backup, restore } from "@/lib/commands/backup.ts";
import { restoreBackup } from "@/lib/backup/restore.ts";
import { eraseAgain } from "@/lib/deletion.ts";
import { SCHEMA } from "@/lib/migrations.ts";
import { notesOf } from "@/lib/memory/rules/notes.ts";
import { StoredMemory } from "@/lib/memory/stored_memory.ts";
import { storedErasures } from "@/lib/people/erasures.ts";
import { readConfig } from "@/lib/config.ts";
import { checkLedger } from "@/lib/metering/ledger_check.ts";
import { openStore, type Store } from "@/lib/stores.ts";
import { assert, assertEquals, assertRejects } from "@/tests/support/assert.ts";
import { ask, TOOL } from "@/tests/support/asking.ts";
import { OwnPerson } from "@/tests/support/own_person.ts";
import { openPhones } from "@/tests/support/phones.ts";
import { IDLE, openMemory } from "@/tests/support/remembering.ts";
import { type Scratch, scratch } from "@/tests/support/scratch.ts";
import { until } from "@/tests/support/wait.ts";
import { openWorld, type World } from "@/tests/support/world.ts";

const PHONE = "+41790000001";
const ADA = "ada@example.org";
const ADMINS = { ADMIN_PASSWORD: "correct horse battery staple", ALLOWED_ADMIN_EMAILS: ADA };

const backupsOf = ({ folder }: Scratch) => `${folder}/backups`;
const envOf = (files: Scratch) => ({
  ...ADMINS,
  BACKUP_DIR: backupsOf(files),
  KV_PATH: files.store,
});
/** An hour without nightly backups. */
const EVENING = Date.parse("2026-11-29T01:00:00Z");

async function made({ services }: World): Promise<string> {
  await services.backups.byHand.begin(ADA, "make");
  await services.backups.byHand.ended();
  const [newest] = (await services.backups.byHand.view()).rows;
  assert.ok(newest);
  return newest.name;
}

/** The words that occur in any record of a store. */
async function wordsIn({ kv }: Pick<Store, "kv">, words: readonly string[]): Promise<string[]> {
  const found = new Set<string>();
  const { number } = await kv.refreshGeneration();
  for await (const piece of rawRecords(kv, number)) {
    const text = piece.map(recordLine).join("\n").toLowerCase();
    for (const word of words) if (text.includes(word)) found.add(word);
  }
  return [...found].sort();
}

const listed = (files: Scratch) => new ListedErasures(backupsOf(files)).read();

/** Restores a backup by the command into an empty store; returns what it holds. */
async function restoredElsewhere<T>(
  files: Scratch,
  file: string,
  look: (store: Store) => Promise<T>,
): Promise<T> {
  const path = `${files.folder}/${crypto.randomUUID()}.sqlite`;
  const said: string[] = [];
  const code = await restore(readConfig({ KV_PATH: path }), [file], (line) => said.push(line));
  assertEquals(code, 0, said.join("\n"));
  const store = await openStore({ path, report: () => {} });
  try {
    assertEquals((await checkLedger(store)).difference, null);
    return await look(store);
  } finally {
    await store.close();
  }
}

Deno.test("a deleted conversation stays deleted when an older backup is restored, in place and into an empty store", async () => {
  await using files = await scratch();
  await using world = await openWorld({
    path: files.store,
    env: envOf(files),
    clock: () => EVENING,
  });
  const { services } = world;
  const WORDS = ["walnut", "almond", "hazelnut"];
  await ask(world, "First about walnut");
  await services.history.putAside("v1", TOOL);
  await ask(world, "Then about almond");
  await ask(world, "Another's hazelnut", { visitor: "v2" });
  const name = await made(world);
  const [first] = (await services.own.list.page("v1", { limit: 10 })).conversations
    .filter(({ title }) => title.includes("walnut"));
  assert.ok(first);
  await services.history.remove("v1", TOOL, first.conversation);
  await until("the list", async () => (await listed(files)).length === 1);
  const text = await Deno.readTextFile(`${backupsOf(files)}/erasures.jsonl`);
  assert.doesNotMatch(text, /walnut/);
  assertEquals(((await Deno.stat(`${backupsOf(files)}/erasures.jsonl`)).mode ?? 0) & 0o777, 0o600);

  const elsewhere = await restoredElsewhere(
    files,
    `${backupsOf(files)}/${name}`,
    (store) => wordsIn(store, WORDS),
  );
  assertEquals(elsewhere, ["almond", "hazelnut"]);
  await services.backups.byHand.begin(ADA, "restore", name);
  await services.backups.byHand.ended();
  assertEquals((await services.backups.byHand.view()).failed, null);
  assertEquals(await wordsIn(world.deps.store, WORDS), ["almond", "hazelnut"]);
  assertEquals((await checkLedger(world.deps.store)).difference, null);
});

Deno.test("a visitor whose data was deleted is named in no record of a restored backup, but in the notes of deletions", async () => {
  await using files = await scratch();
  await using world = await openWorld({
    path: files.store,
    env: envOf(files),
    clock: () => EVENING,
  });
  const { services } = world;
  const VISITOR = "visitor-walnut";
  await ask(world, "A question", { visitor: VISITOR });
  const { messages } = await services.pages.chat(VISITOR, TOOL, null);
  const reply = messages.at(-1)?.id ?? "";
  await services.ratings.rate({
    visitor: VISITOR,
    tool: TOOL,
    message: reply,
    verdict: "up",
    address: "192.0.2.1",
  });
  const current = await services.history.current(VISITOR, TOOL);
  await services.own.links.make({
    visitor: VISITOR,
    tool: TOOL,
    conversation: current?.id ?? "",
  });
  await services.own.favourites.set(VISITOR, TOOL, true);
  await services.own.devices.offer(VISITOR);
  await services.own.search.find(VISITOR, "question", new Set());
  const path = `${backupsOf(files)}/${await made(world)}`;
  const families = async ({ kv }: Pick<Store, "kv">) => {
    const found = new Set<string>();
    const { number } = await kv.refreshGeneration();
    for await (const piece of rawRecords(kv, number)) {
      for (const each of piece) {
        if (recordLine(each).includes(VISITOR)) found.add(String(each.path[0]));
      }
    }
    return [...found].sort();
  };
  const before = await families(world.deps.store);
  for (const each of ["favourites", "head", "share", "device_offer", "asked"]) {
    assert.ok(before.includes(each), `${each} is in ${before}`);
  }
  while (!(await services.visitors.delete(VISITOR)).done);
  assertEquals(await families(world.deps.store), ["erasure"]);
  assertEquals(await restoredElsewhere(files, path, families), ["erasure"]);
});

Deno.test("restoreBackup() shows what it replaced, so that a deletion during a restore is repeated", async () => {
  await using files = await scratch();
  await using world = await openWorld({
    path: files.store,
    env: envOf(files),
    clock: () => EVENING,
  });
  const { services, deps } = world;
  const { kv } = deps.store;
  await ask(world, "About walnut");
  const path = `${backupsOf(files)}/${await made(world)}`;
  await restoreBackup(kv, {
    open: async () => (await Deno.open(path)).readable,
    replace: true,
    schema: SCHEMA,
    now: EVENING,
    prepare: async () => {
      while (!(await services.visitors.delete("v1")).done);
      assertEquals(await wordsIn(deps.store, ["walnut"]), []);
    },
    replaced: async (before) => void await eraseAgain(deps, kv, await storedErasures(before)),
  });
  assertEquals(await wordsIn(deps.store, ["walnut"]), []);
  assertEquals((await kv.refreshGeneration()).number, 1);
});

Deno.test("all data of a visitor stays deleted, and what they write afterwards stays in later backups", async () => {
  await using files = await scratch();
  let now = EVENING;
  await using world = await openWorld({ path: files.store, env: envOf(files), clock: () => now });
  const { services } = world;
  const WORDS = ["walnut", "almond", "hazelnut", "hiker"];
  await ask(world, "About walnut");
  await services.own.devices.offer("v1");
  await ask(world, "Another's hazelnut", { visitor: "v2" });
  const before = "before.backup";
  await Deno.copyFile(`${backupsOf(files)}/${await made(world)}`, `${backupsOf(files)}/${before}`);
  while (!(await services.visitors.delete("v1")).done);
  now += 60_000;
  await ask(world, "Again, about almond");
  const after = await made(world);
  const inStore = (name: string) =>
    restoredElsewhere(files, `${backupsOf(files)}/${name}`, (store) => wordsIn(store, WORDS));
  assertEquals(await inStore(before), ["hazelnut"]);
  // The same visitor began anew: the later backup knows of the deletion, so it is not repeated.
  assertEquals(await inStore(after), ["almond", "hazelnut"]);
});

Deno.test("a phone's deleted data stays deleted, in the store of the older backup and in the next one of it", async () => {
  await using files = await scratch();
  const ahead = EVENING - Date.now();
  await using phones = await openPhones({
    path: files.store,
    env: envOf(files),
    clock: () => Date.now() + ahead,
  });
  const { world, twilio } = phones;
  const { store } = world.deps;
  const phone = twilio.phone(PHONE);
  const WORDS = ["walnut", "sycamore"];
  await phone.says("Is a sycamore a walnut?");
  await phone.waitFor(2);
  const idle = () => until("all work done", async () => (await store.phones.work()).length === 0);
  await idle();
  const name = await made(world);
  assertEquals(await wordsIn(store, WORDS), ["sycamore", "walnut"]);
  await phone.says("delete my data");
  await phone.waitFor(3);
  await phone.says("yes");
  await until("it is deleted", async () => (await wordsIn(store, WORDS)).length === 0);
  await idle();
  await until("the list", async () => {
    const kinds = (await listed(files)).map(({ erasure }) => erasure.kind);
    return kinds.includes("person") && kinds.includes("conversation");
  });
  const text = await Deno.readTextFile(`${backupsOf(files)}/erasures.jsonl`);
  assert.doesNotMatch(text, /4179/);

  // Twice: the restored store hands the list on in its own backup.
  const again = `${files.folder}/again.backup`;
  await restoredElsewhere(files, `${backupsOf(files)}/${name}`, async (restored) => {
    assertEquals(await wordsIn(restored, WORDS), []);
    const person = await restored.phones.get(PHONE);
    assertEquals(person?.own, (await store.phones.get(PHONE))?.own);
  });
  assertEquals(await backup(readConfig({ KV_PATH: files.store }), [again], () => {}), 0);
  assertEquals(await restoredElsewhere(files, again, (found) => wordsIn(found, WORDS)), []);
});

Deno.test("a link, a device and a memory that were ended stay ended when an older backup is restored, the others go on", async () => {
  await using files = await scratch();
  await using world = await openWorld({
    path: files.store,
    env: envOf(files),
    clock: () => EVENING,
  });
  const { own, history, memory } = world.services;
  const V = "v1";
  const share = async () => {
    const conversation = (await history.current(V, TOOL))?.id ?? "";
    return await own.links.make({ visitor: V, tool: TOOL, conversation });
  };
  const device = async () => {
    const { code } = await own.devices.offer(V);
    const token = await own.devices.redeem(code, "Firefox", null);
    const { id = "" } = await own.devices.of(token) ?? {};
    await own.devices.confirm(V, id);
    return { token, id };
  };
  await ask(world, "One");
  const stopped = await share();
  await ask(world, "Two");
  const kept = await share();
  const [ended, going] = [await device(), await device()];
  await memory.switchOff(V, "math-tutor", true);
  const name = await made(world);
  await own.links.end(V, stopped);
  await own.devices.end(V, ended.id);
  await memory.switchOff(V, TOOL, true);
  await memory.switchOff(V, "math-tutor", false);
  const known = 1, since = 4;
  await until("the list", async () => (await listed(files)).length === known + since);
  await world.services.backups.byHand.begin(ADA, "restore", name);
  await world.services.backups.byHand.ended();
  assertEquals((await world.services.backups.byHand.view()).failed, null);
  await assertRejects(() => own.links.open(stopped), "share.ended");
  assertEquals((await own.links.open(kept)).conversation.length > 0, true);
  assertEquals((await own.links.of(V)).map(({ id }) => id), [kept]);
  assertEquals(
    await new StoredMemory(world.deps.store).choice(V),
    { off: false, tools: [TOOL] },
  );
  assertEquals(await own.devices.of(ended.token), null);
  assertEquals((await own.devices.list(V)).map(({ id }) => id), [going.id]);
});

Deno.test("STOP and the end of a link with a phone hold when an older backup is restored, unless START came later", async () => {
  await using files = await scratch();
  const ahead = EVENING - Date.now();
  await using phones = await openPhones({
    path: files.store,
    env: envOf(files),
    clock: () => Date.now() + ahead,
  });
  const { twilio, world } = phones;
  const { store } = world.deps;
  const numbers = [PHONE, "+41790000002", "+41790000003"];
  const stopped = async (store: Pick<Store, "phones">) => {
    const found = await Promise.all(numbers.map((number) => store.phones.get(number)));
    return found.map((phone) => phone?.optedOut);
  };
  const idle = () => until("all work done", async () => (await store.phones.work()).length === 0);
  for (const number of numbers) {
    await twilio.phone(number).says("Hello");
    await twilio.phone(number).waitFor(1);
  }
  await idle();
  const ann = new OwnPerson(phones.site);
  await ann.get(`/chat/${TOOL}`);
  const init = { headers: { "content-type": "application/json", "sec-fetch-site": "same-origin" } };
  const offered = await ann.get("/api/link", { ...init, method: "POST", body: "{}" });
  const { message } = z.object({ message: z.string() }).parse(await offered.json());
  await twilio.phone(numbers[2] ?? "").says(message);
  await idle();
  const linked = async (store: Pick<Store, "phones">) =>
    (await store.phones.get(numbers[2] ?? ""))?.linked?.visitor ?? null;
  const visitor = await linked(store) ?? "";
  assert.ok(visitor);
  const path = `${backupsOf(files)}/${await made(world)}`;
  assertEquals((await ann.get("/api/link", { ...init, method: "DELETE" })).status, 204);
  await twilio.phone(numbers[0] ?? "").says("STOP");
  await twilio.phone(numbers[1] ?? "").says("STOP");
  await idle();
  await twilio.phone(numbers[1] ?? "").says("START");
  await idle();
  assertEquals(await stopped(store), [true, false, false]);
  await until("the list", async () => (await listed(files)).length === 4);
  await restoredElsewhere(files, path, async (restored) => {
    assertEquals(await stopped(restored), [true, false, false]);
    assertEquals(await linked(restored), null);
    assertEquals(await restored.phones.linkedTo(visitor), null);
  });
});

Deno.test("ErasureListing lists what was deleted while no place was set, and completes a list that was lost", async () => {
  await using files = await scratch();
  const { BACKUP_DIR, ...env } = envOf(files);
  {
    await using world = await openWorld({ path: files.store, env, clock: () => EVENING });
    await ask(world, "About walnut");
    while (!(await world.services.visitors.delete("v1")).done);
  }
  await using world = await openWorld({
    path: files.store,
    env: { ...env, BACKUP_DIR },
    clock: () => EVENING,
  });
  await until("the list", async () => (await listed(files)).length === 2);
  await Deno.remove(`${BACKUP_DIR}/erasures.jsonl`);
  await made(world);
  assertEquals((await listed(files)).map(({ erasure }) => erasure.kind).sort(), [
    "conversation",
    "visitor",
  ]);
});

Deno.test("ListedErasures reads on after a line that a crash cut off, and refuses an unreadable list", async () => {
  await using files = await scratch();
  const list = new ListedErasures(files.folder);
  const one = (id: string) => ({
    id,
    erasure: { kind: "visitor" as const, visitor: `v${id}`, at: 1 },
  });
  await list.add([one("1"), one("2")]);
  const path = `${files.folder}/erasures.jsonl`;
  await Deno.truncate(path, (await Deno.stat(path)).size - 9);
  await list.add([one("2"), one("3"), one("1")]);
  assertEquals((await list.read()).map(({ id }) => id), ["1", "2", "3"]);
  await Deno.remove(path);
  await Deno.mkdir(path);
  await using world = await openWorld({
    path: files.store,
    env: { ...ADMINS, BACKUP_DIR: files.folder, KV_PATH: files.store },
    clock: () => EVENING,
  });
  await ask(world, "Stays");
  await world.services.backups.byHand.begin(ADA, "make");
  await world.services.backups.byHand.ended();
  assertEquals((await world.services.backups.byHand.view()).failed?.code, "not_made");
});

Deno.test("a deleted memory note, and all notes of a tool, stay deleted when an older backup is restored", async () => {
  await using files = await scratch();
  await using world = await openMemory({
    path: files.store,
    env: envOf(files),
    time: { now: EVENING },
  });
  const { services, deps, time } = world;
  await world.talk("Please plan the walnut harvest with us");
  await world.round();
  await world.talk("Please plan the almond harvest with us");
  await world.round();
  await world.talk("Please plan the hazelnut harvest", "v2");
  await world.round();
  // Over, but not noted yet when the backup is made.
  await world.talk("Please plan the pistachio harvest with us");
  const name = await made(world);
  await world.round();
  const of = async (store: Pick<Store, "kv" | "transactions">, visitor: string) =>
    (await new StoredMemory(store).of(visitor)).flatMap(({ memory }) =>
      notesOf(memory, time.now).map(({ text }) => /(\w+) harvest/.exec(text)?.[1])
    ).sort();
  assertEquals(await of(deps.store, "v1"), ["almond", "pistachio", "walnut"]);
  const { tools } = await services.memory.view("v1");
  for (const { conversation, text } of tools.flatMap(({ notes }) => notes)) {
    if (text.includes("almond")) continue;
    await services.memory.forget({ visitor: "v1", tool: TOOL, conversation });
  }
  await services.memory.forgetAll("v2", TOOL);
  await until("the list", async () => (await listed(files)).length === 3);
  const text = await Deno.readTextFile(`${backupsOf(files)}/erasures.jsonl`);
  assert.doesNotMatch(text, /walnut|pistachio|hazelnut/);

  const elsewhere = await restoredElsewhere(
    files,
    `${backupsOf(files)}/${name}`,
    async (store) => [await of(store, "v1"), await of(store, "v2")],
  );
  assertEquals(elsewhere, [["almond"], []]);
  await services.backups.byHand.begin(ADA, "restore", name);
  await services.backups.byHand.ended();
  assertEquals((await services.backups.byHand.view()).failed, null);
  assertEquals([await of(deps.store, "v1"), await of(deps.store, "v2")], [["almond"], []]);
  time.now += IDLE;
  await world.round();
  assertEquals(await of(deps.store, "v1"), ["almond"], "The restored conversation is not noted");
});
