interface DayRangeProps {
  from: string;
  to: string;
}

/** First and last day of a search. */
export function DayRange({ from, to }: DayRangeProps) {
  return (
    <>
      <label class="field">
        <span>From</span>
        <input class="in" type="date" name="from" value={from} />
      </label>
      <label class="field">
        <span>To</span>
        <input class="in" type="date" name="to" value={to} />
      </label>
    </>
  );
}

interface SearchActionsProps {
  filtered: boolean;
  /** Address without filters. */
  all: string;
  timeZone: string;
}

/** Search button, link to everything, and the time zone of the days. */
export function SearchActions({ filtered, all, timeZone }: SearchActionsProps) {
  return (
    <div class="acts">
      <button class="btn" type="submit">Search</button>
      {filtered && <a class="btn" href={all}>Show all</a>}
      <span class="meta">Days and times: {timeZone}</span>
    </div>
  );
}
