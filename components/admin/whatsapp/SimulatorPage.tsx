import { formatUsd } from "../../../lib/shared/money.ts";
import type {
  SimulatedLine,
  SimulatorView,
} from "../../../lib/shared/views/whatsapp_admin_view.ts";
import { AdminForm } from "../AdminForm.tsx";
import { When } from "../When.tsx";
import { FaultNote } from "./FaultNote.tsx";
import { PhoneText } from "./PhoneText.tsx";
import { WhatsAppAdminPage } from "./WhatsAppAdminPage.tsx";

interface SimulatorPageProps {
  view: SimulatorView;
  token: string;
  timeZone: string;
  note: string | null;
}

const PATH = "/admin/whatsapp/simulator";
const WORDS = ["HELP", "MENU", "1", "NEW", "COST", "STOP", "START"];

/** A simulated phone that talks to the bot. */
export function SimulatorPage({ view, token, timeZone, note }: SimulatorPageProps) {
  return (
    <WhatsAppAdminPage
      title="Simulator"
      lead="A phone of your own that talks to the bot: no Twilio, no number, no message fee."
      place="Simulator"
    >
      {note !== null && <p class="alert bad" role="alert">{note}</p>}
      {view.tools === 0 && (
        <p class="alert">
          <span class="g">
            No tool answers on WhatsApp yet. Open <a href="/admin/tools">a tool</a>{" "}
            and tick “Answer on WhatsApp too”; then it answers here as well.
          </span>
        </p>
      )}
      <div class="cols main">
        <Phone view={view} token={token} timeZone={timeZone} />
        <aside class="stack" aria-label="About this phone">
          <Words token={token} />
          <About view={view} token={token} />
        </aside>
      </div>
    </WhatsAppAdminPage>
  );
}

function Phone({ view, token, timeZone }: Pick<SimulatorPageProps, "view" | "token" | "timeZone">) {
  const { lines, working, tool, number, longest } = view;
  return (
    <section class="panel phone" aria-labelledby="phone-title">
      <header>
        <h2 id="phone-title">{tool ?? "OBT Helper"}</h2>
        <p class="meta number">{number}</p>
      </header>
      <div class="screen" role="region" aria-label="Messages" tabIndex={0}>
        {lines.length === 0
          ? <p class="meta">Nothing was said yet. Write “hello”, or choose a word.</p>
          : (
            <ol class="thread bubbles">
              {lines.map((line) => <Bubble key={line.id} line={line} timeZone={timeZone} />)}
              {working && <li class="ours typing">is writing…</li>}
            </ol>
          )}
      </div>
      <AdminForm token={token} action={`${PATH}#message`} class="foot compose" multipart>
        <label class="sr" for="message">Message</label>
        <input
          id="message"
          class="in"
          name="text"
          type="text"
          maxLength={longest}
          dir="auto"
          placeholder="Message"
          autocomplete="off"
          autoFocus={lines.length > 0}
        />
        <div class="acts">
          <label class="field">
            <span class="sr">Picture</span>
            <input class="in" type="file" name="picture" accept="image/png,image/jpeg,image/webp" />
          </label>
          <button class="btn pri" name="action" value="send" type="submit">Send</button>
        </div>
      </AdminForm>
      {working && (
        <p class="foot">
          <a class="btn" href={`${PATH}#message`}>Look again</a>
        </p>
      )}
    </section>
  );
}

const TICKS = {
  waiting: "🕓",
  sent: "✓",
  delivered: "✓✓",
  read: "✓✓",
  failed: "!",
  unknown: "?",
} as const;

function Bubble({ line, timeZone }: { line: SimulatedLine; timeZone: string }) {
  const { from, text, at, tick, state, fault, attached } = line;
  return (
    <li class={from === "phone" ? "theirs" : "ours"}>
      <span class="sr">{from === "phone" ? "You" : "Bot"}:</span>
      {attached !== null && (
        <p>
          <span class="chip">📎 {attached}</span>
        </p>
      )}
      {text !== "" && <PhoneText text={text} />}
      {fault && <FaultNote fault={fault} />}
      <p class="meta">
        <When at={at} timeZone={timeZone} />
        {tick !== null && " "}
        {tick !== null && (
          <span class={`tick ${tick}`}>
            <span aria-hidden="true">{TICKS[tick]}</span>
            <span class="sr">{state}</span>
          </span>
        )}
      </p>
    </li>
  );
}

function Words({ token }: { token: string }) {
  return (
    <section class="panel" aria-labelledby="words">
      <header>
        <h2 id="words">Words it knows</h2>
      </header>
      <div class="pad stack">
        <AdminForm token={token} action={`${PATH}#message`} class="acts">
          <input type="hidden" name="action" value="send" />
          {WORDS.map((word) => (
            <button key={word} class="btn" name="word" value={word} type="submit">{word}</button>
          ))}
        </AdminForm>
        <AdminForm token={token} action={`${PATH}#message`} class="acts">
          <button class="btn" name="action" value="five" type="submit">
            Five messages quickly
          </button>
        </AdminForm>
        <p class="meta">Five at once must be answered once, not five times.</p>
      </div>
    </section>
  );
}

function About({ view, token }: Pick<SimulatorPageProps, "view" | "token">) {
  const { person, spent, budget, simulatedModel, optedOut } = view;
  return (
    <section class="panel" aria-labelledby="about">
      <header>
        <h2 id="about">This phone</h2>
      </header>
      <div class="pad stack">
        <ul class="stack">
          <li>
            {simulatedModel
              ? "Replies are made up by the program: no model is asked."
              : `Replies come from the real model. They are booked, and paid from a budget of the simulator's own: ${
                formatUsd(budget.used)
              } of ${
                formatUsd(budget.ceiling)
              } used today. Nothing of it counts in the tools' budgets.`}
          </li>
          <li>
            Its messages are booked as a real phone's would be, marked as simulated:{" "}
            {formatUsd(spent)} so far.
          </li>
          <li>It takes at most 15 messages a minute.</li>
          {optedOut && <li>It has opted out: only START is answered.</li>}
        </ul>
        <div class="acts">
          {person !== null && (
            <a class="btn" href={`/admin/whatsapp/people/${person}`}>See it as an admin</a>
          )}
          <AdminForm token={token} action={PATH}>
            <button class="btn danger" name="action" value="reset" type="submit">
              Forget this phone
            </button>
          </AdminForm>
        </div>
      </div>
    </section>
  );
}
