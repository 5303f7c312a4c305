import { TOOL_LIMITS } from "./tool.ts";

/** Pages below /admin/tools, whose names no tool may have as id. */
const RESERVED = new Set(["new", "import", "export", "bin", "order", "preview"]);

/**
 * An id from a name: `"Ánálisis de datos!"` → `"analisis-de-datos"`.
 * `"tool"` if no letter is left.
 */
export function idFrom(name: string): string {
  const slug = name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()
    .replace(/[^a-z0-9]+/g, "-").slice(0, TOOL_LIMITS.id - 4).replace(/^-+|-+$/g, "");
  if (slug === "") return "tool";
  return RESERVED.has(slug) ? `${slug}-tool` : slug;
}

/** Whether an id is also the address of a page. */
export function isReserved(id: string): boolean {
  return RESERVED.has(id);
}

/** The first free one of `id`, `id-2`, `id-3` …. */
export function freeId(id: string, taken: ReadonlySet<string>): string {
  if (!taken.has(id)) return id;
  for (let n = 2;; n++) {
    const next = `${id.slice(0, TOOL_LIMITS.id - 1 - String(n).length)}-${n}`;
    if (!taken.has(next)) return next;
  }
}

/** A copy's name, within the limit: `"Tutor (copy)"`, then `"Tutor (copy 2)"`. */
export function copyName(name: string, taken: ReadonlySet<string>): string {
  const bare = name.replace(/ \(copy(?: \d+)?\)$/, "");
  for (let n = 1;; n++) {
    const mark = n === 1 ? " (copy)" : ` (copy ${n})`;
    const copy = clip(bare, TOOL_LIMITS.name - mark.length) + mark;
    if (!taken.has(sameName(copy))) return copy;
  }
}

/** Key under which names that look alike are equal. */
export function sameName(name: string): string {
  return name.normalize("NFKC").trim().replace(/\s+/g, " ").toLowerCase();
}

/** At most `units` UTF-16 units, without splitting a character. */
function clip(text: string, units: number): string {
  const cut = text.slice(0, units);
  return /[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut;
}
