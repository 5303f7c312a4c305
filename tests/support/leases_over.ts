import { storeKeys } from "@/lib/store/records.ts";
import { openStore } from "@/lib/stores.ts";

/** Expires the leases of all processes on a store, as half a minute without renewal does. */
const store = await openStore({ path: Deno.args[0], report: () => {} });
for (const { id } of await store.processes.others(0)) {
  const over = { place: "elsewhere", pid: 1, expiresAt: 0 };
  await store.transactions.run([], (tx) => tx.set(storeKeys.process(id), over));
}
await store.close();
