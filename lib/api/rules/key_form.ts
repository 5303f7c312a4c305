import { KEY_TAKES } from "../../locales/admin/api_keys.ts";
import { amountOf, isDay, wholeNumberOf } from "../../settings/rules/form_values.ts";
import { usdString } from "../../shared/money.ts";
import type { ApiKeyFields } from "../../shared/views/api_key_view.ts";
import type { Finding } from "../../shared/views/tool_admin_view.ts";
import type { ApiKey } from "../records.ts";
import { KEY_LIMITS } from "./key_limits.ts";

/** What an admin decides of a key. */
export interface KeyContent extends Pick<ApiKey, "name" | "tools" | "rate" | "day" | "month"> {
  /** Last day, as `YYYY-MM-DD`; null for none. */
  expires: string | null;
}

/** The fields of a new key. */
export const NEW_KEY: ApiKeyFields = {
  name: "",
  allTools: true,
  tools: [],
  rate: "60",
  day: "",
  month: "",
  expires: "",
};

/** A key as form fields. */
export function keyFields(key: ApiKey, expires: string | null): ApiKeyFields {
  const { name, tools, rate, day, month } = key;
  const amount = (limit: bigint | null) => limit === null ? "" : usdString(limit);
  return {
    name,
    allTools: tools === null,
    tools: tools ?? [],
    rate: String(rate),
    day: amount(day),
    month: amount(month),
    expires: expires ?? "",
  };
}

/** Reads the form's fields by name. */
export function readKeyFields(
  get: (name: string) => string,
  all: (name: string) => string[],
): ApiKeyFields {
  const text = (name: string) => get(name).trim();
  return {
    name: text("name"),
    allTools: text("scope") !== "some",
    tools: all("tool"),
    rate: text("rate"),
    day: text("day"),
    month: text("month"),
    expires: text("expires"),
  };
}

/**
 * Parses the fields to content, or to errors; never both.
 * @param known ids of the tools
 * @param today `YYYY-MM-DD`
 */
export function parseKeyFields(
  fields: ApiKeyFields,
  known: readonly string[],
  today: string,
): { content: KeyContent; findings: [] } | { content: null; findings: Finding[] } {
  const findings: Finding[] = [];
  const wrong = (field: string, text: string) =>
    void findings.push({ level: "error", field, text });
  const { name, allTools, expires } = fields;
  const amount = (field: "day" | "month") => {
    const value = amountOf(fields[field]);
    if (value !== undefined && (value ?? 0n) <= KEY_LIMITS.amount) return value;
    wrong(field, KEY_TAKES.amount);
    return null;
  };
  if (name.length < 1 || name.length > KEY_LIMITS.name) {
    wrong("name", KEY_TAKES.name(KEY_LIMITS.name));
  }
  const tools = allTools ? null : fields.tools.filter((id) => known.includes(id));
  if (tools?.length === 0) wrong("scope", KEY_TAKES.tools);
  const rate = wholeNumberOf(fields.rate);
  if (!(rate >= 1 && rate <= KEY_LIMITS.rate)) {
    wrong("rate", KEY_TAKES.rate(KEY_LIMITS.rate));
  }
  const [day, month] = [amount("day"), amount("month")];
  if (expires !== "" && !(isDay(expires) && expires >= today)) {
    wrong("expires", KEY_TAKES.expires);
  }
  if (findings.length > 0) return { content: null, findings };
  return {
    content: { name, tools, rate, day, month, expires: expires === "" ? null : expires },
    findings: [],
  };
}
