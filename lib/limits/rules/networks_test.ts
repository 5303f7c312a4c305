import { assertEquals } from "@/tests/support/assert.ts";
import { networkOf } from "./networks.ts";

Deno.test("networkOf() is the /48 around an IPv6 /64, and null for anything else", () => {
  assertEquals(networkOf("2001:db8:aB:12::/64"), "2001:db8:aB::/48");
  for (const other of ["192.0.2.1", "2001:db8:ab::/48", "2001:db8:ab:12::1", "x", ""]) {
    assertEquals(networkOf(other), null, other);
  }
});
