import type { ComponentChildren } from "preact";
import type { SettingsForm } from "../../../lib/shared/views/settings_view.ts";
import { AdminForm } from "../AdminForm.tsx";
import { When } from "../When.tsx";
import { SettingsConflictNote } from "./SettingsConflictNote.tsx";

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
  children: ComponentChildren;
}

/** A group of settings that are saved together. */
export function GroupForm(props: GroupFormProps) {
  const { token, timeZone, group, path = "/admin/settings", form, names = {} } = props;
  const { title, lead, children } = props;
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
          <SettingsConflictNote
            conflict={form.conflict}
            names={names}
            timeZone={timeZone}
            path={path}
          />
        )}
        <AdminForm
          token={token}
          action={`${path}#${group}`}
          class="form"
        >
          <input type="hidden" name="group" value={group} />
          <input type="hidden" name="version" value={form?.version ?? 0} />
          {children}
          <div class="acts">
            <button class="btn" type="submit">
              Save<span class="sr">{title}</span>
            </button>
          </div>
        </AdminForm>
      </div>
    </section>
  );
}
