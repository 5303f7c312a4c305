import { Buffer } from "node:buffer";
import type { HttpClient } from "../../platform/http_client.ts";
import { ProviderError } from "../provider.ts";
import { type ListedModel, listedModels } from "../rules/listed_models.ts";

/** Most bytes of an answer. */
const MOST_BYTES = 4 << 20;

/**
 * Asks a provider for its list of models.
 * @returns null for an answer that is no list
 * @throws {ProviderError} for a refusal; the connection's error otherwise
 */
export async function askForModels(
  http: HttpClient,
  { url, headers }: { url: URL; headers: Readonly<Record<string, string>> },
  signal: AbortSignal,
): Promise<ListedModel[] | null> {
  const message = await http.send({ url, method: "GET", headers, signal });
  const { statusCode: status = 0 } = message;
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of message) {
    if (!(piece instanceof Uint8Array)) continue;
    length += piece.length;
    if (length > MOST_BYTES) {
      message.destroy();
      return null;
    }
    pieces.push(piece);
  }
  if (status < 200 || status >= 300) {
    throw new ProviderError("refused", `The list of models was answered with ${status}`, {
      status,
    });
  }
  try {
    const json: unknown = JSON.parse(Buffer.concat(pieces).toString());
    return listedModels(json, new Date().toISOString().slice(0, 10));
  } catch {
    return null;
  }
}
