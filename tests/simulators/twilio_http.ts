import type http from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** `http://127.0.0.1:…` of a listening server. */
export function addressOf(server: http.Server): string {
  const address: string | AddressInfo | null = server.address();
  if (address === null || typeof address === "string") throw new Error("It does not listen");
  return `http://127.0.0.1:${address.port}`;
}

export async function textOf(request: IncomingMessage): Promise<string> {
  let text = "";
  request.setEncoding("utf-8");
  for await (const piece of request) text += piece;
  return text;
}

export function json(
  response: ServerResponse,
  status: number,
  body: Record<string, unknown>,
): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(JSON.stringify(body));
}

/** An error in Twilio's format. */
export function refuse(
  response: ServerResponse,
  status: number,
  code: number,
  retryAfter?: string,
): void {
  response.writeHead(status, {
    "content-type": "application/json",
    ...(retryAfter === undefined ? {} : { "retry-after": retryAfter }),
  });
  const message = "secret text of the server";
  response.end(JSON.stringify({ status, ...(code === 0 ? {} : { code }), message, more_info: "" }));
}
