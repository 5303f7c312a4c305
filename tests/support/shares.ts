/** One person may use up all of a tool's day, and all tools together have no ceiling. */
export const NO_SHARES = {
  ORGANISATION_CEILING_USD: "none",
  PERSON_SHARE_PERCENT: "100",
  ADDRESS_SHARE_PERCENT: "100",
};
