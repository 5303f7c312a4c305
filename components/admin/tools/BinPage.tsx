import type { BinRow } from "../../../lib/shared/views/tool_admin_view.ts";
import { AdminForm } from "../AdminForm.tsx";
import { AdminPage } from "../AdminPage.tsx";
import { Note } from "../Note.tsx";
import { When } from "../When.tsx";
import { ToolStyles } from "./ToolStyles.tsx";

interface BinPageProps {
  token: string;
  timeZone: string;
  binned: BinRow[];
  /** A tool was just deleted for good. */
  discarded: boolean;
}

/** Deleted tools, kept for 30 days. */
export function BinPage({ token, timeZone, binned, discarded }: BinPageProps) {
  return (
    <AdminPage
      title="Bin"
      lead="Deleted tools can be taken back for 30 days, with their whole history."
    >
      <ToolStyles />
      <p class="crumb">
        <a href="/admin/tools">← All tools</a>
      </p>
      {discarded && <Note good>It is gone for good.</Note>}
      {binned.length === 0 && <p>The bin is empty.</p>}
      <ul class="rows">
        {binned.map(({ id, name, icon, at, by, daysLeft }) => (
          <li key={`${id} ${at}`}>
            <div class="entry">
              <p class="title">
                <span aria-hidden="true">{icon}</span> {name}
              </p>
              <p class="meta">
                Deleted by {by}, <When at={at} timeZone={timeZone} />.{" "}
                {daysLeft === 1 ? "One day left." : `${daysLeft} days left.`}
              </p>
            </div>
            <AdminForm token={token} class="form-actions">
              <input type="hidden" name="id" value={id} />
              <input type="hidden" name="at" value={at} />
              <button class="button" name="action" value="restore" type="submit">
                Take back<span class="sr">“{name}”</span>
              </button>
              <button class="quiet danger" name="action" value="discard" type="submit">
                Delete for good<span class="sr">: “{name}”</span>
              </button>
            </AdminForm>
          </li>
        ))}
      </ul>
    </AdminPage>
  );
}
