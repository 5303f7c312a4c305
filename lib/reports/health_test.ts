import { KV_CONNECT_TOKEN, serveKvConnect } from "@/tests/simulators/kv_connect.ts";
import { assertEquals } from "@/tests/support/assert.ts";
import { blockFor } from "@/tests/support/block.ts";
import { openCutter } from "@/tests/support/cutter.ts";
import { openWorld } from "@/tests/support/world.ts";
import { HEALTH } from "../locales/admin/reports.ts";

Deno.test("health() says of a store that it does not answer, also when the read's own limit is over first", async () => {
  await using store = serveKvConnect(KV_CONNECT_TOKEN);
  await using relay = openCutter(Number(new URL(store.url).port));
  Deno.env.set("DENO_KV_ACCESS_TOKEN", KV_CONNECT_TOKEN);
  await using world = await openWorld({ path: relay.url });
  relay.hang();
  // Standing still this long is excused by health's limit of two seconds, not by the read's of four.
  const stand = () => {
    blockFor(600);
    busy = setTimeout(stand, 100);
  };
  let busy = setTimeout(stand);
  const { checks } = await world.services.health();
  clearTimeout(busy);
  relay.flow();
  assertEquals(checks["store:responseTime"]?.[0]?.output, HEALTH.silent);
});
