import { formatUsd } from "../../../lib/shared/money.ts";
import type {
  FindingView,
  OfferedTool,
  SpeechView,
  WhatsAppOverview,
} from "../../../lib/shared/views/whatsapp_admin_view.ts";
import { AdminForm } from "../AdminForm.tsx";
import { Fact } from "../costs/Fact.tsx";
import { count } from "../costs/formats.ts";
import { CopyField } from "./CopyField.tsx";
import { FaultNote } from "./FaultNote.tsx";
import { WhatsAppAdminPage } from "./WhatsAppAdminPage.tsx";

interface OverviewPageProps {
  view: WhatsAppOverview;
  token: string;
  /** Results of the connection test; null before it ran. */
  findings: readonly FindingView[] | null;
}

/** Connection status, problems, and the values to paste at the provider. */
export function OverviewPage({ view, token, findings }: OverviewPageProps) {
  return (
    <WhatsAppAdminPage
      title="WhatsApp"
      marks={<Mark view={view} />}
      lead="The same tools by phone, through Twilio."
      place="Overview"
    >
      <div class="stack">
        <State view={view} />
        {view.state === "on" && <Figures view={view} />}
        <Addresses view={view} />
        {view.state === "on" && <Test token={token} findings={findings} />}
        <Tools tools={view.tools} />
      </div>
    </WhatsAppAdminPage>
  );
}

function Mark({ view: { state, paused } }: { view: WhatsAppOverview }) {
  if (state !== "on") return <span class="chip">Off</span>;
  return paused
    ? <span class="chip bad">Not connected</span>
    : <span class="chip good">Connected</span>;
}

function State({ view: { state, missing, number, paused } }: { view: WhatsAppOverview }) {
  if (state === "preview") {
    return (
      <section class="alert pad stack" aria-labelledby="state">
        <h2 id="state">Off on this preview</h2>
        <p>
          This is a preview of a deployment. Nothing is sent from it and nothing is taken, so that
          nobody gets two answers. The simulator works.
        </p>
      </section>
    );
  }
  if (state === "off") {
    return (
      <section class="alert pad stack" aria-labelledby="state">
        <h2 id="state">WhatsApp is off</h2>
        <p>
          It goes on when {missing.length === 1 ? "this is" : "these are"}{" "}
          set in the environment or in <code>.env</code>, and the program is started again:
        </p>
        <ul class="keys">
          {missing.map((key) => (
            <li key={key}>
              <code>{key}</code> <span>{KEY_HINTS[key] ?? ""}</span>
            </li>
          ))}
        </ul>
        <p>
          Until then nothing is sent, and Twilio's requests are not taken. The simulator works
          without any of it.
        </p>
      </section>
    );
  }
  if (paused) {
    return (
      <section class="alert bad pad stack" aria-labelledby="state" role="alert">
        <h2 id="state">Nothing is sent at the moment</h2>
        <FaultNote fault={paused} />
        <p>What was to be sent waits, and goes out in its order once this is mended.</p>
      </section>
    );
  }
  return (
    <section class="alert good pad stack" aria-labelledby="state">
      <h2 id="state">WhatsApp is on</h2>
      <p>
        People reach the tools at <strong class="number">{number}</strong>.
      </p>
    </section>
  );
}

const KEY_HINTS: Readonly<Record<string, string>> = {
  TWILIO_ACCOUNT_SID: "begins with AC; on the first page of Twilio's console",
  TWILIO_AUTH_TOKEN: "beside it; the primary one, with which Twilio signs",
  TWILIO_PHONE_NUMBER: "your WhatsApp sender, such as +41791234567",
  PUBLIC_URL: "the https address at which people reach this program",
};

function Figures(
  { view: { price, today, waiting, unknown, template, speech } }: { view: WhatsAppOverview },
) {
  return (
    <dl class="figs">
      <Fact name="Spent today" value={formatUsd(today.spent)}>
        replies and messages
        {today.simulated > 0n && `, ${formatUsd(today.simulated)} of it simulated`}
      </Fact>
      <Fact name="Messages today" value={count(today.messages)}>
        both ways, and replies; a message in costs {formatUsd(price.fee)}, one out{" "}
        {formatUsd(price.least)} to {formatUsd(price.most)}, by country
      </Fact>
      <Fact name="Being answered" value={count(waiting)}>
        {waiting === 1 ? "person, by the AI" : "people, by the AI"}
      </Fact>
      <Fact name="Not known" value={count(unknown)}>
        {unknown === 0
          ? "every message is accounted for"
          : <a href="/admin/whatsapp/faults">whether they were sent</a>}
      </Fact>
      <Fact name="After 24 hours" value={template ? "Template" : "Nothing"}>
        {template
          ? "is sent once the window is closed"
          : "is sent until they write again; a template would be (TWILIO_TEMPLATE_SID)"}
      </Fact>
      <Spoken speech={speech} />
    </dl>
  );
}

function Spoken({ speech }: { speech: SpeechView | null }) {
  if (speech === null) {
    return (
      <Fact name="Spoken replies" value="Off">
        no speech server is set (LLM_SPEECH_URL, LLM_SPEECH_MODEL, LLM_SPEECH_VOICE)
      </Fact>
    );
  }
  const { model, own, price, endsOn } = speech;
  if (price === null) {
    return (
      <Fact name="Spoken replies" value="Needs a price">
        {model} speaks once it has <a href="/admin/prices">a price</a> (speech,{" "}
        {model}: dollars for 1,000 characters)
      </Fact>
    );
  }
  const cost = price.usd === 0n
    ? "at no cost"
    : `${formatUsd(price.usd)} ${price.per === "minute" ? "a minute" : "for 1,000 characters"}`;
  return (
    <Fact name="Spoken replies" value="On">
      by {model}, {own && "your own server, "}
      {cost}, and a message each
      {endsOn !== null && `; ends on ${endsOn}: set another server before`}
    </Fact>
  );
}

function Addresses({ view: { webhookUrl, statusUrl } }: { view: WhatsAppOverview }) {
  return (
    <section class="panel" aria-labelledby="addresses">
      <header>
        <h2 id="addresses">Addresses for Twilio's console</h2>
      </header>
      {webhookUrl === null || statusUrl === null
        ? (
          <p class="pad">
            They appear here once <code>PUBLIC_URL</code>{" "}
            is set: Twilio signs the address that it calls, so it must be the one people use.
          </p>
        )
        : (
          <div class="pad form">
            <CopyField
              id="webhook"
              label="When a message comes in (POST)"
              value={webhookUrl}
              hint="Messaging → Senders → WhatsApp senders → your number → Webhook URL for incoming messages; of the sandbox: Sandbox settings."
            />
            <CopyField
              id="status"
              label="Status callback URL (POST)"
              value={statusUrl}
              hint="In the same place. Each message also carries it, so deliveries are seen even without."
            />
          </div>
        )}
    </section>
  );
}

const MARKS = { ok: "Right", wrong: "Wrong", unknown: "Not known" } as const;
const TAGS = { ok: "chip good", wrong: "chip bad", unknown: "chip" } as const;

function Test({ token, findings }: Pick<OverviewPageProps, "token" | "findings">) {
  return (
    <section id="test" class="panel" aria-labelledby="test-title">
      <header>
        <h2 id="test-title">Connection test</h2>
      </header>
      {findings === null
        ? (
          <p class="pad meta">
            Asks Twilio about the account, the number and the webhook. Sends no message and costs
            nothing.
          </p>
        )
        : (
          <div role="status">
            <ul class="rows findings">
              {findings.map(({ state, text }) => (
                <li key={text} class="row">
                  <span class={TAGS[state]}>{MARKS[state]}</span>
                  <p class="g">{text}</p>
                </li>
              ))}
            </ul>
          </div>
        )}
      <AdminForm token={token} action="/admin/whatsapp#test" class="foot">
        <button class="btn pri" name="action" value="test" type="submit">
          {findings === null ? "Test the connection" : "Test again"}
        </button>
      </AdminForm>
    </section>
  );
}

function Tools({ tools }: { tools: readonly OfferedTool[] }) {
  return (
    <section class="panel" aria-labelledby="offered">
      <header>
        <h2 id="offered">Tools on WhatsApp</h2>
      </header>
      <p class="pad meta">
        Since 15 January 2026 WhatsApp does not allow general-purpose assistants. Every tool that
        answers there needs a bounded purpose, in its own words; it politely refuses the rest.
      </p>
      {tools.length === 0
        ? (
          <p class="pad">
            No tool answers on WhatsApp yet. Open <a href="/admin/tools">a tool</a>{" "}
            and tick “Answer on WhatsApp too”.
          </p>
        )
        : (
          <ul class="rows">
            {tools.map((tool) => <Tool key={tool.id} tool={tool} />)}
          </ul>
        )}
    </section>
  );
}

function Tool({ tool: { id, name, scope, active } }: { tool: OfferedTool }) {
  return (
    <li class="row wrap">
      <div class="g">
        <p>
          <a href={`/admin/tools/${id}`}>{name}</a>
        </p>
        <p class={scope === "" ? "finding" : "meta"} dir="auto">
          {scope === ""
            ? "Nothing says what it is for on WhatsApp, so its description does. Write the bounded purpose: without one the number may be blocked."
            : scope}
        </p>
      </div>
      <p class="acts marks">
        {!active && <span class="chip">Off</span>}
        {scope === "" && <span class="chip warn">No scope</span>}
      </p>
    </li>
  );
}
