import { assertEquals } from "@/tests/support/assert.ts";
import { scratch } from "@/tests/support/scratch.ts";
import { openWorld } from "@/tests/support/world.ts";
import { beginTurn } from "@/lib/chat/turn/begin_turn.ts";
import { checkHalves, checkTotals, readBooks } from "./books.ts";
import { openingOf } from "./openings.ts";

/** Checks of a recovery in 32 seconds, including the one at its start. */
const LOOKS = 16;

Deno.test("Orphaned holds are released within 32 seconds, whichever process began them", async () => {
  const looks: (() => void)[] = [];
  const real = globalThis.setInterval;
  const pretended = (handler: () => void, ms: number) => {
    looks.push(handler);
    return real(() => {}, ms);
  };
  Object.defineProperty(globalThis, "setInterval", { value: pretended, configurable: true });
  await using files = await scratch();
  const path = files.store;
  {
    await using world = await openWorld({ path });
    Object.defineProperty(globalThis, "setInterval", { value: real, configurable: true });
    const { transactions, processes } = world.deps.store;
    using kv = await Deno.openKv(path);
    // A lost answer to this process's own commit, and an unregistered process that died.
    for (const process of [processes.self, "process-that-is-on-no-list"]) {
      await beginTurn(
        transactions,
        openingOf({ turn: `of-${process}`, process, visitor: process }),
      );
    }
    assertEquals((await readBooks(kv)).running.length, 2);
    for (let look = 2; look < LOOKS; look++) for (const run of looks) run();
    await new Promise((done) => setTimeout(done, 200));
    assertEquals((await readBooks(kv)).running.length, 2);
    for (const run of looks) run();
    await new Promise((done) => setTimeout(done, 300));
    const books = await readBooks(kv);
    assertEquals(books.running.length, 0);
    assertEquals([...checkTotals(books), ...checkHalves(books)], []);
    assertEquals([...books.days.values()].filter(({ held, holds }) => held > 0n || holds > 0), []);
    // This process never sent its own; the other's prompt may be billed.
    assertEquals(books.entries.map(({ turn, output }) => [turn, output]), [
      ["of-process-that-is-on-no-list", 0],
    ]);
  }
});
