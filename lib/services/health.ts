import { createHash } from "node:crypto";
import { toolView } from "../domain/tool.ts";
import type { WhatsAppStatus } from "../shared/whatsapp_view.ts";
import type { Deps } from "./deps.ts";

const LIMIT_MS = 2_000;

interface Check {
  status: "pass" | "warn" | "fail";
  /** What is wrong, for people. */
  output?: string;
  observedValue?: number;
  observedUnit?: string;
}

/** How the program is (draft-inadarei-api-health-check), with the fields that the original's monitors read. */
export interface Health {
  status: "pass" | "fail";
  version: string;
  checks: Record<string, (Check & { componentType: string })[]>;
  timestamp: string;
  toolCount: number;
  /** Changes when what people see of the tools does. */
  toolsHash: string;
  storage: "available" | "unavailable";
}

/** Looks at what the program needs; the store gets two seconds. */
export async function health(
  deps: Deps,
  version: string,
  whatsapp: WhatsAppStatus,
): Promise<Health> {
  const began = performance.now();
  const reached = await within(LIMIT_MS, deps.store.ping());
  const tools = reached ? (await deps.store.tools.list()).filter((tool) => tool.active) : [];
  const status = reached ? "pass" : "fail";
  return {
    status,
    version,
    checks: {
      "store:responseTime": [{
        componentType: "datastore",
        status,
        observedValue: Math.round(performance.now() - began),
        observedUnit: "ms",
      }],
      "provider:configured": [{
        componentType: deps.provider.simulated ? "simulated" : deps.firstProvider,
        status: "pass",
      }],
      "whatsapp:configured": [whatsAppCheck(whatsapp)],
    },
    timestamp: new Date(deps.clock()).toISOString(),
    toolCount: tools.length,
    toolsHash: createHash("sha256").update(JSON.stringify(tools.map(toolView))).digest("hex")
      .slice(0, 16),
    storage: reached ? "available" : "unavailable",
  };
}

/** Off is no fault; keys that Twilio does not take are one, by which the rest still works. */
function whatsAppCheck({ on, reason, paused }: WhatsAppStatus) {
  if (paused) return { componentType: "paused", status: "warn" as const, output: paused.meaning };
  return {
    componentType: on ? "twilio" : "off",
    status: "pass" as const,
    ...(reason === null ? {} : { output: reason }),
  };
}

async function within(ms: number, promise: Promise<void>): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<boolean>((done) => timer = setTimeout(() => done(false), ms));
  try {
    return await Promise.race([promise.then(() => true, () => false), late]);
  } finally {
    clearTimeout(timer);
  }
}
