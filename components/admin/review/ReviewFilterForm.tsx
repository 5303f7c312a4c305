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
const RATINGS = { up: "Some reply rated good", down: "Some reply rated bad", none: "Not rated" };

/** Filter of the conversation list. */
export function ReviewFilterForm({ filter, filtered, tools, timeZone }: ReviewFilterFormProps) {
  return (
    <form class="filter" method="get" role="search" aria-label="Search conversations">
      <label class="field search">
        <span>Words in a message</span>
        <input
          class="in"
          type="search"
          name="text"
          value={filter.text}
          dir="auto"
          maxLength={100}
        />
      </label>
      <Choice
        name="tool"
        label="Tool"
        value={filter.tool}
        options={tools.map(({ id, name }) => [id, name])}
      />
      <Choice
        name="channel"
        label="Channel"
        value={filter.channel}
        options={Object.entries(CHANNELS)}
      />
      <Choice
        name="rating"
        label="Rating"
        value={filter.rating}
        options={Object.entries(RATINGS)}
      />
      <DayRange from={filter.from} to={filter.to} />
      <label class="check">
        <input type="checkbox" name="unreviewed" value="1" checked={filter.unreviewed} />
        <span>Not yet reviewed</span>
      </label>
      <SearchActions filtered={filtered} all="/admin/conversations" timeZone={timeZone} />
    </form>
  );
}

interface ChoiceProps {
  name: string;
  label: string;
  value: string;
  options: readonly (readonly [value: string, label: string])[];
}

function Choice({ name, label, value, options }: ChoiceProps) {
  return (
    <label class="field">
      <span>{label}</span>
      <select class="in" name={name}>
        <option value="">Any</option>
        {options.map(([id, text]) => (
          <option key={id} value={id} selected={id === value}>{text}</option>
        ))}
      </select>
    </label>
  );
}
