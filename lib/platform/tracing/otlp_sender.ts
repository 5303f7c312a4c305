import { Buffer } from "node:buffer";
import type { IncomingMessage } from "node:http";
import type { HttpClient } from "../http_client.ts";

const ANSWER_MS = 10_000;
/** Longest wait for a receiver while the program ends. */
const CLOSING_MS = 2_000;
/** Bytes that are read of an answer, so that its connection can be used again. */
const MOST_READ = 64 * 1_024;

interface Receiver {
  /** Address of the receiver, without a path such as `/v1/traces`. */
  endpoint: string;
  headers: Readonly<Record<string, string>>;
  http: HttpClient;
}

/** What a receiver answered; null without an answer. */
export type OtlpAnswer = number | null;

/** Sends requests to a receiver of OTLP over HTTP, in JSON. */
export class OtlpSender {
  private late = new AbortController();

  constructor(private readonly receiver: Receiver) {}

  async send(path: "/v1/traces" | "/v1/metrics", body: unknown): Promise<OtlpAnswer> {
    const { endpoint, headers, http } = this.receiver;
    try {
      const message = await http.send({
        url: new URL(endpoint + path),
        method: "POST",
        headers: { ...headers, "content-type": "application/json" },
        body: Buffer.from(JSON.stringify(body)),
        signal: AbortSignal.any([AbortSignal.timeout(ANSWER_MS), this.late.signal]),
      });
      await readToEnd(message);
      return message.statusCode ?? null;
    } catch {
      return null;
    }
  }

  /** Runs the last requests, and gives them up after a short time: a receiver delays no end. */
  async ending(work: () => Promise<unknown>): Promise<void> {
    const { late } = this;
    const timer = setTimeout(() => late.abort(), CLOSING_MS);
    try {
      await work();
    } finally {
      clearTimeout(timer);
      if (late.signal.aborted) this.late = new AbortController();
    }
  }
}

/** Reads an answer, so that the next request begins after it; one without an end is cut off. */
async function readToEnd(message: IncomingMessage): Promise<void> {
  let bytes = 0;
  try {
    for await (const piece of message) {
      bytes += piece.length;
      if (bytes > MOST_READ) break;
    }
  } catch {
    // The status came: what was sent was taken or refused.
  }
}

/** Why a receiver took nothing, for the log; null when it did. */
export function whyRefused(answer: OtlpAnswer): string | null {
  if (answer === null) return "it cannot be reached";
  return answer >= 200 && answer <= 299 ? null : `status ${answer}`;
}
