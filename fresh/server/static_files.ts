import { CACHE_KEY } from "../runtime/asset.ts";
import { RequestContext } from "./context.ts";
import { type StaticFile, staticKey } from "./static_table.ts";
import type { Middleware } from "./types.ts";

const FOREVER = "public, max-age=31536000, immutable";
const NEVER = "no-cache, no-store, max-age=0, must-revalidate";
const KEEP_IN_MEMORY = 512 * 1024;

/** Serves the build's scripts and the files of static/. */
export function staticFiles<State>(): Middleware<State> {
  const kept = new WeakMap<StaticFile, Uint8Array<ArrayBuffer>>();

  return (ctx) => {
    if (!(ctx instanceof RequestContext) || ctx.build === null) return ctx.next();
    const { build, config, req } = ctx;
    const { pathname, search } = ctx.path;
    if (!pathname.startsWith(config.basePath)) return ctx.next();
    const key = staticKey(pathname.slice(config.basePath.length));
    const file = key === null ? undefined : build.statics.get(key);
    if (file === undefined) {
      return key === "/favicon.ico" ? new Response(null, { status: 404 }) : ctx.next();
    }
    if (req.method !== "GET" && req.method !== "HEAD") {
      return new Response("Method Not Allowed", { status: 405, headers: { allow: "GET, HEAD" } });
    }
    const wanted = search.includes(CACHE_KEY) ? ctx.url.searchParams.get(CACHE_KEY) : null;
    if (wanted !== null && wanted !== build.id) return withoutKey(ctx.url);
    return answer(file, req, file.immutable || wanted !== null);
  };

  async function answer(file: StaticFile, req: Request, immutable: boolean): Promise<Response> {
    const headers: Record<string, string> = {
      "content-type": file.type,
      "cache-control": immutable && file.hash !== "" ? FOREVER : NEVER,
    };
    if (file.hash !== "") {
      headers["etag"] = `W/"${file.hash}"`;
      headers["vary"] = "If-None-Match";
      const known = req.headers.get("if-none-match");
      if (known !== null && (known === file.hash || known === headers["etag"])) {
        return new Response(null, { status: 304, headers });
      }
    }
    const body = await contents(file);
    if (body instanceof Uint8Array) headers["content-length"] = String(body.byteLength);
    return new Response(body, { headers });
  }

  async function contents(file: StaticFile): Promise<BodyInit> {
    const { source } = file;
    if (source instanceof Uint8Array) return source;
    const known = kept.get(file);
    if (known !== undefined) return known;
    const { size } = await Deno.stat(source);
    if (size > KEEP_IN_MEMORY) return (await Deno.open(source)).readable;
    const bytes = await Deno.readFile(source);
    if (file.hash !== "") kept.set(file, bytes);
    return bytes;
  }
}

function withoutKey(url: URL): Response {
  const clean = new URL(url);
  clean.searchParams.delete(CACHE_KEY);
  const location = clean.pathname + clean.search;
  return new Response(null, { status: 307, headers: { location } });
}
