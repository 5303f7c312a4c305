/** Why a person on WhatsApp cannot be written to. */
export type Silence = "blocked" | "optedOut" | "window";

export const SILENCES: Readonly<Record<Silence, string>> = {
  blocked: "This person is blocked. Unblock first.",
  optedOut: "This person sent STOP. Nothing may be sent until they send START.",
  window: "More than 24 hours have passed since this person last wrote. WhatsApp then takes a " +
    "template only, and TWILIO_TEMPLATE_SID is not set.",
};
