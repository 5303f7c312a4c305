import { counter } from "../../lib/locales/plurals.ts";
import { fill } from "../../lib/shared/text.ts";
import { useBrand } from "../ui/brand.ts";
import { filled } from "../ui/filled.ts";
import { Shell } from "../ui/Shell.tsx";
import { useTexts } from "../ui/texts.ts";
import { ToolCard, type ToolCardProps } from "./ToolCard.tsx";
import { toolGroups } from "./tool_groups.ts";
import { ToolFilter } from "./ToolFilter.tsx";

interface HomePageProps {
  organisation: string;
  /** Tools that match `q`. */
  cards: (ToolCardProps & { group: string })[];
  q: string;
  /** Number of tools without a filter. */
  total: number;
  simulated: boolean;
}

/** Number of tools from which a search field helps. */
const FILTERED_FROM = 12;
/** Number of tools up to which they stand in one column. */
const FEW = 3;

/** Home page: the tools, with a server-side search. */
export function HomePage({ organisation, cards, q, total, simulated }: HomePageProps) {
  const tagline = useBrand()?.tagline;
  const texts = useTexts().home;
  const groups = toolGroups(cards);
  return (
    <Shell organisation={organisation} title={organisation} simulated={simulated}>
      <div class="top">
        <hgroup class="lead">
          <h1>{texts.title}</h1>
          {tagline && <p dir="auto">{tagline}</p>}
        </hgroup>
        {(total >= FILTERED_FROM || q !== "") && <ToolFilter q={q} />}
      </div>
      {q !== "" && <Found count={cards.length} q={q} />}
      {groups.map(({ name, tools }) => (
        <section key={name} class={total <= FEW ? "group few" : "group"}>
          <h2 dir="auto">{name || (groups.length > 1 ? texts.otherTools : texts.tools)}</h2>
          <ul class="cards">
            {tools.map(({ tool, usedUp }) => (
              <ToolCard
                key={tool.id}
                tool={tool}
                usedUp={usedUp}
              />
            ))}
          </ul>
        </section>
      ))}
      {total === 0 && (
        <div class="note">
          <div>
            <b>{texts.empty}</b>
            {fill(texts.emptyText, { organisation })}
          </div>
        </div>
      )}
    </Shell>
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
