import { auditFieldName, auditSentence } from "../../../lib/locales/admin/audit.ts";
import type { AuditView } from "../../../lib/shared/views/admin_view.ts";
import { AdminIcon, type AdminIconName } from "../AdminIcon.tsx";
import { When } from "../When.tsx";

interface AuditLineProps {
  entry: AuditView;
  names: Readonly<Record<string, string>>;
  timeZone: string;
}

/** An entry as a sentence; opened, it shows the action's code and what changed. */
export function AuditLine({ entry, names, timeZone }: AuditLineProps) {
  const { at, who, action, thing, changes } = entry;
  return (
    <li>
      <details class="aud">
        <summary class="row">
          <AdminIcon name={iconOf(action)} />
          <span class="g">
            <b>
              <bdi>{who}</bdi>
            </b>{" "}
            {auditSentence(entry, names)}.
          </span>
          <span class="meta nb">
            <When at={at} timeZone={timeZone} ofDay />
          </span>
          <AdminIcon name="chevron" />
        </summary>
        <div class="pad stack">
          <p class="meta">
            <code>{action}</code> · <bdi>{thing}</bdi>
          </p>
          {changes.length > 0 && <Changes changes={changes} />}
        </div>
      </details>
    </li>
  );
}

/** Reading, removing, signing in, or changing. */
function iconOf(action: string): AdminIconName {
  if (/\.(read|list|look|number|export)$/.test(action)) return "eye";
  if (/\.(delete|discard|drop|forget)$/.test(action)) return "trash";
  return action.startsWith("session") ? "account" : "edit";
}

function Changes({ changes }: Pick<AuditView, "changes">) {
  return (
    <dl class="changes">
      {changes.map(({ field, before, after }) => (
        <div key={field}>
          <dt>{field === "" ? "What was noted" : auditFieldName(field)}</dt>
          <dd>
            {before !== "" && <Side label="Before" text={before} />}
            {after !== "" && <Side label="After" text={after} />}
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Side({ label, text }: { label: string; text: string }) {
  return (
    <>
      <p class="meta">{label}</p>
      <pre class="full" tabIndex={0} dir="auto">{text}</pre>
    </>
  );
}
