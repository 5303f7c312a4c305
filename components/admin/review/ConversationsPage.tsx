import type { ReviewFilter, ReviewList } from "../../../lib/shared/views/review_view.ts";
import { AdminIcon } from "../AdminIcon.tsx";
import { AdminPage } from "../AdminPage.tsx";
import { count } from "../costs/formats.ts";
import { ConversationList, type ConversationListProps } from "./ConversationList.tsx";
import { ReviewFilterForm } from "./ReviewFilterForm.tsx";

const CHIPS = {
  all: "All",
  poor: "Rated poor",
  good: "Rated good",
  unrated: "Not rated",
  open: "Not yet reviewed",
};

interface ConversationsPageProps extends Omit<ConversationListProps, "rows" | "open"> {
  list: ReviewList;
  filter: ReviewFilter;
  tools: readonly { id: string; name: string }[];
  /** The narrower lists, with the current one marked. */
  chips: readonly { kind: keyof typeof CHIPS; href: string; current: boolean }[];
  exportHref: string;
  /** A conversation was just deleted. */
  deleted: boolean;
}

/** Conversations open for review, newest first; beside them, place for one of them. */
export function ConversationsPage(props: ConversationsPageProps) {
  const { list, filter, filtered, tools, timeZone, nextHref, chips } = props;
  const { rows, searched } = list;
  return (
    <AdminPage
      title="Conversations"
      lead="People are told that their conversations can be read to improve the tools. Reading is noted in the audit."
      actions={<a class="btn" href={props.exportHref} download>Export these</a>}
    >
      {props.deleted && <p class="alert good" role="status">The conversation is deleted.</p>}
      <ReviewFilterForm filter={filter} filtered={filtered} tools={tools} timeZone={timeZone} />
      <nav class="chips" aria-label="Only these">
        {chips.map(({ kind, href, current }) => (
          <a key={kind} href={href} aria-current={current ? "page" : "false"}>{CHIPS[kind]}</a>
        ))}
      </nav>
      <p class={rows.length === 0 ? "panel empty" : "meta below"} role="status">
        {rows.length === 0 && (filtered ? "No conversation matches. " : "There is none yet.")}
        {filtered &&
          `${count(rows.length)} found in ${count(searched)} ${
            searched === 1 ? "conversation" : "conversations"
          } searched${nextHref !== null ? " so far" : ""}.`}
      </p>
      {(rows.length > 0 || nextHref !== null) && (
        <div class="cols lead-list">
          <ConversationList {...props} rows={rows} />
          <div class="panel empty wide-only">
            <AdminIcon name="bubble" />
            <p>Open a conversation to read it here.</p>
          </div>
        </div>
      )}
    </AdminPage>
  );
}
