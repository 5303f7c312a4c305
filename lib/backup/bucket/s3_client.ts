import type { IncomingMessage } from "node:http";
import type { BucketSettings } from "../../config/backup.ts";
import type { Clock } from "../../platform/clock.ts";
import { AppError } from "../../platform/errors.ts";
import { type HttpClient, toResponse } from "../../platform/http_client.ts";
import { awsEncoded, canonicalQuery, sha256, signed } from "./signature.ts";

type Bytes = Uint8Array<ArrayBuffer>;

export interface S3Deps {
  http: HttpClient;
  clock: Clock;
}

/** Time limits in ms; shorter ones are for tests. */
export interface S3Limits {
  /** For a request up to its response. */
  request: number;
  /** Between two pieces of a body that comes. */
  idle: number;
  /** Before the second attempt; doubled before each further one. */
  pause: number;
}

const LIMITS: S3Limits = { request: 5 * 60_000, idle: 60_000, pause: 1_000 };
const ATTEMPTS = 4;

interface S3Request {
  method: string;
  /** Name of an object; "" for the bucket. */
  name?: string;
  query?: Record<string, string>;
  body?: Uint8Array | string;
  signal?: AbortSignal;
}

/**
 * Requests to a bucket. All of them may be repeated, so an attempt that failed on the way or by the
 * server's fault is made again.
 */
export class S3Client {
  constructor(
    private readonly deps: S3Deps,
    private readonly settings: BucketSettings,
    private readonly limits: S3Limits = LIMITS,
  ) {}

  /**
   * Sends a request; returns the response with its text.
   * @throws {AppError} `unavailable` with the fault's code; `missing` for an object that is not there
   */
  async send(request: S3Request): Promise<{ text: string; headers: Headers }> {
    return await this.attempts(request, async (message, signal) => {
      const response = await toResponse(message);
      signal.throwIfAborted();
      return { text: await response.text(), headers: response.headers };
    });
  }

  /** Opens an object to read it as it comes. A body that ends early fails. */
  async open(name: string, signal?: AbortSignal): Promise<ReadableStream<Bytes>> {
    const request = { method: "GET", name, ...(signal ? { signal } : {}) };
    const message = await this.attempts(request, (message) => Promise.resolve(message));
    return ReadableStream.from(this.pieces(message));
  }

  private async *pieces(message: IncomingMessage): AsyncGenerator<Bytes> {
    const pieces: AsyncIterator<Uint8Array> = message[Symbol.asyncIterator]();
    try {
      for (;;) {
        // Only the server's time counts, not that of a reader who is slow itself.
        const timer = setTimeout(() => message.destroy(new Error("idle")), this.limits.idle);
        const { done, value } = await pieces.next().finally(() => clearTimeout(timer));
        if (done) break;
        yield Uint8Array.from(value);
      }
      if (!message.complete) throw new Error("cut off");
    } catch (cause) {
      throw new AppError("unavailable", { code: "backup.bucket_cut" }, { cause });
    } finally {
      message.destroy();
    }
  }

  private async attempts<T>(
    request: S3Request,
    read: (message: IncomingMessage, signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    for (let attempt = 1;; attempt++) {
      request.signal?.throwIfAborted();
      let fault: AppError;
      try {
        return await this.once(request, read);
      } catch (error) {
        if (request.signal?.aborted) throw request.signal.reason;
        fault = error instanceof AppError
          ? error
          : new AppError("unavailable", { code: "backup.bucket_unreachable" }, { cause: error });
        if (!fault.retryable || attempt === ATTEMPTS) throw fault;
      }
      await pause(this.limits.pause * 2 ** (attempt - 1), request.signal);
    }
  }

  private async once<T>(
    { method, name = "", query = {}, body = "", signal }: S3Request,
    read: (message: IncomingMessage, signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const { server, bucket, prefix } = this.settings;
    const object = name === "" ? "" : `/${prefix}${name}`;
    const path = `/${bucket}${object}`.split("/").map(awsEncoded).join("/");
    const url = new URL(`${server}${path}`);
    url.search = canonicalQuery(query);
    const headers = signed(
      { method, path, query, headers: { host: url.host }, bodyHash: sha256(body) },
      this.settings,
      this.deps.clock(),
    );
    // The limit ends with the response's head: a body may take longer.
    const limit = new AbortController();
    const timer = setTimeout(() => limit.abort(new Error("time")), this.limits.request);
    const ended = signal ? AbortSignal.any([limit.signal, signal]) : limit.signal;
    try {
      const message = await this.deps.http.send({
        url,
        method,
        headers,
        signal: ended,
        ...(body.length > 0 ? { body } : {}),
      });
      const status = message.statusCode ?? 0;
      if (status >= 200 && status < 300) return await read(message, ended);
      throw bucketRefusal(status, await (await toResponse(message)).text());
    } finally {
      clearTimeout(timer);
    }
  }
}

/** What a refusal means for who set the bucket up. The server's own text may have its secrets. */
export function bucketRefusal(status: number, text: string): AppError {
  const reason = /<Code>(\w{1,60})<\/Code>/.exec(text)?.[1] ?? "";
  if (reason === "NoSuchKey") return new AppError("missing", { code: "backup.gone" });
  const final = { retryable: false };
  if (reason === "RequestTimeTooSkewed") {
    return new AppError("unavailable", { code: "backup.bucket_clock" }, final);
  }
  if (status === 401 || status === 403) {
    return new AppError("unavailable", { code: "backup.bucket_denied" }, final);
  }
  if (reason === "NoSuchBucket") {
    return new AppError("unavailable", { code: "backup.bucket_missing" }, final);
  }
  if (status === 404) return new AppError("missing", { code: "backup.gone" });
  const again = status >= 500 || status === 429 || reason === "SlowDown" ||
    reason === "BadDigest" || reason === "XAmzContentSHA256Mismatch";
  return new AppError("unavailable", { code: "backup.bucket_failed", status }, {
    retryable: again,
  });
}

function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, ms);
  signal?.addEventListener("abort", () => resolve(), { once: true });
  return promise.finally(() => clearTimeout(timer));
}
