import type { S3Client } from "./s3_client.ts";

/** An object of a bucket. */
export interface StoredObject {
  /** Without the bucket's prefix. */
  name: string;
  bytes: number;
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
};

/** All objects whose names begin with the prefix and more, page by page. */
export async function objectsOf(
  client: S3Client,
  prefix: string,
  more: string,
): Promise<StoredObject[]> {
  const found: StoredObject[] = [];
  let token: string | null = null;
  do {
    const query: Record<string, string> = { "list-type": "2", prefix: prefix + more };
    if (token !== null) query["continuation-token"] = token;
    const { text } = await client.send({ method: "GET", query });
    for (const [, content = ""] of text.matchAll(/<Contents>(.*?)<\/Contents>/gs)) {
      const key = fieldIn(content, "Key");
      const size = Number(fieldIn(content, "Size"));
      if (key?.startsWith(prefix)) found.push({ name: key.slice(prefix.length), bytes: size });
    }
    token = fieldIn(text, "IsTruncated") === "true" ? fieldIn(text, "NextContinuationToken") : null;
  } while (token !== null);
  return found;
}

function fieldIn(xml: string, name: string): string | null {
  const text = new RegExp(`<${name}>([^<]*)</${name}>`).exec(xml)?.[1];
  return text?.replace(
    /&(?:(amp|lt|gt|quot|apos)|#(\d{1,6}));/g,
    (whole, named: string | undefined, code: string | undefined) =>
      named !== undefined
        ? ENTITIES[named] ?? whole
        : code !== undefined
        ? String.fromCodePoint(Number(code))
        : whole,
  ) ?? null;
}
