import { z } from "zod";
import { ADMIN_SETTINGS, adminWarnings, passwordProblem } from "./config/admin.ts";
import { ALERT_SETTINGS } from "./config/alerts.ts";
import { BACKUP_SETTINGS, backupProblem } from "./config/backup.ts";
import { LIMIT_SETTINGS } from "./config/limits.ts";
import {
  audioFormats,
  audioProblem,
  type CompatibleServer,
  compatibleServers,
  defaultModel,
  keyProblem,
  MODEL_SETTINGS,
  modelWarnings,
  providerProblem,
} from "./config/models.ts";
import { MONITORING_SETTINGS, monitoringWarnings } from "./config/monitoring.ts";
import { SERVER_SETTINGS } from "./config/server.ts";
import { SPEECH_SETTINGS, speechWarnings } from "./config/speech.ts";
import { WHATSAPP_SETTINGS, whatsAppWarnings } from "./config/whatsapp.ts";
import type { AudioFormat } from "./config/audio_formats.ts";
import { type OutboundSettings, readOutbound } from "./platform/proxies.ts";

const schema = z.object({
  ...SERVER_SETTINGS,
  ...MODEL_SETTINGS,
  ...SPEECH_SETTINGS,
  ...ADMIN_SETTINGS,
  ...WHATSAPP_SETTINGS,
  ...LIMIT_SETTINGS,
  ...ALERT_SETTINGS,
  ...BACKUP_SETTINGS,
  ...MONITORING_SETTINGS,
});
type Key = keyof typeof schema.shape;

/** Every environment key of the program, read once at the start. */
export const KEYS: readonly Key[] = schema.keyof().options;

/** The original product's names; still accepted, with a warning that says the new one. */
const RENAMED: Record<string, Key> = {
  VITE_ADMIN_PASSWORD: "ADMIN_PASSWORD",
  VITE_ALLOWED_ADMIN_EMAILS: "ALLOWED_ADMIN_EMAILS",
};

export type Config = Readonly<z.output<typeof schema>> & OutboundSettings & {
  readonly LLM_DEFAULT_MODEL: string;
  /** The servers of LLM_COMPATIBLE with their keys. */
  readonly compatible: readonly CompatibleServer[];
  /** Formats of recordings that the models of a provider take, where a setting says so. */
  readonly audioFormats: ReadonlyMap<string, readonly AudioFormat[]>;
  /** Whether this is a preview deployment, from which nothing is sent to people. */
  readonly preview: boolean;
  /** Whether the platform's router stands in front, and knows our names. */
  readonly onDeploy: boolean;
  /** What the person who starts the program should know, in sentences. */
  readonly warnings: readonly string[];
};

/**
 * Turns the environment into the program's settings.
 * @throws {Error} whose message is one line that names the key and what it takes.
 */
export function readConfig(env: Record<string, string | undefined>): Config {
  const warnings: string[] = [];
  const values: Record<string, string> = {};
  for (const key of KEYS) {
    const value = env[key]?.trim();
    if (value) values[key] = value;
  }
  for (const [old, key] of Object.entries(RENAMED)) {
    const value = env[old]?.trim();
    if (!value) continue;
    warnings.push(`${old} is an old name: call it ${key}`);
    values[key] ??= value;
  }
  const result = schema.safeParse(values);
  if (!result.success) {
    const issue = result.error.issues[0];
    throw new Error(`Cannot start: ${String(issue?.path[0])} takes ${issue?.message}`);
  }
  const problem = passwordProblem(result.data);
  if (problem !== null) throw new Error(`Cannot start: ADMIN_PASSWORD takes ${problem}`);
  const unknown = providerProblem(result.data);
  if (unknown !== null) throw new Error(`Cannot start: LLM_PROVIDER takes ${unknown}`);
  const wrongKey = keyProblem(result.data, env);
  if (wrongKey !== null) throw new Error(`Cannot start: ${wrongKey}`);
  const unsafe = backupProblem(result.data);
  if (unsafe !== null) throw new Error(`Cannot start: ${unsafe}`);
  const wrongFormats = audioProblem(result.data, env);
  if (wrongFormats !== null) throw new Error(`Cannot start: ${wrongFormats}`);
  // On Deno Deploy the platform brings its own store and https; elsewhere the store is a file.
  const onDeploy = env.DENO_DEPLOYMENT_ID !== undefined;
  const { problems, ...outbound } = readOutbound(env);
  warnings.push(
    ...problems,
    ...modelWarnings(result.data, env),
    ...whatsAppWarnings(result.data),
    ...speechWarnings(result.data),
    ...adminWarnings(result.data, onDeploy),
    ...monitoringWarnings(env),
  );
  const path = result.data.KV_PATH ?? (onDeploy ? undefined : "data/obt-helper.sqlite");
  // https://docs.deno.com/deploy/reference/env_vars_and_contexts/
  const timeline = env.DENO_TIMELINE ?? "production";
  const preview = timeline !== "production";
  const compatible = compatibleServers(result.data, env);
  return {
    ...result.data,
    LLM_DEFAULT_MODEL: defaultModel(result.data),
    KV_PATH: path,
    compatible,
    audioFormats: audioFormats(result.data, env),
    preview,
    ...outbound,
    onDeploy,
    warnings,
  };
}
