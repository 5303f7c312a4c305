import { CACHE_KEY } from "../runtime/asset.ts";
import { RequestContext } from "./context.ts";
import { encode, pickEncoding } from "./encoding.ts";
import { type StaticFile, staticKey } from "./static_table.ts";
import type { Middleware } from "./types.ts";

type Bytes = Uint8Array<ArrayBuffer>;

const FOREVER = "public, max-age=31536000, immutable";
const NEVER = "no-cache, no-store, max-age=0, must-revalidate";
const KEEP_IN_MEMORY = 512 * 1024;

/** Serves the build's scripts and the files of static/. */
export function staticFiles<State>(): Middleware<State> {
  const kept = new WeakMap<StaticFile, Map<string, Bytes>>();

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
    // Development: the file may change at any time.
    if (file.hash === "") return new Response(await read(file), { headers });
    headers["etag"] = `W/"${file.hash}"`;
    headers["vary"] = "If-None-Match, Accept-Encoding";
    const known = req.headers.get("if-none-match");
    if (known !== null && (known === file.hash || known === headers["etag"])) {
      return new Response(null, { status: 304, headers });
    }
    const plain = await keep(file, "", () => read(file));
    if (plain === null) return new Response(await open(file), { headers });
    const encoding = pickEncoding(req.headers.get("accept-encoding"), file.type, plain.byteLength);
    const body = encoding && await keep(file, encoding, () => encode(plain, encoding)) || plain;
    if (encoding !== null) headers["content-encoding"] = encoding;
    headers["content-length"] = String(body.byteLength);
    return new Response(body, { headers });
  }

  /** Caches small files in memory, by encoding; null for large ones. */
  async function keep(
    file: StaticFile,
    form: string,
    make: () => Promise<Bytes>,
  ): Promise<Bytes | null> {
    const forms = kept.get(file) ?? new Map<string, Bytes>();
    const known = forms.get(form);
    if (known !== undefined) return known;
    if (form === "" && await sizeOf(file) > KEEP_IN_MEMORY) return null;
    const bytes = await make();
    kept.set(file, forms.set(form, bytes));
    return bytes;
  }
}

async function sizeOf({ source }: StaticFile): Promise<number> {
  return source instanceof URL ? (await Deno.stat(source)).size : source.byteLength;
}

async function read({ source }: StaticFile): Promise<Bytes> {
  return source instanceof URL ? await Deno.readFile(source) : source;
}

async function open({ source }: StaticFile): Promise<BodyInit> {
  return source instanceof URL ? (await Deno.open(source)).readable : source;
}

function withoutKey(url: URL): Response {
  const clean = new URL(url);
  clean.searchParams.delete(CACHE_KEY);
  const location = clean.pathname + clean.search;
  return new Response(null, { status: 307, headers: { location } });
}
