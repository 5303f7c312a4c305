/**
 * What the public pages say, in one language. A text that a language lacks does not compile.
 * Islands get theirs as plain data in their props: strings and records of plural forms.
 */
export interface PageTexts {
  readonly errorPage: {
    /** The way on from an error. */
    readonly back: string;
  };
}
