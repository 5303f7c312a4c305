import { Buffer } from "node:buffer";
import type { HttpClient } from "../http_client.ts";

const ANSWER_MS = 10_000;

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
  constructor(private readonly receiver: Receiver) {}

  async send(path: "/v1/traces" | "/v1/metrics", body: unknown): Promise<OtlpAnswer> {
    const { endpoint, headers, http } = this.receiver;
    try {
      const message = await http.send({
        url: new URL(endpoint + path),
        method: "POST",
        headers: { ...headers, "content-type": "application/json" },
        body: Buffer.from(JSON.stringify(body)),
        signal: AbortSignal.timeout(ANSWER_MS),
      });
      message.resume();
      return message.statusCode ?? null;
    } catch {
      return null;
    }
  }
}

/** Why a receiver took nothing, for the log; null when it did. */
export function whyRefused(answer: OtlpAnswer): string | null {
  if (answer === null) return "it cannot be reached";
  return answer >= 200 && answer <= 299 ? null : `status ${answer}`;
}
