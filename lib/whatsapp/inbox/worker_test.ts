import { assert } from "@/tests/support/assert.ts";
import { until } from "@/tests/support/wait.ts";
import { openWorld } from "@/tests/support/world.ts";
import { type NextStep, REST } from "../next_step.ts";
import { phoneKeys } from "../records.ts";
import { Leases } from "./leases.ts";
import { PhoneWorker } from "./worker.ts";

const NUMBER = "+41791234567";

Deno.test("PhoneWorker goes on with a phone's inbox while its speech takes long, however they were woken", async () => {
  await using world = await openWorld();
  const deps = { ...world.deps, bus: world.services.bus };
  await deps.store.transactions.run([], (tx) => {
    tx.set(phoneKeys.work(NUMBER), { lease: null });
  });
  let inboxSteps = 0, speaks = false;
  const looking = Promise.withResolvers<void>(), looked = Promise.withResolvers<void>();
  const speaking = Promise.withResolvers<void>(), spoken = Promise.withResolvers<void>();
  const inbox = async (): Promise<NextStep> => {
    if (++inboxSteps === 1) {
      looking.resolve();
      await looked.promise;
    }
    return REST;
  };
  const outbox = () => Promise.resolve(REST);
  const speech = async (): Promise<NextStep> => {
    if (speaks) {
      speaks = false;
      speaking.resolve();
      await spoken.promise;
    }
    return REST;
  };
  const worker = new PhoneWorker(deps, new Leases(deps), [inbox, outbox, speech]);
  worker.wake(NUMBER);
  await looking.promise;
  await new Promise((done) => setTimeout(done, 20));
  // The others rest. A reply is settled while the inbox looks: it is to be spoken.
  speaks = true;
  worker.wake(NUMBER);
  looked.resolve();
  await speaking.promise;
  await new Promise((done) => setTimeout(done, 20));
  // The next message comes while it is spoken.
  const before = inboxSteps;
  worker.wake(NUMBER);
  await until("the inbox to look again", () => inboxSteps > before);
  assert.ok(inboxSteps > before);
  spoken.resolve();
  await until(
    "the end of the work",
    async () => (await deps.store.kv.get(phoneKeys.work(NUMBER))).value === null,
  );
  await worker.stop();
});
