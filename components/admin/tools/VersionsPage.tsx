import type { FieldChange, VersionRow } from "../../../lib/shared/views/tool_admin_view.ts";
import { AdminForm } from "../AdminForm.tsx";
import { AdminPage } from "../AdminPage.tsx";
import { Note } from "../Note.tsx";
import { When } from "../When.tsx";
import { Changes } from "./Changes.tsx";

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
    <AdminPage
      title={`History of ${tool.name}`}
      parent={{ href: path, label: tool.name }}
      lead="The last 50 versions are kept."
    >
      {refusal !== null && <Note good={false}>{refusal}</Note>}
      <div class="stack">
        {compared && <Comparison {...compared} />}
        <ol class="panel rows">
          {versions.map((version, i) => {
            const { number, at, by, how, current } = version;
            const before = versions[i + 1]?.number;
            return (
              <li key={number} class="row wrap">
                <div class="g">
                  <div class="title">
                    <b>Version {number}</b>
                    {current && <span class="chip acc">now</span>}
                  </div>
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
                <div class="acts">
                  {before !== undefined && (
                    <a
                      class="btn quiet"
                      href={`${path}/versions?from=${before}&to=${number}#compared`}
                    >
                      What changed<span class="sr">in version {number}</span>
                    </a>
                  )}
                  {!current && (
                    <>
                      <a
                        class="btn quiet"
                        href={`${path}/versions?from=${number}&to=${tool.version}#compared`}
                      >
                        Compare with now<span class="sr">: version {number}</span>
                      </a>
                      <AdminForm token={token}>
                        <input type="hidden" name="number" value={number} />
                        <input type="hidden" name="version" value={tool.version} />
                        <button class="btn" name="action" value="restore" type="submit">
                          Restore<span class="sr">version {number}</span>
                        </button>
                      </AdminForm>
                    </>
                  )}
                </div>
              </li>
            );
          })}
        </ol>
      </div>
    </AdminPage>
  );
}

function Comparison({ from, to, changes }: NonNullable<VersionsPageProps["compared"]>) {
  return (
    <section class="panel" aria-labelledby="compared">
      <header>
        <h2 id="compared" tabIndex={-1}>From version {from} to version {to}</h2>
      </header>
      <div class="pad">
        {changes.length === 0
          ? <p>Nothing differs.</p>
          : <Changes changes={changes} before={`Version ${from}`} after={`Version ${to}`} />}
      </div>
    </section>
  );
}
