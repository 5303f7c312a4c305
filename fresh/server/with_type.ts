/**
 * A response of this type, whatever type the init has. The headers are set
 * afterwards: given to the constructor, they cost Deno ten times as much.
 */
export function withType(body: string, type: string, init: ResponseInit = {}): Response {
  const { headers, ...rest } = init;
  const response = new Response(body, rest);
  if (headers !== undefined) {
    for (const [name, value] of new Headers(headers)) response.headers.append(name, value);
  }
  response.headers.set("content-type", type);
  return response;
}
