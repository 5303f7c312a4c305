import { formatUsd } from "../../../lib/shared/money.ts";
import type { PersonView } from "../../../lib/shared/views/whatsapp_admin_view.ts";
import { Fact } from "../costs/Fact.tsx";
import { When } from "../When.tsx";
import { OutboxList } from "./OutboxList.tsx";
import { PersonActions } from "./PersonActions.tsx";
import { PersonMarks } from "./PersonMarks.tsx";
import { SayForm } from "./SayForm.tsx";
import { ThreadList } from "./ThreadList.tsx";
import { WhatsAppAdminPage } from "./WhatsAppAdminPage.tsx";

interface PersonPageProps {
  view: PersonView;
  token: string;
  timeZone: string;
  /** Result of the last form, or null. */
  note: { good: boolean; text: string } | null;
  /** Unsent text. */
  draft: string;
}

/** A person on WhatsApp: conversation, outbox and actions. */
export function PersonPage({ view, token, timeZone, note, draft }: PersonPageProps) {
  const { row } = view;
  const path = `/admin/whatsapp/people/${row.id}`;
  return (
    <WhatsAppAdminPage
      title={row.number}
      parent={{ href: "/admin/whatsapp/people", label: "People" }}
      marks={<PersonMarks row={row} timeZone={timeZone} />}
      lead={<Lead view={view} timeZone={timeZone} />}
      place="People"
      actions={<PersonActions view={view} token={token} path={path} />}
    >
      {note !== null && (
        <p
          class={note.good ? "alert good" : "alert bad"}
          role={note.good ? "status" : "alert"}
          id="done"
          tabIndex={-1}
          autoFocus
        >
          {note.text}
        </p>
      )}
      <div class="stack">
        <Facts view={view} timeZone={timeZone} />
        <div class="cols main">
          <section class="panel" aria-labelledby="said">
            <header>
              <h2 id="said">What was said</h2>
            </header>
            <ThreadList view={view} timeZone={timeZone} path={path} />
            <SayForm view={view} token={token} path={path} draft={draft} />
          </section>
          <section class="panel" aria-labelledby="outbox">
            <header>
              <h2 id="outbox">What was sent</h2>
            </header>
            <OutboxList {...{ view, token, path, timeZone }} />
          </section>
        </div>
      </div>
    </WhatsAppAdminPage>
  );
}

function Lead({ view: { row, fullNumber }, timeZone }: Pick<PersonPageProps, "view" | "timeZone">) {
  return (
    <>
      {fullNumber !== null && (
        <>
          <strong class="number">{fullNumber}</strong> ·{" "}
        </>
      )}
      {row.at === null ? "Has not written." : (
        <>
          Wrote last <When at={row.at} timeZone={timeZone} />.
        </>
      )}
    </>
  );
}

const MIRRORS: Readonly<Record<string, string>> = {
  reply: "replies of the web are sent here",
  both: "questions and replies of the web are sent here",
  off: "nothing of the web is sent here",
};

function Facts({ view, timeZone }: Pick<PersonPageProps, "view" | "timeZone">) {
  const { row: { tool, spent, openUntil, linked }, mirror, language } = view;
  return (
    <dl class="figs">
      <Fact name="Tool" value={tool ?? "None"}>Language: {language}</Fact>
      <Fact name="Cost" value={formatUsd(spent)}>
        messages and replies, {formatUsd(view.today)} of it today
      </Fact>
      <Fact name="24-hour window" value={openUntil === null ? "Closed" : "Open"}>
        {openUntil === null ? "opens when they write" : (
          <>
            until <When at={openUntil} timeZone={timeZone} />
          </>
        )}
      </Fact>
      <Fact name="Web" value={linked ? "Linked" : "Not linked"}>
        {linked ? MIRRORS[mirror ?? "off"] : "this phone only"}
      </Fact>
    </dl>
  );
}
