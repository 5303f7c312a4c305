import type { Config } from "../config.ts";
import {
  DOCTOR,
  DOCTOR_CHECKS,
  type DoctorFinding,
  type FindingState,
} from "../locales/admin/doctor.ts";
import type { Clock } from "../platform/clock.ts";
import type { HttpClient } from "../platform/http_client.ts";
import { isOwnServer } from "../shared/own_server.ts";

const LIMIT_MS = 10_000;
/** Seconds from which on codes and signatures begin to fail. */
const OFF = 30, FAR_OFF = 240;
const OPENAI = "https://api.openai.com", ANTHROPIC = "https://api.anthropic.com";
const TWILIO = "https://api.twilio.com";

/** Servers that the program uses anyway, to ask for their time. */
function serversOf(config: Config): string[] {
  const { OPENAI_API_KEY, OPENAI_BASE_URL, ANTHROPIC_API_KEY, ANTHROPIC_BASE_URL } = config;
  return [
    ...OPENAI_API_KEY ? [OPENAI_BASE_URL ?? OPENAI] : [],
    ...ANTHROPIC_API_KEY ? [ANTHROPIC_BASE_URL ?? ANTHROPIC] : [],
    ...config.TWILIO_ACCOUNT_SID ? [config.TWILIO_BASE_URL ?? TWILIO] : [],
    ...config.BACKUP_S3_URL ? [config.BACKUP_S3_URL.server] : [],
    // Its clock may be this machine's: asked last.
  ].sort((a, b) => Number(isOwnServer(a)) - Number(isOwnServer(b)));
}

/** Compares the clock with the `Date` of a server's answer, whatever the answer is. */
export async function clockFinding(
  { config, http, clock }: { config: Config; http: HttpClient; clock: Clock },
): Promise<DoctorFinding> {
  const found = (state: FindingState, text: string) => ({
    state,
    title: DOCTOR_CHECKS.clock,
    text,
  });
  const servers = serversOf(config);
  if (servers.length === 0) return found("ok", DOCTOR.clockNone);
  for (const server of servers) {
    const began = clock();
    const date = await http.fetch(server, {
      method: "HEAD",
      signal: AbortSignal.timeout(LIMIT_MS),
    }).then(({ headers }) => Date.parse(headers.get("date") ?? ""), () => NaN);
    if (Number.isNaN(date)) continue;
    // The header has whole seconds; half of one is the best guess.
    const seconds = Math.abs(Math.round(((began + clock()) / 2 - date - 500) / 1000));
    if (seconds <= OFF) return found("ok", DOCTOR.clockOk(Math.max(1, seconds)));
    return found(seconds > FAR_OFF ? "bad" : "warn", DOCTOR.clockOff(seconds));
  }
  return found("warn", DOCTOR.clockSilent);
}
