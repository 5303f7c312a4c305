import type { Answered } from "./openai_bodies.ts";

/** The error of a server that refuses fields by name, if the request has one of them. */
export function refusing(
  body: Record<string, unknown>,
  fields: readonly string[],
): Answered | null {
  const field = fields.find((each) => each === "system" ? hasSystem(body) : each in body);
  if (field === undefined) return null;
  const message = field === "system"
    ? "Only user and assistant roles are supported!"
    : `Unsupported parameter: '${field}' is not supported with this model.`;
  const error = {
    message,
    type: "invalid_request_error",
    param: field,
    code: "unsupported_parameter",
  };
  return {
    status: 400,
    type: "application/json",
    framing: "length",
    body: JSON.stringify({ error }),
  };
}

function hasSystem({ messages }: Record<string, unknown>): boolean {
  return Array.isArray(messages) && messages[0]?.role === "system";
}
