import { TEST_ALERT } from "../../locales/admin/alerts.ts";
import { alertWebhook, postToWebhook } from "../../alerts/webhook.ts";
import { audit, AUDIT_WEIGHT } from "../../audit/log.ts";
import type { AlertRow } from "../../shared/views/settings_view.ts";
import { alertSentence, isReached } from "../../alerts/alert_texts.ts";
import { isRefusedAtSight } from "../../alerts/webhook_address.ts";
import type { HttpClient } from "../../platform/http_client.ts";
import type { Config } from "../../config.ts";
import type { Calendar } from "../../platform/calendar.ts";
import type { Clock } from "../../platform/clock.ts";
import type { Log } from "../../platform/log.ts";
import type { Alerts } from "../../alerts/stored_alerts.ts";
import type { Tools } from "../../tools/stored_tools.ts";
import type { StoredSettings } from "../../settings/stored_settings.ts";
import type { Transactions } from "../../store/transactions.ts";

interface Needs {
  store: { alerts: Alerts; tools: Tools; settings: StoredSettings; transactions: Transactions };
  config: Config;
  http: HttpClient;
  calendar: Calendar;
  clock: Clock;
  log: Log;
}

const DAYS = 30;
const MOST = 300;
const DAY_MS = 24 * 3_600_000;

/** Raised alerts, and a test of the webhook. */
export class AlertService {
  constructor(private readonly deps: Needs) {}

  /** Alerts of the last 30 days, newest first. */
  async list(): Promise<AlertRow[]> {
    const { store, calendar, clock } = this.deps;
    const from = calendar.dayOf(clock() - DAYS * DAY_MS);
    const [alerts, tools] = await Promise.all([store.alerts.since(from, MOST), store.tools.list()]);
    return alerts.map(({ alert, sent, tries }) => ({
      at: alert.at,
      text: alertSentence(alert, tools.find(({ id }) => id === alert.name)?.name ?? alert.name),
      reached: isReached(alert),
      sent,
      tries,
    }));
  }

  /** The webhook's address without parts that may be secret; null without one. */
  destination(): string | null {
    const url = alertWebhook(this.deps);
    return url === null ? null : URL.parse(url)?.host ?? "";
  }

  /** Whether an address is refused without a DNS lookup. */
  refuses(url: string): boolean {
    const parsed = URL.parse(url);
    return parsed !== null && isRefusedAtSight(this.deps.config, parsed);
  }

  /** Sends a test alert. Returns the result as a sentence. */
  async test(who: string): Promise<{ good: boolean; text: string }> {
    const { store, clock } = this.deps;
    const url = alertWebhook(this.deps);
    if (url === null) {
      return { good: false, text: TEST_ALERT.noWebhook };
    }
    const at = clock();
    const id = `test_${crypto.randomUUID()}`;
    const answer = await postToWebhook(this.deps, url, id, {
      type: "test",
      timestamp: new Date(at).toISOString(),
      data: { text: TEST_ALERT.text },
    });
    if (!answer.taken) {
      this.deps.log("warn", "The alert webhook did not take a test alert", { why: answer.why });
    }
    const after = answer.taken ? "taken" : "not taken";
    await store.transactions.run([], (tx) => {
      audit(tx, { at, who, action: "alert.test", thing: "webhook:alerts", before: null, after });
    }, AUDIT_WEIGHT);
    return answer.taken ? { good: true, text: TEST_ALERT.taken(this.destination()) } : {
      // The reason is only logged: it would reveal what runs at an internal address.
      good: false,
      text: TEST_ALERT.notTaken(this.destination()),
    };
  }
}
