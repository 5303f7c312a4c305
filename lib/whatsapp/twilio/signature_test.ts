import fc from "fast-check";
import { sign } from "@/tests/simulators/twilio_webhooks.ts";
import { assert, assertEquals } from "@/tests/support/assert.ts";
import { verifySignature } from "./signature.ts";

/** https://www.twilio.com/docs/usage/security#validating-requests */
const vector = {
  token: "12345",
  signature: "RSOYDt4T1cUTdK1PDd93/VVr8B8=",
  url: "https://mycompany.com/myapp.php?foo=1&bar=2",
  params: {
    CallSid: "CA1234567890ABCDE",
    Caller: "+14158675309",
    Digits: "1234",
    From: "+14158675309",
    To: "+18005551212",
  },
};

Deno.test("verifySignature() accepts Twilio's published test vector", async () => {
  assertEquals(await verifySignature(vector), true);
});

const forged: Record<string, Partial<Parameters<typeof verifySignature>[0]>> = {
  "another scheme": { url: vector.url.replace("https", "http") },
  "another host": { url: vector.url.replace("mycompany.com", "mycompany.co") },
  "another port": { url: vector.url.replace(".com/", ".com:8443/") },
  "another path": { url: vector.url.replace("myapp", "myap") },
  "a slash at the path's end": { url: vector.url.replace("php?", "php/?") },
  "another query": { url: vector.url.replace("foo=1", "foo=2") },
  "a query in another order": { url: "https://mycompany.com/myapp.php?bar=2&foo=1" },
  "no query": { url: "https://mycompany.com/myapp.php" },
  "another token": { token: "12346" },
  "no token": { token: "" },
  "another value": { params: { ...vector.params, Digits: "1235" } },
  "one field more": { params: { ...vector.params, Extra: "1" } },
  "one field less": { params: {} },
  "another value beside the right one": {
    params: { ...vector.params, Digits: ["1234", "1235"] },
  },
  "another signature": { signature: vector.signature.replace("R", "S") },
  "a cut signature": { signature: vector.signature.slice(0, -1) },
  "an empty signature": { signature: "" },
  "no signature": { signature: null },
  "no address": { url: "" },
};

for (const [name, change] of Object.entries(forged)) {
  Deno.test(`verifySignature() refuses ${name}`, async () => {
    assertEquals(await verifySignature({ ...vector, ...change }), false);
  });
}

Deno.test("verifySignature() treats the scheme's default port as none", async () => {
  const fields = [["Body", "Hi"]] as const;
  const params = { Body: "Hi" };
  for (
    const [signed, seen, right] of [
      ["https://a.example:443/w", "https://a.example/w", true],
      ["https://a.example/w", "https://a.example:443/w", true],
      ["http://a.example:80/w", "http://a.example/w", true],
      ["https://a.example:8443/w", "https://a.example:8443/w", true],
      ["https://a.example:80/w", "https://a.example/w", false],
      ["https://a.example/w/", "https://a.example/w", false],
      ["https://a.example/w", "https://a.example/w/", false],
    ] as const
  ) {
    const signature = sign("token", signed, fields);
    const verdict = await verifySignature({ token: "token", signature, url: seen, params });
    assertEquals(verdict, right, `${signed} for ${seen}`);
  }
});

Deno.test("verifySignature() sorts repeated values and counts equal ones once, as Twilio does", async () => {
  const url = "https://a.example/w";
  const signature = sign("token", url, [["B", "2"], ["A", "y"], ["A", "x"], ["A", "y"]]);
  const params = { A: ["y", "x", "y"], B: "2" };
  assertEquals(await verifySignature({ token: "token", signature, url, params }), true);
});

Deno.test("verifySignature() accepts any signed fields and path, and no other token's signature", async () => {
  const fields = fc.dictionary(fc.string({ minLength: 1, unit: "binary" }), fc.string());
  const path = fc.webPath();
  await fc.assert(
    fc.asyncProperty(fields, path, fc.string({ minLength: 1 }), async (params, path, token) => {
      const url = `https://a.example${path}`;
      const signature = sign(token, url, Object.entries(params));
      assert.ok(await verifySignature({ token, signature, url, params }));
      assert.ok(!await verifySignature({ token: `${token}!`, signature, url, params }));
    }),
  );
});

Deno.test("verifySignature() never throws", async () => {
  const any = fc.string({ unit: "binary" });
  await fc.assert(
    fc.asyncProperty(any, fc.option(any), any, fc.dictionary(any, any), async (...given) => {
      const [token, signature, url, params] = given;
      assertEquals(await verifySignature({ token, signature, url, params }), false);
      const address = `https://a.example/${url}`;
      assertEquals(await verifySignature({ token, signature, url: address, params }), false);
    }),
  );
});
