export const LIMIT_LABELS = {
  organisationCeiling: "Budget of all tools",
  personShare: "Share of one person",
  addressShare: "Share of one address",
  chatPerMinute: "Messages on the web",
  whatsappPerMinute: "Messages on WhatsApp",
  linkingPer5Minutes: "Tries to link a phone",
  adminPer5Minutes: "Changes in the admin area",
  mediaMegabytes: "Room for pictures and recordings",
} as const;

/** Names of the settings' fields, in their forms and the audit log. */
export const SETTING_LABELS = {
  name: "Name",
  colour: "Colour",
  tagline: "Below the heading of the home page",
  notice: "At the foot of the pages",
  review: "Quality review",
  reviewNotice: "What people are told",
  retentionDays: "Days",
  memoryShare: "Share of a tool's day for its memory",
  sessionCost: "Cost of a conversation",
  shares: "Shares of a day's budget",
  webhookUrl: "Webhook",
  proposals: "Propose a fitting tool",
  sharing: "Sharing of conversations",
  contactName: "Whom people can ask",
  contactPhone: "Their number on WhatsApp",
  contactMail: "Their e-mail address",
  chain: "Order of providers",
  ...LIMIT_LABELS,
} as const;

export const LIMITS = {
  personShare: "Percent of a day's budgets that one person can use up; 100 for all.",
  addressShare: "Percent of a day's budgets that new visitors from one address can use up.",
  chatPerMinute: "A minute, from one address: a household, an office.",
  whatsappPerMinute: "A minute, from one phone.",
  linkingPer5Minutes: "In five minutes, by one visitor.",
  adminPer5Minutes: "In five minutes, by one person, and from one address.",
  mediaMegabytes: "In MB, of all people together; 50 for one visitor.",
} as const;

/** Limits by the names of their keys. */
export const LIMIT_KINDS = {
  chat: "Messages on the web",
  preview: "Messages to drafts",
  whatsapp: "Messages on WhatsApp",
  linking: "Linking a phone",
  admin: "Changes in the admin area",
  picture: "Pictures on the web",
  api: "Requests of an API key",
  apiKey: "Wrong API keys",
  loginAddress: "Failed logins",
  loginNetwork: "Failed logins from a network",
  loginDevice: "Failed logins in a known browser",
} as const;

export const SETTING_TAKES = {
  atMost: (characters: number) => `At most ${characters} characters.`,
  name: (characters: number) => `Give it a name of at most ${characters} characters.`,
  colour: "Six hexadecimal digits such as #0f6b62; nothing for the program's own colour.",
  days: (most: number) => `A whole number of days from 1 to ${most}.`,
  percent: "A whole number from 0 to 100.",
  sessionCost: "Dollars such as 0.10; 0 for never, nothing for what the environment says.",
  shares: (most: number) =>
    `Up to ${most} whole numbers from 1 to 100 with commas, such as 50, 80, 100.`,
  contactPhone: "A number with its country's code, such as +254 700 000 000.",
  contactMail: "An e-mail address such as help@example.org.",
  webhook: "An address that begins with https:// (or http://), without a name and password.",
  limit: (most: number) =>
    `A whole number from 1 to ${most.toLocaleString("en")}; nothing for what the environment says.`,
} as const;

export const LOGO = {
  tooLarge: (kib: number) => `The file is too large: at most ${kib} KiB are taken.`,
  noPicture: "This is no PNG, JPEG or WebP picture.",
  tooManyPixels: (width: number, height: number, most: number) =>
    `The picture has ${width} × ${height} pixels: at most ${most} on each side are taken.`,
  missing: "Choose a picture first.",
} as const;

/** Results of the settings' forms. */
export const FORMS = {
  wrong: "Not saved yet: something has to be put right.",
  meanwhile: "Not saved yet: somebody saved some of this meanwhile. Theirs stands above yours.",
  checked: "Not saved yet: please look at what the checks found.",
  toolDeleted:
    "Somebody deleted this tool in the meantime. You can create it anew from what stands here, or take the old one back out of the bin.",
  keptBack: "What you typed before you were signed out is back in the form. It is not saved yet.",
  privateWebhook:
    "Alerts are not sent to this server itself or to private addresses. Whoever runs the server can allow the latter with ALERT_WEBHOOK_PRIVATE.",
} as const;

export const SIGNED_OUT = {
  title: "You are signed out",
  detail: "Your session has ended. Sign in again.",
} as const;

export const PRICE_TAKES = {
  rate: "Dollars such as 0.15, up to 100,000.",
  provider: "A name in small letters, such as openai.",
  thing: "The model's name as its provider writes it, without spaces.",
  from: "A day such as 2027-01-31.",
  one: "Say what tokens cost, or what a piece costs: one of the two.",
  both: "Both input and output need a price.",
} as const;
