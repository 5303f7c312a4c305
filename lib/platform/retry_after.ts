/**
 * Delay that a server asks for, in ms: `retry-after-ms`, else Retry-After as seconds or a date (RFC
 * 9110, 10.2.3). From 0 to one day; undefined when neither can be read.
 * @param now milliseconds since 1970
 */
export function retryAfterMs(headers: Headers, now: number): number | undefined {
  const ms = headers.get("retry-after-ms");
  if (ms !== null && /^\d+(\.\d+)?$/.test(ms.trim())) return within(Number(ms));
  const value = headers.get("retry-after")?.trim();
  if (!value) return undefined;
  if (/^\d+(\.\d+)?$/.test(value)) return within(Number(value) * 1000);
  const date = /^[A-Z][a-z]+, /.test(value) ? Date.parse(value) : NaN;
  return Number.isNaN(date) ? undefined : within(date - now);
}

const DAY = 86_400_000;

const within = (ms: number) => Math.min(DAY, Math.max(0, Math.ceil(ms)));
