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
      {note !== null && <p class="note bad" role="alert">{note}</p>}
      {view.tools === 0 && (
        <p class="note warn">
          No tool answers on WhatsApp yet. Open <a href="/admin/tools">a tool</a>{" "}
          and tick “Answer on WhatsApp too”; then it answers here as well.
        </p>
      )}
      <div class="simulator">
        <Phone view={view} token={token} timeZone={timeZone} />
        <aside aria-label="About this phone">
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
    <section class="phone" aria-labelledby="phone-title">
      <header>
        <h2 id="phone-title">{tool ?? "OBT Helper"}</h2>
        <p class="meta number">{number}</p>
      </header>
      <div class="screen" role="region" aria-label="Messages" tabIndex={0}>
        {lines.length === 0
          ? <p class="hint">Nothing was said yet. Write “hello”, or choose a word.</p>
          : (
            <ol class="bubbles">
              {lines.map((line) => <Bubble key={line.id} line={line} timeZone={timeZone} />)}
              {working && <li class="ours typing">is writing…</li>}
            </ol>
          )}
      </div>
      <AdminForm token={token} action={`${PATH}#message`} class="compose" multipart>
        <label class="sr" for="message">Message</label>
        <input
          id="message"
          name="text"
          type="text"
          maxLength={longest}
          dir="auto"
          placeholder="Message"
          autocomplete="off"
          autoFocus={lines.length > 0}
        />
        <div class="form-actions">
          <label class="field attach">
            <span>Picture</span>
            <input type="file" name="picture" accept="image/png,image/jpeg,image/webp" />
          </label>
          <button class="button primary" name="action" value="send" type="submit">Send</button>
        </div>
      </AdminForm>
      {working && (
        <p class="more">
          <a class="button" href={`${PATH}#message`}>Look again</a>
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
          <span class="tag plain">📎 {attached}</span>
        </p>
      )}
      {text !== "" && <PhoneText text={text} />}
      {fault && <FaultNote fault={fault} />}
      <p class="meta">
        <When at={at} timeZone={timeZone} />
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
    <section aria-labelledby="words">
      <h2 id="words">Words it knows</h2>
      <AdminForm token={token} action={`${PATH}#message`} class="words">
        <input type="hidden" name="action" value="send" />
        {WORDS.map((word) => (
          <button key={word} class="button" name="word" value={word} type="submit">{word}</button>
        ))}
      </AdminForm>
      <AdminForm token={token} action={`${PATH}#message`} class="words">
        <button class="button" name="action" value="five" type="submit">
          Five messages quickly
        </button>
      </AdminForm>
      <p class="meta">Five at once must be answered once, not five times.</p>
    </section>
  );
}

function About({ view, token }: Pick<SimulatorPageProps, "view" | "token">) {
  const { person, spent, budget, simulatedModel, optedOut } = view;
  return (
    <section aria-labelledby="about">
      <h2 id="about">This phone</h2>
      <ul class="points">
        <li>
          {simulatedModel
            ? "Replies are made up by the program: no model is asked."
            : `Replies come from the real model. They are booked, and paid from a budget of the simulator's own: ${
              formatUsd(budget.used)
            } of ${formatUsd(budget.ceiling)} used today. Nothing of it counts in the ceilings.`}
        </li>
        <li>
          Its messages are booked as a real phone's would be, marked as simulated:{" "}
          {formatUsd(spent)} so far.
        </li>
        <li>At most 15 messages a minute.</li>
        {optedOut && <li>It has opted out: only START is answered.</li>}
      </ul>
      <div class="form-actions">
        {person !== null && (
          <a class="button" href={`/admin/whatsapp/people/${person}`}>See it as an admin</a>
        )}
        <AdminForm token={token} action={PATH}>
          <button class="button danger" name="action" value="reset" type="submit">
            Forget this phone
          </button>
        </AdminForm>
      </div>
    </section>
  );
}
