import { assertEquals } from "@/tests/support/assert.ts";
import { scratch } from "@/tests/support/scratch.ts";
import { openWorld, type World } from "@/tests/support/world.ts";
import { settingsKeys } from "./records.ts";
import { retentionDays } from "./retention_days.ts";

/** Sets the days as the form does. */
async function keepFor(world: World, days: number): Promise<void> {
  const { settings } = world.services;
  await settings.save({
    who: "ada@example.org",
    group: "retention",
    seen: settings.current.version,
    edit: (now) => ({ ...now, retentionDays: days }),
  });
}

Deno.test("retentionDays() is 30 in a new store, and then what an admin set", async () => {
  await using files = await scratch();
  const path = files.store;
  {
    await using world = await openWorld({ path });
    assertEquals(retentionDays(world.deps), 30);
    await keepFor(world, 90);
    assertEquals(retentionDays(world.deps), 90);
  }
  await using again = await openWorld({ path });
  assertEquals(retentionDays(again.deps), 90);
});

Deno.test("retentionDays() stays 90 in a store from before, or what was set there", async () => {
  await using files = await scratch();
  const path = files.store;
  {
    await using world = await openWorld({ path });
    const { kv } = world.deps.store;
    // Records of earlier versions have no such field.
    const { path: key } = settingsKeys.defaults();
    await kv.commit(kv.atomic().set(key, { organisationCeiling: null }));
  }
  {
    await using before = await openWorld({ path });
    assertEquals(retentionDays(before.deps), 90);
    await keepFor(before, 45);
  }
  await using after = await openWorld({ path });
  assertEquals(retentionDays(after.deps), 45);
});
