import type { PersonView, ThreadLine } from "../../../lib/shared/views/whatsapp_admin_view.ts";
import { When } from "../When.tsx";

interface ThreadListProps {
  view: PersonView;
  timeZone: string;
  path: string;
}

const WHY: Readonly<Record<PersonView["looking"], string>> = {
  review:
    "Reviewing is switched on, of which people are told. What was sent before that is not shown.",
  takeover: "You have taken over, of which the person was told; so you can read along.",
  no: "What people write is not shown: reviewing is switched off in the settings.",
};

/** A conversation across channels, oldest first. */
export function ThreadList({ view, timeZone, path }: ThreadListProps) {
  const { thread, earlier, looking, row } = view;
  return (
    <>
      <p class="pad meta">
        {WHY[looking]}
        {looking === "no" && view.silenced === null &&
          " Take over to read and answer; the person is told."}
      </p>
      {thread.length === 0 && <p class="pad">Nothing has been asked in this conversation yet.</p>}
      {earlier !== null && (
        <nav class="acts pad pager" aria-label="Pages of the conversation">
          <a class="btn" href={`${path}?before=${earlier}`}>Earlier</a>
        </nav>
      )}
      <ol class="thread bubbles pad">
        {thread.map((line) => (
          <Line key={line.id} line={line} tool={row.tool ?? "Tool"} timeZone={timeZone} />
        ))}
      </ol>
    </>
  );
}

const CHANNELS: Readonly<Record<string, string>> = { web: "Web", whatsapp: "WhatsApp", api: "API" };

function Line({ line, tool, timeZone }: { line: ThreadLine; tool: string; timeZone: string }) {
  const { seq, from, channel, at, html } = line;
  const who = { person: "Person", tool, human: "Our team" }[from];
  return (
    <li id={`m${seq}`} class={from === "person" ? "theirs" : "ours"}>
      <p class="meta">
        <span class="from">{who}</span> <span class="chip">{CHANNELS[channel] ?? channel}</span>
        {" "}
        <When at={at} timeZone={timeZone} />
      </p>
      {html === null
        ? <p class="hidden-text">Not shown</p>
        : <div class="prose" dir="auto" dangerouslySetInnerHTML={{ __html: html }} />}
    </li>
  );
}
