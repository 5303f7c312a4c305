import { assertEquals } from "@/tests/support/assert.ts";
import { ask, TOOL } from "@/tests/support/asking.ts";
import { openWorld } from "@/tests/support/world.ts";
import { chatKeys } from "../../chat/records.ts";
import { appendHandoffMessage } from "./handoff_messages.ts";

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
