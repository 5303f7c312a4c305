import { memoryKeys } from "@/lib/memory/records.ts";
import { ask } from "@/tests/support/asking.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { openPhones, TUTOR } from "@/tests/support/phones.ts";
import { isNoting, setRemembers, startNotingModel } from "@/tests/support/remembering.ts";
import { PICTURES } from "@/tests/support/pictures.ts";
import { mp3Recording } from "@/tests/support/recordings.ts";
import { until } from "@/tests/support/wait.ts";

const WEB = "visitor-1";
const PHONE = "+41790000001", ALIAS = "CH.13491208655302741918";
const NOTE = "They plan a workshop in Kisumu.";
const PLAN = "Please plan our workshop in Kisumu";

async function open() {
  const model = startNotingModel(() => `en\n${NOTE}`);
  const phones = await openPhones({
    env: { ...model.env, RATE_LIMIT_LINKING_PER_5MIN: "1000" },
  });
  const { twilio, world } = phones;
  await setRemembers(world, true, TUTOR);
  const { store } = world.deps;
  const idle = () => until("all work done", async () => (await store.phones.work()).length === 0);
  const says = async (text: string, from = PHONE, alias: string | null = null) => {
    const fields = { ExternalUserIdentifier: `whatsapp:${alias ?? from}` };
    const before = twilio.messages.all.length;
    await twilio.phone(from).says(text, { fields });
    await idle();
    return twilio.messages.all.slice(before).map(({ body }) => body).join("\n");
  };
  return {
    ...phones,
    model,
    store,
    says,
    round: () => world.services.memory.rounds.round(),
    own: async (from = PHONE) => {
      const phone = await store.phones.get(await store.phones.numberAt(from));
      assert.ok(phone);
      return phone.own;
    },
    link: async () => {
      const { code } = await world.services.links.issue(
        { visitor: WEB, address: "192.0.2.1" },
        TUTOR,
      );
      assert.match(await says(`LINK ${code}`), /Linked!/);
    },
    [Symbol.asyncDispose]: async () => {
      await phones[Symbol.asyncDispose]();
      await model[Symbol.asyncDispose]();
    },
  };
}

const asked = ({ model }: Awaited<ReturnType<typeof open>>) =>
  model.asked.filter((each) => !isNoting(each)).at(-1)?.question ?? "";

Deno.test("a phone's earlier conversations are remembered, shown, deleted and switched off by words", async () => {
  await using phones = await open();
  const { says, round } = phones;
  await says(PLAN);
  await says("NEW");
  await round();
  assert.match(await says("memory"), new RegExp(`General Assistant\\*: ${NOTE}`));
  await says("What did we discuss about the workshop?");
  assert.match(asked(phones), new RegExp(`<note day="[\\d-]+">${NOTE}</note>`));
  assert.match(await says("Memory off"), /no more notes/);
  assert.match(await says("MEMORY"), /You have switched this off/);
  await says("What did we discuss about the workshop?");
  assert.doesNotMatch(asked(phones), /earlier_notes/);
  await says("NEW");
  await round();
  assert.match(await says("MEMORY ON"), /again/);
  assert.match(await says("Delete memory"), /are deleted/);
  assert.match(await says("memory"), /no notes about you/);
});

Deno.test("a phone is told once that a tool remembers, before its first answer or on choosing it", async () => {
  await using phones = await open();
  const hello = await phones.says("Hello there, my friends", "+41790000002");
  assert.match(hello, /keeps short notes[^]*Answer to/);
  assert.doesNotMatch(await phones.says("And again", "+41790000002"), /keeps short notes/);
  await phones.says("memory off", "+41790000003");
  assert.doesNotMatch(await phones.says("Hello to you", "+41790000003"), /keeps short notes/);
  assert.match(await phones.says("use general assistant"), /keeps short notes[^]*\*MEMORY OFF\*/);
  assert.doesNotMatch(await phones.says("Now a question"), /keeps short notes/);
  await setRemembers(phones.world, false, TUTOR);
  assert.doesNotMatch(await phones.says("use general assistant"), /MEMORY/);
});

Deno.test("a linked phone and browser share one memory, and a no of either stays with both", async () => {
  await using phones = await open();
  const { says, round, world, link, own } = phones;
  await ask(world, PLAN, { visitor: WEB, tool: TUTOR });
  await world.services.history.putAside(WEB, TUTOR);
  await round();
  await says("Hello there, my friends");
  await link();
  assert.match(await says("What did we discuss about Kisumu?"), /Answer to/);
  assert.match(asked(phones), new RegExp(NOTE));
  await says("memory off");
  assertEquals(await world.services.memory.stateOf(WEB, TUTOR), "off");
  await says("UNLINK");
  await says("YES");
  assertEquals(await world.services.memory.stateOf(await own(), TUTOR), "off");
});

Deno.test("a phone's no holds for the browser that links with it", async () => {
  await using phones = await open();
  await phones.says("memory off");
  assertEquals(await phones.world.services.memory.stateOf(WEB, TUTOR), "on");
  await phones.link();
  assertEquals(await phones.world.services.memory.stateOf(WEB, TUTOR), "off");
});

Deno.test("notes, marks and a no move when two records turn out to be one person", async () => {
  await using phones = await open();
  const { says, round, own, store, world } = phones;
  await says(PLAN);
  await says("NEW");
  await round();
  await says("Please check the story of the sower", ALIAS);
  const gone = await own(ALIAS);
  await world.services.memory.switchOff(gone, "recipe-helper", true);
  await says("Hello again", PHONE, ALIAS);
  await until("the records are merged", async () => (await own(ALIAS)) === await own(PHONE));
  const one = await own(PHONE);
  await until("the notes are moved", async () => {
    const other = one === gone ? null : gone;
    return other === null ||
      (await world.services.memory.view(other)).tools.every(({ notes }) => notes.length === 0);
  });
  const { value } = await store.kv.get(memoryKeys.memory(one, TUTOR));
  assertEquals(value?.notes.map(({ text }) => text), [NOTE]);
  const marks = await store.kv.list(
    { prefix: ["memory_mark"] },
    (path) => memoryKeys.mark(String(path[1])),
  );
  assertEquals(new Set(marks.map(({ value }) => value.visitor)), new Set([one]));
  const choice = await store.kv.get(memoryKeys.choice(one));
  assertEquals(choice.value?.tools, ["recipe-helper"]);
});

Deno.test("DELETE MY DATA deletes pictures and recordings that the linked browser has not sent", async () => {
  await using phones = await open();
  const { world, store, says } = phones;
  await says("Hello, tutor");
  await phones.link();
  const { pictures, voiceNotes: { uploads } } = world.services;
  const sender = { visitor: WEB, address: "192.0.2.1" };
  await pictures.stage(sender, { type: "image/png", bytes: PICTURES.png });
  await uploads.keep(sender, mp3Recording(4));
  await says("delete my data");
  await says("YES");
  for (
    const prefix of ["staged", "staged_piece", "staged_of", "upload", "upload_piece", "uploads"]
  ) {
    assertEquals(await store.kv.stored({ prefix: [prefix] }, 10), [], prefix);
  }
});

Deno.test("DELETE MY DATA deletes the notes and keeps the no", async () => {
  await using phones = await open();
  const { says, round, own, store } = phones;
  await says(PLAN);
  await says("NEW");
  await round();
  const visitor = await own();
  await says("memory off");
  await says("delete my data");
  await says("YES");
  assertEquals((await store.kv.get(memoryKeys.memory(visitor, TUTOR))).value, null);
  assertEquals((await store.kv.get(memoryKeys.choice(visitor))).value?.off, true);
});
