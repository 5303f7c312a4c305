import type { BrandView } from "../../../lib/shared/views/brand_view.ts";
import type { SettingsFields } from "../../../lib/shared/views/settings_view.ts";

/** What each section says of its fields in one line. */
export const SETTING_VALUES = {
  organisation: ({ name, colour }: SettingsFields) =>
    `${name || "no name yet"} · ${colour === "" ? "the program's colour" : colour}`,
  logo: (logo: BrandView["logo"]) => logo ? `${logo.width} × ${logo.height} pixels` : "None",
  texts: ({ tagline, notice }: SettingsFields) =>
    [tagline, notice].filter((text) => text !== "").join(" · ") || "The program's own words",
  review: ({ review, reviewNotice }: SettingsFields) =>
    !review ? "Off" : reviewNotice === "" ? "On" : `On · ${reviewNotice}`,
  retention: ({ retentionDays }: SettingsFields) =>
    retentionDays === "1" ? "1 day" : `${retentionDays || "no"} days`,
  memory: ({ memoryShare }: SettingsFields) =>
    memoryShare === "0" ? "No new notes" : `At most ${memoryShare}% of a tool's day`,
  alerts({ sessionCost, shares }: SettingsFields, destination: string | null) {
    return [
      sessionCost === "0" ? "" : sessionCost && `$${sessionCost} a conversation`,
      shares === "" ? "none of budgets" : `${shares}% of a budget`,
      destination === null ? "no webhook" : `to ${destination}`,
    ].filter((part) => part !== "").join(" · ");
  },
  whatsapp: ({ proposals }: SettingsFields) =>
    proposals ? "Proposes a fitting tool" : "No proposals",
  people: ({ sharing, contactName }: SettingsFields) =>
    `${contactName || "nobody to ask"} · ${sharing ? "may be shared" : "no sharing"}`,
} as const;
