import { HEALTH } from "../locales/admin/reports.ts";
import { createHash } from "node:crypto";
import { toolView } from "../tools/rules/local_texts.ts";
import type { WhatsAppStatus } from "../shared/views/whatsapp_view.ts";
import type { BreakerStates, BreakerStatus } from "../llm/breaker.ts";
import type { Provider } from "../llm/provider.ts";
import type { Clock } from "../platform/clock.ts";
import { startTimeLimit } from "../platform/time_limit.ts";
import { NoAnswerError } from "../store/store_call.ts";
import type { Tools } from "../tools/stored_tools.ts";

interface Needs {
  store: { tools: Tools; ping(): Promise<void>; writesFail(): Promise<string | null> };
  provider: Provider;
  firstProvider: string;
  breakers: BreakerStates;
  clock: Clock;
}

const LIMIT_MS = 2_000;

interface Check {
  status: "pass" | "warn" | "fail";
  /** The fault, in readable form. */
  output?: string;
  observedValue?: number;
  observedUnit?: string;
}

/** Health (draft-inadarei-api-health-check), with the fields read by the original's monitors. */
export interface Health {
  status: "pass" | "fail";
  version: string;
  checks: Record<string, (Check & { componentType: string })[]>;
  timestamp: string;
  toolCount: number;
  /** Changes with the public fields of the tools. */
  toolsHash: string;
  storage: "available" | "unavailable";
}

/** What other capabilities say of themselves. */
interface Observed {
  whatsapp: WhatsAppStatus;
  clockDoubt: string | null;
  backupFailed: Promise<boolean>;
  /** Whether another server should get new requests, as this one shuts down. */
  leaving: boolean;
}

/**
 * Checks store, provider, WhatsApp and clock; the store has two seconds each for reads and writes.
 */
export async function health(
  deps: Needs,
  version: string,
  { whatsapp, clockDoubt, backupFailed, leaving }: Observed,
): Promise<Health> {
  const began = performance.now();
  const late = HEALTH.silent;
  const reading = deps.store.ping().then(() => null, unread);
  const [read, tools, written, unproven] = await Promise.all([
    withTimeout(LIMIT_MS, reading, late),
    withTimeout(LIMIT_MS, activeTools(deps).catch(() => []), []),
    withTimeout(LIMIT_MS, deps.store.writesFail(), late),
    withTimeout(LIMIT_MS, backupFailed.catch(() => false), false),
  ]);
  const tookMs = Math.round(performance.now() - began);
  const stored = read === null && written === null;
  const status = stored && !leaving ? "pass" : "fail";
  return {
    status,
    version,
    checks: {
      "store:responseTime": [{
        componentType: "datastore",
        ...checkOf(read),
        observedValue: tookMs,
        observedUnit: "ms",
      }],
      "store:writes": [{ componentType: "datastore", ...checkOf(written) }],
      "provider:configured": [{
        componentType: deps.provider.simulated ? "simulated" : deps.firstProvider,
        status: "pass",
      }],
      "provider:answers": breakerChecks(deps.breakers.states()),
      "whatsapp:configured": [whatsAppCheck(whatsapp)],
      "backup:newest": [{
        componentType: "datastore",
        ...(unproven ? { status: "warn", output: HEALTH.backup } : { status: "pass" }),
      }],
      ...processHealth(leaving).checks,
      "clock:believed": [{
        componentType: "system",
        ...(clockDoubt === null ? { status: "pass" } : { status: "warn", output: clockDoubt }),
      }],
    },
    timestamp: new Date(deps.clock()).toISOString(),
    toolCount: tools.length,
    toolsHash: createHash("sha256").update(JSON.stringify(tools.map((tool) => toolView(tool))))
      .digest("hex")
      .slice(0, 16),
    storage: stored ? "available" : "unavailable",
  };
}

/** Health of the process alone, without the store, which a proxy's other servers share. */
export function processHealth(leaving: boolean): Pick<Health, "status" | "checks"> {
  const stays = { componentType: "system", ...checkOf(leaving ? HEALTH.leaving : null) };
  return {
    status: stays.status === "pass" ? "pass" : "fail",
    checks: { "process:stays": [stays] },
  };
}

/** A warning for each model that is not asked for now; others answer in its place. */
function breakerChecks(states: readonly BreakerStatus[]) {
  const open = states.filter(({ phase }) => phase !== "closed");
  if (open.length === 0) return [{ componentType: "models", status: "pass" as const }];
  return open.map(({ provider, needsPerson }) => ({
    componentType: provider,
    status: "warn" as const,
    output: needsPerson ? HEALTH.providerShut : HEALTH.modelPaused,
  }));
}

/** Off is a pass; keys refused by Twilio are a warning, because the rest works. */
function whatsAppCheck({ on, reason, paused }: WhatsAppStatus) {
  if (paused) return { componentType: "paused", status: "warn" as const, output: paused.meaning };
  return {
    componentType: on ? "twilio" : "off",
    status: "pass" as const,
    ...(reason === null ? {} : { output: reason }),
  };
}

/** The read's own limit may be over first, as the one below excuses more. */
function unread(error: unknown): string {
  const silent = error instanceof Error && error.cause instanceof NoAnswerError;
  return silent ? HEALTH.silent : HEALTH.unreadable;
}

function checkOf(wrong: string | null): Pick<Check, "status" | "output"> {
  return wrong === null ? { status: "pass" } : { status: "fail", output: wrong };
}

async function activeTools({ store }: Needs) {
  return (await store.tools.list()).filter((tool) => tool.active);
}

/** Time in which this process stands still is no fault of the store. */
async function withTimeout<T>(ms: number, promise: Promise<T>, otherwise: T): Promise<T> {
  let cancel = () => {};
  const late = new Promise<T>((done) => cancel = startTimeLimit(ms, () => done(otherwise)));
  try {
    return await Promise.race([promise, late]);
  } finally {
    cancel();
  }
}
