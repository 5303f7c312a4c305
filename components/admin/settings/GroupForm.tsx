import type { ComponentChildren } from "preact";
import type { SettingsConflict, SettingsForm } from "../../../lib/shared/views/settings_view.ts";
import { AdminForm } from "../AdminForm.tsx";
import { When } from "../When.tsx";

interface GroupFormProps {
  token: string;
  timeZone: string;
  group: string;
  /** Path of the page with the form. */
  path?: string;
  title: string;
  lead: ComponentChildren;
  form: SettingsForm | undefined;
  /** Names of the fields, for changes that conflict. */
  names?: Readonly<Record<string, string>>;
  multipart?: boolean;
  /** Buttons beside Save. */
  actions?: ComponentChildren;
  /** Content below the form. */
  after?: ComponentChildren;
  children: ComponentChildren;
}

/** A group of settings that are saved together. */
export function GroupForm(props: GroupFormProps) {
  const { token, timeZone, group, path = "/admin/settings", form, names = {}, multipart } = props;
  const { title, lead, actions, after, children } = props;
  return (
    <section class="panel" aria-labelledby={group}>
      <header>
        <h2 id={group} tabIndex={-1}>{title}</h2>
        {form?.saved && (
          <span class="meta">
            Saved <When at={form.saved.at} timeZone={timeZone} /> by <bdi>{form.saved.by}</bdi>
          </span>
        )}
      </header>
      <div class="pad form">
        <p class="meta">{lead}</p>
        {form?.note && (
          <p
            class={form.note.good ? "alert good" : "alert bad"}
            role={form.note.good ? "status" : "alert"}
          >
            {form.note.text}
          </p>
        )}
        {form?.conflict && (
          <Conflict conflict={form.conflict} names={names} timeZone={timeZone} path={path} />
        )}
        <AdminForm
          token={token}
          action={`${path}#${group}`}
          class="form"
          multipart={multipart}
        >
          <input type="hidden" name="group" value={group} />
          <input type="hidden" name="version" value={form?.version ?? 0} />
          {children}
          <div class="acts">
            <button class="btn" type="submit">
              Save<span class="sr">{title}</span>
            </button>
            {actions}
          </div>
        </AdminForm>
        {after}
      </div>
    </section>
  );
}

interface ConflictProps {
  conflict: SettingsConflict;
  names: Readonly<Record<string, string>>;
  timeZone: string;
  path: string;
}

function Conflict({ conflict, names, timeZone, path }: ConflictProps) {
  const { by, at, changes } = conflict;
  return (
    <div class="alert pad" role="alert">
      <p>
        <bdi>{by}</bdi> saved these settings{" "}
        <When at={at} timeZone={timeZone} />, after you opened this page. Yours are not saved yet:
        they stand below. Saving now puts yours in the place of theirs.{" "}
        <a href={path}>Take theirs and drop mine</a>
      </p>
      {changes.length > 0 && (
        <dl class="changes">
          {changes.map(({ field, theirs, yours }) => (
            <div key={field}>
              <dt>{names[field] ?? field}</dt>
              <dd>
                Theirs: <bdi>{theirs || "(empty)"}</bdi>
                <br />
                Yours: <bdi>{yours || "(empty)"}</bdi>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}
