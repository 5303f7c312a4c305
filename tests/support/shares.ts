/**
 * Settings that let one person use all of a tool's ceiling, with no ceiling of the organisation.
 */
export const NO_SHARES = {
  ORGANISATION_CEILING_USD: "none",
  PERSON_SHARE_PERCENT: "100",
  ADDRESS_SHARE_PERCENT: "100",
};
