import type { ReviewFilter } from "../../../lib/shared/views/review_view.ts";
import { DayRange, SearchActions } from "../SearchFields.tsx";

interface ReviewFilterFormProps {
  filter: ReviewFilter;
  filtered: boolean;
  tools: readonly { id: string; name: string }[];
  timeZone: string;
}

/** Channels of the filter; `api` counts as web. */
const CHANNELS = { web: "Web and API", whatsapp: "WhatsApp" };

/** Filter of the conversation list. */
export function ReviewFilterForm({ filter, filtered, tools, timeZone }: ReviewFilterFormProps) {
  return (
    <form class="filter" method="get" role="search" aria-label="Search conversations">
      <input
        class="in search"
        type="search"
        name="text"
        value={filter.text}
        aria-label="Words in a message"
        placeholder="Search words"
        dir="auto"
        maxLength={100}
      />
      <Choice
        name="tool"
        label="Tool"
        all="All tools"
        value={filter.tool}
        options={tools.map(({ id, name }) => [id, name])}
      />
      <Choice
        name="channel"
        label="Channel"
        all="All channels"
        value={filter.channel}
        options={Object.entries(CHANNELS)}
      />
      <DayRange from={filter.from} to={filter.to} />
      {filter.rating !== "" && <input type="hidden" name="rating" value={filter.rating} />}
      {filter.unreviewed && <input type="hidden" name="unreviewed" value="1" />}
      <SearchActions filtered={filtered} all="/admin/conversations" timeZone={timeZone} />
    </form>
  );
}

interface ChoiceProps {
  name: string;
  label: string;
  /** The choice of every value. */
  all: string;
  value: string;
  options: readonly (readonly [value: string, label: string])[];
}

function Choice({ name, label, all, value, options }: ChoiceProps) {
  return (
    <select class="in" name={name} aria-label={label}>
      <option value="">{all}</option>
      {options.map(([id, text]) => (
        <option key={id} value={id} selected={id === value}>{text}</option>
      ))}
    </select>
  );
}
