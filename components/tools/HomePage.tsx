import { useBrand } from "../ui/brand.ts";
import { SearchIcon } from "../ui/Icons.tsx";
import { Shell } from "../ui/Shell.tsx";
import { ToolCard, type ToolCardProps } from "./ToolCard.tsx";

interface HomePageProps {
  organisation: string;
  /** Those that match `q`. */
  cards: ToolCardProps[];
  q: string;
  /** How many there are without `q`. */
  total: number;
  simulated: boolean;
}

/** The tools, and a search that the server answers. */
export function HomePage({ organisation, cards, q, total, simulated }: HomePageProps) {
  const tagline = useBrand()?.tagline;
  return (
    <Shell organisation={organisation} title={organisation} simulated={simulated}>
      <div class="hero">
        <h1>What can we help you with?</h1>
        {tagline ? <p dir="auto">{tagline}</p> : <p>Pick a tool and start a conversation.</p>}
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
          <h2>No tools yet</h2>
          <p>As soon as {organisation} publishes one, it appears here.</p>
        </div>
      )}
    </Shell>
  );
}

function Search({ q }: { q: string }) {
  return (
    <form class="search" role="search" action="/">
      <SearchIcon />
      <label class="sr" for="q">Search the tools</label>
      <input
        id="q"
        type="search"
        name="q"
        value={q}
        placeholder="Search the tools"
        autocomplete="off"
        enterkeyhint="search"
        maxLength={200}
        dir="auto"
      />
      <button type="submit">Search</button>
    </form>
  );
}

function Found({ count, q }: { count: number; q: string }) {
  const what = count === 0 ? "No tool" : count === 1 ? "1 tool" : `${count} tools`;
  return (
    <p class="found" role="status">
      {what} for “<bdi>{q}</bdi>”. <a href="/">Show all tools</a>
    </p>
  );
}
