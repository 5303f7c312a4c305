import { assertEquals } from "@/tests/support/assert.ts";
import { faultsOf, OUTAGES, runOutage } from "./outage.ts";

for (const outage of OUTAGES) {
  Deno.test(`A provider that ${outage} for a minute is asked 5 times at most once that is known, and no reply is lost or late`, async () => {
    const figures = await runOutage(outage, 10);
    assertEquals(faultsOf(figures), [], JSON.stringify(figures));
  });
}
