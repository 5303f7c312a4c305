/** A response of this type, whatever type the init has. */
export function withType(body: string, type: string, init: ResponseInit = {}): Response {
  if (init.headers === undefined) {
    return new Response(body, { ...init, headers: { "content-type": type } });
  }
  const headers = new Headers(init.headers);
  headers.set("content-type", type);
  return new Response(body, { ...init, headers });
}
