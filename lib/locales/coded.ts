/** For codes that say all by themselves. */
export type None = Record<never, never>;

/** One of a table's codes together with its parameters. */
export type Coded<Params> = {
  [Code in keyof Params]: { readonly code: Code } & Readonly<Params[Code]>;
}[keyof Params];

/** The reader of a text. */
export interface Reader {
  /** An IANA name, for times of the day. */
  readonly timeZone: string;
  readonly now: number;
}

/** A text for each code of a table; one that a language lacks does not compile. */
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
