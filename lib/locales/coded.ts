import type { Language } from "../shared/languages.ts";

/** For codes without parameters. */
export type None = Record<never, never>;

/** A code of a table with its parameters. */
export type Coded<Params> = {
  [Code in keyof Params]: { readonly code: Code } & Readonly<Params[Code]>;
}[keyof Params];

export interface Reader {
  readonly language: Language;
  /** An IANA name, for times of the day. */
  readonly timeZone: string;
  readonly now: number;
}

/** A text for each code of a table; a missing one does not compile. */
export type Catalogue<Params> = {
  readonly [Code in keyof Params]: None extends Params[Code] ? string
    : (params: Readonly<Params[Code]>, reader: Reader) => string;
};

/** Looks a code up and fills in its parameters. */
export function textOf<Params>(
  catalogue: Catalogue<Params>,
  coded: Coded<Params>,
  reader: Reader,
): string {
  const text: unknown = catalogue[coded.code];
  return typeof text === "function" ? text(coded, reader) : String(text);
}
