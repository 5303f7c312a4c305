import type {
  WaitingPeople,
  WaitingPerson,
} from "../../../lib/shared/views/whatsapp_admin_view.ts";
import { AdminForm } from "../AdminForm.tsx";
import { AllFine } from "../AllFine.tsx";
import { AdminIcon } from "../AdminIcon.tsx";
import { When } from "../When.tsx";
import { WhatsAppAdminPage } from "./WhatsAppAdminPage.tsx";

interface WaitingPageProps {
  people: WaitingPeople;
  token: string;
  /** The signed-in administrator. */
  email: string;
  now: number;
  timeZone: string;
}

/** People on WhatsApp who wait for an admin or have one. */
export function WaitingPage({ people, ...props }: WaitingPageProps) {
  const { waiting, answered } = people;
  return (
    <WhatsAppAdminPage
      title="Who waits"
      lead="People whose reply failed, or who wrote while somebody answers in the AI's place. It is silent for those you take over, until you give back."
      place="Waiting"
    >
      <section class="panel" aria-label="Waiting">
        {waiting.length === 0
          ? (
            <AllFine title="Nobody waits.">
              People whose reply failed appear here, and those you took over, once they write again.
            </AllFine>
          )
          : (
            <ul class="rows">
              {waiting.map((person) => <Waiting key={person.row.id} person={person} {...props} />)}
            </ul>
          )}
      </section>
      {answered.length > 0 && (
        <>
          <div class="group">
            <h2 id="with">With somebody</h2>
            <span class="meta">{answered.length}</span>
          </div>
          <section class="panel" aria-labelledby="with">
            <ul class="rows">
              {answered.map((person) => (
                <Answered key={person.row.id} person={person} {...props} />
              ))}
            </ul>
          </section>
        </>
      )}
    </WhatsAppAdminPage>
  );
}

type RowProps = Omit<WaitingPageProps, "people"> & { person: WaitingPerson };

/** Minutes after which a wait is long. */
const LONG = 15;

function Waiting({ person: { row, since }, token, email, now, timeZone }: RowProps) {
  const { id, number, tool, openUntil, takenOver } = row;
  const path = `/admin/whatsapp/people/${id}`;
  const minutes = Math.max(0, Math.floor((now - (since ?? now)) / 60_000));
  return (
    <li class="row wrap">
      <Avatar />
      <div class="g">
        <div class="title">
          <a class="number" href={path}>{number}</a>
          <span class={minutes >= LONG ? "chip bad" : "chip warn"}>{duration(minutes)}</span>
          {row.simulated && <span class="chip plain">Simulated</span>}
        </div>
        {takenOver === null ? "The reply to them failed." : <By by={takenOver.by} />}
        <span class="meta">
          {tool ?? "No tool"} · {openUntil === null ? "you cannot write to them now" : (
            <>
              you can write freely until <When at={openUntil} timeZone={timeZone} />
            </>
          )}
        </span>
      </div>
      {takenOver === null && openUntil !== null
        ? (
          <AdminForm token={token} action={path}>
            <button class="btn pri" name="action" value="take-over" type="submit">
              Take over<span class="sr">{number}</span>
            </button>
          </AdminForm>
        )
        : (
          <a class="btn" href={`${path}#say`}>
            {takenOver?.by === email ? "Answer" : "Open"}
            <span class="sr">{number}</span>
          </a>
        )}
    </li>
  );
}

function Answered({ person: { row }, timeZone }: RowProps) {
  const { id, number, tool, takenOver } = row;
  return (
    <li>
      <a class="row" href={`/admin/whatsapp/people/${id}`}>
        <Avatar />
        <span class="g">
          <span class="title">
            <b class="number">{number}</b>
            <span class="chip acc">
              <By by={takenOver?.by ?? ""} />
            </span>
          </span>
          <span class="meta">
            {tool ?? "No tool"}
            {takenOver && (
              <>
                {" "}· gives back by itself on <When at={takenOver.until} timeZone={timeZone} />
              </>
            )}
          </span>
        </span>
        <AdminIcon name="next" />
      </a>
    </li>
  );
}

function By({ by }: { by: string }) {
  return (
    <span>
      With <bdi>{by}</bdi>
    </span>
  );
}

function Avatar() {
  return (
    <span class="ava">
      <AdminIcon name="account" />
    </span>
  );
}

function duration(minutes: number): string {
  if (minutes < 1) return "Just now";
  if (minutes === 1) return "1 minute";
  if (minutes < 60) return `${minutes} minutes`;
  const hours = Math.floor(minutes / 60);
  return hours === 1 ? "1 hour" : `${hours} hours`;
}
