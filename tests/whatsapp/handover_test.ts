import { TwilioSimulator } from "@/tests/simulators/twilio.ts";
import { assertEquals } from "@/tests/support/assert.ts";
import { openPhones } from "@/tests/support/phones.ts";
import { scratch } from "@/tests/support/scratch.ts";
import { until } from "@/tests/support/wait.ts";

const ADA = "+41790000001";
/** Less than the minute after which a process looks for what was left behind. */
const SOON_MS = 40_000;

Deno.test("what a process leaves at its shutdown, another one on the store takes up soon, once", async () => {
  await using files = await scratch();
  const path = files.store;
  await using twilio = await TwilioSimulator.start();
  await using stays = await openPhones({ path, twilio });
  // It would wait for further messages much longer than it lives.
  const leaves = await openPhones({ path, twilio, env: { WHATSAPP_DEBOUNCE_MS: "10000" } });
  const { store } = stays.world.deps;
  const known = async () => (await store.processes.others(Date.now())).length;
  await until(
    "both processes to know each other",
    async () => await known() === 1 && !store.processes.isOnlyProcess,
  );
  const ada = twilio.phone(ADA);
  await ada.says("What is a prime?");
  const holder = async () => (await store.phones.work())[0]?.work.lease?.process;
  await until("the lease", async () => await holder() === leaves.world.deps.store.processes.self);
  await leaves[Symbol.asyncDispose]();
  assertEquals([await known(), await holder() ?? null, ada.received().length], [0, null, 0]);
  const began = performance.now();
  await until("the answer", () => ada.received().length === 2, SOON_MS);
  const took = performance.now() - began;
  // deno-lint-ignore no-console -- a figure to read, in the output of the tests
  console.log(`answered ${took.toFixed(0)} ms after the other process had left`);
  await twilio.settled();
  assertEquals(ada.received().length, 2, "The greeting and one answer");
});
