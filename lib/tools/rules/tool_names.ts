import { TOOL_LIMITS } from "./tool.ts";

/** Words that are addresses of their own below /admin/tools. */
const RESERVED = new Set(["new", "import", "export", "bin", "order", "preview"]);

/** An id made of a name: `"Ánálisis de datos!"` → `"analisis-de-datos"`; `"tool"` where no letter is left. */
export function idFrom(name: string): string {
  const slug = name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()
    .replace(/[^a-z0-9]+/g, "-").slice(0, TOOL_LIMITS.id - 4).replace(/^-+|-+$/g, "");
  if (slug === "") return "tool";
  return RESERVED.has(slug) ? `${slug}-tool` : slug;
}

/** Whether an id would stand in the way of a page. */
export function isReserved(id: string): boolean {
  return RESERVED.has(id);
}

/** The first of `id`, `id-2`, `id-3` … that is not taken. */
export function freeId(id: string, taken: ReadonlySet<string>): string {
  if (!taken.has(id)) return id;
  for (let n = 2;; n++) {
    const next = `${id.slice(0, TOOL_LIMITS.id - 1 - String(n).length)}-${n}`;
    if (!taken.has(next)) return next;
  }
}

/** The name of a copy: `"Tutor (copy)"`, then `"Tutor (copy 2)"`, within the bounds of a name. */
export function copyName(name: string, taken: ReadonlySet<string>): string {
  const bare = name.replace(/ \(copy(?: \d+)?\)$/, "");
  for (let n = 1;; n++) {
    const mark = n === 1 ? " (copy)" : ` (copy ${n})`;
    const copy = clip(bare, TOOL_LIMITS.name - mark.length) + mark;
    if (!taken.has(sameName(copy))) return copy;
  }
}

/** What two names that people take for the same have in common. */
export function sameName(name: string): string {
  return name.normalize("NFKC").trim().replace(/\s+/g, " ").toLowerCase();
}

/** At most `units` UTF-16 units, never half a character. */
function clip(text: string, units: number): string {
  const cut = text.slice(0, units);
  return /[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut;
}
