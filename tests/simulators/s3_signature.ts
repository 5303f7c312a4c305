/*
 * Checks Amazon's Signature Version 4 as a server does: from the request as it came, by WebCrypto.
 * It shares nothing with lib/backup/bucket/signature.ts.
 */

export interface CameRequest {
  method: string;
  /** Path and query as they were sent. */
  target: string;
  headers: Headers;
  body: Uint8Array<ArrayBuffer>;
}

const text = new TextEncoder();

function hex(bytes: ArrayBuffer): string {
  return new Uint8Array(bytes).toHex();
}

async function hashed(data: Uint8Array<ArrayBuffer>): Promise<string> {
  return hex(await crypto.subtle.digest("SHA-256", data));
}

async function hmac(key: Uint8Array<ArrayBuffer>, data: string): Promise<ArrayBuffer> {
  const hash = { name: "HMAC", hash: "SHA-256" };
  const imported = await crypto.subtle.importKey("raw", key, hash, false, ["sign"]);
  return await crypto.subtle.sign("HMAC", imported, text.encode(data));
}

/** Why a request is refused, as S3 names it; null for one that is rightly signed. */
export async function signatureFault(
  { method, target, headers, body }: CameRequest,
  keys: { accessKey: string; secretKey: string; region: string },
): Promise<string | null> {
  const parts =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/
      .exec(headers.get("authorization") ?? "");
  if (!parts) return "AccessDenied";
  const [, accessKey, day = "", region = "", names = "", signature] = parts;
  if (accessKey !== keys.accessKey) return "InvalidAccessKeyId";
  if (region !== keys.region) return "AuthorizationHeaderMalformed";
  const signedNames = names.split(";");
  if (!signedNames.includes("host") || !signedNames.includes("x-amz-date")) return "AccessDenied";
  const hash = headers.get("x-amz-content-sha256") ?? "";
  if (hash !== await hashed(body)) return "XAmzContentSHA256Mismatch";
  const [path = "", query = ""] = target.split("?");
  const sorted = query.split("&").filter((part) => part !== "")
    .map((part) => part.includes("=") ? part : `${part}=`).sort().join("&");
  const lines = signedNames.map((name) => `${name}:${headers.get(name) ?? ""}\n`).join("");
  const canonical = `${method}\n${path}\n${sorted}\n${lines}\n${names}\n${hash}`;
  const time = headers.get("x-amz-date") ?? "";
  const scope = `${day}/${region}/s3/aws4_request`;
  const signing = `AWS4-HMAC-SHA256\n${time}\n${scope}\n${await hashed(text.encode(canonical))}`;
  let key = text.encode(`AWS4${keys.secretKey}`);
  for (const part of [day, region, "s3", "aws4_request"]) {
    key = new Uint8Array(await hmac(key, part));
  }
  return hex(await hmac(key, signing)) === signature ? null : "SignatureDoesNotMatch";
}
