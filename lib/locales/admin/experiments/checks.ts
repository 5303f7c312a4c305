/** Requirements of a plan's fields. */
export const PLAN_TAKES = {
  name: (most: number) => `Give it a name of at most ${most} characters.`,
  measure: "Choose what counts.",
  phrase: (most: number) => `Write the phrase that people say, at most ${most} characters.`,
  turns: (most: number) => `Count messages by a whole number from 2 to ${most}.`,
  include: "A share from 1 to 100 percent.",
  days: (most: number) => `A whole number from 1 to ${most}, or nothing to end it by hand.`,
  variants: (most: number) => `An experiment has 2 to ${most} versions.`,
  note: (most: number) => `At most ${most} characters.`,
  share: "Each share is a whole number from 1 to 99.",
  runningShare: "Each share is a whole number from 0 to 100.",
  sum: (sum: number) => `The shares come to ${sum}%. Together they must be 100%.`,
  oneLeft: "At least two versions need people.",
} as const;

/** Columns of the table of an experiment's days. */
export const DAY_TABLE = {
  day: "Day",
  variant: "Version",
  people: "People",
  good: "Reached",
  counted: "Counted",
  conversations: "Conversations",
  turns: "Turns",
  failed: "Failed",
  degraded: "Cheaper or shorter",
  failedOver: "Another model answered",
  refused: "Refused",
  firstWord: "Seconds to the first word",
  cost: "Cost in $",
} as const;

/** Names and notes of experiments that came from the original. */
export const ORIGINAL_EXPERIMENT = {
  name: (tool: string) => `A/B test of ${tool}`,
  note: "The other prompt of the A/B test",
} as const;

/** Notes of an import about a tool's experiments. */
export const EXPERIMENT_IMPORT = {
  comes: (names: string) => `Its experiments come as drafts: ${names}.`,
  refused: (name: string) => `The experiment “${name}” is not right and is left out.`,
  noPrompt: "Its A/B test has no other prompt and is left out.",
} as const;
