import type { SettingsFields } from "../../../lib/shared/views/settings_view.ts";

/** The sections of the settings page that are saved together, with their fields. */
export const SECTIONS = [
  { group: "organisation", title: "Organisation", fields: ["name", "colour"] },
  { group: "texts", title: "Texts", fields: ["tagline", "notice"] },
  { group: "review", title: "Quality review", fields: ["review", "reviewNotice"] },
  { group: "retention", title: "Retention", fields: ["retentionDays"] },
  { group: "memory", title: "Memory", fields: ["memoryShare"] },
  { group: "alerts", title: "Alerts", fields: ["sessionCost", "shares", "webhookUrl"] },
  { group: "whatsapp", title: "WhatsApp", fields: ["proposals"] },
  {
    group: "people",
    title: "Help and sharing",
    fields: ["sharing", "contactName", "contactPhone", "contactMail"],
  },
] as const satisfies readonly {
  group: string;
  title: string;
  fields: readonly (keyof SettingsFields)[];
}[];
export type SectionGroup = (typeof SECTIONS)[number]["group"];

/** A field's value in a submitted form; an unticked box has none. */
type Sent = Readonly<Record<string, string>>;

/** Counts the changes and names their sections: "3 changes in Organisation and Alerts." */
export function changesIn(was: SettingsFields, now: Sent): string {
  let count = 0;
  const titles = SECTIONS.flatMap(({ title, fields }) => {
    const changed = fields.filter((field) => isChanged(field, was[field], now));
    count += changed.length;
    return changed.length > 0 ? [title] : [];
  });
  if (count === 0) return "";
  const list = [titles.slice(0, -1).join(", "), titles.at(-1)].filter((part) => part).join(" and ");
  return `${count === 1 ? "1 change" : `${count} changes`} in ${list}.`;
}

function isChanged(field: string, was: string | boolean, now: Sent): boolean {
  if (typeof was === "boolean") return was !== (now[field] === "on");
  const picked = field === "colour" && now.picked !== now.pickedFrom;
  return picked || (now[field] ?? "").trim() !== was;
}

/** The fields as a form sends them. */
export function sentSettings(fields: SettingsFields): Sent {
  const entries: [string, string | boolean][] = Object.entries(fields);
  return Object.fromEntries(
    entries.flatMap(([name, value]) =>
      value === false ? [] : [[name, value === true ? "on" : value]]
    ),
  );
}
