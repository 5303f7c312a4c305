import { z } from "zod";
import { SETTING_TAKES as TAKES } from "../../../locales/admin/settings.ts";
import { check, type SettingsGroupForm, type SubmittedForm } from "../settings_group.ts";
import { SETTINGS_LIMITS } from "../settings_limits.ts";

const { name: LONGEST_NAME, text: LONGEST_TEXT } = SETTINGS_LIMITS;
const COLOUR = /^#[0-9a-f]{6}$/;
const LOGO_TYPES = ["image/png", "image/jpeg", "image/webp"] as const;
export type LogoType = (typeof LOGO_TYPES)[number];

const count = z.number().int().min(0);
const text = z.string().max(LONGEST_TEXT);
const side = z.number().int().min(1).max(SETTINGS_LIMITS.logoSide);

/** The logo's picture is stored under its own key. */
const logo = z.object({ type: z.enum(LOGO_TYPES), version: count, width: side, height: side });

export const settingsLogo = z.object({
  version: count,
  type: z.enum(LOGO_TYPES),
  bytes: z.custom<Uint8Array<ArrayBuffer>>((value) =>
    value instanceof Uint8Array && value.length <= SETTINGS_LIMITS.logoBytes
  ),
});
export type SettingsLogo = z.output<typeof settingsLogo>;

export const organisationGroup = z.object({
  name: z.string().trim().min(1).max(LONGEST_NAME).default("OBT Helper"),
  /** Under the home page's heading; "" for none. */
  tagline: text.default(""),
  /** At the foot of the pages; "" for the default. */
  notice: text.default(""),
  /** The accent, `#rrggbb`; null for the default. */
  colour: z.string().regex(COLOUR).nullable().default(null),
  logo: logo.nullable().default(null),
});
type Organisation = z.output<typeof organisationGroup>;

export const ORGANISATION_FORM: SettingsGroupForm<Organisation, "name" | "colour"> = {
  fields: ({ name, colour }) => ({ name, colour: colour ?? "" }),
  read: (form, stands) => ({ name: form.text("name"), colour: chosenColour(stands.colour, form) }),
  check: ({ name, colour }) => [
    check(name !== "" && name.length <= LONGEST_NAME, "name", TAKES.name(LONGEST_NAME)),
    check(colour === "" || COLOUR.test(colour), "colour", TAKES.colour),
  ],
  apply: ({ name, colour }, part) => ({ ...part, name, colour: colour === "" ? null : colour }),
};

export const TEXTS_FORM: SettingsGroupForm<Organisation, "tagline" | "notice"> = {
  fields: ({ tagline, notice }) => ({ tagline, notice }),
  read: ({ text }) => ({ tagline: text("tagline"), notice: text("notice") }),
  check: (fields) =>
    (["tagline", "notice"] as const).map((field) =>
      check(fields[field].length <= LONGEST_TEXT, field, TAKES.atMost(LONGEST_TEXT))
    ),
  apply: ({ tagline, notice }, part) => ({ ...part, tagline, notice }),
};

/** A typed colour goes first; an untouched colour picker is ignored. */
function chosenColour(stands: string, { text }: SubmittedForm): string {
  const typed = text("colour").toLowerCase();
  const picked = text("picked").toLowerCase();
  const long = /^#?[0-9a-f]{3}$/.test(typed)
    ? `#${typed.replace("#", "").replaceAll(/./g, "$&$&")}`
    : typed.replace(/^(?=[0-9a-f]{6}$)/, "#");
  const untouched = text("pickedFrom").toLowerCase();
  return long === stands && picked !== "" && picked !== untouched ? picked : long;
}
