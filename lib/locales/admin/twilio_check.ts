/** Results of the connection test about Twilio's account. */
export const ACCOUNT = {
  active: "Twilio takes our keys, and the account is active.",
  trial: "Twilio takes our keys. It is a trial account: it reaches verified numbers only.",
  notActive: (status: string) => `Twilio takes our keys, but the account is ${status}.`,
  notAsked: "Twilio could not be asked about the account.",
};

/** Results about our number and its webhook. */
export const SENDER = {
  sandbox: "The number is Twilio's sandbox: people must join it first, and leave it after 3 days.",
  sandboxWebhook: (url: string) =>
    `The sandbox's webhook cannot be read. In Twilio's console set it to ${url}`,
  notAsked: "Twilio could not be asked about the number.",
  online: "Our number is a WhatsApp sender and online.",
  notOnline: (status: string) =>
    `Our number is a WhatsApp sender, but its status is ${status}. See Senders in Twilio's console.`,
  webhook: "Twilio sends messages to the address of this program.",
  otherWebhook: (url: string) =>
    `Twilio sends messages to another address. Set the sender's webhook to ${url}`,
  noWebhook: (url: string) => `The sender has no webhook. In Twilio's console set it to ${url}`,
  noNumber: "The account has no such number. Check TWILIO_PHONE_NUMBER.",
  notRegistered:
    "The account has the number, but it is no WhatsApp sender yet. Register it in Twilio's console.",
};

/** Why an answer is unusable. */
export const ANSWER = {
  none: (fault: string) => `There was no answer (${fault}).`,
  unreadable: "Its answer could not be read.",
  status: (status: number) =>
    status === 401
      ? "Twilio does not accept the keys. Check TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN."
      : `Twilio answered with status ${status}. Try again later, and see its status page.`,
};

export const OFF = {
  preview: "This is a preview deployment: nothing is sent from it.",
  missing: (keys: readonly string[]) => `WhatsApp needs ${keys.join(", ")} to be set.`,
  off: "WhatsApp is off.",
};
