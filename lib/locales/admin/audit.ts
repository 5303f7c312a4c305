import type { AuditView } from "../../shared/views/admin_view.ts";
import { budgetSentence } from "./budgets.ts";
import { SETTING_LABELS } from "./settings.ts";

type Said = (thing: string, changes: AuditView["changes"]) => string;

/** What was done, as the end of a sentence that begins with the person's name. */
const DONE: Readonly<Record<string, Said>> = {
  "tool.create": (tool) => `made the tool ${tool}`,
  "tool.change": (tool, changes) => `changed ${tool}${fieldsOf(changes)}`,
  "tool.delete": (tool) => `moved ${tool} to the bin`,
  "tool.restore": (tool) => `took ${tool} out of the bin`,
  "tool.discard": (tool) => `deleted ${tool} for good`,
  "tool.move": (tool) => `moved ${tool} in the list`,
  "tool.import": () => "imported tools from a file",
  "tool.revert": (tool) => `restored an earlier version of ${tool}`,
  "experiment.create": (id) => `planned the experiment “${id}”`,
  "experiment.change": (id, changes) =>
    `changed the plan of the experiment “${id}”${fieldsOf(changes)}`,
  "experiment.delete": (id) => `deleted the plan of the experiment “${id}”`,
  "experiment.start": (id) => `started the experiment “${id}”`,
  "experiment.pause": (id) => `paused the experiment “${id}”`,
  "experiment.resume": (id) => `let the experiment “${id}” run on`,
  "experiment.shares": (id) => `changed the shares of the experiment “${id}”`,
  "experiment.end": (id) => `ended the experiment “${id}”`,
  "experiment.promote": (id) => `made a version of the experiment “${id}” the tool`,
  "experiment.import": (id) => `imported the experiment “${id}” with its tool`,
  "golden.create": (tool) => `wrote an example for ${tool}`,
  "golden.change": (tool) => `changed an example of ${tool}`,
  "golden.delete": (tool) => `removed an example of ${tool}`,
  "golden.take": (tool) => `took a question from a conversation as an example for ${tool}`,
  "golden.run": (tool) => `ran the examples of ${tool}`,
  "golden.drop": (tool) => `deleted a run of the examples of ${tool}`,
  "settings.change": (group, changes) => `changed the settings of ${group}${fieldsOf(changes)}`,
  "price.set": (of) => `set the price of ${of}`,
  "price.end": (of) => `ended the price of ${of}`,
  "price.drop": (of) => `took back the coming price of ${of}`,
  "key.make": (key) => `made the API key ${key}`,
  "key.change": (key, changes) => `changed the API key ${key}${fieldsOf(changes)}`,
  "key.replace": (key) => `replaced the API key ${key}`,
  "key.end": (key) => `ended the API key ${key}`,
  "provider.test": (provider) => `tested the provider ${provider}`,
  "limit.clear": (limit) => `let somebody through again (${limit})`,
  "alert.test": () => "sent a test alert",
  "session.start": () => "signed in",
  "session.end": () => "ended a session",
  "conversation.list": () => "looked through the conversations",
  "conversation.read": () => "read a conversation",
  "conversation.rate": () => "judged a reply",
  "conversation.review": () => "marked a conversation as reviewed",
  "conversation.export": () => "exported a conversation",
  "conversation.delete": () => "deleted a conversation; the text of it is not kept here",
  "backup.make": () => "made a backup",
  "backup.prove": (name) => `proved the backup ${name}`,
  "backup.download": (name) => `downloaded the backup ${name}`,
  "backup.remove": (name) => `deleted the backup ${name}`,
  "backup.restore": (name) => `began to restore the backup ${name}`,
  "backup.restored": (name) => `restored the backup ${name}`,
  "whatsapp.test": () => "tested the connection to WhatsApp",
  "whatsapp.look": () => "looked at a person on WhatsApp",
  "whatsapp.number": () => "looked at the number of a person on WhatsApp",
  "whatsapp.say": () => "wrote to a person on WhatsApp",
  "whatsapp.block": () => "blocked a person on WhatsApp",
  "whatsapp.unblock": () => "unblocked a person on WhatsApp",
  "whatsapp.take-over": () => "took over a conversation on WhatsApp",
  "whatsapp.hand-back": () => "gave a conversation on WhatsApp back to the AI",
  "whatsapp.expire": () => "started the conversation of a person on WhatsApp afresh",
  "whatsapp.decide": () => "settled a message of which it was not known whether it was sent",
  "whatsapp.forget": () => "made the simulator forget its phone",
};

/** The areas by which the log can be narrowed, as prefixes of an action. */
export const AUDIT_AREAS: readonly (readonly [prefix: string, label: string])[] = [
  ["tool", "Tools"],
  ["experiment", "Experiments"],
  ["settings", "Settings"],
  ["price", "Prices"],
  ["provider", "Providers"],
  ["limit", "Limits"],
  ["key", "API keys"],
  ["alert", "Alerts"],
  ["conversation", "Conversations"],
  ["whatsapp", "WhatsApp"],
  ["backup", "Backups"],
  ["session", "Signing in"],
];

/**
 * An entry of the audit log as the end of a sentence, without its full stop.
 * `names` has the names of tools by their ids.
 */
export function auditSentence(
  { action, thing, changes }: AuditView,
  names: Readonly<Record<string, string>>,
): string {
  const id = thing.slice(thing.indexOf(":") + 1);
  const nameOf = (id: string) => Object.hasOwn(names, id) ? names[id] ?? id : id;
  const budget = budgetSentence({ action, thing, changes }, nameOf);
  if (budget !== null) return budget;
  const said = Object.hasOwn(DONE, action) ? DONE[action] : undefined;
  return said === undefined ? `did “${action}” to ${thing}` : said(nameOf(id), changes);
}

const MOST_FIELDS = 3;
const FIELDS: Readonly<Record<string, string>> = {
  ...SETTING_LABELS,
  systemPrompt: "prompt",
  maxTokens: "longest reply",
  ceiling: "budget",
  active: "whether people see it",
  fallbackModel: "cheaper model",
  hearingModel: "model that hears recordings",
  starters: "questions to start with",
  keyTerms: "names and terms",
  greeting: "greeting",
  texts: "texts in other languages",
  rate: "requests a minute",
  day: "budget of a day",
  month: "budget of a month",
  expiresAt: "end",
  organisationMonth: "month of all tools",
  toolDay: "day of every other tool",
  toolMonth: "month of every other tool",
  toolMonths: "months of tools",
  onPhone: "budget of a person on WhatsApp",
  onPage: "budget of a visitor of the page",
  addressDay: "budget of an address",
  freeReplies: "WhatsApp messages free of charge",
};

/** The name of a changed field. */
export function auditFieldName(field: string): string {
  const name = (Object.hasOwn(FIELDS, field) ? FIELDS[field] : undefined) ??
    field.replaceAll(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);
  return `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
}

/** The changed fields: ": prompt and model". */
function fieldsOf(changes: AuditView["changes"]): string {
  const fields = changes.map(({ field }) => field)
    .filter((field) => field !== "" && !["version", "revision", "order"].includes(field))
    .map((field) => auditFieldName(field).toLowerCase());
  if (fields.length === 0) return "";
  const more = fields.length - MOST_FIELDS;
  const named = more > 0 ? [...fields.slice(0, MOST_FIELDS), `${more} more`] : fields;
  const last = named.at(-1);
  return `: ${named.length === 1 ? last : `${named.slice(0, -1).join(", ")} and ${last}`}`;
}
