import { formatUsd } from "../../../lib/shared/money.ts";
import type { ReviewRow } from "../../../lib/shared/views/review_view.ts";
import { count } from "../costs/formats.ts";
import { When } from "../When.tsx";

/** A page of conversations, with the links to the others. */
export interface ConversationListProps {
  rows: readonly ReviewRow[];
  filtered: boolean;
  timeZone: string;
  /** Null on the newest page. */
  newestHref: string | null;
  nextHref: string | null;
  /** Query of each row's address: the filter, so that the list stays beside the conversation. */
  within: string;
  /** The conversation that is open beside the list. */
  open?: string;
}

/** Conversations, each with its first words, newest first. */
export function ConversationList(props: ConversationListProps) {
  const { rows, filtered, newestHref, nextHref } = props;
  return (
    <section class="panel" aria-label="Conversations">
      <ol class="rows">
        {rows.map((row) => <Row key={row.id} row={row} {...props} />)}
      </ol>
      {(nextHref !== null || newestHref !== null) && (
        <nav class="foot" aria-label="Pages of conversations">
          {newestHref !== null && <a href={newestHref}>Newest</a>}
          {nextHref !== null && <a href={nextHref}>{filtered ? "Go on searching" : "Older"}</a>}
        </nav>
      )}
    </section>
  );
}

function Row({ row, timeZone, within, open }: ConversationListProps & { row: ReviewRow }) {
  const { id, who, tool, channel, at, messages, spent, up, down, excerpt, reviewedBy } = row;
  return (
    <li class={id === open ? "row link on" : "row link"}>
      <div class="g">
        <div class="title">
          <a
            class="name"
            href={`/admin/conversations/${id}${within}`}
            aria-current={id === open ? "true" : undefined}
          >
            {who}, <When at={at} timeZone={timeZone} />
          </a>
          {up > 0 && <span class="chip good">Rated good</span>}
          {down > 0 && <span class="chip bad">Rated poor</span>}
          {reviewedBy.length > 0 && <span class="chip">Reviewed</span>}
          {row.simulated && <span class="chip plain">simulated</span>}
        </div>
        <p dir="auto">{row.words || "(no words)"}</p>
        {excerpt && (
          <p dir="auto">
            {excerpt.before}
            <mark>{excerpt.found}</mark>
            {excerpt.after}
          </p>
        )}
        <p class="meta">
          {tool} · {channel} · {count(messages)} {messages === 1 ? "message" : "messages"} ·{" "}
          {formatUsd(spent)}
        </p>
      </div>
    </li>
  );
}
