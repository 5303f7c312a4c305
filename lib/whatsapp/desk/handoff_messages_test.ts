import { assertEquals } from "@/tests/support/assert.ts";
import { ask, TOOL } from "@/tests/support/asking.ts";
import { openWorld } from "@/tests/support/world.ts";
import { chatKeys } from "../../chat/records.ts";
import { Leases } from "../inbox/leases.ts";
import { newPhone } from "../people.ts";
import { phoneKeys } from "../records.ts";
import { appendHandoffMessage, HandoffMessages } from "./handoff_messages.ts";

Deno.test("appendHandoffMessage() appends to the shown branch and keeps the others", async () => {
  await using world = await openWorld();
  const { services, deps: { store } } = world;
  await ask(world, "one");
  await ask(world, "", { action: { kind: "edit", seq: 0, message: "another" } });
  const key = chatKeys.head("v1", TOOL);
  await store.transactions.run(
    [key],
    (tx) =>
      appendHandoffMessage(tx, key, tx.get(key), "assistant", "A person here.", {
        id: "aside",
        at: 5,
      }),
  );
  const words = async () =>
    (await services.pages.chat("v1", TOOL, null)).messages
      .map(({ text, id }) => id === "asidea" ? text : text.split(" ")[0]);
  assertEquals((await words()).at(-1), "A person here.");
  assertEquals((await words()).length, 3);
  await services.history.showAlternative("v1", TOOL, 0, 0);
  assertEquals([(await words())[0], (await words()).length], ["one", 2]);
  await services.history.showAlternative("v1", TOOL, 0, 1);
  assertEquals((await words()).at(-1), "A person here.");
});

Deno.test("HandoffMessages.handBack() ends a takeover at its end, and none that was prolonged meanwhile", async () => {
  let now = 1_000;
  await using world = await openWorld({ clock: () => now });
  const deps = { ...world.deps, bus: world.services.bus };
  const key = phoneKeys.phone("+41791234567");
  const takeover = { by: "ada@example.org", until: 5_000 };
  await deps.store.transactions.run([], (tx) => {
    tx.set(key, { ...newPhone("1", "en", now), takeover });
  });
  const handoff = new HandoffMessages(deps, new Leases(deps));
  const end = async () => {
    await handoff.handBack("+41791234567");
    const phone = (await deps.store.kv.get(key)).value;
    return [phone?.takeover, phone?.next];
  };
  assertEquals(await end(), [takeover, 0]);
  now = 5_000;
  assertEquals(await end(), [null, 1]);
});
