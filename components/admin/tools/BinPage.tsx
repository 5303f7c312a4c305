import type { BinRow } from "../../../lib/shared/views/tool_admin_view.ts";
import { AdminForm } from "../AdminForm.tsx";
import { AdminPage } from "../AdminPage.tsx";
import { Note } from "../Note.tsx";
import { When } from "../When.tsx";
import { ToolIcon } from "../../tools/ToolIcon.tsx";

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
      parent={{ href: "/admin/tools", label: "All tools" }}
      lead="Deleted tools can be taken back for 30 days, with their whole history."
    >
      {discarded && <Note good>It is gone for good.</Note>}
      {binned.length === 0 && (
        <div class="panel empty">
          <p>
            <b>The bin is empty.</b>
          </p>
        </div>
      )}
      {binned.length > 0 && (
        <ul class="panel rows">
          {binned.map(({ id, name, icon, at, by, daysLeft }) => (
            <li key={`${id} ${at}`} class="row wrap">
              <ToolIcon id={id} icon={icon} />
              <div class="g">
                <b dir="auto">{name}</b>
                <p class="meta">
                  Deleted by {by}, <When at={at} timeZone={timeZone} />.{" "}
                  {daysLeft === 1 ? "One day left." : `${daysLeft} days left.`}
                </p>
              </div>
              <AdminForm token={token} class="acts">
                <input type="hidden" name="id" value={id} />
                <input type="hidden" name="at" value={at} />
                <button class="btn" name="action" value="restore" type="submit">
                  Take back<span class="sr">“{name}”</span>
                </button>
                <button class="btn danger" name="action" value="discard" type="submit">
                  Delete for good<span class="sr">: “{name}”</span>
                </button>
              </AdminForm>
            </li>
          ))}
        </ul>
      )}
    </AdminPage>
  );
}
