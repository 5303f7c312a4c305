import { SETTING_LABELS, SETTING_TAKES as TAKES } from "../../locales/admin/settings.ts";
import { usdString } from "../../shared/money.ts";
import type { SettingsFields } from "../../shared/views/settings_view.ts";
import type { Finding } from "../../shared/views/tool_admin_view.ts";
import { amountOf, wholeNumberOf } from "./form_values.ts";
import { COLOUR, type Settings, SETTINGS_LIMITS, type SettingsGroup } from "./settings.ts";

/** Groups with a form on the settings page. */
export const FORM_GROUPS = [
  "organisation",
  "texts",
  "review",
  "retention",
  "alerts",
  "whatsapp",
  "limits",
] as const satisfies readonly SettingsGroup[];
export type FormGroup = (typeof FORM_GROUPS)[number];

/** The fields of each form, with their labels. */
export const FIELD_LABELS: Record<FormGroup, Partial<Record<keyof SettingsFields, string>>> = {
  organisation: labelled("name", "colour"),
  texts: labelled("tagline", "notice"),
  review: labelled("review", "reviewNotice"),
  retention: labelled("retentionDays"),
  alerts: labelled("sessionCost", "shares", "webhookUrl"),
  whatsapp: labelled("proposals"),
  limits: labelled(
    "organisationCeiling",
    "personShare",
    "addressShare",
    "chatPerMinute",
    "whatsappPerMinute",
    "linkingPer5Minutes",
    "adminPer5Minutes",
  ),
};

function labelled(...fields: (keyof typeof SETTING_LABELS)[]) {
  return Object.fromEntries(fields.map((field) => [field, SETTING_LABELS[field]]));
}

/** Fields of limits, named like the settings. */
const LIMIT_FIELDS = [
  "chatPerMinute",
  "whatsappPerMinute",
  "linkingPer5Minutes",
  "adminPer5Minutes",
] as const;

/** Limits that are shares of a day, in percent. */
const SHARE_FIELDS = ["personShare", "addressShare"] as const;

export function settingsFieldsOf(settings: Settings): SettingsFields {
  const { organisation, review, alerts, retentionDays, whatsapp, limits } = settings;
  return {
    name: organisation.name,
    colour: organisation.colour ?? "",
    tagline: organisation.tagline,
    notice: organisation.notice,
    review: review.enabled,
    reviewNotice: review.notice,
    retentionDays: String(retentionDays ?? SETTINGS_LIMITS.retentionDays),
    sessionCost: alerts.sessionCost === null ? "" : usdString(alerts.sessionCost),
    webhookUrl: alerts.webhookUrl ?? "",
    shares: alerts.shares.join(", "),
    proposals: whatsapp.proposals,
    organisationCeiling: typeof limits.organisationCeiling === "bigint"
      ? usdString(limits.organisationCeiling)
      : limits.organisationCeiling ?? "",
    personShare: String(limits.personShare ?? ""),
    addressShare: String(limits.addressShare ?? ""),
    ...limitFields((name) => String(limits[name] ?? "")),
  };
}

function limitFields(each: (name: (typeof LIMIT_FIELDS)[number]) => string) {
  return {
    chatPerMinute: each("chatPerMinute"),
    whatsappPerMinute: each("whatsappPerMinute"),
    linkingPer5Minutes: each("linkingPer5Minutes"),
    adminPer5Minutes: each("adminPer5Minutes"),
  };
}

/** The fields of the current settings, with one form's submitted fields on top. */
export function readSettings(
  group: FormGroup,
  stands: SettingsFields,
  get: (name: string) => string,
): SettingsFields {
  const text = (name: string) => get(name).replaceAll("\0", "").trim();
  const ticked = (name: string) => get(name) === "on";
  switch (group) {
    case "organisation":
      return { ...stands, name: text("name"), colour: chosenColour(stands.colour, text) };
    case "texts":
      return { ...stands, tagline: text("tagline"), notice: text("notice") };
    case "review":
      return { ...stands, review: ticked("review"), reviewNotice: text("reviewNotice") };
    case "retention":
      return { ...stands, retentionDays: text("retentionDays") };
    case "alerts":
      return {
        ...stands,
        sessionCost: text("sessionCost"),
        webhookUrl: text("webhookUrl"),
        shares: text("shares"),
      };
    case "whatsapp":
      return { ...stands, proposals: ticked("proposals") };
    case "limits":
      return {
        ...stands,
        organisationCeiling: text("organisationCeiling"),
        personShare: text("personShare"),
        addressShare: text("addressShare"),
        ...limitFields(text),
      };
  }
}

/** A typed colour goes first; an untouched colour picker is ignored. */
function chosenColour(stands: string, text: (name: string) => string): string {
  const typed = text("colour").toLowerCase();
  const picked = text("picked").toLowerCase();
  const long = /^#?[0-9a-f]{3}$/.test(typed)
    ? `#${typed.replace("#", "").replaceAll(/./g, "$&$&")}`
    : typed.replace(/^(?=[0-9a-f]{6}$)/, "#");
  const untouched = text("pickedFrom").toLowerCase();
  return long === stands && picked !== "" && picked !== untouched ? picked : long;
}

export type EditOrFindings =
  | { edit: (now: Settings) => Settings; findings: [] }
  | { edit: null; findings: Finding[] };

/** Parses the fields of a group, or returns their errors. */
export function settingsEdit(group: FormGroup, fields: SettingsFields): EditOrFindings {
  const findings = CHECKS[group](fields).filter((found) => found !== null);
  return findings.length > 0
    ? { edit: null, findings }
    : { edit: EDITS[group](fields), findings: [] };
}

const MOST_PER_WINDOW = SETTINGS_LIMITS.perWindow;
const { name: LONGEST_NAME, text: LONGEST_TEXT, retentionDays: LONGEST_DAYS } = SETTINGS_LIMITS;

function check(right: boolean, field: keyof SettingsFields, text: string): Finding | null {
  return right ? null : { level: "error", field, text };
}

const shortEnough = (field: "tagline" | "notice" | "reviewNotice", fields: SettingsFields) =>
  check(fields[field].length <= LONGEST_TEXT, field, TAKES.atMost(LONGEST_TEXT));

const CHECKS: Record<FormGroup, (fields: SettingsFields) => (Finding | null)[]> = {
  organisation: ({ name, colour }) => [
    check(
      name !== "" && name.length <= LONGEST_NAME,
      "name",
      TAKES.name(LONGEST_NAME),
    ),
    check(
      colour === "" || COLOUR.test(colour),
      "colour",
      TAKES.colour,
    ),
  ],
  texts: (fields) => [shortEnough("tagline", fields), shortEnough("notice", fields)],
  review: (fields) => [shortEnough("reviewNotice", fields)],
  retention: ({ retentionDays }) => [
    check(
      within(wholeNumberOf(retentionDays), 1, LONGEST_DAYS),
      "retentionDays",
      TAKES.days(LONGEST_DAYS),
    ),
  ],
  alerts: ({ sessionCost, webhookUrl, shares }) => [
    check(
      amountOf(sessionCost) !== undefined,
      "sessionCost",
      TAKES.sessionCost,
    ),
    check(
      sharesOf(shares) !== null,
      "shares",
      TAKES.shares(SETTINGS_LIMITS.shares),
    ),
    check(
      webhookUrl === "" || isWebhook(webhookUrl),
      "webhookUrl",
      TAKES.webhook,
    ),
  ],
  whatsapp: () => [],
  limits: (fields) => [
    check(
      ceilingOf(fields.organisationCeiling) !== undefined,
      "organisationCeiling",
      TAKES.ceiling,
    ),
    ...SHARE_FIELDS.map((field) =>
      check(
        fields[field] === "" || within(wholeNumberOf(fields[field]), 1, 100),
        field,
        TAKES.limit(100),
      )
    ),
    ...LIMIT_FIELDS.map((field) =>
      check(
        fields[field] === "" || within(wholeNumberOf(fields[field]), 1, MOST_PER_WINDOW),
        field,
        TAKES.limit(MOST_PER_WINDOW),
      )
    ),
  ],
};

const EDITS: Record<FormGroup, (fields: SettingsFields) => (now: Settings) => Settings> = {
  organisation: ({ name, colour }) => (now) => ({
    ...now,
    organisation: { ...now.organisation, name, colour: colour === "" ? null : colour },
  }),
  texts: ({ tagline, notice }) => (now) => ({
    ...now,
    organisation: { ...now.organisation, tagline, notice },
  }),
  review: ({ review, reviewNotice }) => (now) => ({
    ...now,
    review: { enabled: review, notice: reviewNotice },
  }),
  retention: ({ retentionDays }) => {
    const days = wholeNumberOf(retentionDays);
    return (now) => ({ ...now, retentionDays: days === LONGEST_DAYS ? null : days });
  },
  alerts: ({ sessionCost, webhookUrl, shares }) => (now) => ({
    ...now,
    alerts: {
      sessionCost: amountOf(sessionCost) ?? null,
      webhookUrl: webhookUrl === "" ? null : webhookUrl,
      shares: sharesOf(shares) ?? now.alerts.shares,
    },
  }),
  whatsapp: ({ proposals }) => (now) => ({ ...now, whatsapp: { ...now.whatsapp, proposals } }),
  limits: (fields) => {
    const value = (text: string) => text === "" ? null : wholeNumberOf(text);
    const limits = {
      organisationCeiling: ceilingOf(fields.organisationCeiling) ?? null,
      personShare: value(fields.personShare),
      addressShare: value(fields.addressShare),
      chatPerMinute: value(fields.chatPerMinute),
      whatsappPerMinute: value(fields.whatsappPerMinute),
      linkingPer5Minutes: value(fields.linkingPer5Minutes),
      adminPer5Minutes: value(fields.adminPer5Minutes),
    };
    return (now) => ({ ...now, limits });
  },
};

function within(value: number, from: number, to: number): boolean {
  return value >= from && value <= to;
}

/** Null for an empty text, undefined for an invalid amount. */
function ceilingOf(text: string): bigint | "none" | null | undefined {
  return text.toLowerCase() === "none" ? "none" : amountOf(text);
}

/** Percentages, ascending and unique; null for an invalid list. An empty list raises no alerts. */
function sharesOf(text: string): number[] | null {
  const parts = text.split(/[,;\s%]+/).filter((part) => part !== "");
  const shares = [...new Set(parts.map(wholeNumberOf))].sort((a, b) => a - b);
  const right = shares.length <= SETTINGS_LIMITS.shares &&
    shares.every((share) => within(share, 1, 100));
  return right ? shares : null;
}

function isWebhook(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) && url.username === "" &&
    url.password === "" && text.length <= SETTINGS_LIMITS.webhookUrl;
}
