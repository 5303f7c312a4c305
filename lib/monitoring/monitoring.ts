import process from "node:process";
import { Counts } from "../platform/counts.ts";
import type { EventBus } from "../platform/event_bus.ts";
import type { Refusals } from "../limits/refusals.ts";
import type { Breakers } from "../llm/breaker.ts";
import type { FailedRequests } from "./failed_requests.ts";
import { CallCounts } from "./call_counts.ts";
import { exposition, type Metric, single } from "./rules/exposition.ts";
import { type GaugeDeps, type GaugeSources, storeGauges } from "./store_gauges.ts";

interface Needs extends GaugeDeps {
  store: GaugeDeps["store"] & { refusals: Refusals; failedRequests: FailedRequests };
  breakers: Pick<Breakers, "states" | "errors">;
  bus: EventBus;
}

interface Sources extends GaugeSources {
  version: string;
  /** Number of replies that this process writes. */
  replies(): number;
}

/** A request and its answer, without its address or a text. */
export interface AnsweredRequest {
  id: string;
  at: number;
  method: string;
  /** The pattern of its route; null where there is none. */
  route: string | null;
  status: number;
  /** Code of the error that it was answered with; null without one. */
  error: string | null;
}

const MOST_BREAKERS = 100;
const PHASES = { closed: 0, half_open: 1, open: 2 } as const;

/** The program's figures for Prometheus. None is about a person, and none has a text. */
export class Monitoring {
  private readonly answers = new Counts(["status"], 6);
  private readonly calls: CallCounts;

  constructor(private readonly deps: Needs, private readonly sources: Sources) {
    this.calls = new CallCounts(deps);
  }

  /** Counts an answered request, and keeps it where it failed. */
  answered({ id, at, method, route, status, error }: AnsweredRequest): void {
    this.answers.add([`${Math.floor(status / 100)}xx`]);
    if (status < 400) return;
    const { store, calendar } = this.deps;
    const code = error ?? `http.${status}`;
    store.failedRequests.note(calendar.dayOf(at), { id, at, method, route, status, code });
  }

  /** All figures in Prometheus's text format. */
  async metrics(): Promise<string> {
    const { version, replies } = this.sources;
    return exposition([
      { name: "obt_build_info", type: "gauge", values: [{ labels: { version }, value: 1 }] },
      ...this.calls.metrics(),
      { name: "obt_replies_running", type: "gauge", values: single(replies()) },
      ...this.limits(),
      ...await storeGauges(this.deps, this.sources),
      ...processMetrics(),
    ]);
  }

  private limits(): Metric[] {
    const { store, breakers } = this.deps;
    const states = breakers.states().filter(({ phase }) => phase !== "closed");
    return [
      {
        name: "obt_provider_errors_total",
        type: "counter",
        values: breakers.errors().map(({ provider, kind, count }) => ({
          labels: { provider, kind },
          value: count,
        })),
      },
      {
        name: "obt_breaker_state",
        type: "gauge",
        values: [...states, ...breakers.states().filter(({ phase }) => phase === "closed")]
          .slice(0, MOST_BREAKERS)
          .map(({ provider, model, phase }) => ({
            labels: { provider, model },
            value: PHASES[phase],
          })),
      },
      { name: "obt_refusals_total", type: "counter", values: store.refusals.counts.values() },
      { name: "obt_http_requests_total", type: "counter", values: this.answers.values() },
      { name: "obt_kv_seconds", type: "histogram", values: store.kv.seconds.values() },
    ];
  }
}

/** Figures of the process, by the names that Prometheus's clients use. */
function processMetrics(): Metric[] {
  const { user, system } = process.cpuUsage();
  return [
    { name: "process_cpu_seconds_total", type: "counter", values: single((user + system) / 1e6) },
    {
      name: "process_resident_memory_bytes",
      type: "gauge",
      values: single(Deno.memoryUsage().rss),
    },
    {
      name: "process_start_time_seconds",
      type: "gauge",
      values: single(performance.timeOrigin / 1000),
    },
  ];
}
