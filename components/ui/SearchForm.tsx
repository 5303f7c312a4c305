import { SearchIcon } from "./Icons.tsx";

interface SearchFormProps {
  q: string;
  /** Address that answers with what was found. */
  action: string;
  label: string;
  /** Id of the field. */
  id?: string;
}

/** Search field of a page; the magnifier submits it. */
export function SearchForm({ q, action, label, id }: SearchFormProps) {
  return (
    <form class="filter" role="search" action={action}>
      <button class="quiet" type="submit" aria-label={label} title={label}>
        <SearchIcon />
      </button>
      <input
        id={id}
        type="search"
        name="q"
        value={q}
        placeholder={label}
        aria-label={label}
        autocomplete="off"
        enterkeyhint="search"
        maxLength={200}
        dir="auto"
      />
    </form>
  );
}
