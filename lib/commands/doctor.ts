import { ProviderTester } from "../admin/services/provider_tester.ts";
import { ScheduledBackups } from "../backup/scheduled_backups.ts";
import type { Config } from "../config.ts";
import { whatsAppSettings } from "../config/whatsapp.ts";
import { eraseAgain } from "../deletion.ts";
import { countFindings, Doctor } from "../doctor/doctor.ts";
import { findingsWithoutStore } from "../doctor/settings_checks.ts";
import { type DoctorFinding, doctorSum, FINDING_WORDS } from "../locales/admin/doctor.ts";
import { PaidCalls } from "../metering/calls/paid_calls.ts";
import { errorText } from "../locales/errors/error_text.ts";
import { migrateRestored, SCHEMA } from "../migrations.ts";
import { AppError } from "../platform/errors.ts";
import { EventBus } from "../platform/event_bus.ts";
import { HttpClient } from "../platform/http_client.ts";
import { VERSION } from "../services.ts";
import { openStore } from "../stores.ts";
import { twilioMessenger } from "../whatsapp/twilio/twilio.ts";
import { commandDeps } from "./command_deps.ts";

/** `doctor`: checks this deployment, also while it runs. Returns 1 when something is to be mended. */
export async function doctor(
  config: Config,
  args: readonly string[],
  say: (line: string) => void,
): Promise<number> {
  if (args.length > 0) {
    say("doctor   checks this deployment; it asks each provider for one token");
    return 1;
  }
  try {
    return tell(await withStore(config, say), say);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const clock = () => Date.now();
    const why = errorText(error.told, { language: "en", timeZone: config.TIME_ZONE, now: clock() });
    const needs = { config, http: new HttpClient(config.proxies), clock };
    return tell(await findingsWithoutStore(needs, why.replace(/\.$/, "")), say);
  }
}

/** Says the findings. Returns 1 when something is to be mended. */
function tell(findings: readonly DoctorFinding[], say: (line: string) => void): number {
  const width = Math.max(...findings.map(({ title }) => title.length));
  for (const { state, title, text } of findings) {
    say(`${FINDING_WORDS[state].padEnd(4)}  ${title.padEnd(width)}  ${text}`);
  }
  const counts = countFindings(findings);
  say(`\n${doctorSum(counts)}`);
  return counts.bad > 0 ? 1 : 0;
}

/** @throws {AppError} when the store cannot be used. */
async function withStore(
  config: Config,
  say: (line: string) => void,
): Promise<DoctorFinding[]> {
  const store = await openStore({ path: config.KV_PATH, report: say });
  try {
    const made = commandDeps(config, store, say);
    const deps = { ...made, bus: new EventBus(made.log) };
    const { clock, http } = deps;
    await store.customPrices.refresh(clock());
    // A call of a process that is not listed would be taken for a lost one's.
    await store.processes.join(clock());
    const tester = new ProviderTester(deps, new PaidCalls(deps));
    const backups = new ScheduledBackups(deps, {
      app: VERSION,
      schema: SCHEMA,
      migrate: migrateRestored,
      erase: (kv, erasures) => eraseAgain(deps, kv, erasures),
    });
    const whatsapp = whatsAppSettings(config);
    return await new Doctor(deps, {
      testKey: async (who, name) => (await tester.test(who, name)).code,
      checkTwilio: async () =>
        whatsapp === null ? [] : await twilioMessenger({ ...whatsapp, http }).check(
          `${whatsapp.publicUrl}/api/whatsapp`,
        ),
      backups: () => backups.byHand.view(),
    }).run("deno task doctor");
  } finally {
    await store.processes.remove(store.processes.self).catch(() => {});
    await store.close();
  }
}
