import type { IncomingMessage } from "node:http";
import { HttpClient } from "../../platform/http_client.ts";
import { isOwnServer } from "../../shared/own_server.ts";
import type { Config } from "../../config.ts";
import type { CompatibleServer } from "../../config/models.ts";
import { apiAddress, isModelRuntime } from "../rules/server_address.ts";
import { DEFAULT_LIMITS } from "../deadline.ts";
import { OpenAiChunks } from "./chunks.ts";
import { OpenAiFailures, refusalOf } from "./errors.ts";
import { refusedField, type RequestField } from "./fields.ts";
import { dialectOf } from "./known_servers.ts";
import { streamLimits, type TimeoutOptions } from "../stream_limits.ts";
import { chatBody, OPENAI_URL, optionalFields } from "./request.ts";
import type { ModelRequest, Provider, ProviderKind } from "../provider.ts";
import { openAiTranscriber } from "./transcriber.ts";
import { askForModels } from "../listings/ask_for_models.ts";
import { RefusedFields } from "../refused_fields.ts";
import { streamReply } from "../streaming_call.ts";

export interface OpenAiOptions extends TimeoutOptions {
  /** The provider's name; `openai` by default. */
  name?: string;
  /** None for servers that take anybody. */
  apiKey: string | undefined;
  /** Address of a compatible API, version included; OpenAI's by default. */
  baseUrl?: string;
  /** Whether the organisation's own server answers; false by default. */
  own?: boolean;
  /** By default a client without proxies. */
  http?: HttpClient;
}

interface Endpoint {
  url: URL;
  headers: Record<string, string>;
}

/**
 * OpenAI's chat completions and compatible servers. The official SDK (loaded at the first call)
 * determines the address and headers. The response is read without it: the SDK's reader costs
 * several times as much and takes a cut stream for a whole one.
 */
export function openAi(
  {
    name = "openai",
    apiKey,
    baseUrl = OPENAI_URL,
    own = false,
    http = new HttpClient(),
    ...patience
  }: OpenAiOptions,
): Provider {
  const company = name === "openai" ? "OpenAI" : name;
  const failures = new OpenAiFailures(company);
  let endpoint: Promise<Endpoint> | undefined;
  const found = () =>
    endpoint ??= endpointOf(apiKey, baseUrl).catch((error) => {
      endpoint = undefined;
      throw error;
    });
  const fields = new RefusedFields<RequestField>(dialectOf(baseUrl).without);

  async function ask(request: ModelRequest, signal: AbortSignal): Promise<IncomingMessage> {
    const { url, headers } = await found();
    return await fields.send({
      model: request.model,
      body: (without) => chatBody(request, baseUrl, without),
      send: (body) => http.send({ url, method: "POST", headers, body, signal }),
      refusalOf,
      refusedField: (status, refusal, body) => refusedField(status, refusal, optionalFields(body)),
      failure: (response, refusal) => failures.refused(response, refusal),
    });
  }

  return {
    name,
    simulated: false,
    own,
    models: async (signal) => {
      const { url, headers } = await found();
      const list = new URL(url);
      list.pathname = list.pathname.replace(/\/chat\/completions$/, "/models");
      return await askForModels(http, { url: list, headers }, signal);
    },
    stream: (request, signal) => ({
      [Symbol.asyncIterator]: () => {
        const limits = streamLimits(request, baseUrl, patience);
        const open = (stop: AbortSignal) => ask(request, stop);
        const reader = () => new OpenAiChunks(failures);
        return streamReply({ company, limits, open, reader }, signal);
      },
    }),
  };
}

export const OPENAI: ProviderKind = {
  provider({ config, http }) {
    const options = openAiSettings(config);
    if (options === null) return null;
    const firstTokenSeconds = config.LLM_FIRST_TOKEN_SECONDS;
    return openAi({ ...options, firstTokenSeconds, http });
  },
  transcriber({ config, http }) {
    const options = openAiSettings(config);
    const model = config.LLM_TRANSCRIPTION_MODEL;
    return options && openAiTranscriber({ ...options, model, http });
  },
};

/** A server under a name of the organisation's choice. */
export function compatible({ name, url, key: apiKey }: CompatibleServer): ProviderKind {
  const baseUrl = apiAddress(url);
  const own = isOwnServer(baseUrl);
  return {
    provider({ config: { LLM_FIRST_TOKEN_SECONDS: firstTokenSeconds }, http }) {
      return openAi({ name, apiKey, baseUrl, own, firstTokenSeconds, http });
    },
  };
}

/** OpenAI's key and address; null without a key, which an own server does not need. */
function openAiSettings({ OPENAI_API_KEY: apiKey, OPENAI_BASE_URL: url }: Config) {
  const own = url !== undefined && isOwnServer(url);
  if (apiKey === undefined && !own) return null;
  return { apiKey, own, baseUrl: url !== undefined && isModelRuntime(url) ? apiAddress(url) : url };
}

async function endpointOf(apiKey: string | undefined, baseURL: string): Promise<Endpoint> {
  const { OpenAI } = await import("openai");
  const client = new OpenAI({
    // The SDK demands one.
    apiKey: apiKey ?? "none",
    baseURL,
    logLevel: "off",
    // Else the SDK reads them from the environment, which only lib/config.ts may.
    organization: null,
    project: null,
    adminAPIKey: null,
    webhookSecret: null,
  });
  const { url, req } = await client.buildRequest({
    method: "post",
    path: "/chat/completions",
    body: {},
    stream: true,
    timeout: DEFAULT_LIMITS.totalMs,
  });
  const headers = new Headers(req.headers);
  if (apiKey === undefined) headers.delete("authorization");
  return { url: new URL(url), headers: Object.fromEntries(headers) };
}
