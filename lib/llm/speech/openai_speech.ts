import { Buffer } from "node:buffer";
import type { IncomingMessage } from "node:http";
import { headersOf, type HttpClient, toResponse } from "../../platform/http_client.ts";
import { OpenAiFailures, refusalOf } from "../openai/errors.ts";
import { ProviderError } from "../provider.ts";

/** A minute has at most 1 MB. */
const MAX_BYTES = 8 << 20;
/** Of the whole call: small machines of one's own take about as long as the speech. */
const TIMEOUT_MS = 120_000;

interface SpeechOptions {
  url: URL;
  /** Name in failures. */
  company: string;
  /** None for servers that take anybody. */
  key: string | undefined;
  model: string;
  http: HttpClient;
  timeoutMs?: number;
}

/**
 * Asks a server with OpenAI's `/v1/audio/speech` for Ogg/Opus.
 * OpenAI's own ends on 2027-01-06; Kokoro, Piper and others speak the same.
 */
export function openAiSpeech(
  { url, company, key, model, http, timeoutMs = TIMEOUT_MS }: SpeechOptions,
) {
  const failures = new OpenAiFailures(company);
  return async (
    { text, voice }: { text: string; voice: string },
    aborted: AbortSignal,
  ): Promise<Uint8Array<ArrayBuffer>> => {
    if (aborted.aborted) throw new ProviderError("down", "Aborted before the request");
    const limit = AbortSignal.timeout(timeoutMs);
    const body = { model, input: text, voice, response_format: "opus" };
    try {
      const message = await http.send({
        url,
        method: "POST",
        headers: {
          "content-type": "application/json",
          ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
        },
        body: JSON.stringify(body),
        signal: AbortSignal.any([aborted, limit]),
      });
      const status = message.statusCode ?? 0;
      if (status < 200 || status >= 300) {
        const refusal = await refusalOf(await toResponse(message));
        throw failures.refused({ status, headers: headersOf(message) }, refusal);
      }
      return await soundOf(message, company);
    } catch (error) {
      if (error instanceof ProviderError) throw error;
      if (limit.aborted) {
        throw new ProviderError("timeout", `${company} sent no speech within the time limit`);
      }
      if (aborted.aborted) throw new ProviderError("broken", "The speech was aborted");
      throw failures.of(error);
    }
  };
}

/** The whole body; a cut one is an error of the connection. */
async function soundOf(
  message: IncomingMessage,
  company: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of message) {
    pieces.push(piece);
    if ((length += piece.length) <= MAX_BYTES) continue;
    message.destroy();
    const generated = { generated: true };
    throw new ProviderError("broken", `${company} sent more than a voice note holds`, generated);
  }
  if (!message.complete) throw new Error("The speech was cut off");
  return Uint8Array.from(Buffer.concat(pieces));
}
