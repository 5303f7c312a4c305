import { formatUsd } from "../../../lib/shared/money.ts";
import type { ReviewedConversation, ReviewList } from "../../../lib/shared/views/review_view.ts";
import { AdminForm } from "../AdminForm.tsx";
import { AdminIcon } from "../AdminIcon.tsx";
import { AdminPage } from "../AdminPage.tsx";
import { count } from "../costs/formats.ts";
import { When } from "../When.tsx";
import { ConversationList, type ConversationListProps } from "./ConversationList.tsx";
import { ReviewMessage } from "./ReviewMessage.tsx";

interface ConversationPageProps {
  view: ReviewedConversation;
  /** The list that it was opened from. */
  beside: Omit<ConversationListProps, "rows" | "open"> & { list: ReviewList };
  listHref: string;
  token: string;
  email: string;
  timeZone: string;
  /** Show the confirmation before a deletion. */
  asked: boolean;
  /** Longest note, in characters. */
  longest: number;
}

/** A conversation under review, with verdicts and notes. */
export function ConversationPage(props: ConversationPageProps) {
  const { view, beside, listHref, token, email, timeZone, asked, longest } = props;
  const { row, messages, hidden, from, earlier, later } = view;
  const path = `/admin/conversations/${row.id}`;
  const judging = { token, email, longest, from, tool: row.tool, timeZone };
  return (
    <AdminPage
      title={row.who}
      parent={{ href: listHref, label: "All conversations" }}
      lead={
        <>
          {row.tool} · {row.channel} · <When at={row.at} timeZone={timeZone} />
        </>
      }
      actions={
        <>
          <details class="menu">
            <summary class="icon-btn">
              <AdminIcon name="dots" />
              <span class="sr">More</span>
            </summary>
            <ul>
              <li class="of">{row.who}</li>
              <li>
                <a href={`${path}/export?format=md`} download>
                  <AdminIcon name="download" />
                  Markdown
                </a>
              </li>
              <li>
                <a href={`${path}/export?format=json`} download>
                  <AdminIcon name="download" />
                  JSON
                </a>
              </li>
              <li class="rule" aria-hidden="true" />
              <li>
                <a href={`${path}?ask=delete#delete`}>
                  <AdminIcon name="trash" />
                  Delete…
                </a>
              </li>
            </ul>
          </details>
        </>
      }
    >
      <div class="cols lead-list">
        <div class="wide-only">
          <ConversationList {...beside} rows={beside.list.rows} open={row.id} />
        </div>
        <div class="stack">
          {asked && <Delete token={token} path={path} />}
          <Pages {...{ path, earlier, later }} />
          {hidden > 0 && (
            <p class="alert calm">
              {hidden === 1 ? "One message" : `${hidden} messages`}{" "}
              here were sent before people were told, and are not shown.
            </p>
          )}
          <section class="panel" aria-label="Messages">
            <div class="foot first">
              <p>
                {count(row.messages)} {row.messages === 1 ? "message" : "messages"} ·{" "}
                {formatUsd(row.spent)}
                {row.up + row.down > 0 && ` · rated: ${row.up} good, ${row.down} bad`}
                {row.simulated && (
                  <>
                    {" "}
                    <span class="chip plain">simulated</span>
                  </>
                )}
              </p>
              <p>Reading is noted in the audit.</p>
            </div>
            <ol class="thread pad">
              {messages.map((message) => (
                <ReviewMessage
                  key={message.id}
                  message={message}
                  {...judging}
                />
              ))}
            </ol>
          </section>
          {messages.length === 0 && hidden === 0 && (
            <p class="alert calm">Its messages have passed their time and are gone.</p>
          )}
          {view.replaced.up + view.replaced.down > 0 && (
            <p class="meta">
              Replies that were made anew since had been rated too: {view.replaced.up} good,{" "}
              {view.replaced.down} bad.
            </p>
          )}
          <Pages {...{ path, earlier, later }} />
          <Reviewed {...{ view, token, email, timeZone }} />
        </div>
      </div>
    </AdminPage>
  );
}

function Pages(props: { path: string; earlier: number | null; later: number | null }) {
  const { path, earlier, later } = props;
  if (earlier === null && later === null) return null;
  return (
    <nav class="acts pager" aria-label="Pages of the conversation">
      {earlier !== null && <a class="btn" href={`${path}?from=${earlier}`}>Earlier</a>}
      {later !== null && <a class="btn" href={`${path}?from=${later}`}>Later</a>}
    </nav>
  );
}

function Delete({ token, path }: { token: string; path: string }) {
  return (
    <section id="delete" class="alert bad pad stack" aria-labelledby="delete-title">
      <h2 id="delete-title">Delete this conversation?</h2>
      <p>
        It disappears from the person's page too, with its ratings and verdicts. This cannot be
        undone. Only the cost is kept, not the text.
      </p>
      <AdminForm token={token} action={path} class="acts">
        <button class="btn danger" name="action" value="delete" type="submit">
          Delete for good
        </button>
        <a class="btn" href={path}>Keep it</a>
      </AdminForm>
    </section>
  );
}

function Reviewed(
  { view, token, email, timeZone }: Pick<
    ConversationPageProps,
    "view" | "token" | "email" | "timeZone"
  >,
) {
  const { row, reviewed } = view;
  const mine = reviewed.some(({ who, since }) => who === email && since);
  return (
    <section id="reviewed" class="panel" aria-labelledby="reviewed-title">
      <header>
        <h2 id="reviewed-title">Review</h2>
      </header>
      <div class="pad form">
        {reviewed.length === 0 && <p class="meta">Nobody has marked it as reviewed yet.</p>}
        <ul>
          {reviewed.map(({ who, at, since }) => (
            <li key={who} class="meta">
              <bdi>{who}</bdi>, <When at={at} timeZone={timeZone} />
              {!since && ", before it went on"}
            </li>
          ))}
        </ul>
        <AdminForm token={token} action={`/admin/conversations/${row.id}`}>
          <button
            class={mine ? "btn" : "btn pri"}
            name="action"
            value={mine ? "open" : "reviewed"}
            type="submit"
          >
            {mine ? "Not reviewed after all" : "Mark as reviewed"}
          </button>
        </AdminForm>
      </div>
    </section>
  );
}
