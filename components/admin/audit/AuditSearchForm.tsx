import { AUDIT_AREAS } from "../../../lib/locales/admin/audit.ts";
import { DayRange, SearchActions } from "../SearchFields.tsx";

export interface AuditSearchFields {
  action: string;
  who: string;
  thing: string;
  from: string;
  to: string;
}

interface AuditSearchFormProps {
  filter: AuditSearchFields;
  filtered: boolean;
  timeZone: string;
}

/** Narrows the log by area, person, thing and days. */
export function AuditSearchForm({ filter, filtered, timeZone }: AuditSearchFormProps) {
  const { action } = filter;
  // An address may name a single action, such as tool.change.
  const single = action !== "" && !AUDIT_AREAS.some(([prefix]) => prefix === action);
  return (
    <form class="filter" method="get" role="search" aria-label="Search the log">
      <label class="field">
        <span>Action</span>
        <select class="in" name="action">
          <option value="">All actions</option>
          {AUDIT_AREAS.map(([prefix, label]) => (
            <option key={prefix} value={prefix} selected={prefix === action}>{label}</option>
          ))}
          {single && <option value={action} selected>{action}</option>}
        </select>
      </label>
      <Text name="who" label="Person" value={filter.who} />
      <Text name="thing" label="Of what" value={filter.thing} />
      <DayRange from={filter.from} to={filter.to} />
      <SearchActions filtered={filtered} all="/admin/audit" timeZone={timeZone} />
    </form>
  );
}

function Text(props: { name: string; label: string; value: string }) {
  const { name, label, value } = props;
  return (
    <label class="field">
      <span>{label}</span>
      <input
        class="in"
        type="text"
        name={name}
        value={value}
        autocapitalize="none"
        spellcheck={false}
        maxLength={100}
      />
    </label>
  );
}
