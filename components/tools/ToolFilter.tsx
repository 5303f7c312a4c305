import { SearchIcon } from "../ui/Icons.tsx";
import { useTexts } from "../ui/texts.ts";

/** Search field of the home page; the magnifier submits it. */
export function ToolFilter({ q }: { q: string }) {
  const { search } = useTexts().home;
  return (
    <form class="filter" role="search" action="/">
      <button class="quiet" type="submit" aria-label={search} title={search}>
        <SearchIcon />
      </button>
      <input
        id="q"
        type="search"
        name="q"
        value={q}
        placeholder={search}
        aria-label={search}
        autocomplete="off"
        enterkeyhint="search"
        maxLength={200}
        dir="auto"
      />
    </form>
  );
}
