import { PRICE_TAKES } from "../../locales/admin/settings.ts";
import type { PriceFields } from "../../shared/views/price_view.ts";
import type { Finding } from "../../shared/views/tool_admin_view.ts";
import { amountOf } from "../../settings/rules/form_values.ts";
import type { ModelPrice } from "../../llm/rules/prices.ts";

/** What a price of one's own says, without the instant that its day begins. */
export interface PriceInput {
  provider: string;
  thing: string;
  /** `YYYY-MM-DD`. */
  day: string;
  tokens: ModelPrice | null;
  unit: bigint | null;
}

/** Dearer than any model or message is or was: who writes more has slipped. */
const MOST = 100_000_000_000_000n;

/** Reads the fields of the form by their names. */
export function readPriceForm(get: (name: string) => string): PriceFields {
  const text = (name: string) => get(name).trim();
  return {
    provider: text("provider").toLowerCase(),
    thing: text("thing"),
    from: text("from"),
    input: text("input"),
    cached: text("cached"),
    output: text("output"),
    unit: text("unit"),
  };
}

/** What the fields mean, or what is wrong with them. */
export function priceOfFields(
  fields: PriceFields,
): { price: PriceInput; findings: [] } | { price: null; findings: Finding[] } {
  const { provider, thing, from } = fields;
  const findings: Finding[] = [];
  const wrong = (field: keyof PriceFields, text: string) =>
    void findings.push({ level: "error", field, text });
  const rate = (field: "input" | "cached" | "output" | "unit") => {
    const amount = amountOf(fields[field]);
    if (amount !== undefined && (amount ?? 0n) <= MOST) return amount;
    wrong(field, PRICE_TAKES.rate);
    return null;
  };
  const [input, cached, output, unit] = [
    rate("input"),
    rate("cached"),
    rate("output"),
    rate("unit"),
  ];
  if (!/^[a-z0-9][a-z0-9-]{0,39}$/.test(provider)) {
    wrong("provider", PRICE_TAKES.provider);
  }
  if (!/^[\w.:-]{1,100}$/.test(thing)) {
    wrong("thing", PRICE_TAKES.thing);
  }
  if (!isDay(from)) wrong("from", PRICE_TAKES.from);
  const any = [input, cached, output].some((amount) => amount !== null);
  if (findings.length === 0 && any === (unit !== null)) {
    wrong("input", PRICE_TAKES.one);
  }
  if (findings.length === 0 && any && (input === null || output === null)) {
    wrong(input === null ? "input" : "output", PRICE_TAKES.both);
  }
  if (findings.length > 0) return { price: null, findings };
  const tokens = input === null || output === null
    ? null
    : { input, cachedInput: cached ?? input, output };
  return { price: { provider, thing, day: from, tokens, unit }, findings: [] };
}

function isDay(text: string): boolean {
  const at = Date.parse(`${text}T00:00:00Z`);
  return /^20\d{2}-\d{2}-\d{2}$/.test(text) && Number.isFinite(at) &&
    new Date(at).toISOString().startsWith(text);
}
