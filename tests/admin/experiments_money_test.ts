import { variantName } from "@/lib/experiments/records.ts";
import { contentOf } from "@/lib/experiments/rules/variant_content.ts";
import { checkLedger } from "@/lib/metering/ledger_check.ts";
import { ALL } from "@/lib/metering/records.ts";
import { type NanoUsd, parseUsd } from "@/lib/shared/money.ts";
import type { Letter } from "@/lib/shared/views/experiment_view.ts";
import { Admin, EMAIL, openAdminSite } from "../support/admin.ts";
import { startAnsweringModel } from "../support/answering_model.ts";
import { TOOL } from "../support/asking.ts";
import { assert, assertEquals } from "../support/assert.ts";
import { countDays, storeExperiment } from "../support/experiments.ts";
import { textOf } from "../support/page_text.ts";

function test(name: string, fn: () => Promise<void>): void {
  // The build of the pages leaves a process behind.
  Deno.test({ name, fn, sanitizeOps: false, sanitizeResources: false });
}

const ID = "moneymoney";
const PATH = `/admin/experiments/${ID}`;
const MODEL = "house-model";
const PROMPT = "THE OTHER PROMPT";
const OTHER_MODEL = /house-model \(B\) cannot be asked any more/;

/**
 * A site with a running experiment: B asks a model that has only the price which tests set.
 * @param shares of new people, in percent
 */
async function midExperiment(shares: [a: number, b: number] = [0, 100]) {
  const model = startAnsweringModel(() => "A reply.");
  // Written like this it is no server of one's own, whose models would need no price.
  const OPENAI_BASE_URL = model.env.OPENAI_BASE_URL?.replace("127.0.0.1", "[::ffff:127.0.0.1]");
  const site = await openAdminSite({ ...model.env, ...OPENAI_BASE_URL && { OPENAI_BASE_URL } });
  const { deps: { store, calendar }, services } = site.world;
  const tool = await store.tools.find(TOOL);
  const setPrice = async (usd: string | null) => {
    const rate = usd === null ? null : parseUsd(usd);
    const tokens = rate === null ? null : { input: rate, cachedInput: rate, output: rate };
    await store.customPrices.set("openai", MODEL, { from: 0, tokens, unit: null });
    await store.customPrices.refresh(site.clock.now);
  };
  await setPrice("1");
  const A = contentOf(tool);
  await storeExperiment(store, {
    id: ID,
    startedAt: site.clock.now,
    variants: [
      { letter: "A", note: "", share: shares[0] },
      { letter: "B", note: "", share: shares[1] },
    ],
    shareChanges: [{ at: site.clock.now, shares }],
    contents: { A, B: { ...A, systemPrompt: PROMPT, model: MODEL } },
  });
  const day = calendar.dayOf(site.clock.now);
  let people = 0;
  return {
    site,
    store,
    tool,
    model,
    setPrice,
    admin: await Admin.signIn(site),
    /** Messages of new people, one after the other; their answers' statuses. */
    ask: async (count: number) => {
      const statuses: number[] = [];
      for (let i = 0; i < count; i++) {
        people++;
        const message = { toolId: TOOL, message: "Hello", requestId: crypto.randomUUID() };
        const answer = await site.fetch("/api/chat", {
          method: "POST",
          headers: { "content-type": "application/json", "sec-fetch-site": "same-origin" },
          body: JSON.stringify(message),
        }, `198.51.100.${people}`);
        await answer.text();
        statuses.push(answer.status);
      }
      return statuses;
    },
    spent: async (letter: Letter): Promise<NanoUsd> => {
      const [sum] = await store.ledger.days("variant", variantName(ID, letter), [day]);
      return sum?.spent ?? 0n;
    },
    arm: async (letter: Letter) => {
      const { arms } = await services.experiments.report(ID);
      return arms.find((arm) => arm.letter === letter) ?? assert.fail(letter);
    },
    assertBooked: async (ceiling: NanoUsd | null = null) => {
      const [sum] = await store.ledger.days("tool", TOOL, [day]);
      assertEquals(sum?.held, 0n);
      assert.ok(ceiling === null || (sum?.spent ?? 0n) <= ceiling, `${sum?.spent}`);
      assertEquals((await checkLedger(store)).difference, null);
    },
    [Symbol.asyncDispose]: async () => {
      await site[Symbol.asyncDispose]();
      await model[Symbol.asyncDispose]();
    },
  };
}

test("a variant whose model has another price in the middle costs what was paid, and no more is claimed", async () => {
  await using all = await midExperiment();
  await all.ask(8);
  const before = await all.arm("B");
  assertEquals(before.turns, 8);
  // 100 tokens in and 20 out.
  assertEquals(await all.spent("B"), BigInt(before.turns) * parseUsd("0.00012"));
  await all.setPrice("100");
  await all.ask(8);
  const { turns, failedOver, perConversation } = await all.arm("B");
  const dearer = BigInt(turns - before.turns) * parseUsd("0.012");
  assertEquals(await all.spent("B"), BigInt(before.turns) * parseUsd("0.00012") + dearer);
  assertEquals([perConversation, failedOver], [await all.spent("B") / BigInt(turns), 0]);
  await all.assertBooked();
});

test("a variant whose model loses its price is answered by the tool's, its report says so, and it goes on with a price", async () => {
  await using all = await midExperiment();
  const { admin } = all;
  const read = async () => textOf(await (await admin.get(PATH)).text());
  await all.ask(8);
  assert.ok(!OTHER_MODEL.test(await read()));
  const [own, before] = [await all.spent("B"), await all.arm("B")];
  await all.setPrice(null);
  assertEquals(new Set(await all.ask(8)), new Set([200]));
  const during = await all.arm("B");
  assert.ok(during.failedOver > 0);
  assertEquals(during.failedOver, during.turns - before.turns);
  assert.match(await read(), OTHER_MODEL);
  // Nothing of it becomes the tool, which would answer nobody then.
  const promote = async () => await admin.post(PATH, { csrf: await admin.token(), promote: "B" });
  const refused = await promote();
  assertEquals(refused.status, 400);
  assert.match(textOf(await refused.text()), /No price is known for “house-model”/);
  assertEquals(await all.store.tools.get(TOOL), all.tool);

  await all.setPrice("1");
  await all.ask(8);
  const after = await all.arm("B");
  assertEquals(after.failedOver, during.failedOver);
  assert.ok(await all.spent("B") > own);
  assert.ok(!OTHER_MODEL.test(await read()));
  await all.assertBooked();
  assertEquals((await promote()).status, 303);
  assertEquals((await all.store.tools.get(TOOL))?.model, MODEL);
});

test("an answer to which other models or a budget's refusals belong says so beside it", async () => {
  await using all = await midExperiment([50, 50]);
  const read = async () => textOf(await (await all.admin.get(PATH)).text());
  const day = all.site.world.deps.calendar.dayOf(all.site.clock.now);
  const counts = (over: object) =>
    countDays(all.store, ID, [day], {
      A: { people: 400, turns: 400, up: 100, down: 100, refused: 3 },
      B: { people: 400, turns: 400, up: 180, down: 20, ...over },
    });
  await counts({ failedOver: 19, refused: 19 });
  const clean = await read();
  assert.match(clean, /B is better/);
  assert.ok(!/Other models answered|A budget refused/.test(clean));
  await counts({ failedOver: 350, degraded: 20, refused: 100 });
  const told = await read();
  assert.match(told, /Other models answered 0 of 400 with A and 350 of 400 with B\./);
  assert.match(told, /Replies were cheaper or shortened 0 of 400 with A and 20 of 400 with B\./);
  assert.match(told, /A budget refused messages 3 of 403 with A and 100 of 500 with B\./);
});

test("a budget cut in the middle of an experiment is kept to the cent, counts whom it refused, and lets it go on", async () => {
  await using all = await midExperiment();
  const { world } = all.site;
  const days = [world.deps.calendar.dayOf(all.site.clock.now)];
  await all.ask(4);
  const [sum] = await all.store.ledger.days("tool", TOOL, days);
  const ceiling = (sum?.spent ?? 0n) + parseUsd("0.0002");
  const { editing } = world.services.tools;
  await editing.setCeiling(EMAIL, TOOL, all.tool.ceiling, ceiling);
  const statuses = await all.ask(16);
  const refused = statuses.filter((status) => status === 429).length;
  assert.ok(refused > 1 && refused < 16, statuses.join());
  await all.assertBooked(ceiling);
  await all.store.refusedTurns.flush();
  const counted = await all.arm("B");
  assertEquals([counted.refused, counted.turns], [refused, 4 + 16 - refused]);
  await editing.setCeiling(EMAIL, TOOL, ceiling, parseUsd("5"));
  assertEquals(new Set(await all.ask(4)), new Set([200]));
  assertEquals((await all.arm("B")).turns, counted.turns + 4);
  // The organisation's limit likewise.
  const { settings } = world.services;
  const [of] = await all.store.ledger.days("organisation", ALL, days);
  assert.ok(of && of.spent > 0n);
  await settings.save({
    who: EMAIL,
    group: "limits",
    seen: settings.current.version,
    edit: (now) => ({ ...now, limits: { ...now.limits, organisationCeiling: of.spent + 1n } }),
  });
  assertEquals(new Set(await all.ask(4)), new Set([429]));
  await all.assertBooked();
});
