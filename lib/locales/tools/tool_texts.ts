/** The tools of a new store. */
export type DefaultToolId =
  | "back-translation-checker"
  | "storying-coach"
  | "oral-draft-reviewer"
  | "key-terms"
  | "exegesis-helper"
  | "consultant-questions"
  | "scripture-engagement"
  | "general-assistant"
  | "creative-writing"
  | "social-media-creator"
  | "email-assistant"
  | "data-analyst"
  | "math-tutor"
  | "recipe-helper"
  | "code-helper"
  | "language-buddy"
  | "business-advisor"
  | "travel-planner";

/** What people read of the tools of a new store, in one language. */
export interface DefaultToolTexts {
  /** Names of the two groups. */
  readonly translation: string;
  readonly everyday: string;
  readonly tools: Readonly<
    Record<
      DefaultToolId,
      readonly [name: string, description: string, greeting: string, ...starters: string[]]
    >
  >;
}
