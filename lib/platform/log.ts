export type LogLevel = "debug" | "info" | "warn" | "error";

/** Writes one line; details hold ids and numbers, never texts, prompts, numbers of phones or secrets. */
export type Log = (
  level: LogLevel,
  message: string,
  details?: Record<string, string | number | boolean | null>,
) => void;
