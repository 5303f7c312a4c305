import { assert, assertEquals } from "@/tests/support/assert.ts";
import { openPhones } from "@/tests/support/phones.ts";
import { until } from "@/tests/support/wait.ts";

Deno.test("a reply of another model says so under it, once for each reply, in the person's language", async () => {
  await using phones = await openPhones({
    env: {
      LLM_PROVIDER: "openai,mock",
      OPENAI_API_KEY: "sk-of-the-test",
      // Nobody listens there.
      OPENAI_BASE_URL: "http://127.0.0.1:9/v1",
    },
  });
  const { twilio, world } = phones;
  const ada = twilio.phone("+41791234567");
  const idle = () =>
    until("all work done", async () => (await world.deps.store.phones.work()).length === 0);
  for (const question of ["What is a fraction?", "And a prime?", "And a root?", "And a power?"]) {
    await ada.says(question);
    await idle();
  }
  const told = ada.texts().filter((text) => text.endsWith("\n\n_Another model answered._"));
  assertEquals(told.length, 4);
  assert.ok(told.every((text) => text.split("Another model answered").length === 2));
  assertEquals(world.deps.breakers.states().map(({ provider, phase }) => [provider, phase]), [
    ["openai", "open"],
    ["mock", "closed"],
  ]);
});
