import type { Config } from "../config.ts";
import { whatsAppSettings } from "../config/whatsapp.ts";
import type { ModelCatalogue } from "../llm/catalogue.ts";
import { availableProviders, modelNamed } from "../llm/named_models.ts";
import type { Provider } from "../llm/provider.ts";
import {
  DOCTOR,
  DOCTOR_CHECKS,
  type DoctorFinding,
  type FindingState,
} from "../locales/admin/doctor.ts";
import { PROVIDER_NAMES, PROVIDER_TEST_TEXTS } from "../locales/admin/providers.ts";
import type { Clock } from "../platform/clock.ts";
import { causeOf } from "../platform/errors.ts";
import type { HttpClient } from "../platform/http_client.ts";
import type { Log } from "../platform/log.ts";
import type { ProviderTestCode } from "../shared/provider_test_codes.ts";
import type { BackupsView } from "../shared/views/backup_view.ts";
import type { StoredSettings } from "../settings/stored_settings.ts";
import { endOfNamed } from "../tools/model_ends.ts";
import { modelNamesOf } from "../tools/rules/tool_models.ts";
import type { Tools } from "../tools/stored_tools.ts";
import type { CheckFinding } from "../whatsapp/messenger.ts";
import { alertsFinding } from "./alerts_check.ts";
import {
  type Check,
  finding,
  type Found,
  machineChecks,
  settingsChecks,
} from "./settings_checks.ts";
import { webhookFinding } from "./webhook_check.ts";

export interface DoctorDeps {
  store: {
    tools: Tools;
    settings: StoredSettings;
    ping(): Promise<void>;
    writesFail(): Promise<string | null>;
  };
  config: Config;
  catalogue: ModelCatalogue;
  provider: Provider;
  firstProvider: string;
  http: HttpClient;
  clock: Clock;
  log: Log;
}

export interface DoctorParts {
  /** Tests a provider's key by one paid call of a token, which is booked. */
  testKey(who: string, provider: string): Promise<ProviderTestCode>;
  /** Asks Twilio about account, number and webhook; it sends nothing. */
  checkTwilio(): Promise<CheckFinding[]>;
  backups(): Promise<BackupsView>;
}

const HOUR_MS = 60 * 60_000;
/** A nightly backup that is older was missed. */
const OLD_BACKUP_HOURS = 26;

/**
 * Checks a deployment. It spends one short call of each provider, of a token where the model takes
 * that, and shows no secret.
 */
export class Doctor {
  constructor(private readonly deps: DoctorDeps, private readonly parts: DoctorParts) {}

  async run(who: string): Promise<DoctorFinding[]> {
    const { config, http, log } = this.deps;
    const whatsapp = whatsAppSettings(config);
    const checks: Check[] = [
      ...settingsChecks(this.deps),
      [DOCTOR_CHECKS.store, () => this.store()],
      ...machineChecks(this.deps),
      ...availableProviders(this.deps.provider).map((
        { name, simulated },
      ): [string, () => Promise<Found>] => {
        const title = DOCTOR_CHECKS.key(PROVIDER_NAMES.get(name) ?? name);
        return [title, () => this.key(who, title, name, simulated)];
      }),
      [DOCTOR_CHECKS.prices, () => this.prices()],
      [DOCTOR_CHECKS.ends, () => this.ends()],
      ...whatsapp === null ? [] : [
        [DOCTOR_CHECKS.twilio, () => this.twilio()],
        [DOCTOR_CHECKS.webhook, () => webhookFinding(http, whatsapp)],
      ] satisfies [string, () => Promise<Found>][],
      [DOCTOR_CHECKS.alerts, () => alertsFinding(this.deps)],
      [DOCTOR_CHECKS.backups, () => this.backups()],
      [DOCTOR_CHECKS.metrics, () => this.metrics()],
    ];
    const all = await Promise.all(checks.map(async ([title, check]) => {
      try {
        return await check();
      } catch (error) {
        log("warn", "A check failed", { check: title, error: causeOf(error) });
        return finding("bad", title, DOCTOR.failed);
      }
    }));
    return all.flat();
  }

  private async store(): Promise<Found> {
    const { store, config } = this.deps;
    const found = (state: FindingState, text: string) => finding(state, DOCTOR_CHECKS.store, text);
    if (!await store.ping().then(() => true, () => false)) return found("bad", DOCTOR.storeRead);
    const why = await store.writesFail();
    if (why !== null) return found("bad", DOCTOR.storeWrite(why));
    return config.KV_PATH === ":memory:"
      ? found("warn", DOCTOR.storeMemory)
      : found("ok", DOCTOR.storeOk);
  }

  private async key(
    who: string,
    title: string,
    name: string,
    simulated: boolean,
  ): Promise<Found> {
    if (simulated) return finding("warn", title, DOCTOR.keySimulated);
    const code = await this.parts.testKey(who, name);
    const state = code === "answered"
      ? "ok"
      : code === "busy" || code === "no_budget"
      ? "warn"
      : "bad";
    return finding(state, title, PROVIDER_TEST_TEXTS[code]);
  }

  /** Stored names of the models that active tools may ask. */
  private async models(): Promise<string[]> {
    const { store, config } = this.deps;
    const tools = (await store.tools.list()).filter(({ active }) => active);
    return [...new Set([config.LLM_DEFAULT_MODEL, ...tools.flatMap(modelNamesOf)])];
  }

  private async prices(): Promise<Found> {
    const { catalogue } = this.deps;
    const models = await this.models();
    const lacking = models.filter((name) => {
      const { provider, model } = modelNamed(name, this.deps);
      return catalogue.priceOf(provider, model) === null;
    });
    return lacking.length === 0
      ? finding("ok", DOCTOR_CHECKS.prices, DOCTOR.pricesOk(models.length))
      : finding("bad", DOCTOR_CHECKS.prices, DOCTOR.pricesLack(lacking));
  }

  private async ends(): Promise<Found> {
    const ends = (await this.models()).flatMap((name) => {
      const end = endOfNamed(name, this.deps);
      return end === null ? [] : [{ name, ...end }];
    });
    if (ends.length === 0) return finding("ok", DOCTOR_CHECKS.ends, DOCTOR.endsOk);
    const over = ends.some(({ daysLeft }) => daysLeft <= 0);
    const texts = ends.map(({ name, endsOn, replacement }) =>
      DOCTOR.end(name, endsOn, replacement)
    );
    return finding(over ? "bad" : "warn", DOCTOR_CHECKS.ends, DOCTOR.endsSoon(texts));
  }

  private async twilio(): Promise<Found> {
    const states = { ok: "ok", unknown: "warn", wrong: "bad" } as const;
    return (await this.parts.checkTwilio())
      .map(({ state, text }) => finding(states[state], DOCTOR_CHECKS.twilio, text));
  }

  private async backups(): Promise<Found> {
    const { on, rows, proven, failed, inBucket, fault } = await this.parts.backups();
    const found = (state: FindingState, text: string) =>
      finding(state, DOCTOR_CHECKS.backups, text);
    if (!on) return found("warn", DOCTOR.backupsNone);
    if (failed !== null || fault !== null) return found("bad", DOCTOR.backupsFailed);
    const [newest] = rows;
    if (newest === undefined) return found("warn", DOCTOR.backupsEmpty);
    const hours = Math.round((this.deps.clock() - newest.at) / HOUR_MS);
    if (hours > OLD_BACKUP_HOURS) return found("bad", DOCTOR.backupsOld(hours));
    if (proven === null) return found("warn", DOCTOR.backupsUnproven);
    const fine = found("ok", DOCTOR.backupsOk(hours));
    return inBucket ? fine : [fine, found("warn", DOCTOR.backupsHere)];
  }

  private metrics(): Found {
    return this.deps.config.METRICS_TOKEN === undefined
      ? finding("ok", DOCTOR_CHECKS.metrics, DOCTOR.metricsOff)
      : finding("ok", DOCTOR_CHECKS.metrics, DOCTOR.metricsOk);
  }
}

/** How many findings there are of each state. */
export function countFindings(all: readonly DoctorFinding[]): Record<FindingState, number> {
  const count = (state: FindingState) => all.filter((each) => each.state === state).length;
  return { ok: count("ok"), warn: count("warn"), bad: count("bad") };
}
