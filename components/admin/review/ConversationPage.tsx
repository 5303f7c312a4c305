import { formatUsd } from "../../../lib/shared/money.ts";
import type { ReviewedConversation } from "../../../lib/shared/views/review_view.ts";
import { AdminForm } from "../AdminForm.tsx";
import { AdminPage } from "../AdminPage.tsx";
import { count } from "../costs/formats.ts";
import { When } from "../When.tsx";
import { ReviewMessage } from "./ReviewMessage.tsx";
import { ReviewStyles } from "./ReviewStyles.tsx";

interface ConversationPageProps {
  view: ReviewedConversation;
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
  const { view, token, email, timeZone, asked, longest } = props;
  const { row, messages, hidden, from, earlier, later } = view;
  const path = `/admin/conversations/${row.id}`;
  const judging = { token, email, longest, from, tool: row.tool, timeZone };
  return (
    <AdminPage
      title={row.who}
      lead={
        <>
          {row.tool} · {row.channel} · <When at={row.at} timeZone={timeZone} />
        </>
      }
      actions={
        <>
          <a class="button" href={`${path}/export?format=md`} download>Markdown</a>
          <a class="button" href={`${path}/export?format=json`} download>JSON</a>
          <a class="button danger" href={`${path}?ask=delete#delete`}>Delete…</a>
        </>
      }
    >
      <ReviewStyles />
      <p class="crumb">
        <a href="/admin/conversations">← All conversations</a>
      </p>
      <p class="meta">
        {count(row.messages)} {row.messages === 1 ? "message" : "messages"} · {formatUsd(row.spent)}
        {row.up + row.down > 0 && ` · rated: ${row.up} good, ${row.down} bad`}
        {row.simulated && (
          <>
            {" "}
            <span class="tag">simulated</span>
          </>
        )}
      </p>
      {asked && <Delete token={token} path={path} />}
      <Pages {...{ path, earlier, later }} />
      {hidden > 0 && (
        <p class="note">
          {hidden === 1 ? "One message" : `${hidden} messages`}{" "}
          here were sent before people were told, and are not shown.
        </p>
      )}
      <ol class="talk">
        {messages.map((message) => (
          <ReviewMessage
            key={message.id}
            message={message}
            {...judging}
          />
        ))}
      </ol>
      {messages.length === 0 && hidden === 0 && (
        <p class="note">Its messages have passed their time and are gone.</p>
      )}
      {view.replaced.up + view.replaced.down > 0 && (
        <p class="meta">
          Replies that were made anew since had been rated too: {view.replaced.up} good,{" "}
          {view.replaced.down} bad.
        </p>
      )}
      <Pages {...{ path, earlier, later }} />
      <Reviewed {...{ view, token, email, timeZone }} />
    </AdminPage>
  );
}

function Pages(props: { path: string; earlier: number | null; later: number | null }) {
  const { path, earlier, later } = props;
  if (earlier === null && later === null) return null;
  return (
    <nav class="pager" aria-label="Pages of the conversation">
      {earlier !== null && <a class="button" href={`${path}?from=${earlier}`}>Earlier</a>}
      {later !== null && <a class="button" href={`${path}?from=${later}`}>Later</a>}
    </nav>
  );
}

function Delete({ token, path }: { token: string; path: string }) {
  return (
    <section id="delete" class="note bad" aria-labelledby="delete-title">
      <h2 id="delete-title">Delete this conversation?</h2>
      <p>
        It disappears from the person's page too, with its ratings and verdicts. This cannot be
        undone. Only the cost is kept, not the text.
      </p>
      <AdminForm token={token} action={path} class="form-actions">
        <button class="button danger" name="action" value="delete" type="submit">
          Delete for good
        </button>
        <a class="button" href={path}>Keep it</a>
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
    <section id="reviewed" class="reviewed" aria-labelledby="reviewed-title">
      <h2 id="reviewed-title">Review</h2>
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
          class={mine ? "button" : "button primary"}
          name="action"
          value={mine ? "open" : "reviewed"}
          type="submit"
        >
          {mine ? "Not reviewed after all" : "Mark as reviewed"}
        </button>
      </AdminForm>
    </section>
  );
}
