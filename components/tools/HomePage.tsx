import { asset, Head } from "fresh/runtime";
import { OWN_HOME } from "../../lib/locales/own/home.ts";
import { counter } from "../../lib/locales/plurals.ts";
import { fill } from "../../lib/shared/text.ts";
import type { RecentView } from "../../lib/shared/views/own_view.ts";
import { useBrand } from "../ui/brand.ts";
import { filled } from "../ui/filled.ts";
import { SearchForm } from "../ui/SearchForm.tsx";
import { Shell } from "../ui/Shell.tsx";
import { useTexts } from "../ui/texts.ts";
import { RecentConversations } from "./RecentConversations.tsx";
import { STARS, ToolCard, type ToolCardProps } from "./ToolCard.tsx";
import { toolGroups } from "./tool_groups.ts";

interface HomePageProps {
  organisation: string;
  /** Tools that match `q`. */
  cards: ToolCardProps[];
  /** The visitor's latest conversations; none with a search. */
  recent: RecentView[];
  q: string;
  /** Number of tools without a filter. */
  total: number;
  simulated: boolean;
}

/** Number of tools from which a search field helps. */
const FILTERED_FROM = 12;
/** Number of tools up to which they stand in one column. */
const FEW = 3;

/** Home page: conversations to continue, favourites and the tools; the script filters as one types. */
export function HomePage({ organisation, cards, recent, q, total, simulated }: HomePageProps) {
  const tagline = useBrand()?.tagline;
  const { language, home: texts } = useTexts();
  const own = OWN_HOME[language];
  const starred = q === "" ? cards.filter(({ favourite }) => favourite) : [];
  const groups = toolGroups(cards.filter((card) => !starred.includes(card)));
  const alone = groups.length + Number(starred.length > 0) === 1;
  return (
    <Shell organisation={organisation} title={organisation} simulated={simulated} finds>
      <Head>
        <link key="home" rel="stylesheet" href={asset("/home.css")} />
        <script key="home-script" src={asset("/home.js")} defer />
      </Head>
      <div class="top">
        <hgroup class="lead">
          <h1>{texts.title}</h1>
          {tagline && <p dir="auto">{tagline}</p>}
        </hgroup>
        {(total >= FILTERED_FROM || q !== "") && (
          <SearchForm id="q" q={q} action="/" label={texts.search} />
        )}
      </div>
      <p
        id="found"
        class="found"
        role="status"
        data-none={texts.noneFound}
        data-found={JSON.stringify(texts.found)}
        data-all={texts.showAll}
      >
        {q !== "" && <Found count={cards.length} q={q} />}
      </p>
      {recent.length > 0 && <RecentConversations recent={recent} />}
      <form id={STARS} method="post" action="/">
        {q !== "" && <input type="hidden" name="q" value={q} />}
      </form>
      <div
        id="tools"
        data-draft={own.draft}
        data-recording={own.recording}
        data-waiting={JSON.stringify(own.waiting)}
      >
        {starred.length > 0 && <Group name={own.favourites} cards={starred} few={total <= FEW} />}
        {groups.map(({ name, tools }) => (
          <Group
            key={name}
            name={name || (alone ? texts.tools : texts.otherTools)}
            lang={tools[0]?.tool.langs?.group}
            cards={tools}
            few={total <= FEW}
          />
        ))}
      </div>
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

interface GroupProps {
  name: string;
  /** Language of the name, where it is not the reader's. */
  lang?: string;
  cards: readonly ToolCardProps[];
  few: boolean;
}

function Group({ name, lang, cards, few }: GroupProps) {
  return (
    <section class={few ? "group few" : "group"}>
      <h2 dir="auto" lang={lang}>{name}</h2>
      <ul class="cards">
        {cards.map(({ tool, group, usedUp, favourite }) => (
          <ToolCard
            key={tool.id}
            tool={tool}
            group={group}
            usedUp={usedUp}
            favourite={favourite}
          />
        ))}
      </ul>
    </section>
  );
}

function Found({ count, q }: { count: number; q: string }) {
  const { language, home: { found, noneFound, showAll } } = useTexts();
  const text = count === 0 ? noneFound : counter(language)(count, found);
  return (
    <>
      {filled(text, { query: <bdi>{q}</bdi> })} <a href="/">{showAll}</a>
    </>
  );
}
