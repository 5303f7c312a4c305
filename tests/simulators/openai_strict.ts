import { type Answered, type OpenAiBodies, startOpenAiBodies } from "./openai_bodies.ts";

/** What one family of OpenAI's models takes, as its API's refusals say. */
interface Family {
  models: RegExp;
  /** Values of reasoning_effort; null when the field itself is refused. */
  efforts: readonly string[] | null;
  /** Whether another temperature than 1 is taken, or only with the effort none. */
  temperature: boolean | "effort none";
  /** Whether the older name of the limit is taken as well. */
  maxTokens: boolean;
  systemRole?: boolean;
}

const ANY = { temperature: true, maxTokens: true, efforts: null } as const;
const THINKS = { temperature: false, maxTokens: false } as const;

/** From the particular to the general: the first that matches counts. */
const FAMILIES: readonly Family[] = [
  {
    models: /^gpt-6-astra|^gpt-6\.1-sol/,
    ...THINKS,
    efforts: ["low", "medium", "high", "xhigh", "max"],
  },
  { models: /^gpt(-5(\.\d)?)?-chat-latest$/, ...ANY, maxTokens: false },
  {
    models: /^gpt-6/,
    efforts: ["none", "low", "medium", "high", "xhigh", "max"],
    temperature: "effort none",
    maxTokens: false,
  },
  {
    models: /^gpt-5\.[2-9]/,
    efforts: ["none", "low", "medium", "high", "xhigh"],
    temperature: "effort none",
    maxTokens: false,
  },
  {
    models: /^gpt-5\.1/,
    efforts: ["none", "low", "medium", "high"],
    temperature: "effort none",
    maxTokens: false,
  },
  { models: /^gpt-5/, ...THINKS, efforts: ["minimal", "low", "medium", "high"] },
  { models: /^o1-(mini|preview)/, ...THINKS, efforts: null, systemRole: false },
  { models: /^o\d/, ...THINKS, efforts: ["low", "medium", "high"] },
  { models: /^(chatgpt-4o|gpt-4|gpt-3)/, ...ANY },
];

const FIELDS = new Set(
  ("model messages stream stream_options temperature reasoning_effort max_tokens " +
    "max_completion_tokens").split(" "),
);

/** A simulator of OpenAI that refuses unsupported fields in OpenAI's words. */
export function startStrictOpenAi(reply: string): OpenAiBodies {
  return startOpenAiBodies(({ body }) => {
    const refused = strictRefusal(body);
    return refused === null ? { body: reply } : refusal(...refused);
  });
}

type Refusal = [code: string | null, param: string | null, message: string];

/** Why OpenAI would refuse a request; null when it would not. */
export function strictRefusal(body: Record<string, unknown>): Refusal | null {
  const model = String(body.model);
  const family = FAMILIES.find(({ models }) => models.test(model));
  if (!family) return ["model_not_found", "model", `The model \`${model}\` does not exist`];
  const strange = Object.keys(body).find((field) => !FIELDS.has(field));
  if (strange) return unrecognized(strange);
  const { messages, stream_options, temperature, reasoning_effort: effort } = body;
  const first = Array.isArray(messages) ? messages[0] : undefined;
  if (!first) return ["empty_array", "messages", "Invalid 'messages': empty array."];
  if (family.systemRole === false && first.role === "system") {
    return unsupportedValue("messages[0].role", "system");
  }
  if (stream_options !== undefined && body.stream !== true) {
    return [null, "stream_options", "The 'stream_options' parameter is only allowed when 'stream'"];
  }
  if (body.max_tokens !== undefined && !family.maxTokens) {
    return [
      "unsupported_parameter",
      "max_tokens",
      "Unsupported parameter: 'max_tokens' is not supported with this model. " +
      "Use 'max_completion_tokens' instead.",
    ];
  }
  if (effort !== undefined && family.efforts === null) return unrecognized("reasoning_effort");
  if (effort !== undefined && !family.efforts?.includes(String(effort))) {
    return unsupportedValue("reasoning_effort", String(effort));
  }
  const free = family.temperature === "effort none" ? effort === "none" : family.temperature;
  if (temperature !== undefined && temperature !== 1 && !free) {
    return unsupportedValue("temperature", String(temperature));
  }
  return null;
}

function unrecognized(field: string): Refusal {
  return [null, null, `Unrecognized request argument supplied: ${field}`];
}

function unsupportedValue(param: string, value: string): Refusal {
  const message = `Unsupported value: '${param}' does not support '${value}' with this model.`;
  return ["unsupported_value", param, message];
}

/** The response to a refused request. */
export function refusal(code: string | null, param: string | null, message: string): Answered {
  const error = { message, type: "invalid_request_error", param, code };
  return {
    status: code === "model_not_found" ? 404 : 400,
    type: "application/json",
    framing: "length",
    body: JSON.stringify({ error }),
  };
}
