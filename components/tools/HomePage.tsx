import { counter } from "../../lib/locales/plurals.ts";
import { fill } from "../../lib/shared/text.ts";
import { useBrand } from "../ui/brand.ts";
import { filled } from "../ui/filled.ts";
import { SearchIcon } from "../ui/Icons.tsx";
import { Shell } from "../ui/Shell.tsx";
import { useTexts } from "../ui/texts.ts";
import { ToolCard, type ToolCardProps } from "./ToolCard.tsx";

interface HomePageProps {
  organisation: string;
  /** Tools that match `q`. */
  cards: ToolCardProps[];
  q: string;
  /** Number of tools without a filter. */
  total: number;
  simulated: boolean;
}

/** Home page: the tools, with a server-side search. */
export function HomePage({ organisation, cards, q, total, simulated }: HomePageProps) {
  const tagline = useBrand()?.tagline;
  const texts = useTexts().home;
  return (
    <Shell organisation={organisation} title={organisation} simulated={simulated}>
      <div class="hero">
        <h1>{texts.title}</h1>
        {tagline ? <p dir="auto">{tagline}</p> : <p>{texts.tagline}</p>}
        {total > 0 && <Search q={q} />}
      </div>
      {q !== "" && <Found count={cards.length} q={q} />}
      {cards.length > 0 && (
        <ul class="cards">
          {cards.map((card) => <ToolCard key={card.tool.id} {...card} />)}
        </ul>
      )}
      {total === 0 && (
        <div class="nothing">
          <h2>{texts.empty}</h2>
          <p>{fill(texts.emptyText, { organisation })}</p>
        </div>
      )}
    </Shell>
  );
}

function Search({ q }: { q: string }) {
  const { search, searchButton } = useTexts().home;
  return (
    <form class="search" role="search" action="/">
      <SearchIcon />
      <label class="sr" for="q">{search}</label>
      <input
        id="q"
        type="search"
        name="q"
        value={q}
        placeholder={search}
        autocomplete="off"
        enterkeyhint="search"
        maxLength={200}
        dir="auto"
      />
      <button type="submit">{searchButton}</button>
    </form>
  );
}

function Found({ count, q }: { count: number; q: string }) {
  const { language, home: { found, noneFound, showAll } } = useTexts();
  const text = count === 0 ? noneFound : counter(language)(count, found);
  return (
    <p class="found" role="status">
      {filled(text, { query: <bdi>{q}</bdi> })} <a href="/">{showAll}</a>
    </p>
  );
}
