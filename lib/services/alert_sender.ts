import { createHmac } from "node:crypto";
import { Buffer } from "node:buffer";
import { usdString } from "../shared/money.ts";
import type { RaisedAlert } from "../store/alerts.ts";
import type { Deps } from "./deps.ts";
import { alertWebhook } from "./settings_in_force.ts";

const ROUND_MS = 5_000;
const ANSWER_MS = 10_000;
const MAX_TRIES = 8;
/** A try that failed is made again after this, doubled each time, by whichever process comes first. */
const FIRST_PAUSE_MS = 15_000;

/**
 * Sends alerts to the webhook, beside the chats and never before them. Each is
 * sent until it is taken, a few times at most, and by one process at a time.
 * Signed as https://www.standardwebhooks.com says: the id stays the same over
 * all tries, so that a receiver can tell a repetition.
 */
export class AlertSender {
  private timer: ReturnType<typeof setInterval> | undefined;
  private round: Promise<void> = Promise.resolve();
  private readonly tries = new Map<string, number>();
  private readonly done = new Set<string>();

  constructor(private readonly deps: Deps) {}

  start(): void {
    this.timer = setInterval(() => this.kick(), ROUND_MS);
  }

  /** Sends what is waiting, now. */
  kick(): void {
    if (alertWebhook(this.deps) === null) return;
    this.round = this.round.then(() => this.sendAll()).catch(() => {
      this.deps.log("warn", "Cannot look for alerts to send");
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
    // What was raised just before midnight is still sent after it.
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
    const { config, log, clock } = this.deps;
    const url = alertWebhook(this.deps);
    if (url === null) return false;
    const body = JSON.stringify(payload(raised));
    const id = webhookId(raised);
    const timestamp = Math.floor(clock() / 1000).toString();
    const headers = new Headers({
      "content-type": "application/json",
      "webhook-id": id,
      "webhook-timestamp": timestamp,
    });
    if (config.ALERT_WEBHOOK_SECRET !== undefined) {
      const signature = sign(config.ALERT_WEBHOOK_SECRET, id, timestamp, body);
      headers.set("webhook-signature", signature);
    }
    try {
      const response = await fetch(url, {
        method: "POST",
        headers,
        body,
        redirect: "manual",
        signal: AbortSignal.timeout(ANSWER_MS),
      });
      await response.body?.cancel();
      if (response.ok) return true;
      log("warn", "The alert webhook refused an alert", { status: response.status });
    } catch (error) {
      log("warn", "The alert webhook cannot be reached", {
        error: error instanceof Error ? error.name : typeof error,
      });
    }
    return false;
  }
}

/** `v1,` and the base64 of HMAC-SHA256 over `id.timestamp.body`. */
export function sign(secret: string, id: string, timestamp: string, body: string): string {
  const key = secret.startsWith("whsec_") ? Buffer.from(secret.slice(6), "base64") : secret;
  return `v1,${createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64")}`;
}

function webhookId({ day, name }: RaisedAlert): string {
  return `alert_${day}_${name.replaceAll(" ", "_")}`;
}

function payload({ day, alert }: RaisedAlert) {
  const { at, scope, name, percent, spent, ceiling } = alert;
  return {
    type: `cost.${scope}`,
    timestamp: new Date(at).toISOString(),
    data: {
      day,
      scope,
      name,
      percent,
      spentUsd: usdString(spent),
      limitUsd: usdString(ceiling),
      text: sentence(raisedText(scope, name), percent, usdString(spent), usdString(ceiling)),
    },
  };
}

function raisedText(scope: string, name: string): string {
  if (scope === "organisation") return "The organisation";
  return scope === "tool" ? `The tool ${name}` : `A conversation with ${name}`;
}

function sentence(who: string, percent: number, spent: string, limit: string): string {
  return `${who} has spent $${spent}, ${percent}% of $${limit}.`;
}
