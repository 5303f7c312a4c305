import { createHash, createHmac } from "node:crypto";

/*
 * Amazon's Signature Version 4 of a request to S3:
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
 */

export interface UnsignedRequest {
  method: string;
  /** Encoded as {@link awsEncoded} does, with its slashes. */
  path: string;
  /** Not encoded. */
  query: Readonly<Record<string, string>>;
  /** By names in small letters, `host` among them. */
  headers: Readonly<Record<string, string>>;
  /** Hex SHA-256 of the body. */
  bodyHash: string;
}

export interface SigningKey {
  accessKey: string;
  secretKey: string;
  region: string;
}

/** Hex SHA-256. */
export function sha256(data: string | Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}

/** As S3 reads names: all but letters, digits and `-._~` by their bytes. */
export function awsEncoded(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** The query of a request, sorted and encoded. */
export function canonicalQuery(query: UnsignedRequest["query"]): string {
  return Object.entries(query)
    .map(([name, value]) => [awsEncoded(name), awsEncoded(value)] as const)
    .sort(([a], [b]) => a < b ? -1 : a > b ? 1 : 0)
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
}

/** The headers of a request with those that sign it. */
export function signed(
  request: UnsignedRequest,
  { accessKey, secretKey, region }: SigningKey,
  now: number,
): Record<string, string> {
  const time = new Date(now).toISOString().replace(/[-:]|\.\d{3}/g, "");
  const day = time.slice(0, 8);
  const headers: Record<string, string> = {
    ...request.headers,
    "x-amz-content-sha256": request.bodyHash,
    "x-amz-date": time,
  };
  const names = Object.keys(headers).sort();
  const signedNames = names.join(";");
  const canonical = [
    request.method,
    request.path,
    canonicalQuery(request.query),
    ...names.map((name) => `${name}:${(headers[name] ?? "").trim()}`),
    "",
    signedNames,
    request.bodyHash,
  ].join("\n");
  const scope = `${day}/${region}/s3/aws4_request`;
  const text = ["AWS4-HMAC-SHA256", time, scope, sha256(canonical)].join("\n");
  const key = ["aws4_request", "s3", region, day].reduceRight<string | Uint8Array>(
    (secret, part) => createHmac("sha256", secret).update(part).digest(),
    `AWS4${secretKey}`,
  );
  const signature = createHmac("sha256", key).update(text).digest("hex");
  return {
    ...headers,
    authorization:
      `AWS4-HMAC-SHA256 Credential=${accessKey}/${scope},SignedHeaders=${signedNames},Signature=${signature}`,
  };
}
