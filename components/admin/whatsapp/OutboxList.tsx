import type { OutboxLine, PersonView } from "../../../lib/shared/views/whatsapp_admin_view.ts";
import { AdminForm } from "../AdminForm.tsx";
import { When } from "../When.tsx";
import { FaultNote } from "./FaultNote.tsx";
import { PhoneText } from "./PhoneText.tsx";

interface OutboxListProps {
  view: PersonView;
  token: string;
  path: string;
  timeZone: string;
}

/** Messages sent to a person, newest first, with their delivery state. */
export function OutboxList({ view: { outbox }, token, path, timeZone }: OutboxListProps) {
  if (outbox.length === 0) return <p class="pad meta">Nothing was sent to them yet.</p>;
  return (
    <ol class="rows outbox">
      {outbox.map((line) => (
        <li key={line.n} id={`o${line.n}`} class="pad stack">
          <Line line={line} timeZone={timeZone} />
          {line.undecided && <Decide n={line.n} token={token} path={path} />}
        </li>
      ))}
    </ol>
  );
}

function Line({ line, timeZone }: { line: OutboxLine; timeZone: string }) {
  const { kind, state, level, at, tries, body, fault } = line;
  return (
    <div>
      <p>
        <span class={`chip ${level}`}>{state}</span> {kind}
      </p>
      {body !== null && <PhoneText text={body} />}
      {fault && <FaultNote fault={fault} />}
      <p class="meta">
        <When at={at} timeZone={timeZone} />
        {tries > 1 && ` · tried ${tries} times`}
      </p>
    </div>
  );
}

const CHOICES = [
  { value: "retry", label: "Send again", primary: false },
  { value: "mark-sent", label: "It was sent", primary: false },
  { value: "drop", label: "Drop it", primary: false },
] as const;

/** Lets an administrator settle an `unknown` message after a look in the provider's log. */
function Decide({ n, token, path }: { n: number; token: string; path: string }) {
  return (
    <AdminForm token={token} action={path} class="acts">
      <input type="hidden" name="n" value={n} />
      <span class="meta">Look into Twilio's log, then say:</span>
      {CHOICES.map(({ value, label }) => (
        <button key={value} class="btn" name="action" value={value} type="submit">
          {label}
          <span class="sr">: message {n}</span>
        </button>
      ))}
    </AdminForm>
  );
}
