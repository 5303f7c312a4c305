import { assertEquals } from "@/tests/support/assert.ts";
import { signatureFault } from "./s3_signature.ts";

// https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
const KEYS = {
  accessKey: "AKIAIOSFODNN7EXAMPLE",
  secretKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
  region: "us-east-1",
};
const EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

function example(names: string, signature: string, more: Record<string, string> = {}) {
  const scope = "AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request";
  return new Headers({
    host: "examplebucket.s3.amazonaws.com",
    "x-amz-date": "20130524T000000Z",
    "x-amz-content-sha256": EMPTY,
    authorization:
      `AWS4-HMAC-SHA256 Credential=${scope},SignedHeaders=${names},Signature=${signature}`,
    ...more,
  });
}

Deno.test("signatureFault() accepts Amazon's examples as they were sent, and none that was changed", async () => {
  const list = {
    method: "GET",
    target: "/?max-keys=2&prefix=J",
    headers: example(
      "host;x-amz-content-sha256;x-amz-date",
      "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7",
    ),
    body: new Uint8Array(),
  };
  const put = {
    method: "PUT",
    target: "/test%24file.text",
    headers: example(
      "date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class",
      "98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd",
      {
        date: "Fri, 24 May 2013 00:00:00 GMT",
        "x-amz-storage-class": "REDUCED_REDUNDANCY",
        "x-amz-content-sha256": "44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072",
      },
    ),
    body: new TextEncoder().encode("Welcome to Amazon S3."),
  };
  assertEquals([await signatureFault(list, KEYS), await signatureFault(put, KEYS)], [null, null]);
  const faults = [
    await signatureFault({ ...list, target: "/?max-keys=3&prefix=J" }, KEYS),
    await signatureFault({ ...list, method: "HEAD" }, KEYS),
    await signatureFault({ ...put, body: new TextEncoder().encode("Welcome to Amazon S4.") }, KEYS),
    await signatureFault(list, { ...KEYS, secretKey: "another" }),
    await signatureFault(list, { ...KEYS, region: "eu-west-1" }),
    await signatureFault({ ...list, headers: new Headers() }, KEYS),
  ];
  assertEquals(faults, [
    "SignatureDoesNotMatch",
    "SignatureDoesNotMatch",
    "XAmzContentSHA256Mismatch",
    "SignatureDoesNotMatch",
    "AuthorizationHeaderMalformed",
    "AccessDenied",
  ]);
});
