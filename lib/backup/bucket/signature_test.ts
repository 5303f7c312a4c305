import { assert, assertEquals } from "@/tests/support/assert.ts";
import { awsEncoded, canonicalQuery, sha256, signed, type UnsignedRequest } from "./signature.ts";

// The examples of https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
const KEY = {
  accessKey: "AKIAIOSFODNN7EXAMPLE",
  secretKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
  region: "us-east-1",
};
const AT = Date.parse("2013-05-24T00:00:00Z");
const host = "examplebucket.s3.amazonaws.com";
const EXAMPLES: {
  name: string;
  request: Omit<UnsignedRequest, "bodyHash">;
  body: string;
  signature: string;
}[] = [
  {
    name: "GET of an object's first bytes",
    request: { method: "GET", path: "/test.txt", query: {}, headers: { host, range: "bytes=0-9" } },
    body: "",
    signature: "f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
  },
  {
    name: "PUT of an object",
    request: {
      method: "PUT",
      path: `/${awsEncoded("test$file.text")}`,
      query: {},
      headers: {
        host,
        date: "Fri, 24 May 2013 00:00:00 GMT",
        "x-amz-storage-class": "REDUCED_REDUNDANCY",
      },
    },
    body: "Welcome to Amazon S3.",
    signature: "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd",
  },
  {
    name: "GET of a bucket's lifecycle",
    request: { method: "GET", path: "/", query: { lifecycle: "" }, headers: { host } },
    body: "",
    signature: "fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543",
  },
  {
    name: "GET of a list",
    request: {
      method: "GET",
      path: "/",
      query: { prefix: "J", "max-keys": "2" },
      headers: { host },
    },
    body: "",
    signature: "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7",
  },
];

for (const { name, request, body, signature } of EXAMPLES) {
  Deno.test(`signed() signs as Amazon's example does: ${name}`, () => {
    const headers = signed({ ...request, bodyHash: sha256(body) }, KEY, AT);
    assertEquals(headers.authorization?.split("Signature=")[1], signature);
    assertEquals(headers["x-amz-date"], "20130524T000000Z");
    assert.ok(headers.authorization?.includes("AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/"));
    assert.ok(!JSON.stringify(headers).includes(KEY.secretKey));
  });
}

Deno.test("canonicalQuery() sorts by the encoded names, and awsEncoded() leaves only unreserved signs", () => {
  assertEquals(canonicalQuery({ b: "2", a: "x y", "A!": "*" }), "A%21=%2A&a=x%20y&b=2");
  assertEquals(awsEncoded("a/b é'()~-._"), "a%2Fb%20%C3%A9%27%28%29~-._");
});
