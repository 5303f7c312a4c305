import type { Language } from "../../../lib/shared/languages.ts";
import { timeFormat } from "../../../lib/shared/formats.ts";

interface SentAtProps {
  language: Language;
  /** Milliseconds since 1970. */
  at: number;
  /** The device's zone without one. */
  timeZone?: string;
  /** Beside the message, where screen readers have it from the heading. */
  beside?: boolean;
}

/** A message's time; the page's script changes the server's times to the device's zone. */
export function SentAt({ language, at, timeZone, beside }: SentAtProps) {
  return (
    <time
      class={beside ? "meta" : undefined}
      aria-hidden={beside}
      dateTime={new Date(at).toISOString()}
    >
      {timeFormat(language, timeZone).format(at)}
    </time>
  );
}
