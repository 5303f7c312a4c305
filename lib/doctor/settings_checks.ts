import type { Config } from "../config.ts";
import {
  DOCTOR,
  DOCTOR_CHECKS,
  type DoctorFinding,
  type FindingState,
} from "../locales/admin/doctor.ts";
import type { Clock } from "../platform/clock.ts";
import type { HttpClient } from "../platform/http_client.ts";
import { clockFinding } from "./clock_check.ts";
import { diskFinding, rightsFinding } from "./machine_checks.ts";

export interface StorelessNeeds {
  config: Config;
  http: HttpClient;
  clock: Clock;
}

export type Found = DoctorFinding | DoctorFinding[];

/** A check with the title under which its failure is told. */
export type Check = [title: string, check: () => Found | Promise<Found>];

export function finding(state: FindingState, title: string, text: string): DoctorFinding {
  return { state, title, text };
}

/** Checks of the settings alone. */
export function settingsChecks({ config }: StorelessNeeds): Check[] {
  return [
    [DOCTOR_CHECKS.settings, () => settings(config)],
    [DOCTOR_CHECKS.address, () => address(config)],
    [DOCTOR_CHECKS.admin, () => admin(config)],
  ];
}

/** Checks of the machine. */
export function machineChecks(needs: StorelessNeeds): Check[] {
  return [
    [DOCTOR_CHECKS.disk, () => diskFinding(needs.config)],
    [DOCTOR_CHECKS.rights, () => rightsFinding(needs.config)],
    [DOCTOR_CHECKS.clock, () => clockFinding(needs)],
  ];
}

/**
 * What can be checked while the store cannot be used.
 * @param why as a sentence
 */
export async function findingsWithoutStore(
  needs: StorelessNeeds,
  why: string,
): Promise<DoctorFinding[]> {
  const checks: Check[] = [
    ...settingsChecks(needs),
    [DOCTOR_CHECKS.store, () => finding("bad", DOCTOR_CHECKS.store, DOCTOR.storeUnusable(why))],
    ...machineChecks(needs),
  ];
  return (await Promise.all(checks.map(([, check]) => check()))).flat();
}

function settings({ warnings }: Config): Found {
  if (warnings.length === 0) return finding("ok", DOCTOR_CHECKS.settings, DOCTOR.settingsOk);
  return warnings.map((text) => finding("warn", DOCTOR_CHECKS.settings, `${text}.`));
}

function address({ PUBLIC_URL }: Config): Found {
  if (PUBLIC_URL === undefined) return finding("warn", DOCTOR_CHECKS.address, DOCTOR.addressNone);
  return PUBLIC_URL.startsWith("https:")
    ? finding("ok", DOCTOR_CHECKS.address, DOCTOR.addressOk(PUBLIC_URL))
    : finding("warn", DOCTOR_CHECKS.address, DOCTOR.addressPlain);
}

function admin({ ADMIN_PASSWORD, ALLOWED_ADMIN_EMAILS = [] }: Config): Found {
  const open = ADMIN_PASSWORD !== undefined && ALLOWED_ADMIN_EMAILS.length > 0;
  return open
    ? finding("ok", DOCTOR_CHECKS.admin, DOCTOR.adminOk)
    : finding("warn", DOCTOR_CHECKS.admin, DOCTOR.adminClosed);
}
