import { texts } from "@/lib/locales/whatsapp/texts.ts";
import { experimentKeys } from "@/lib/experiments/records.ts";
import { type Letter, variantParts } from "@/lib/shared/views/experiment_view.ts";
import { ask, repliesOf } from "@/tests/support/asking.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { changeExperiment, storeExperiment } from "@/tests/support/experiments.ts";
import { openPhones, TUTOR } from "@/tests/support/phones.ts";
import { until } from "@/tests/support/wait.ts";

const ID = "experiment", WEB = "visitor-1";
const PHONE = "+41790000001", ALIAS = "CH.13491208655302741918";
const asker = { visitor: WEB, address: "192.0.2.1" };
const { linkDone } = texts("en");

/** Phones, and an experiment in which the next new person gets a letter of the test's choice. */
async function open() {
  const phones = await openPhones({ env: { RATE_LIMIT_LINKING_PER_5MIN: "1000" } });
  const { twilio, world } = phones;
  const { store } = world.deps;
  await storeExperiment(store);
  const idle = () => until("all work done", async () => (await store.phones.work()).length === 0);
  const says = async (text: string, from = PHONE, alias: string | null = null) => {
    const fields = { ExternalUserIdentifier: `whatsapp:${alias ?? from}` };
    const [answer] = await twilio.phone(from).says(text, { fields });
    assertEquals(answer?.status, 200);
    await idle();
  };
  return {
    ...phones,
    store,
    says,
    nextGets: (letter: Letter) =>
      changeExperiment(store, ID, {
        variants: (["A", "B"] as const).map((each) => ({
          letter: each,
          note: "",
          share: each === letter ? 100 : 0,
        })),
      }),
    /** By the page's code, sent from the phone. */
    linkByPhone: async () => {
      const { code } = await world.services.links.issue(asker, TUTOR);
      const before = twilio.messages.all.length;
      await says(`LINK ${code}`);
      assert.ok(twilio.messages.all.slice(before).some(({ body }) => body.includes(linkDone)));
    },
    /** By a code sent to the phone, typed on the page. */
    linkByPage: async () => {
      const before = twilio.messages.all.length;
      await world.services.links.send(asker, PHONE, TUTOR);
      await idle();
      const said = twilio.messages.all.slice(before).map(({ body }) => body).join();
      const [code = ""] = /[2-9A-Z]{4}-[2-9A-Z]{4}/.exec(said) ?? [];
      await world.services.links.verify(asker, code);
    },
    own: async (from = PHONE) => {
      const phone = await store.phones.get(await store.phones.numberAt(from));
      assert.ok(phone);
      return phone.own;
    },
    /** The letter of a visitor's last reply. */
    letter: async (visitor: string) => {
      const head = await store.conversations.head(visitor, TUTOR);
      const reply = head && await store.conversations.message(head, head.next - 1);
      return variantParts(reply?.reply?.variant ?? "")?.letter ?? null;
    },
    /** People and good ratings by letter. */
    counts: async () => {
      const sum = { A: [0, 0], B: [0, 0] };
      for (const { letter, people, up } of await store.experiments.days(ID)) {
        const of = letter === "A" ? sum.A : sum.B;
        of[0] = (of[0] ?? 0) + people;
        of[1] = (of[1] ?? 0) + up;
      }
      return sum;
    },
    rateLast: async (visitor: string) => {
      const reply = (await repliesOf(world, visitor)).at(-1);
      assert.ok(reply);
      await world.services.ratings.rate({
        visitor,
        tool: TUTOR,
        message: reply.id,
        verdict: "up",
        address: null,
      });
    },
  };
}

for (const way of ["linkByPhone", "linkByPage"] as const) {
  Deno.test(`linking, ${way}: the browser's variant stays, and what the phone had counted is taken out`, async () => {
    await using all = await open();
    await all.nextGets("A");
    await all.says("Hello from the phone");
    const own = await all.own();
    await all.rateLast(own);
    await all.nextGets("B");
    await ask(all.world, "Hello from the page", { visitor: WEB });
    await all.rateLast(WEB);
    assertEquals([await all.letter(own), await all.letter(WEB)], ["A", "B"]);
    assertEquals(await all.counts(), { A: [1, 1], B: [1, 1] });

    await all[way]();
    assertEquals(await all.counts(), { A: [0, 0], B: [1, 1] });
    await all.nextGets("A");
    await all.says("From the phone, linked");
    assertEquals(await all.letter(WEB), "B");

    await all.world.services.links.unlink(WEB);
    await all.says("On its own again");
    assertEquals(await all.letter(own), "B");
    await ask(all.world, "The page again", { visitor: WEB });
    assertEquals(await all.letter(WEB), "B");
    // The person rated on the page: a rating from the phone is not a second one.
    await all.rateLast(own);
    assertEquals(await all.counts(), { A: [0, 0], B: [1, 1] });
  });

  Deno.test(`linking, ${way}: a browser without a variant takes the phone's, which had counted a rating`, async () => {
    await using all = await open();
    await all.nextGets("A");
    await all.says("Hello from the phone");
    const own = await all.own();
    await all.rateLast(own);
    await all.nextGets("B");
    await all[way]();
    await ask(all.world, "Hello from the page", { visitor: WEB });
    assertEquals(await all.letter(WEB), "A");
    await all.rateLast(WEB);
    assertEquals(await all.counts(), { A: [1, 1], B: [0, 0] });
    await all.says("UNLINK");
    await all.says("YES");
    await all.says("On its own");
    assertEquals(await all.letter(own), "A");
    assertEquals(await all.counts(), { A: [1, 1], B: [0, 0] });
  });
}

Deno.test("linking: two of one variant keep the one rating that was given", async () => {
  await using all = await open();
  await all.nextGets("A");
  await all.says("Hello from the phone");
  await all.rateLast(await all.own());
  await ask(all.world, "Hello from the page", { visitor: WEB });
  assertEquals(await all.counts(), { A: [2, 1], B: [0, 0] });
  await all.linkByPhone();
  assertEquals(await all.counts(), { A: [1, 1], B: [0, 0] });
  await all.rateLast(WEB);
  assertEquals(await all.counts(), { A: [1, 1], B: [0, 0] });
});

Deno.test("two records of one phone count as one person once they are merged", async () => {
  await using all = await open();
  await all.nextGets("A");
  await all.says("By the number", PHONE);
  const kept = await all.own(PHONE);
  await all.nextGets("B");
  await all.says("By the id", ALIAS);
  const gone = await all.own(ALIAS);
  assertEquals(await all.counts(), { A: [1, 0], B: [1, 0] });
  await all.says("By both", PHONE, ALIAS);
  assertEquals(await all.own(ALIAS), kept);
  assertEquals(await all.letter(kept), "A");
  assertEquals(await all.counts(), { A: [1, 0], B: [0, 0] });
  assertEquals((await all.store.kv.get(experimentKeys.arm(gone, TUTOR))).value, null);
});

Deno.test("a phone without a variant gets that of its second record, in the answer that merges them", async () => {
  await using all = await open();
  await changeExperiment(all.store, ID, { state: "paused" });
  await all.says("By the number", PHONE);
  const kept = await all.own(PHONE);
  await changeExperiment(all.store, ID, { state: "running" });
  await all.nextGets("B");
  await all.says("By the id", ALIAS);
  await all.nextGets("A");
  await all.says("By both", PHONE, ALIAS);
  assertEquals(await all.letter(kept), "B");
  assertEquals(await all.counts(), { A: [0, 0], B: [1, 0] });
});

Deno.test("deleting a person's or a visitor's data deletes their variant and what counted of them", async () => {
  await using all = await open();
  const { kv } = all.store;
  await all.says("Hello from the phone");
  const own = await all.own();
  await ask(all.world, "Hello from the page", { visitor: WEB });
  const left = async (visitor: string) => {
    const keys = [experimentKeys.arm(visitor, TUTOR), experimentKeys.person(ID, visitor)];
    return (await Promise.all(keys.map((key) => kv.get<unknown>(key))))
      .filter(({ value }) => value !== null).length;
  };
  assertEquals([await left(own), await left(WEB)], [2, 2]);
  await all.says("DELETE MY DATA");
  await all.says("YES");
  while (!(await all.world.services.visitors.delete(WEB)).done);
  assertEquals([await left(own), await left(WEB)], [0, 0]);
});
