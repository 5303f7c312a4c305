import type { IncomingMessage } from "node:http";
import { HttpClient } from "../../platform/http_client.ts";
import { DEFAULT_LIMITS } from "../deadline.ts";
import { askForModels } from "../listings/ask_for_models.ts";
import { streamLimits, type TimeoutOptions } from "../stream_limits.ts";
import type { ModelRequest, Provider, ProviderKind } from "../provider.ts";
import { RefusedFields } from "../refused_fields.ts";
import { streamReply } from "../streaming_call.ts";
import { anthropicRefusal, refusedRequest } from "./errors.ts";
import { AnthropicEvents } from "./events.ts";
import { messageBody } from "./request.ts";
import { refusedThinking, type ThinkingField } from "./thinking.ts";

export interface AnthropicOptions extends TimeoutOptions {
  apiKey: string;
  /** Address of the API or a compatible one, with or without its `/v1`; Anthropic's by default. */
  baseUrl?: string;
  /** By default a client without proxies. */
  http?: HttpClient;
}

const ANTHROPIC_URL = "https://api.anthropic.com";

interface Endpoint {
  url: URL;
  headers: Record<string, string>;
}

/**
 * Anthropic's Messages API. The official SDK (loaded at the first call) determines the address, the
 * headers and the API's version; the response is read without it, see openai.ts.
 */
export function anthropic(
  { apiKey, baseUrl = ANTHROPIC_URL, http = new HttpClient(), ...patience }: AnthropicOptions,
): Provider {
  const server = baseUrl.replace(/\/+(v1\/*)?$/, "");
  let endpoint: Promise<Endpoint> | undefined;
  const found = () =>
    endpoint ??= endpointOf(apiKey, server).catch((error) => {
      endpoint = undefined;
      throw error;
    });
  const fields = new RefusedFields<ThinkingField>();

  async function ask(request: ModelRequest, signal: AbortSignal): Promise<IncomingMessage> {
    const { url, headers } = await found();
    return await fields.send({
      model: request.model,
      body: (without) => messageBody(request, without),
      send: (body) => http.send({ url, method: "POST", headers, body, signal }),
      refusalOf: anthropicRefusal,
      refusedField: refusedThinking,
      failure: refusedRequest,
    });
  }

  return {
    name: "anthropic",
    simulated: false,
    models: async (signal) => {
      const { url, headers } = await found();
      const list = new URL("models?limit=1000", url);
      return await askForModels(http, { url: list, headers }, signal);
    },
    stream: (request, signal) => ({
      [Symbol.asyncIterator]: () => {
        const limits = streamLimits(request, server, patience);
        const open = (stop: AbortSignal) => ask(request, stop);
        const reader = () => new AnthropicEvents();
        return streamReply({ company: "Anthropic", limits, open, reader }, signal);
      },
    }),
  };
}

export const ANTHROPIC: ProviderKind = {
  provider({ config, http }) {
    const { ANTHROPIC_API_KEY: apiKey, ANTHROPIC_BASE_URL: baseUrl } = config;
    const firstTokenSeconds = config.LLM_FIRST_TOKEN_SECONDS;
    if (apiKey === undefined) return null;
    return anthropic({ apiKey, baseUrl, firstTokenSeconds, http });
  },
};

async function endpointOf(apiKey: string, baseURL: string): Promise<Endpoint> {
  const { Anthropic } = await import("@anthropic-ai/sdk");
  const client = new Anthropic({
    apiKey,
    baseURL,
    logLevel: "off",
    // Else the SDK reads them from the environment, which only lib/config.ts may.
    authToken: null,
    webhookKey: null,
  });
  const { url, req } = await client.buildRequest({
    method: "post",
    path: "/v1/messages",
    body: {},
    stream: true,
    timeout: DEFAULT_LIMITS.totalMs,
  });
  return { url: new URL(url), headers: Object.fromEntries(new Headers(req.headers)) };
}
