import type { KeptFormView } from "../../lib/shared/views/admin_view.ts";
import { AdminForm } from "./AdminForm.tsx";
import { GatePanel } from "./Gate.tsx";

interface KeptFormPageProps {
  token: string;
  kept: KeptFormView;
}

/** Shown after a new login: unsaved input from the ended session. */
export function KeptFormPage({ token, kept }: KeptFormPageProps) {
  const { to, fields, file, canLook } = kept;
  return (
    <GatePanel title="Not saved yet · Admin">
      <h1>You are signed in. What you typed is not saved yet</h1>
      <p>
        Your session had ended, so nothing was changed. {canLook
          ? "Go back to the form, check it and save it there."
          : "You can send it once more, or discard it."}
        {file && " The file has to be chosen again."}
      </p>
      <AdminForm token={token} action={to} class="acts">
        {fields.map(([name, value], i) => (
          <input
            key={i}
            type="hidden"
            name={name}
            value={value}
          />
        ))}
        {canLook && <input type="hidden" name="look" value="1" />}
        <button class="btn pri" type="submit">
          {canLook ? "Back to the form" : "Send it now"}
        </button>
        <a class="btn" href={canLook ? to : "/admin"}>Discard it</a>
      </AdminForm>
      {!canLook && (
        <dl class="form">
          {fields.map(([name, value], i) => (
            <div key={i}>
              <dt class="meta">{name}</dt>
              <dd dir="auto">{value.length > 500 ? `${value.slice(0, 500)}…` : value}</dd>
            </div>
          ))}
        </dl>
      )}
    </GatePanel>
  );
}
