import { AdminForm } from "./AdminForm.tsx";
import { AdminPage } from "./AdminPage.tsx";
import { Note } from "./Note.tsx";
import { When } from "./When.tsx";

interface SessionsPageProps {
  token: string;
  timeZone: string;
  /** Id of this request's session. */
  current: string;
  /** A session was just ended. */
  ended: boolean;
  sessions: { id: string; agent: string; startedAt: number; usedAt: number }[];
}

/** The administrator's sessions, each with a button to end it. */
export function SessionsPage({ token, timeZone, current, ended, sessions }: SessionsPageProps) {
  return (
    <AdminPage
      title="Account"
      lead="Where you are signed in. A session ends after 30 minutes without use, and after 12 hours in any case."
      actions={
        <AdminForm token={token}>
          <button class="btn" name="action" value="end-all" type="submit">
            Sign out everywhere
          </button>
        </AdminForm>
      }
    >
      {ended && <Note good>That session has ended.</Note>}
      <ul class="panel rows narrow">
        {sessions.map(({ id, agent, startedAt, usedAt }) => (
          <li key={id} class="row">
            <div class="g">
              <b>{agent}</b> {id === current && <span class="chip acc plain">this one</span>}
              <span class="meta">
                Last used <When at={usedAt} timeZone={timeZone} />, signed in{" "}
                <When at={startedAt} timeZone={timeZone} />
              </span>
            </div>
            <AdminForm token={token}>
              <input type="hidden" name="session" value={id} />
              <button class="btn" name="action" value="end" type="submit">
                Sign out<span class="sr">of the session on {agent}</span>
              </button>
            </AdminForm>
          </li>
        ))}
      </ul>
    </AdminPage>
  );
}
