/** What a key's fields take, beside a wrong one. */
export const KEY_TAKES = {
  name: (most: number) => `A name of 1 to ${most} characters.`,
  tools: "Choose at least one tool, or all.",
  rate: (most: number) => `A whole number from 1 to ${most.toLocaleString("en")}.`,
  amount: "Dollars such as 2.50, up to 100,000; nothing for no limit.",
  expires: "A day from today on such as 2027-01-31; nothing for no end.",
} as const;
