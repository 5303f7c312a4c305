import type { Log, LogLevel } from "../platform/log.ts";

const ORDER: Record<LogLevel, number> = { debug: 0, info: 1, warn: 2, error: 3 };
const encoder = new TextEncoder();

/**
 * Writes JSON lines to standard output, those of one turn of the event loop in one write. Anything
 * that looks like a phone number, a key or a shared link is masked.
 */
export function createLog(lowest: LogLevel, now: () => number): Log {
  let lines: string[] = [];
  const flush = () => {
    const text = lines.join("");
    lines = [];
    try {
      const bytes = encoder.encode(text);
      for (let at = 0; at < bytes.length;) at += Deno.stdout.writeSync(bytes.subarray(at));
    } catch {
      // A log without a reader must not end the program.
    }
  };
  return (level, message, details = {}) => {
    if (ORDER[level] < ORDER[lowest]) return;
    const time = new Date(now()).toISOString();
    if (lines.length === 0) setTimeout(flush);
    lines.push(`${mask(JSON.stringify({ time, level, message, ...details }))}\n`);
  };
}

/** Masks phone numbers, keys, bearer tokens and the ids of shared links. */
export function mask(text: string): string {
  return text
    .replace(/\b(sk|SK|AC|pk|rk)[-_]?[A-Za-z0-9_-]{16,}/g, "$1***")
    .replace(/\b(obt_[0-9A-Za-z]{8})_[0-9A-Za-z]+/g, "$1_***")
    .replace(/(\/shared\/)[\w-]{32}/g, "$1***")
    .replace(/(bearer\s+)[\w.~+/=-]{8,}/gi, "$1***")
    .replace(/(?:whatsapp:)?\+\d{6,15}\b/g, (number) => `${number.slice(0, -8)}***`);
}
