import type { Language } from "../../lib/shared/languages.ts";

/** Conversations of a day or a month, latest first. */
export interface HistoryGroup<Conversation> {
  heading: string;
  items: { conversation: Conversation; when: string }[];
}

interface Reader {
  language: Language;
  timeZone: string;
  now: number;
}

/** Groups conversations, latest first, into today, yesterday and months, with times or dates. */
export function historyGroups<Conversation extends { at: number }>(
  conversations: readonly Conversation[],
  days: { today: string; yesterday: string },
  { language, timeZone, now }: Reader,
): HistoryGroup<Conversation>[] {
  const format = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(`${language}-u-nu-latn`, { timeZone, ...options });
  const day = format({ year: "numeric", month: "numeric", day: "numeric" });
  const month = format({ year: "numeric", month: "long" });
  const date = format({ month: "long", day: "numeric" });
  const time = format({ timeStyle: "short", hourCycle: "h23" });
  const today = day.format(now);
  const yesterday = day.format(dayBefore(now, day));
  const groups: HistoryGroup<Conversation>[] = [];
  for (const conversation of conversations) {
    const { at } = conversation;
    const on = day.format(at);
    const near = on === today ? days.today : on === yesterday ? days.yesterday : null;
    const heading = near ?? month.format(at);
    const when = (near === null ? date : time).format(at);
    if (groups.at(-1)?.heading !== heading) groups.push({ heading, items: [] });
    groups.at(-1)?.items.push({ conversation, when });
  }
  return groups;
}

const HOUR = 60 * 60_000;

/** A time on the day before; days of a clock change have 23 or 25 hours. */
function dayBefore(now: number, day: Intl.DateTimeFormat): number {
  const today = day.format(now);
  let at = now;
  while (day.format(at) === today) at -= HOUR;
  return at;
}
