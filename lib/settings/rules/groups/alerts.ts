import { z } from "zod";
import { SETTING_TAKES as TAKES } from "../../../locales/admin/settings.ts";
import { usdString } from "../../../shared/money.ts";
import { amountOf, wholeNumberOf } from "../form_values.ts";
import { check, type SettingsGroupForm, within } from "../settings_group.ts";
import { SETTINGS_LIMITS } from "../settings_limits.ts";

export const alertsGroup = z.object({
  /**
   * Cost of a conversation at which its person is told, in nano-dollars.
   * 0 never, null for the environment's value.
   */
  sessionCost: z.bigint().min(0n).nullable().default(null),
  /** Webhook of alerts; null for the environment's value. */
  webhookUrl: z.string().max(SETTINGS_LIMITS.webhookUrl).nullable().default(null),
  /** Percentages of a ceiling that raise an alert, ascending. */
  shares: z.array(z.number().int().min(1).max(100)).max(SETTINGS_LIMITS.shares)
    .default([50, 80, 100]),
});

export const ALERTS_FORM: SettingsGroupForm<
  z.output<typeof alertsGroup>,
  "sessionCost" | "shares" | "webhookUrl"
> = {
  fields: ({ sessionCost, webhookUrl, shares }) => ({
    sessionCost: sessionCost === null ? "" : usdString(sessionCost),
    shares: shares.join(", "),
    webhookUrl: webhookUrl ?? "",
  }),
  read: ({ text }) => ({
    sessionCost: text("sessionCost"),
    shares: text("shares"),
    webhookUrl: text("webhookUrl"),
  }),
  check: ({ sessionCost, webhookUrl, shares }) => [
    check(amountOf(sessionCost) !== undefined, "sessionCost", TAKES.sessionCost),
    check(sharesOf(shares) !== null, "shares", TAKES.shares(SETTINGS_LIMITS.shares)),
    check(webhookUrl === "" || isWebhook(webhookUrl), "webhookUrl", TAKES.webhook),
  ],
  apply: ({ sessionCost, webhookUrl, shares }, part) => ({
    sessionCost: amountOf(sessionCost) ?? null,
    webhookUrl: webhookUrl === "" ? null : webhookUrl,
    shares: sharesOf(shares) ?? part.shares,
  }),
};

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
