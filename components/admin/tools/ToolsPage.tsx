import type { ComponentChildren } from "preact";
import type { ToolRow } from "../../../lib/shared/views/tool_admin_view.ts";
import { toolGroups } from "../../tools/tool_groups.ts";
import { AdminForm } from "../AdminForm.tsx";
import { AdminIcon } from "../AdminIcon.tsx";
import { AdminPage } from "../AdminPage.tsx";
import { Note } from "../Note.tsx";
import { ToolList } from "./ToolList.tsx";

interface ToolsPageProps {
  token: string;
  /** The tools that match the search. */
  tools: ToolRow[];
  /** Number of all tools. */
  total: number;
  search: string;
  /** The tool just moved to the bin, with undo. */
  deleted: { id: string; name: string; at: number } | null;
  /** Success message of the last action. */
  done: string | null;
  /** Island for drag and drop. */
  children: ComponentChildren;
}

/** All tools by group, in their public order; those that people do not see stand apart. */
export function ToolsPage(props: ToolsPageProps) {
  const { token, tools, total, search, deleted, done, children } = props;
  const shown = tools.filter(({ active }) => active);
  const hidden = tools.filter(({ active }) => !active);
  const groups = toolGroups(shown);
  const names = groups.map(({ name }) => name);
  const list = { token, groups: names, sortable: search === "" };
  return (
    <AdminPage
      title="Tools"
      lead={search === "" ? leadText(shown.length, hidden.length) : undefined}
      actions={
        <>
          <a class="btn" href="/admin/tools/import">
            <AdminIcon name="download" />
            Import<span class="sr">and export</span>
          </a>
          <a class="btn pri" href="/admin/tools/new">
            <AdminIcon name="plus" />
            New tool
          </a>
        </>
      }
    >
      {done !== null && <Note good>{done}</Note>}
      {deleted && (
        <AdminForm token={token} action="/admin/tools/bin" class="alert good undo">
          <p role="status" tabIndex={-1} autoFocus>“{deleted.name}” is in the bin for 30 days.</p>
          <input type="hidden" name="id" value={deleted.id} />
          <input type="hidden" name="at" value={deleted.at} />
          <button class="btn" name="action" value="restore" type="submit">Undo</button>
        </AdminForm>
      )}
      {total > 0 && <Search search={search} found={tools.length} />}
      {total === 0 && <NoTools />}
      <div id="tool-list">
        {groups.map(({ name, tools }, i) => (
          <section key={name} aria-labelledby={`group-${i}`}>
            {(groups.length > 1 || name !== "") && (
              <Heading id={`group-${i}`} count={tools.length}>{name || "Other tools"}</Heading>
            )}
            <ToolList {...list} tools={tools} group={name} legend={i === 0} />
          </section>
        ))}
      </div>
      {hidden.length > 0 && (
        <section id="hidden-tools" aria-labelledby="hidden">
          <Heading id="hidden" count={hidden.length}>Not shown to people</Heading>
          <ToolList {...list} tools={hidden} group={null} legend={shown.length === 0} />
        </section>
      )}
      <p class="meta below">
        <a href="/admin/tools/bin">Bin</a>
      </p>
      {children}
    </AdminPage>
  );
}

function Search({ search, found }: { search: string; found: number }) {
  return (
    <>
      <form class="filter" role="search">
        <input
          class="in search"
          type="search"
          name="q"
          value={search}
          aria-label="Search tools and prompts"
          placeholder="Search tools and prompts"
          maxLength={100}
          dir="auto"
        />
        <button class="btn" type="submit">Search</button>
        {search !== "" && <a class="btn" href="/admin/tools">Show all</a>}
      </form>
      {search !== "" && (
        <p class={found === 0 ? "panel empty" : "meta"} role="status">
          {found === 0
            ? "No tool has these words."
            : found === 1
            ? "1 tool has these words."
            : `${found} tools have these words.`}
        </p>
      )}
    </>
  );
}

function Heading(props: { id: string; count: number; children: string }) {
  const { id, count, children } = props;
  return (
    <div class="group">
      <h2 id={id} dir="auto">{children}</h2>
      <span class="meta">{count}</span>
    </div>
  );
}

function NoTools() {
  return (
    <div class="panel empty">
      <h2>No tools yet</h2>
      <p>Start from a template or write your own.</p>
    </div>
  );
}

function leadText(shown: number, hidden: number): string {
  const live = shown === 1 ? "1 is live" : `${shown} are live`;
  const rest = hidden === 0 ? "" : hidden === 1 ? ", 1 is hidden" : `, ${hidden} are hidden`;
  return `${live}${rest}. People see them in this order.`;
}
