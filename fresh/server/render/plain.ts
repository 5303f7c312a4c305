/**
 * True if JSON preserves a value: JSON types only, no shared references, no cycles.
 * Such props need no decoder in the browser.
 */
export function isPlain(value: unknown, seen: Set<object> = new Set()): boolean {
  if (value === null || typeof value === "string" || typeof value === "boolean") return true;
  if (typeof value === "number") return Number.isFinite(value) && !Object.is(value, -0);
  if (typeof value !== "object" || seen.has(value)) return false;
  seen.add(value);
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) if (!isPlain(value[i], seen)) return false;
    return true;
  }
  if (Object.getPrototypeOf(value) !== Object.prototype) return false;
  for (const [key, each] of Object.entries(value)) {
    if (key === "__proto__" || key === "toJSON" || !isPlain(each, seen)) return false;
  }
  return Object.getOwnPropertySymbols(value).length === 0;
}
