import { doubtText, exactSpending } from "../locales/admin/alerts.ts";
import { alertWebhook, postToWebhook } from "./webhook.ts";
import { usdString } from "../shared/money.ts";
import type { Alerts, RaisedAlert } from "./stored_alerts.ts";
import { alertSentence } from "./alert_texts.ts";
import type { EventBus } from "../platform/event_bus.ts";
import type { HttpClient } from "../platform/http_client.ts";
import type { Config } from "../config.ts";
import type { Clock } from "../platform/clock.ts";
import type { Calendar } from "../platform/calendar.ts";
import type { Log } from "../platform/log.ts";
import { sparingLog } from "../platform/sparing_log.ts";
import type { StoredSettings } from "../settings/stored_settings.ts";

interface Needs {
  store: { alerts: Alerts; settings: StoredSettings };
  config: Config;
  http: HttpClient;
  clock: Clock;
  calendar: Calendar;
  log: Log;
  bus: EventBus;
}

const ROUND_MS = 5_000;
const MAX_TRIES = 8;
/** Delay of the first retry, doubled each time; any process may make it. */
const FIRST_PAUSE_MS = 15_000;

/**
 * Sends alerts to the webhook in the background.
 * Each is retried a few times, by one process at a time, under the same id, so that a receiver can
 * recognise a repetition.
 */
export class AlertSender {
  private timer: ReturnType<typeof setInterval> | undefined;
  private round: Promise<void> = Promise.resolve();
  private readonly tries = new Map<string, number>();
  private readonly done = new Set<string>();

  private readonly log: Log;

  constructor(private readonly deps: Needs) {
    this.log = sparingLog(deps.log);
  }

  start(): void {
    this.deps.bus.subscribe("AlertRaised", () => this.wake());
    // A new address may accept waiting alerts.
    this.deps.bus.subscribe("SettingsChanged", () => this.wake());
    this.timer = setInterval(() => this.wake(), ROUND_MS);
  }

  /** Sends waiting alerts now. */
  wake(): void {
    if (alertWebhook(this.deps) === null) return;
    this.round = this.round.then(() => this.sendAll()).catch(() => {
      this.log("warn", "Cannot read the alerts to send");
    });
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.round;
  }

  private async sendAll(): Promise<void> {
    const { store, clock, calendar } = this.deps;
    const now = clock();
    const today = calendar.dayOf(now);
    // Alerts raised just before midnight are sent after it as well.
    const days = new Set([calendar.dayOf(now - 3_600_000), today]);
    for (const day of days) {
      for (const raised of await store.alerts.ofDay(day)) {
        const id = `${day} ${raised.name}`;
        if (this.done.has(id)) continue;
        const tries = this.tries.get(id) ?? 0;
        const until = now + FIRST_PAUSE_MS * 2 ** tries;
        if (!await store.alerts.claim(raised, now, until, MAX_TRIES)) continue;
        this.tries.set(id, tries + 1);
        if (await this.send(raised)) {
          await store.alerts.sent(raised);
          this.done.add(id);
        }
      }
    }
  }

  private async send(raised: RaisedAlert): Promise<boolean> {
    const url = alertWebhook(this.deps);
    if (url === null) return false;
    const answer = await postToWebhook(this.deps, url, webhookId(raised), payload(raised));
    if (answer.taken) return true;
    this.deps.log("warn", "Sending an alert failed", { why: answer.why });
    return false;
  }
}

function webhookId({ day, name }: RaisedAlert): string {
  return `alert_${day}_${name.replaceAll(" ", "_")}`;
}

function payload({ day, alert }: RaisedAlert) {
  const { at, scope, name } = alert;
  const timestamp = new Date(at).toISOString();
  if (alert.scope === "fault") {
    const { code, params } = alert;
    const why = params.why === undefined ? {} : { why: doubtText(params.why) };
    const data = { day, name, ...params, ...why, text: alertSentence(alert, name) };
    return { type: `fault.${code}`, timestamp, data };
  }
  const { percent, spent, ceiling } = alert;
  return {
    type: `cost.${scope}`,
    timestamp,
    data: {
      day,
      scope,
      name,
      percent,
      spentUsd: usdString(spent),
      limitUsd: usdString(ceiling),
      text: exactSpending(alert, name),
    },
  };
}
