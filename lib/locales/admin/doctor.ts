/** How a check of a deployment went: nothing to do, something to look at, something to mend. */
export type FindingState = "ok" | "warn" | "bad";

/** What a check found, and what to do. */
export interface DoctorFinding {
  state: FindingState;
  /** What was looked at. */
  title: string;
  text: string;
}

/** Titles of the checks of a deployment. */
export const DOCTOR_CHECKS = {
  settings: "Settings",
  address: "Address",
  admin: "Admin area",
  store: "Store",
  disk: "Disk space",
  rights: "File rights",
  clock: "Clock",
  key: (provider: string) => `Key of ${provider}`,
  prices: "Prices",
  ends: "Ends of models",
  twilio: "Twilio",
  webhook: "Webhook",
  alerts: "Alerts",
  backups: "Backups",
  metrics: "Metrics",
} as const;

/** What the checks found, and what to do. */
export const DOCTOR = {
  settingsOk: "All settings are read, and none is doubtful.",
  failed: "This could not be checked. The log says why.",
  addressOk: (url: string) => `Links lead to ${url}, and posts are taken from there.`,
  addressNone: "PUBLIC_URL is not set. Set it to the address that people use; WhatsApp needs it.",
  addressPlain: "PUBLIC_URL is not https. Put a proxy with a certificate in front.",
  adminOk: "Admins can sign in.",
  adminClosed: "Nobody can sign in. Set ADMIN_PASSWORD and ALLOWED_ADMIN_EMAILS.",
  storeOk: "It takes reads and writes.",
  storeMemory: "It is in memory only: all is lost at a restart. Set KV_PATH.",
  storeRead: "It does not answer. See whether its disk or server runs.",
  storeWrite: (why: string) => `It takes no writes: ${why}`,
  storeUnusable: (why: string) =>
    `${why}. Until it can be used, keys, prices, Twilio and backups are not checked.`,
  diskOk: (free: string) => `${free} are free.`,
  diskLow: (free: string, path: string) =>
    `Only ${free} are free at ${path}. Make room; a backup needs the store's size twice.`,
  diskUnknown: "The free space cannot be read here.",
  diskRemote: "The store is remote: its own server watches its disk.",
  rightsOk: "Only the program's user can read store, settings and backups.",
  rightsOpen: (paths: readonly string[]) =>
    `Others on this machine can read ${paths.join(", ")}. Run: chmod -R go= ${paths.join(" ")}`,
  clockOk: (seconds: number) => `It is right to ${seconds} s.`,
  clockOff: (seconds: number) =>
    `It is ${seconds} s off. Switch time synchronisation on: timedatectl set-ntp true`,
  clockSilent: "It could not be compared: no server that is set up told its time.",
  clockNone: "It was not compared: no server on the internet is set up.",
  keySimulated: "Replies are made up. Set OPENAI_API_KEY or ANTHROPIC_API_KEY.",
  keyUnasked: "It was not asked.",
  pricesOk: (models: number) => `Known for all models in use (${models}).`,
  pricesLack: (models: readonly string[]) =>
    `No price is known for ${models.join(", ")}: they cannot answer. Set one under Prices.`,
  endsOk: "No model in use ends within 90 days.",
  endsSoon: (models: readonly string[]) =>
    `These end: ${models.join("; ")}. Move the tools under Providers and models.`,
  end: (model: string, on: string, replacement: string | null) =>
    replacement === null ? `${model} on ${on}` : `${model} on ${on}, followed by ${replacement}`,
  webhookOk: "A request that is signed as Twilio's arrives, and an unsigned one is refused.",
  webhookRefused:
    "A request that is signed as Twilio's is refused at PUBLIC_URL. The address must be exactly the one that Twilio calls, and no proxy may change path or host.",
  webhookOpen: "PUBLIC_URL answers requests that nobody signed. Does it lead to this program?",
  webhookStatus: (status: number) =>
    `PUBLIC_URL answers with status ${status}. See whether the proxy leads to this program.`,
  webhookSilent:
    "PUBLIC_URL does not answer from this machine. See whether the name resolves, and whether the certificate is valid.",
  alertsOk: "The receiver of alerts answers. No alert was sent.",
  alertsNone:
    "They are shown in the admin area only. Set a webhook under Settings, or ALERT_WEBHOOK_URL.",
  alertsForbidden:
    "The webhook's address is not allowed. For a private network set ALERT_WEBHOOK_PRIVATE=true.",
  alertsSilent:
    "The receiver of alerts does not answer. See whether the webhook's address is right, and its server runs.",
  backupsOk: (hours: number) => `The newest is ${hours} hours old, and one is proven.`,
  backupsNone: "None are made. Set BACKUP_DIR or BACKUP_S3_URL, and BACKUP_KEY.",
  backupsOld: (hours: number) => `The newest is ${hours} hours old. See under Backups what failed.`,
  backupsEmpty: "There is none yet. One is made tonight, or now under Backups.",
  backupsUnproven: "None has been proven by a trial restore. Prove one under Backups.",
  backupsHere: "They lie on this machine only. Set BACKUP_S3_URL for copies elsewhere.",
  backupsFailed: "The last one failed. See under Backups.",
  metricsOk: "Prometheus can read /metrics with METRICS_TOKEN.",
  metricsOff: "/metrics is for admins only. Set METRICS_TOKEN to let Prometheus read it.",
} as const;

export const FINDING_WORDS: Readonly<Record<FindingState, string>> = {
  ok: "OK",
  warn: "Look",
  bad: "Mend",
};

/** The findings in one line. */
export function doctorSum(counts: Readonly<Record<FindingState, number>>): string {
  if (counts.bad > 0) return `${counts.bad} to mend, ${counts.warn} to look at.`;
  return counts.warn > 0 ? `Nothing to mend, ${counts.warn} to look at.` : "All is well.";
}
