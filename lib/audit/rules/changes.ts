/** Most characters of one side of an entry. */
const SIDE = 12_000;
/** Lengths to which its texts are cut, tried in turn until it fits. */
const TEXTS = [2_000, 500, 100, 20];
const SECRET = /password|secret|token|cookie|credential|csrf|api_?key|hash$/i;
const DEEPEST = 8;

/** A change in the audit log: both sides as compact JSON, null if absent. */
export interface Sides {
  before: string | null;
  after: string | null;
}

/**
 * The sides of an audit entry: of two objects the fields that differ.
 * Texts are cut to fit, and fields named like secrets are left out.
 */
export function sidesOf(before: unknown, after: unknown): Sides {
  const [left, right] = differing(plain(before, 0), plain(after, 0));
  return { before: sideOf(left), after: sideOf(right) };
}

function sideOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  for (const longest of TEXTS) {
    const json = JSON.stringify(
      value,
      (_, part) => typeof part === "string" ? cut(part, longest) : part,
    );
    if (json.length <= SIDE) return json;
  }
  return JSON.stringify("(too large to be kept)");
}

function cut(text: string, longest: number): string {
  return text.length <= longest
    ? text
    : `${text.slice(0, longest).toWellFormed()}… (${text.length} characters)`;
}

/** A value for JSON: amounts and dates as text, without secrets. */
function plain(value: unknown, depth: number): unknown {
  if (typeof value === "bigint") return value.toString();
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== "object" || value === null) return value;
  if (depth >= DEEPEST) return "…";
  if (Array.isArray(value)) return value.map((part) => plain(part, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) =>
      SECRET.test(name) && typeof part !== "number" && typeof part !== "boolean" && part !== null
        ? [name, "(secret)"]
        : [name, plain(part, depth + 1)]
    ),
  );
}

function differing(before: unknown, after: unknown): [unknown, unknown] {
  if (!isFields(before) || !isFields(after)) return [before, after];
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  const left: Record<string, unknown> = {}, right: Record<string, unknown> = {};
  for (const name of names) {
    if (JSON.stringify(before[name]) === JSON.stringify(after[name])) continue;
    left[name] = before[name];
    right[name] = after[name];
  }
  return [left, right];
}

function isFields(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** One changed field, in readable form. */
export interface AuditFieldChange {
  field: string;
  before: string;
  after: string;
}

/** The sides of an entry field by field. */
export function changesOf({ before, after }: Sides): AuditFieldChange[] {
  const left = parsed(before), right = parsed(after);
  if (!isFields(left ?? {}) || !isFields(right ?? {})) {
    return [{ field: "", before: words(left), after: words(right) }];
  }
  const leftFields = isFields(left) ? left : {}, rightFields = isFields(right) ? right : {};
  const names = new Set([...Object.keys(leftFields), ...Object.keys(rightFields)]);
  return [...names].map((field) => ({
    field,
    before: words(leftFields[field]),
    after: words(rightFields[field]),
  }));
}

function parsed(json: string | null): unknown {
  if (json === null) return null;
  try {
    return JSON.parse(json);
  } catch {
    return json;
  }
}

function words(value: unknown): string {
  if (value === null || value === undefined) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}
