import type { PersonView } from "../../../lib/shared/views/whatsapp_admin_view.ts";
import { AdminForm } from "../AdminForm.tsx";

interface SayFormProps {
  view: PersonView;
  token: string;
  path: string;
  draft: string;
}

/** Form to write to a person, or the reason why it is closed. */
export function SayForm({ view: { silenced, longest }, token, path, draft }: SayFormProps) {
  if (silenced !== null) {
    return (
      <div class="foot" id="say">
        <p>
          <strong>You cannot write now.</strong> {silenced}
        </p>
        {draft !== "" && <p class="draft" dir="auto">{draft}</p>}
      </div>
    );
  }
  return (
    <AdminForm token={token} action={path} class="pad form">
      <label class="field" for="say">
        <span>Write as a human</span>
        <textarea
          id="say"
          class="in"
          name="text"
          rows={3}
          maxLength={longest}
          dir="auto"
          required
          aria-describedby="say-hint"
        >
          {draft}
        </textarea>
      </label>
      <div class="acts">
        <button class="btn pri" name="action" value="say" type="submit">Send</button>
        <span class="meta" id="say-hint">
          It is marked as written by a person.{" "}
          <span id="say-left">Up to {longest} characters.</span>
        </span>
      </div>
    </AdminForm>
  );
}
