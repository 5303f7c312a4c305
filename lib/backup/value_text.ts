/**
 * Values of Deno KV as JSON, and back. JSON's own values stand as they are; all others are an
 * object whose first key is `$`, with the kind, and `v`.
 *
 *   {"$":"undef"}                  undefined
 *   {"$":"num","v":"NaN"}          -0, NaN and the infinities
 *   {"$":"big","v":"12"}           a bigint
 *   {"$":"u64","v":"12"}           Deno.KvU64
 *   {"$":"str","v":[55296]}        a string with a lone surrogate, by UTF-16 units
 *   {"$":"u8","v":"AAE="}          bytes, in base64
 *   {"$":"date","v":0}             a Date; null when it is invalid
 *   {"$":"map","v":[[k,v]]}        a Map
 *   {"$":"set","v":[v]}            a Set
 *   {"$":"arr","n":9,"v":[[0,v]]}  an array with holes
 *   {"$":"obj","v":[[k,v]]}        an object that has a key `$`
 */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** A value that no record has, or a text that is none. */
export class NotStorable extends Error {
  override name = "NotStorable";
}

const DEEPEST = 200;

/** @throws {NotStorable} for values that Deno KV cannot store, or that hold themselves. */
export function toJson(value: unknown, depth = 0): Json {
  if (depth > DEEPEST) throw new NotStorable("depth");
  switch (typeof value) {
    case "undefined":
      return { $: "undef" };
    case "boolean":
      return value;
    case "string":
      return value.isWellFormed()
        ? value
        : { $: "str", v: Array.from({ length: value.length }, (_, i) => value.charCodeAt(i)) };
    case "number":
      return Number.isFinite(value) && !Object.is(value, -0)
        ? value
        : { $: "num", v: Object.is(value, -0) ? "-0" : String(value) };
    case "bigint":
      return { $: "big", v: String(value) };
    case "object":
      return value === null ? null : objectToJson(value, depth + 1);
    default:
      throw new NotStorable(typeof value);
  }
}

function objectToJson(value: object, depth: number): Json {
  const each = (inner: unknown) => toJson(inner, depth);
  if (Array.isArray(value)) return arrayToJson(value, each);
  if (value instanceof Uint8Array) return { $: "u8", v: value.toBase64() };
  if (value instanceof Deno.KvU64) return { $: "u64", v: String(value.value) };
  if (value instanceof Date) {
    const at = value.getTime();
    return { $: "date", v: Number.isNaN(at) ? null : at };
  }
  if (value instanceof Map) {
    return { $: "map", v: Array.from(value, ([k, v]) => [each(k), each(v)]) };
  }
  if (value instanceof Set) return { $: "set", v: Array.from(value, each) };
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    throw new NotStorable(`class ${value.constructor?.name}`);
  }
  const entries = Object.entries(value).map(([key, inner]): [string, Json] => [key, each(inner)]);
  const isPlain = entries.every(([key]) => key !== "$" && key.isWellFormed());
  if (isPlain) return Object.fromEntries(entries);
  return { $: "obj", v: entries.map(([key, inner]) => [each(key), inner]) };
}

function arrayToJson(value: readonly unknown[], each: (inner: unknown) => Json): Json {
  const own = Object.keys(value);
  if (own.length === value.length) return value.map(each);
  return { $: "arr", n: value.length, v: own.map((at) => [Number(at), each(value[Number(at)])]) };
}

/** @throws {NotStorable} for what {@link toJson} never makes. */
export function fromJson(json: unknown): unknown {
  if (typeof json !== "object" || json === null) return json;
  if (Array.isArray(json)) return json.map(fromJson);
  if (!Object.hasOwn(json, "$")) {
    return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, fromJson(value)]));
  }
  const { $: kind, v, n }: { $?: unknown; v?: unknown; n?: unknown } = json;
  switch (kind) {
    case "undef":
      return undefined;
    case "num":
      if (v === "-0" || v === "NaN" || v === "Infinity" || v === "-Infinity") return Number(v);
      break;
    case "big":
      if (isWhole(v)) return BigInt(v);
      break;
    case "u64":
      if (isWhole(v) && BigInt(v) >= 0n && BigInt(v) < 2n ** 64n) return new Deno.KvU64(BigInt(v));
      break;
    case "str":
      if (Array.isArray(v)) return v.map((unit) => String.fromCharCode(unitOf(unit))).join("");
      break;
    case "u8":
      if (typeof v === "string") return bytesOf(v);
      break;
    case "date":
      if (v === null || typeof v === "number") return new Date(v ?? NaN);
      break;
    case "map":
      return new Map(pairsOf(v).map(([key, value]) => [fromJson(key), fromJson(value)]));
    case "set":
      if (Array.isArray(v)) return new Set(v.map(fromJson));
      break;
    case "arr":
      return sparse(pairsOf(v), n);
    case "obj":
      return Object.fromEntries(
        pairsOf(v).map(([key, value]) => [String(fromJson(key)), fromJson(value)]),
      );
  }
  throw new NotStorable(`kind ${String(kind).slice(0, 20)}`);
}

/** Longest array that Deno KV's 64 KiB a value can hold many times over. */
const LONGEST_ARRAY = 1_000_000;

function sparse(pairs: readonly [unknown, unknown][], length: unknown): unknown[] {
  if (typeof length !== "number" || !(length >= 0 && length <= LONGEST_ARRAY)) {
    throw new NotStorable("array length");
  }
  const array = new Array<unknown>(length);
  for (const [at, value] of pairs) {
    if (typeof at !== "number" || !Number.isInteger(at) || at < 0 || at >= length) {
      throw new NotStorable("array index");
    }
    array[at] = fromJson(value);
  }
  return array;
}

function pairsOf(value: unknown): [unknown, unknown][] {
  if (!Array.isArray(value)) throw new NotStorable("pairs");
  return value.map((pair: unknown): [unknown, unknown] => {
    if (!Array.isArray(pair) || pair.length !== 2) throw new NotStorable("pair");
    return [pair[0], pair[1]];
  });
}

function isWhole(value: unknown): value is string {
  return typeof value === "string" && /^-?\d{1,20000}$/.test(value);
}

function unitOf(value: unknown): number {
  if (typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= 0xffff) {
    return value;
  }
  throw new NotStorable("unit");
}

function bytesOf(text: string): Uint8Array {
  try {
    return Uint8Array.fromBase64(text, { lastChunkHandling: "strict" });
  } catch {
    throw new NotStorable("base64");
  }
}
