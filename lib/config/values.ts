import { z } from "zod";

/** The values of settings, as the program sees them. */
export type ValuesOf<Settings extends z.ZodRawShape> = Readonly<z.output<z.ZodObject<Settings>>>;

/** What settings of several groups take. */
export const text = z.string().trim().min(1);

export const httpUrl = z.string().refine(isHttpUrl, "an http or https address").transform((url) =>
  url.replace(/\/+$/, "")
);

/** Words separated by commas. */
export const list = z.string().transform((s) =>
  s.split(",").map((x) => x.trim()).filter((x) => x !== "")
);

export const secret = z.string().min(16, "at least 16 characters");

/** Whole numbers; `takes` says which. */
export function wholeNumber(least: number, most: number, takes: string) {
  return z.string().regex(/^\d{1,9}$/, takes).transform(Number)
    .refine((n) => n >= least && n <= most, takes);
}

function isHttpUrl(value: string): boolean {
  return URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);
}
