import type { Catalogue, None } from "../coded.ts";
import type { ExperimentState } from "../../shared/views/experiment_view.ts";
import { counter } from "../plurals.ts";
import { centsText } from "./experiments/report.ts";
import { type Silence, SILENCES } from "./whatsapp.ts";

/** Errors of the admin area, commands and the start of the program. */
export interface AdminErrorParams {
  "action.unknown": None;
  "actions.limited": { waitMs: number };
  "address.free": None;
  "admin.closed": None;
  "admin.not_configured": None;
  "admin.not_found": None;
  "admin.signed_out": None;
  "backup.bucket_clock": None;
  "backup.bucket_cut": None;
  "backup.bucket_denied": None;
  "backup.bucket_failed": { status: number };
  "backup.bucket_missing": None;
  "backup.bucket_unreachable": None;
  "backup.busy": None;
  "backup.damaged": None;
  "backup.gone": None;
  "backup.key": { set: boolean };
  "backup.newer": { found: number; known: number };
  "backup.no_place": None;
  "backup.not_empty": None;
  "backup.not_encrypted": None;
  "backup.not_written": None;
  "backup.under_way": None;
  "experiment.changed": None;
  "experiment.gone": None;
  "experiment.is": { state: ExperimentState };
  "experiment.other": { name: string };
  "experiment.promoted": None;
  "experiment.variant_gone": None;
  "file.no_text": { path: string | null };
  "file.none": None;
  "file.too_large": { path: string | null };
  "form.invalid": { finding: string | null };
  "form.stale": None;
  "form.unknown": None;
  "golden.changed": None;
  "golden.gone": None;
  "golden.none": None;
  /** Amounts in nano-dollars. */
  "golden.no_room": {
    scope: "tool" | "organisation";
    window: "day" | "month";
    cost: string;
    left: string;
  };
  "golden.no_question": None;
  "golden.not_open": None;
  "golden.too_long": { limit: number };
  "golden.too_many": { limit: number };
  "import.refused": { name: string; reason: string };
  "key.changed": None;
  "key.gone": None;
  "key.invalid": None;
  "key.made": None;
  "login.crowded": None;
  "login.limited": { waitMs: number };
  "login.wrong": { left: number };
  "message.decided": None;
  "message.gone": None;
  "model.not_replaced": None;
  "password.wrong": { left: number };
  "person.gone": None;
  "person.not_found": None;
  "person.silenced": None;
  "person.taken": { by: string };
  "person.unreachable": { silence: Silence };
  "place.invalid": None;
  "preview.invalid": None;
  "preview.repeated": None;
  "price.changed": None;
  "price.gone": None;
  "price.too_many": { most: number };
  "provider.gone": { provider: string };
  "provider.lacks": { provider: string; what: "key" | "adapter" };
  "provider.none": None;
  "provider.twice": None;
  "review.closed": None;
  "say.invalid": { longest: number };
  "say.refused": { silence: Silence | "budget" };
  "session.ended": None;
  "settings.changed": None;
  "settings.invalid": { field: string; issue: string };
  "simulator.nothing": None;
  "simulator.picture": None;
  "store.damaged": { family: string };
  "store.in_use": None;
  "store.newer": { found: number; known: number };
  "store.switched": None;
  "store.unopened": { path: string | null; why: string };
  "tool.binned": None;
  "tool.changed": { name: string };
  "tool.invalid": { field: string; issue: string };
  "tool.not_in_bin": None;
  "tool_file.conversation": None;
  "tool_file.empty": None;
  "tool_file.foreign": None;
  "tool_file.newer": None;
  "tool_file.no_json": None;
  "tool_file.too_many": { most: number };
  "tools.busy": None;
  "tools.changed": None;
  "tools.too_much": None;
  "version.gone": None;
}

const counted = counter("en");
const inMinutes = (count: number) => counted(count, { one: "a minute", other: "# minutes" });

/** Longer waits are in minutes. */
const LONG_SECONDS = 90;

function waitOf(waitMs: number): string {
  const seconds = Math.ceil(waitMs / 1_000);
  return seconds < LONG_SECONDS
    ? counted(seconds, { one: "# second", other: "# seconds" })
    : inMinutes(Math.ceil(seconds / 60));
}

function triesLeft(left: number): string {
  return left === 0
    ? "That was the last try for a quarter of an hour."
    : counted(left, { one: "One try is left.", other: "# tries are left." });
}

/** States in which an experiment does not take an action. */
const EXPERIMENT_IS: Readonly<Record<ExperimentState, string>> = {
  draft: "This experiment has not started yet.",
  running: "This experiment is running.",
  paused: "This experiment is paused.",
  ended: "This experiment has ended.",
};

export const ADMIN_ERRORS: Catalogue<AdminErrorParams> = {
  "action.unknown": "There is no such action here.",
  "actions.limited": ({ waitMs }) =>
    `That was a lot of changes in a short time. You can go on in ${
      waitOf(waitMs)
    }; nothing was changed.`,
  "address.free": "This address is not held back any longer.",
  "admin.closed": "The admin area is closed.",
  "admin.not_configured":
    "The admin area is closed until ADMIN_PASSWORD and ALLOWED_ADMIN_EMAILS are set.",
  "admin.not_found": "This page does not exist. What stood here may have been deleted.",
  "admin.signed_out": "You are not signed in.",
  "backup.bucket_clock":
    "The bucket's server refuses this machine's clock: it is more than some minutes off. Set it right.",
  "backup.bucket_cut": "The backup's file came from the bucket with its end missing. Try again.",
  "backup.bucket_denied":
    "The bucket refuses the key in BACKUP_S3_URL. It needs the rights to list, read, write and delete, and the right region.",
  "backup.bucket_failed": ({ status }) =>
    `The bucket's server fails (status ${status}). Try again later.`,
  "backup.bucket_missing": "There is no bucket of the name in BACKUP_S3_URL.",
  "backup.bucket_unreachable":
    "The bucket's server does not answer. Check the address in BACKUP_S3_URL and the network.",
  "backup.busy":
    "The store was written to at every try. Make the backup at a quieter time; a store that is a file can be backed up at any time.",
  "backup.damaged":
    "This is no whole backup: it was changed, cut off, or is another kind of file. Nothing was restored.",
  "backup.gone": "This backup is no longer there.",
  "backup.key": ({ set }) =>
    `This backup is encrypted, and BACKUP_KEY is ${
      set ? "another key than the one with which it was made" : "not set"
    }. Set the key with which it was made. Nothing was restored.`,
  "backup.newer": ({ found, known }) =>
    `This backup was made by a newer version of the program (records of version ${found}, this one knows ${known}). Update the program first.`,
  "backup.no_place": "No place for backups is set. Set BACKUP_DIR or BACKUP_S3_URL and restart.",
  "backup.not_empty":
    "There is data in this store already. Restore into an empty one, or add --replace to put the backup in its place.",
  "backup.not_encrypted":
    "This backup is not encrypted, so it does not leave the machine. Set BACKUP_KEY and make a new one.",
  "backup.not_written":
    "The store did not keep all records of the backup. Nothing was changed; try again.",
  "backup.under_way": "A backup is made or proven already. Look again in a minute.",
  "experiment.changed":
    "This experiment was changed in the meantime, by somebody else or in another tab.",
  "experiment.gone": "This experiment is no longer there.",
  "experiment.is": ({ state }) => EXPERIMENT_IS[state],
  "experiment.other": ({ name }) =>
    `“${name}” has the people of this tool. End it first: one experiment runs at a time.`,
  "experiment.promoted": "A version of this experiment has become the tool already.",
  "experiment.variant_gone": "This experiment has no such version.",
  "file.no_text": ({ path }) =>
    path === null ? "The file is no text in UTF-8." : `${path} cannot be read as a text in UTF-8.`,
  "file.none": "Choose a file first.",
  "file.too_large": ({ path }) =>
    path === null
      ? "The file is too large: at most 4 MiB is taken. Export fewer tools into a file."
      : `${path} is too large: at most 4 MiB is read. Divide its tools among several files.`,
  "form.invalid": ({ finding }) => finding ?? "Something in the form is not right.",
  "form.stale":
    "This form belongs to an earlier login. Go back, reload the page and send it again.",
  "form.unknown": "There is no such form here.",
  "golden.changed":
    "This example was changed by somebody else in the meantime. What you typed is below theirs: saving it replaces theirs.",
  "golden.gone": "This example or run is no longer kept.",
  "golden.no_room": ({ scope, window, cost, left }) => {
    const whose = scope === "tool" ? "this tool's budget" : "the organisation's budget";
    const [until, then] = window === "day" ? ["today", "tomorrow"] : ["this month", "next month"];
    const [price, room] = [cost, left].map((amount) => centsText(BigInt(amount)));
    return `A run costs about ${price}, and ${whose} has ${room} left for ${until}. Run it ${then}, or raise the budget.`;
  },
  "golden.none": "There is no example yet. Write a question first.",
  "golden.no_question": "Write the question.",
  "golden.not_open":
    "This message cannot be taken as an example: its conversation is not open to review.",
  "golden.too_long": ({ limit }) => `This text is too long: at most ${limit} characters.`,
  "golden.too_many": ({ limit }) => `A tool has at most ${limit} examples. Remove one first.`,
  "import.refused": ({ name, reason }) => `Nothing was imported. “${name}”: ${reason}.`,
  "key.changed": "This key was changed by somebody else in the meantime.",
  "key.gone": "This key has ended, or never existed.",
  "key.invalid": "The form is not complete. Load the page anew.",
  "key.made":
    "This key was made already, and is shown only once. If you do not have it, replace it.",
  "login.crowded":
    "Very many people are signing in at this moment. Your password was not checked. Try again in a few seconds.",
  "login.limited": ({ waitMs }) =>
    `There were too many failed tries. You can try again in ${
      inMinutes(Math.ceil(waitMs / 60_000))
    }. Your password was not checked this time.`,
  "login.wrong": ({ left }) =>
    `This e-mail address and password do not go together. ${triesLeft(left)}`,
  "model.not_replaced": "This model does not end, or no replacement is known. Reload the page.",
  "message.decided": "It has become known what became of this message.",
  "message.gone": "This message is no longer kept.",
  "password.wrong": ({ left }) => `This is not the admin password. ${triesLeft(left)}`,
  "person.gone": "This person is no longer known on WhatsApp.",
  "person.not_found": "There is no such person, or they deleted their data.",
  "person.silenced": "This person is blocked or has opted out.",
  "person.taken": ({ by }) =>
    `${by} has taken over already. You can take over once they hand back.`,
  "person.unreachable": ({ silence }) => `You cannot take over. ${SILENCES[silence]}`,
  "place.invalid": "`place` is no place.",
  "preview.invalid": "The question is not right.",
  "preview.repeated": "This question was asked already.",
  "price.changed":
    "Somebody else has changed the price of that day in the meantime: it stands in the list. Nothing is replaced yet. Do the same again to replace theirs.",
  "price.gone": "This price of your own is no longer there.",
  "price.too_many": ({ most }) => `At most ${most} prices of one thing are kept.`,
  "provider.gone": ({ provider }) => `The provider "${provider}" is not set up.`,
  "provider.lacks": ({ provider, what }) =>
    `Cannot use the provider "${provider}": it has no ${
      what === "key" ? "API key" : "adapter in this version"
    }`,
  "provider.none": "No provider is named",
  "provider.twice": "A provider is named twice",
  "review.closed":
    "This conversation cannot be looked at: it was deleted, or conversations are not open for review.",
  "say.invalid": ({ longest }) => `Write something, at most ${longest} characters.`,
  "say.refused": ({ silence }) =>
    silence === "budget" ? "Today's budget is used up." : SILENCES[silence],
  "session.ended": "That session has ended already.",
  "settings.changed": "These settings were changed by somebody else in the meantime.",
  "settings.invalid": ({ field, issue }) => `Cannot save the settings: \`${field}\`: ${issue}`,
  "simulator.nothing": "Write a message, or choose a picture.",
  "simulator.picture": "Choose a picture: PNG, JPEG or WebP.",
  "store.damaged": ({ family }) => `Cannot read a record of the store: ${family}`,
  "store.in_use": "These records are in use.",
  "store.newer": ({ found, known }) =>
    `Cannot use the store: its version is ${found} and this program knows ${known}; start the newer program`,
  "store.switched": "The store was switched by somebody else.",
  "store.unopened": ({ path, why }) => `Cannot open the store ${path ?? "of the platform"}: ${why}`,
  "tool.binned": "This tool is no longer available. It may be in the bin.",
  "tool.changed": ({ name }) => `“${name}” was changed by somebody else in the meantime.`,
  "tool.invalid": ({ field, issue }) => `\`${field}\`: ${issue}`,
  "tool.not_in_bin": "This tool is no longer in the bin.",
  "tool_file.conversation": "This file holds a conversation of the original, not tools.",
  "tool_file.empty": "This file holds no tool.",
  "tool_file.foreign": "This is no file of tools, neither of this program nor of the original.",
  "tool_file.newer":
    "This file was written by a newer version of the program. Update this one first.",
  "tool_file.no_json": "This file is no valid JSON.",
  "tool_file.too_many": ({ most }) => `This file holds more than ${most} tools.`,
  "tools.busy": "Others are changing the tools right now. Try again.",
  "tools.changed": "The tools were changed since you looked at what would be done. Look again.",
  "tools.too_much":
    "That is more than can be changed at once without the risk of half a change. Take fewer tools at a time.",
  "version.gone": "That version is no longer kept.",
};
