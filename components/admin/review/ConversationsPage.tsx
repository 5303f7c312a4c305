import { formatUsd } from "../../../lib/shared/money.ts";
import type { ReviewFilter, ReviewList, ReviewRow } from "../../../lib/shared/views/review_view.ts";
import { AdminPage } from "../AdminPage.tsx";
import { count } from "../costs/formats.ts";
import { When } from "../When.tsx";
import { ReviewFilterForm } from "./ReviewFilterForm.tsx";

interface ConversationsPageProps {
  list: ReviewList;
  filter: ReviewFilter;
  filtered: boolean;
  tools: readonly { id: string; name: string }[];
  timeZone: string;
  /** Null on the newest page. */
  newestHref: string | null;
  nextHref: string | null;
  exportHref: string;
  /** A conversation was just deleted. */
  deleted: boolean;
}

/** Conversations open for review, newest first. */
export function ConversationsPage(props: ConversationsPageProps) {
  const { list, filter, filtered, tools, timeZone, newestHref, nextHref, exportHref } = props;
  const { rows, searched } = list;
  const more = nextHref !== null;
  return (
    <AdminPage
      title="Conversations"
      lead="People are told that their conversations can be read to improve the tools. Reading is noted in the audit."
      actions={<a class="btn" href={exportHref} download>Export these</a>}
    >
      {props.deleted && <p class="alert good" role="status">The conversation is deleted.</p>}
      <ReviewFilterForm filter={filter} filtered={filtered} tools={tools} timeZone={timeZone} />
      <div class="stack">
        <p class="meta" role="status">
          {rows.length === 0 && !filtered && "There is none yet."}
          {filtered &&
            `${rows.length === 0 ? "None" : count(rows.length)} found in ${count(searched)} ${
              searched === 1 ? "conversation" : "conversations"
            } searched${more ? " so far" : ""}.`}
        </p>
        <ol class="panel rows" hidden={rows.length === 0}>
          {rows.map((row) => <Row key={row.id} row={row} timeZone={timeZone} />)}
        </ol>
      </div>
      {(more || newestHref !== null) && (
        <nav class="acts pager" aria-label="Pages of conversations">
          {newestHref !== null && <a class="btn" href={newestHref}>Newest</a>}
          {more && <a class="btn" href={nextHref}>{filtered ? "Go on searching" : "Older"}</a>}
        </nav>
      )}
    </AdminPage>
  );
}

function Row({ row, timeZone }: { row: ReviewRow; timeZone: string }) {
  const { id, who, tool, channel, at, messages, spent, up, down, excerpt, reviewedBy } = row;
  return (
    <li class="row wrap link">
      <div class="g">
        <p dir="auto">
          <a href={`/admin/conversations/${id}`}>{row.words || "(no words)"}</a>
        </p>
        {excerpt && (
          <p dir="auto">
            {excerpt.before}
            <mark>{excerpt.found}</mark>
            {excerpt.after}
          </p>
        )}
        <p class="meta">
          {tool} · <When at={at} timeZone={timeZone} /> · {who} · {channel} · {count(messages)}{" "}
          {messages === 1 ? "message" : "messages"} · {formatUsd(spent)}
        </p>
      </div>
      <p class="acts">
        {up > 0 && <span class="chip good">{count(up)} good</span>}
        {down > 0 && <span class="chip bad">{count(down)} bad</span>}
        {reviewedBy.length > 0 && <span class="chip">Reviewed</span>}
        {row.simulated && <span class="chip plain">simulated</span>}
      </p>
    </li>
  );
}
