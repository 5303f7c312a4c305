import process from "node:process";
import { assertEquals } from "@/tests/support/assert.ts";
import { scratch } from "@/tests/support/scratch.ts";
import { storeKeys } from "./records.ts";
import { openStore } from "../stores.ts";

const YEAR_MS = 365 * 24 * 60 * 60_000;

Deno.test("ProcessRegistry.others() keeps a live process on this machine when the clock jumps", async () => {
  await using files = await scratch();
  const open = (name: string) => openStore({ path: files.store, report: () => {}, process: name });
  const [first, second] = [await open("first"), await open("second")];
  const now = Date.now();
  await second.processes.join(now);
  await second.transactions.run([], (tx) => {
    const elsewhere = { place: "another machine", pid: process.pid, expiresAt: now + 30_000 };
    tx.set(storeKeys.process("elsewhere"), elsewhere);
  });
  const goneAt = async (at: number) =>
    (await first.processes.others(at)).map(({ id, gone }) => `${id} ${gone}`).sort();
  assertEquals(await goneAt(now), ["elsewhere false", "second false"]);
  assertEquals(await goneAt(now + YEAR_MS), ["elsewhere true", "second false"]);
  await Promise.all([first.close(), second.close()]);
});
