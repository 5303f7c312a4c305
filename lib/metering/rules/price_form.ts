import { PRICE_TAKES } from "../../locales/admin/settings.ts";
import type { PriceFields } from "../../shared/views/price_view.ts";
import type { Finding } from "../../shared/views/tool_admin_view.ts";
import { amountOf, isDay } from "../../settings/rules/form_values.ts";
import type { ModelPrice } from "../../llm/rules/prices.ts";

/** Fields of a custom price, without the instant at which its day begins. */
export interface PriceInput {
  provider: string;
  thing: string;
  /** `YYYY-MM-DD`. */
  day: string;
  tokens: ModelPrice | null;
  unit: bigint | null;
}

/** Above any real price, in nano-dollars: a larger number is a typing error. */
const LARGEST_AMOUNT = 100_000_000_000_000n;

/** Reads the form's fields by name. */
export function readPriceForm(get: (name: string) => string): PriceFields {
  const text = (name: string) => get(name).trim();
  return {
    provider: text("provider").toLowerCase(),
    thing: text("thing"),
    from: text("from"),
    input: text("input"),
    cached: text("cached"),
    output: text("output"),
    audio: text("audio"),
    unit: text("unit"),
  };
}

/** Parses the fields, or returns their errors. */
export function priceOfFields(
  fields: PriceFields,
): { price: PriceInput; findings: [] } | { price: null; findings: Finding[] } {
  const { provider, thing, from } = fields;
  const findings: Finding[] = [];
  const wrong = (field: keyof PriceFields, text: string) =>
    void findings.push({ level: "error", field, text });
  const rate = (field: "input" | "cached" | "output" | "audio" | "unit") => {
    const amount = amountOf(fields[field]);
    if (amount !== undefined && (amount ?? 0n) <= LARGEST_AMOUNT) return amount;
    wrong(field, PRICE_TAKES.rate);
    return null;
  };
  const [input, cached, output, audio, unit] = [
    rate("input"),
    rate("cached"),
    rate("output"),
    rate("audio"),
    rate("unit"),
  ];
  if (!/^[a-z0-9][a-z0-9-]{0,39}$/.test(provider)) {
    wrong("provider", PRICE_TAKES.provider);
  }
  if (!/^[\w.:/@-]{1,100}$/.test(thing)) {
    wrong("thing", PRICE_TAKES.thing);
  }
  if (!isDay(from)) wrong("from", PRICE_TAKES.from);
  const any = [input, cached, output, audio].some((amount) => amount !== null);
  if (findings.length === 0 && any === (unit !== null)) {
    wrong("input", PRICE_TAKES.one);
  }
  if (findings.length === 0 && any && (input === null || output === null)) {
    wrong(input === null ? "input" : "output", PRICE_TAKES.both);
  }
  if (findings.length > 0) return { price: null, findings };
  const tokens = input === null || output === null ? null : {
    input,
    cachedInput: cached ?? input,
    output,
    ...(audio === null ? {} : { audioInput: audio }),
  };
  return { price: { provider, thing, day: from, tokens, unit }, findings: [] };
}
