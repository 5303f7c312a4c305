import fc from "fast-check";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { clientAddress } from "./client_ip.ts";

const forwarded = (value: string) => new Headers({ "x-forwarded-for": value });
const direct = clientAddress([]);
const behind = clientAddress(["10.0.0.0/8", "192.0.2.7", "2001:db8:ffff::/48"]);

Deno.test("ClientAddress.of() ignores forwarded headers without trusted proxies", () => {
  assertEquals(direct.of(forwarded("1.2.3.4"), "198.51.100.1"), "198.51.100.1");
  assertEquals(direct.of(forwarded("1.2.3.4"), "127.0.0.1"), "127.0.0.1");
});

Deno.test("ClientAddress.of() ignores forwarded headers from an untrusted peer", () => {
  assertEquals(behind.of(forwarded("1.2.3.4"), "198.51.100.1"), "198.51.100.1");
});

Deno.test("ClientAddress.of() takes the last address before the trusted proxies", () => {
  assertEquals(behind.of(forwarded("203.0.113.5"), "10.1.1.1"), "203.0.113.5");
  assertEquals(behind.of(forwarded("1.1.1.1, 203.0.113.5, 192.0.2.7"), "10.1.1.1"), "203.0.113.5");
  assertEquals(behind.of(forwarded("203.0.113.5:4711"), "10.1.1.1"), "203.0.113.5");
  assertEquals(behind.of(forwarded("[2001:db8::5]:443"), "10.1.1.1"), "2001:db8:0:0::/64");
});

Deno.test("ClientAddress.of() keeps the proxy's address when the header has no usable one", () => {
  for (const value of ["", " ", "unknown", "_hidden", "1.2.3", "1.2.3.4.5", "::g", "1.2.3.4,"]) {
    assertEquals(behind.of(forwarded(value), "10.1.1.1"), "10.1.1.1", value);
  }
  assertEquals(behind.of(new Headers(), "10.1.1.1"), "10.1.1.1");
});

Deno.test("ClientAddress.of() reads several headers as one list", () => {
  const headers = forwarded("1.1.1.1");
  headers.append("x-forwarded-for", "203.0.113.5");
  assertEquals(behind.of(headers, "10.1.1.1"), "203.0.113.5");
});

Deno.test("ClientAddress.of() counts a /64 of IPv6 as one, and IPv4-mapped IPv6 as IPv4", () => {
  const of = (address: string) => direct.of(new Headers(), address);
  assertEquals(of("2001:db8:1:2::1"), of("2001:0DB8:1:2:aaaa::f"));
  assert.notEqual(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
  assertEquals(of("::1"), "0:0:0:0::/64");
  assertEquals(of("fe80::1%eth0"), "fe80:0:0:0::/64");
  for (const dress of ["::ffff:203.0.113.5", "::FFFF:203.0.113.5", "::ffff:cb00:7105"]) {
    assertEquals(of(dress), "203.0.113.5", dress);
  }
  assertEquals(behind.of(forwarded("203.0.113.5"), "::ffff:10.1.1.1"), "203.0.113.5");
});

Deno.test("clientAddress() refuses an entry that is neither address nor range", () => {
  for (
    const entry of [
      "proxy",
      "10.0.0.0/33",
      "::/129",
      "10.0.0.0/",
      "10.0.0.0/8/8",
      "10.0.0.0/-1",
      "*",
    ]
  ) {
    assert.throws(() => clientAddress([entry]), /TRUSTED_PROXIES/, entry);
  }
});

const client = fc.ipV4().filter((address) => !address.startsWith("10.") && address !== "192.0.2.7");

Deno.test("ClientAddress.of() is the client's own address, whatever it writes into the header", () => {
  const lie = fc.array(
    fc.oneof(fc.ipV4(), fc.ipV6(), fc.constantFrom("10.0.0.1", "unknown", "", "::1")),
  );
  fc.assert(fc.property(client, lie, (address, lies) => {
    // The proxy appends its peer's address.
    assertEquals(behind.of(forwarded([...lies, address].join(", ")), "10.0.0.1"), address);
  }));
});

Deno.test("ClientAddress.of() is the same for every spelling of an address", () => {
  fc.assert(fc.property(fc.ipV6(), (address) => {
    const of = (text: string) => direct.of(new Headers(), text);
    const long = new URL(`http://[${address}]/`).hostname.slice(1, -1);
    assertEquals(of(address.toUpperCase()), of(address));
    assertEquals(of(long), of(address), `${long} and ${address}`);
  }));
});
