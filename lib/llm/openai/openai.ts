import { DEFAULT_LIMITS } from "../deadline.ts";
import { BoundedMap } from "../../shared/bounded_map.ts";
import { type Route, routeTo } from "./http_client.ts";
import { Call } from "./call.ts";
import type { Field } from "./fields.ts";
import { limitsOf, type Patience } from "./limits.ts";
import { chatBody, OPENAI_URL } from "./request.ts";
import type { Provider } from "../provider.ts";

export interface OpenAiOptions extends Patience {
  apiKey: string;
  /** Address of the API or of a server compatible with it, its version included; OpenAI's own by default. */
  baseUrl?: string;
}

/** Of how many models it is remembered which fields they refuse. */
const MOST_MODELS = 500;
const NONE: ReadonlySet<Field> = new Set();

/**
 * OpenAI's chat completions, and those of servers compatible with them. The
 * official SDK (loaded at the first call) says where a request goes and with
 * which headers; that is the same for every call, so it is asked once: its work
 * for each call costs more than all of ours. The answer is read straight from
 * the socket: the SDK's own reader costs several times as much and takes a cut
 * stream for a whole one.
 */
export function openAi({ apiKey, baseUrl = OPENAI_URL, ...patience }: OpenAiOptions): Provider {
  let known: Route | Promise<Route> | undefined;
  const route = () => {
    if (known) return known;
    const asked = askSdk(apiKey, baseUrl);
    asked.then((found) => known = found, () => known = undefined);
    return known = asked;
  };
  const refused = new BoundedMap<string, ReadonlySet<Field>>(MOST_MODELS);
  return {
    name: "openai",
    simulated: false,
    stream: (request, signal, onText) => ({
      [Symbol.asyncIterator]: () => {
        const { model } = request;
        const call = new Call(limitsOf(model, baseUrl, patience), signal, onText);
        call.run({
          route,
          body: (without) => chatBody(request, baseUrl, without),
          without: refused.get(model) ?? NONE,
          learn: (without) => refused.set(model, without),
        });
        return call.parts;
      },
    }),
  };
}

async function askSdk(apiKey: string, baseURL: string): Promise<Route> {
  const { OpenAI } = await import("openai");
  const client = new OpenAI({
    apiKey,
    baseURL,
    logLevel: "off",
    // Else the SDK reads them from the environment, which is lib/config.ts's alone.
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
  return routeTo(new URL(url), "POST", new Headers(req.headers));
}
