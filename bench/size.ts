import { Buffer } from "node:buffer";
import { gzipSync } from "node:zlib";

/** Gzipped bytes of all scripts that a page loads; `page` is its HTML. */
export async function scriptBytes(
  page: string,
  read: (path: string) => Promise<Uint8Array>,
): Promise<number> {
  const seen = new Set<string>();
  const todo = [...page.matchAll(/["'(](\/[\w./-]+\.js)/g)].map(([, path = ""]) => path);
  let total = 0;
  for (let path = todo.pop(); path !== undefined; path = todo.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    const bytes = await read(path);
    total += gzipSync(Buffer.from(bytes), { level: 9 }).length;
    const code = new TextDecoder().decode(bytes);
    // Static imports only: a dynamic one is loaded on demand.
    for (const [, name = ""] of code.matchAll(/(?:from|import)\s*["']\.\/([\w.-]+\.js)["']/g)) {
      todo.push(path.slice(0, path.lastIndexOf("/") + 1) + name);
    }
  }
  return total;
}
