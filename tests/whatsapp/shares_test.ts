import { assert, assertEquals } from "@/tests/support/assert.ts";
import { openPhones, TUTOR } from "@/tests/support/phones.ts";
import { until } from "@/tests/support/wait.ts";

Deno.test("one phone uses at most its share of a tool's day, is told so once, and others are answered", async () => {
  await using phones = await openPhones({ env: { PERSON_SHARE_PERCENT: "10" } });
  const { world, twilio } = phones;
  const { store, calendar, clock } = world.deps;
  const tool = await store.tools.get(TUTOR);
  assert.ok(tool);
  const ceiling = 500_000_000n;
  await store.tools.put({ ...tool, ceiling });
  const idle = () => until("all work done", async () => (await store.phones.work()).length === 0);
  const stranger = twilio.phone("+41791234567");
  for (let i = 0; i < 24; i++) {
    await stranger.says(`What is the number ${i} in words?`);
    await idle();
  }
  const told = stranger.texts().filter((text) =>
    /your share of today\. I can answer you again from/.test(text)
  );
  assertEquals(told.length, 1);
  const [total] = await store.ledger.days("tool", TUTOR, [calendar.dayOf(clock())]);
  // A tenth, and the messages of the last reply with the one that says so.
  const most = ceiling / 10n + 3n * 5_000_000n;
  assert.ok(total && total.spent <= most, `${total?.spent} of ${most}`);
  assertEquals(total?.held, 0n);
  const ada = twilio.phone("+41790000001");
  await ada.says("What is a fraction?");
  await ada.waitFor(2);
});
