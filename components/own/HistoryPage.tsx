import { asset, Head } from "fresh/runtime";
import { OWN_HISTORY } from "../../lib/locales/own/history.ts";
import { counter } from "../../lib/locales/plurals.ts";
import type { OwnConversationView } from "../../lib/shared/views/own_view.ts";
import type { HistoryGroup } from "../chat/history_groups.ts";
import { filled } from "../ui/filled.ts";
import { SearchForm } from "../ui/SearchForm.tsx";
import { useTexts } from "../ui/texts.ts";
import { cardOf } from "./ConversationCard.tsx";
import { OwnPage } from "./OwnPage.tsx";

interface HistoryPageProps {
  organisation: string;
  simulated: boolean;
  /** Latest first, by day or month. */
  groups: HistoryGroup<OwnConversationView>[];
  /** The search, or "". */
  q: string;
  /** Where the list goes on. */
  next: string | null;
  /** Whether this is not its beginning. */
  later: boolean;
  /** A conversation whose deletion can be undone. */
  removed: string | null;
  /** Whether an Undo came too late. */
  gone: boolean;
}

/** A person's conversations with all tools. */
export function HistoryPage(props: HistoryPageProps) {
  const { organisation, simulated, groups, q, next, later, removed, gone } = props;
  const pageTexts = useTexts();
  const { language } = pageTexts;
  const texts = OWN_HISTORY[language];
  const found = groups.reduce((sum, { items }) => sum + items.length, 0);
  const empty = found === 0;
  return (
    <OwnPage organisation={organisation} simulated={simulated} title={texts.title}>
      <Head>
        <script key="own" type="module" src={asset("/own.js")} />
      </Head>
      {gone && <p class="note" role="status">{texts.gone}</p>}
      {removed !== null && (
        <form class="note removed" method="post" action="/history">
          <div role="status">{texts.removed}</div>
          <input type="hidden" name="conversation" value={removed} />
          <button class="link" name="action" value="undo" type="submit" autofocus>
            {texts.undo}
          </button>
        </form>
      )}
      {(!empty || q !== "") && <SearchForm q={q} action="/history" label={texts.search} />}
      {q !== "" && (
        <p class="found" role="status">
          {filled(
            empty ? texts.noneFound : counter(language)(found, texts.found),
            { query: <bdi>{q}</bdi> },
          )} <a href="/history">{texts.showAll}</a>
        </p>
      )}
      {empty && q === "" && <p>{texts.empty}</p>}
      {groups.map(({ heading, items }) => (
        <section key={heading} class="group history">
          <h2>{heading}</h2>
          <ul class="cards list">
            {items.map((item) => cardOf(pageTexts, item))}
          </ul>
        </section>
      ))}
      <p class="buttons">
        {later && <a class="button" href="/history">{texts.newest}</a>}
        {next !== null && <a class="button" href={`/history?after=${next}`}>{texts.older}</a>}
      </p>
    </OwnPage>
  );
}
