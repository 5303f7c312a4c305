import type { FieldChange, VersionRow } from "../../../lib/shared/views/tool_admin_view.ts";
import { AdminForm } from "../AdminForm.tsx";
import { AdminPage } from "../AdminPage.tsx";
import { Note } from "../Note.tsx";
import { When } from "../When.tsx";
import { Changes } from "./Changes.tsx";
import { ToolStyles } from "./ToolStyles.tsx";

interface VersionsPageProps {
  token: string;
  timeZone: string;
  tool: { id: string; name: string; version: number };
  versions: VersionRow[];
  /** Two versions and their differences, or null. */
  compared: { from: number; to: number; changes: FieldChange[] } | null;
  /** Conflict message when the tool changed since the page was opened. */
  refusal: string | null;
}

/** A tool's versions: author, time, differences, restore. */
export function VersionsPage(props: VersionsPageProps) {
  const { token, timeZone, tool, versions, compared, refusal } = props;
  const path = `/admin/tools/${tool.id}`;
  return (
    <AdminPage title={`History of ${tool.name}`} lead="The last 50 versions are kept.">
      <ToolStyles />
      <p class="crumb">
        <a href={path}>← {tool.name}</a>
      </p>
      {refusal !== null && <Note good={false}>{refusal}</Note>}
      {compared && <Comparison {...compared} />}
      <ol class="rows">
        {versions.map(({ number, at, by, how, current }, i) => (
          <li key={number}>
            <div class="entry">
              <p class="title">
                Version {number} {current && <span class="tag">now</span>}
              </p>
              <p class="meta">
                {how}
                {by !== "" && ` by ${by}`}
                {at > 0 && (
                  <>
                    , <When at={at} timeZone={timeZone} />
                  </>
                )}
              </p>
            </div>
            <div class="form-actions">
              {i < versions.length - 1 && (
                <a
                  class="button"
                  href={`${path}/versions?from=${versions[i + 1]?.number}&to=${number}#compared`}
                >
                  What changed<span class="sr">in version {number}</span>
                </a>
              )}
              {!current && (
                <>
                  <a
                    class="button"
                    href={`${path}/versions?from=${number}&to=${tool.version}#compared`}
                  >
                    Compare with now<span class="sr">: version {number}</span>
                  </a>
                  <AdminForm token={token}>
                    <input type="hidden" name="number" value={number} />
                    <input type="hidden" name="version" value={tool.version} />
                    <button class="button" name="action" value="restore" type="submit">
                      Restore<span class="sr">version {number}</span>
                    </button>
                  </AdminForm>
                </>
              )}
            </div>
          </li>
        ))}
      </ol>
    </AdminPage>
  );
}

function Comparison({ from, to, changes }: NonNullable<VersionsPageProps["compared"]>) {
  return (
    <section class="panel-box" aria-labelledby="compared">
      <h2 id="compared" tabIndex={-1}>From version {from} to version {to}</h2>
      {changes.length === 0
        ? <p>Nothing differs.</p>
        : <Changes changes={changes} before={`Version ${from}`} after={`Version ${to}`} />}
    </section>
  );
}
