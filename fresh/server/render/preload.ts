import type { IslandRegistry } from "./island_registry.ts";
import type { IslandUse } from "./state.ts";

/** `Link` header that preloads a page's scripts in parallel. */
export function preloadHeader(
  { basePath, client }: IslandRegistry,
  islands: readonly IslandUse[],
): string {
  const urls = new Set([client.url, ...client.imports]);
  for (const { ref: { script } } of islands) {
    urls.add(script.url);
    for (const url of script.imports) urls.add(url);
  }
  let header = "";
  for (const url of urls) {
    header += `${header === "" ? "" : ", "}<${basePath}${url}>; rel=modulepreload`;
  }
  return header;
}
