export type LogLevel = "debug" | "info" | "warn" | "error";

/** Writes a line. Details are ids and numbers, never texts, prompts, phone numbers or secrets. */
export type Log = (
  level: LogLevel,
  message: string,
  details?: Record<string, string | number | boolean | null>,
) => void;
