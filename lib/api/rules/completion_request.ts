import { AppError } from "../../platform/errors.ts";
import { type ClientMessage, parseMessages } from "./client_messages.ts";
import { invalid, isObject } from "./parameters.ts";

/** A request of `POST /v1/chat/completions`, checked. */
export interface CompletionRequest {
  /** Id of the tool. */
  model: string;
  messages: ClientMessage[];
  stream: boolean;
  /** Whether a stream ends with a chunk of the usage. */
  includeUsage: boolean;
  /** Null for the tool's own. */
  maxTokens: number | null;
  temperature: number | null;
  stop: string[];
}

const LONGEST_STOP = 200;
const MOST_STOPS = 4;

/** Whether a parameter asks for something that is not done here; other unknown ones are ignored. */
const UNSUPPORTED: Readonly<Record<string, (value: unknown) => boolean>> = {
  tools: isFilled,
  functions: isFilled,
  n: (value) => value !== 1,
  logprobs: (value) => value !== false,
  top_logprobs: (value) => value !== 0,
  audio: () => true,
  modalities: (value) => !(Array.isArray(value) && value.every((each) => each === "text")),
  response_format: (value) => !(isObject(value) && value.type === "text"),
  web_search_options: () => true,
};

/**
 * Checks a request's body.
 * @throws {AppError} `invalid`, with the parameter as its field
 */
export function parseCompletion(body: unknown): CompletionRequest {
  if (!isObject(body)) throw invalid("body", "object");
  for (const [name, isAsked] of Object.entries(UNSUPPORTED)) {
    const value = body[name];
    if (value !== undefined && value !== null && isAsked(value)) {
      throw new AppError("invalid", { code: "api.unsupported", parameter: name }, { field: name });
    }
  }
  const { model, stream_options } = body;
  if (typeof model !== "string" || model === "") throw invalid("model", "model");
  const options = stream_options ?? {};
  if (!isObject(options)) throw invalid("stream_options", "object");
  return {
    model,
    messages: parseMessages(body.messages),
    stream: flag(body.stream, "stream"),
    includeUsage: flag(options.include_usage, "stream_options.include_usage"),
    maxTokens: count(body.max_completion_tokens, "max_completion_tokens") ??
      count(body.max_tokens, "max_tokens"),
    temperature: temperature(body.temperature),
    stop: stops(body.stop),
  };
}

function isFilled(value: unknown): boolean {
  return !Array.isArray(value) || value.length > 0;
}

function flag(value: unknown, name: string): boolean {
  if (value === undefined || value === null) return false;
  if (typeof value !== "boolean") throw invalid(name, "boolean");
  return value;
}

function count(value: unknown, name: string): number | null {
  if (value === undefined || value === null) return null;
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 1) {
    throw invalid(name, "positiveCount");
  }
  return value;
}

function temperature(value: unknown): number | null {
  if (value === undefined || value === null) return null;
  if (typeof value !== "number" || !(value >= 0 && value <= 2)) {
    throw invalid("temperature", "temperature");
  }
  return value;
}

function stops(value: unknown): string[] {
  if (value === undefined || value === null) return [];
  const all: unknown[] = Array.isArray(value) ? value : [value];
  const texts = all.filter((each) => typeof each === "string");
  const fits = texts.length === all.length && all.length <= MOST_STOPS &&
    texts.every(({ length }) => length > 0 && length <= LONGEST_STOP);
  if (!fits) throw invalid("stop", "stop");
  return texts;
}
