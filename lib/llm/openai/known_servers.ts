import type { RequestField } from "./fields.ts";

/** How a server's requests differ from OpenAI's, whatever the model. */
export interface ServerDialect {
  /** Fields left out from the first request on. */
  without: ReadonlySet<RequestField>;
  /** The limit's name for all its models; null where the model's name decides. */
  limit: "max_tokens" | "max_completion_tokens" | null;
}

const USUAL: ServerDialect = { without: new Set(), limit: null };

/** By the host; other differences are learned from the first refusal that names a field. */
const SERVERS: readonly [RegExp, Partial<ServerDialect>][] = [
  // Refuses every field that it does not know (422 extra_forbidden), and always sends its usage:
  // https://github.com/editor-code-assistant/eca/issues/231
  [/(^|\.)mistral\.ai$/, {
    without: new Set(["stream_options", "reasoning_effort"]),
    limit: "max_tokens",
  }],
  // A deployment's name says nothing of its model, and all current versions know the new name.
  [/\.(openai\.azure\.com|services\.ai\.azure\.com|cognitiveservices\.azure\.com)$/, {
    limit: "max_completion_tokens",
  }],
  // Documents the older name only: https://api-docs.deepseek.com/api/create-chat-completion
  [/(^|\.)deepseek\.com$/, { limit: "max_tokens" }],
];

/** The dialect of the server at an address. */
export function dialectOf(baseUrl: string): ServerDialect {
  const { hostname } = new URL(baseUrl);
  return { ...USUAL, ...SERVERS.find(([host]) => host.test(hostname))?.[1] };
}
