import { deepStrictEqual as equal } from "node:assert/strict";
import { bypassesProxy, isHttpProxy, readOutbound, readProxies } from "./proxies.ts";

Deno.test("readProxies() accepts either case, ALL_PROXY for both schemes, and addresses without a scheme", () => {
  equal(readProxies({}), { http: undefined, https: undefined, bypass: undefined });
  equal(readProxies({ HTTPS_PROXY: "proxy:3128", http_proxy: "http://a", no_proxy: "b" }), {
    http: "http://a",
    https: "http://proxy:3128",
    bypass: "b",
  });
  const all = readProxies({ ALL_PROXY: "http://a", HTTPS_PROXY: " https://b " });
  equal([all.http, all.https], ["http://a", "https://b"]);
});

Deno.test("isHttpProxy() is false for SOCKS", () => {
  const addresses = ["http://a:1", "https://user:word@a", "socks5://a", "not an address"];
  equal(addresses.map(isHttpProxy), [true, true, false, false]);
});

Deno.test("bypassesProxy() matches names, subdomains, addresses, networks and *", () => {
  const cases: [host: string, list: string, bypasses: boolean][] = [
    ["api.openai.com", "", false],
    ["api.openai.com", "*", true],
    ["api.openai.com", " OpenAI.com , x", true],
    ["api.openai.com", ".openai.com", true],
    ["api.openai.com", "*.openai.com", true],
    ["openai.com", ".openai.com", true],
    ["notopenai.com", "openai.com", false],
    ["127.0.0.1", "localhost", false],
    ["127.0.0.1", "localhost,127.0.0.1", true],
    ["10.1.2.3", "10.0.0.0/8", true],
    ["11.1.2.3", "10.0.0.0/8", false],
    ["10.1.2.3", "10.0.0.0/99,x/8", false],
    ["[fd00::1]", "fd00::/8", true],
    ["[::1]", "::1", true],
  ];
  for (const [host, list, expected] of cases) {
    equal(bypassesProxy(host, list), expected, `${host} in ${list}`);
  }
});

Deno.test("readOutbound() reports a proxy of another kind", () => {
  equal(readOutbound({ HTTPS_PROXY: "http://proxy" }).problems, []);
  equal(readOutbound({ ALL_PROXY: "socks5://proxy" }).problems.length, 1);
});
