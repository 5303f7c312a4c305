import type { ApiKeyView } from "../../../lib/shared/views/api_key_view.ts";
import { AdminForm } from "../AdminForm.tsx";
import { AdminPage } from "../AdminPage.tsx";
import { Note } from "../Note.tsx";
import { When } from "../When.tsx";
import { KeyForm, type KeyFormProps } from "./KeyForm.tsx";

const PARENT = { href: "/admin/keys", label: "API keys" };

type FormParts = Omit<KeyFormProps, "children">;

export interface NewKeyPageProps extends FormParts {
  /** Id of the key to be: the form makes one, however often it is sent. */
  id: string;
  note: string | null;
}

/** Makes a key. */
export function NewKeyPage({ id, note, ...form }: NewKeyPageProps) {
  return (
    <AdminPage
      title="New key"
      parent={PARENT}
      lead="It is shown once, when it is made. Give each program its own."
    >
      {note !== null && <Note good={false}>{note}</Note>}
      <section class="panel">
        <div class="pad">
          <KeyForm {...form}>
            <input type="hidden" name="id" value={id} />
            <div class="acts">
              <button class="btn pri" type="submit">Make key</button>
              <a class="btn" href="/admin/keys">Cancel</a>
            </div>
          </KeyForm>
        </div>
      </section>
    </AdminPage>
  );
}

export interface KeyPageProps extends FormParts {
  timeZone: string;
  view: ApiKeyView;
  note: { good: boolean; text: string } | null;
}

/** Changes, replaces or ends a key. */
export function KeyPage({ timeZone, view, note, ...form }: KeyPageProps) {
  const { row, version, createdAt, createdBy } = view;
  const { token } = form;
  return (
    <AdminPage
      title={row.name}
      parent={PARENT}
      marks={row.expired && <span class="chip warn">Expired</span>}
      lead={
        <>
          {row.label}…, made by <bdi>{createdBy}</bdi>, <When at={createdAt} timeZone={timeZone} />.
        </>
      }
    >
      {note && <Note good={note.good}>{note.text}</Note>}
      <div class="stack">
        <section class="panel">
          <div class="pad">
            <KeyForm {...form}>
              <input type="hidden" name="version" value={version} />
              <div class="acts">
                <button class="btn pri" name="action" value="save" type="submit">Save</button>
                <a class="btn" href="/admin/keys">Cancel</a>
              </div>
            </KeyForm>
          </div>
        </section>
        <section class="panel" aria-labelledby="replace">
          <header>
            <h2 id="replace" tabIndex={-1}>Replace</h2>
          </header>
          <div class="pad form">
            <p class="meta">
              Makes a new key with the same name, tools and budgets. The one in use stays valid for
              the time you choose.
            </p>
            <AdminForm token={token} class="form">
              <div class="field">
                <label for="overlap">The one in use ends</label>
                <select class="in" id="overlap" name="overlap">
                  <option value="0">at once</option>
                  <option value="24" selected>in 24 hours</option>
                  <option value="168">in 7 days</option>
                </select>
              </div>
              <div class="acts">
                <button class="btn" name="action" value="replace" type="submit">Replace key</button>
              </div>
            </AdminForm>
          </div>
        </section>
        <section class="panel" aria-labelledby="end">
          <header>
            <h2 id="end" tabIndex={-1}>End key</h2>
          </header>
          <div class="pad form">
            <p class="meta">
              Its program is refused from its next request on. This cannot be undone; what it spent
              stays in the costs.
            </p>
            <AdminForm token={token} class="acts">
              <button class="btn danger" name="action" value="end" type="submit">End key</button>
            </AdminForm>
          </div>
        </section>
      </div>
    </AdminPage>
  );
}
