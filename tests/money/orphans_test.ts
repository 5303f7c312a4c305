import { assertEquals } from "@/tests/support/assert.ts";
import { scratch } from "@/tests/support/scratch.ts";
import { openWorld } from "@/tests/support/world.ts";
import { beginTurn } from "@/lib/chat/turn/begin_turn.ts";
import { checkHalves, checkTotals, readBooks } from "./books.ts";
import { openingOf } from "./openings.ts";

/** The looks of a recovery in 32 seconds, the one when it starts among them. */
const LOOKS = 16;

Deno.test("Holds that no process knows of end within 32 seconds, whoever began them", async () => {
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
    // As if the answer to its own commit had never come, and as if another process had died unlisted.
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
    assertEquals([...books.days.values()].map((day) => [day.held, day.holds]), [[0n, 0], [0n, 0]]);
  }
});
