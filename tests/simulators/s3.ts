import { signatureFault } from "./s3_signature.ts";

/** How the next requests go wrong. */
export interface S3Faults {
  /** Answers so many requests with 503. */
  busy: number;
  /** Milliseconds before each answer. */
  slow: number;
  /** Ends the bodies of objects after half of them. */
  cut: boolean;
  /** Sends the beginning of an object's body, and nothing more. */
  stuck: boolean;
  /** Changes a byte of each object that is read. */
  damaged: boolean;
  /** Refuses whatever is signed. */
  denied: boolean;
  /** Breaks the connection after so many parts were taken. */
  breakAfterParts: number;
  /** Answers the completion of an upload with 200 and an error. */
  incomplete: boolean;
}

const NONE: S3Faults = {
  busy: 0,
  slow: 0,
  cut: false,
  stuck: false,
  damaged: false,
  denied: false,
  breakAfterParts: Infinity,
  incomplete: false,
};
const KEYS = { accessKey: "AKEY", secretKey: "a/secret+of=the bucket", region: "eu-central-1" };
/** Objects on one page of a list. */
const PAGE = 3;
const SMALLEST_PART = 5 * 1024 * 1024;

type Bytes = Uint8Array<ArrayBuffer>;

/** A server with one bucket, at the wire: signatures, lists by pages, uploads in parts. */
export class S3Simulator implements AsyncDisposable {
  readonly objects = new Map<string, Bytes>();
  readonly uploads = new Map<string, Map<number, Bytes>>();
  readonly asked: string[] = [];
  faults: S3Faults = { ...NONE };
  private readonly server: Deno.HttpServer<Deno.NetAddr>;
  private readonly ending = new AbortController();
  private parts = 0;

  constructor() {
    this.server = Deno.serve(
      { port: 0, hostname: "127.0.0.1", onListen: () => {} },
      (request) => this.answer(request),
    );
  }

  /** The setting that names it, with a prefix that has letters to encode. */
  get url(): string {
    const { accessKey, secretKey, region } = KEYS;
    const pair = `${encodeURIComponent(accessKey)}:${encodeURIComponent(secretKey)}`;
    return `http://${pair}@127.0.0.1:${this.server.addr.port}/backups/my%20team?region=${region}`;
  }

  /** Names of objects without the prefix. */
  get names(): string[] {
    return [...this.objects.keys()].map((key) => key.replace(/^my team\//, "")).sort();
  }

  fail(how: Partial<S3Faults>): void {
    this.faults = { ...NONE, ...how };
    this.parts = 0;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.ending.abort();
    await this.server.shutdown();
  }

  private async answer(request: Request): Promise<Response> {
    const { faults } = this;
    const body = new Uint8Array(await request.arrayBuffer());
    const url = new URL(request.url);
    this.asked.push(`${request.method} ${url.pathname}${url.search}`);
    if (faults.slow > 0) await pause(faults.slow, this.ending.signal);
    if (faults.busy > 0) {
      faults.busy--;
      return problem(503, "SlowDown");
    }
    const target = request.url.slice(url.origin.length);
    const came = { method: request.method, target, headers: request.headers, body };
    const fault = await signatureFault(came, KEYS);
    if (fault !== null) return problem(fault === "XAmzContentSHA256Mismatch" ? 400 : 403, fault);
    if (faults.denied) return problem(403, "AccessDenied");
    const [, bucket, ...rest] = url.pathname.split("/").map(decodeURIComponent);
    if (bucket !== "backups") return problem(404, "NoSuchBucket");
    const key = rest.join("/");
    const query = url.searchParams;
    if (request.method === "GET" && key === "") return this.list(query);
    if (query.has("uploads") || query.has("uploadId")) {
      return await this.multipart(request.method, key, query, body);
    }
    switch (request.method) {
      case "PUT":
        this.objects.set(key, body);
        return new Response(null, { headers: { etag: '"1"' } });
      case "DELETE":
        this.objects.delete(key);
        return new Response(null, { status: 204 });
      default:
        return this.read(request.method, key);
    }
  }

  private read(method: string, key: string): Response {
    const found = this.objects.get(key)?.slice();
    if (found === undefined) return problem(404, "NoSuchKey");
    const { cut, stuck, damaged } = this.faults;
    if (damaged) found[found.length >> 1] = (found[found.length >> 1] ?? 0) ^ 1;
    const headers = { "content-length": String(found.length) };
    if (method === "HEAD") return new Response(null, { headers });
    if (!cut && !stuck) return new Response(found, { headers });
    const half = found.subarray(0, Math.ceil(found.length / 2));
    const ended = this.ending.signal;
    return new Response(
      new ReadableStream({
        async start(stream) {
          stream.enqueue(half);
          if (stuck) await pause(60_000, ended);
          // A body that is shorter than its length breaks the connection.
          stream.error(new Error("cut off"));
        },
      }),
      { headers },
    );
  }

  private list(query: URLSearchParams): Response {
    const prefix = query.get("prefix") ?? "";
    const after = query.get("continuation-token") ?? "";
    const keys = [...this.objects.keys()].filter((key) => key.startsWith(prefix) && key > after)
      .sort();
    const page = keys.slice(0, PAGE);
    const more = keys.length > PAGE;
    const contents = page.map((key) =>
      `<Contents><Key>${escaped(key)}</Key><Size>${this.objects.get(key)?.length}</Size></Contents>`
    ).join("");
    const token = more
      ? `<NextContinuationToken>${escaped(page.at(-1) ?? "")}</NextContinuationToken>`
      : "";
    return xml(
      `<ListBucketResult><IsTruncated>${more}</IsTruncated>${contents}${token}</ListBucketResult>`,
    );
  }

  private async multipart(
    method: string,
    key: string,
    query: URLSearchParams,
    body: Bytes,
  ): Promise<Response> {
    if (query.has("uploads")) {
      const id = `upload & ${crypto.randomUUID()}`;
      this.uploads.set(id, new Map());
      return xml(
        `<InitiateMultipartUploadResult><UploadId>${
          escaped(id)
        }</UploadId></InitiateMultipartUploadResult>`,
      );
    }
    const id = query.get("uploadId") ?? "";
    const parts = this.uploads.get(id);
    if (parts === undefined) return problem(404, "NoSuchUpload");
    if (method === "PUT") {
      if (this.parts++ >= this.faults.breakAfterParts) return problem(500, "InternalError");
      parts.set(Number(query.get("partNumber")), body);
      return new Response(null, { headers: { etag: `"part-${query.get("partNumber")}"` } });
    }
    this.uploads.delete(id);
    if (method === "DELETE") return new Response(null, { status: 204 });
    if (this.faults.incomplete) {
      this.uploads.set(id, parts);
      return xml("<Error><Code>InternalError</Code></Error>");
    }
    const text = new TextDecoder().decode(body);
    const numbers = [...text.matchAll(/<PartNumber>(\d+)<\/PartNumber><ETag>([^<]*)<\/ETag>/g)];
    const pieces = numbers.map(([, number, tag]) =>
      tag === `&quot;part-${number}&quot;` ? parts.get(Number(number)) : undefined
    );
    if (
      pieces.some((piece, i) =>
        piece === undefined || (i < pieces.length - 1 && piece.length < SMALLEST_PART)
      )
    ) return problem(400, "InvalidPart");
    this.objects.set(key, new Uint8Array(await new Blob(pieces.filter(isBytes)).arrayBuffer()));
    return xml("<CompleteMultipartUploadResult></CompleteMultipartUploadResult>");
  }
}

const isBytes = (piece: Bytes | undefined): piece is Bytes => piece !== undefined;

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}

function xml(text: string): Response {
  return new Response(`<?xml version="1.0" encoding="UTF-8"?>\n${text}`, {
    headers: { "content-type": "application/xml" },
  });
}

function problem(status: number, code: string): Response {
  return new Response(`<Error><Code>${code}</Code><Message>a secret</Message></Error>`, {
    status,
  });
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  signal.addEventListener("abort", () => resolve(), { once: true });
  return promise.finally(() => clearTimeout(timer));
}
