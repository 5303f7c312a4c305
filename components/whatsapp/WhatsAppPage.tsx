import { asset, Head } from "fresh/runtime";
import type { ComponentChildren } from "preact";
import type { ToolView } from "../../lib/shared/views/chat_view.ts";
import type { LinkView } from "../../lib/shared/views/link_view.ts";
import { LinkByNumber } from "./LinkByNumber.tsx";
import { LinkCode } from "./LinkCode.tsx";
import { Linked } from "./Linked.tsx";
import { Shell } from "../ui/Shell.tsx";
import { chatPath } from "../chat/composer/TurnForm.tsx";

interface WhatsAppPageProps {
  organisation: string;
  simulated: boolean;
  tool: ToolView;
  view: LinkView;
  /** The visitor wants a code sent to his phone. */
  byNumber: boolean;
  /** Why what he asked for was not done. */
  refusal: { detail: string; field: string | null } | null;
  timeZone: string;
  /** The island that waits for the phone. */
  waiting: ComponentChildren;
}

/** How often a page without JavaScript looks whether the phone has sent its code, in seconds. */
const LOOK_AGAIN = 5;

/** Where a conversation is linked with WhatsApp, and the link is looked after. */
export function WhatsAppPage(props: WhatsAppPageProps) {
  const { organisation, simulated, tool, view, byNumber, refusal, timeZone, waiting } = props;
  const { linked, code, ended } = view;
  const path = `${chatPath(tool.id)}/whatsapp`;
  const showsCode = linked === null && !byNumber && code !== null && code !== "expired";
  const title = linked ? "WhatsApp" : "Continue on WhatsApp";
  return (
    <Shell organisation={organisation} title={`${title} · ${tool.name}`} simulated={simulated}>
      <Head>
        <link key="link-styles" rel="stylesheet" href={asset("/link.css")} />
        {showsCode && (
          <noscript>
            <meta http-equiv="refresh" content={`${LOOK_AGAIN};url=${path}`} />
          </noscript>
        )}
      </Head>
      <p>
        <a href={`${chatPath(tool.id)}#latest`}>← {tool.name}</a>
      </p>
      <h1>{title}</h1>
      {refusal && <p class="link-refusal" role="alert">{refusal.detail}</p>}
      {ended && !linked && <Ended ended={ended} path={path} timeZone={timeZone} />}
      {linked
        ? <Linked path={path} linked={linked} costs={view.costs} timeZone={timeZone} />
        : byNumber
        ? <LinkByNumber path={path} sent={view.sent} refused={refusal?.field ?? null} />
        : <LinkCode path={path} number={view.number} code={code} waiting={waiting} />}
      <About toolName={tool.name} costs={view.costs} />
    </Shell>
  );
}

function Ended(
  { ended, path, timeZone }: {
    ended: NonNullable<LinkView["ended"]>;
    path: string;
    timeZone: string;
  },
) {
  const at = new Intl.DateTimeFormat("en", { timeZone, dateStyle: "medium", timeStyle: "short" });
  return (
    <form class="link-note" method="post" action={path}>
      <p>
        The link with {ended.phone} ended on{" "}
        <time dateTime={new Date(ended.at).toISOString()}>{at.format(ended.at)}</time>:{" "}
        {ended.by === "phone"
          ? "it was ended on the phone."
          : "the phone was linked with another browser."}
      </p>
      <button class="button" name="action" value="seen" type="submit">All right</button>
    </form>
  );
}

/** What a person should know before he links. */
function About({ toolName, costs }: { toolName: string; costs: LinkView["costs"] }) {
  return (
    <section class="link-about" aria-labelledby="about">
      <h2 id="about">What linking means</h2>
      <dl>
        <div>
          <dt>One conversation</dt>
          <dd>
            What you write to{" "}
            {toolName}, and to other tools, on WhatsApp appears here and the other way round.
            Whoever holds the phone can read and go on with your conversations, and so can whoever
            uses this browser.
          </dd>
        </div>
        <div>
          <dt>What was said before</dt>
          <dd>
            Conversations of this page go on. What the phone had said by itself stays apart and
            comes back there when the link ends.
          </dd>
        </div>
        <div>
          <dt>Who else sees it</dt>
          <dd>
            Messages on WhatsApp pass through Meta and Twilio. Of your number, no page here shows
            more than its last digits.
          </dd>
        </div>
        <div>
          <dt>What it costs</dt>
          <dd>
            Nothing for you. Each message on WhatsApp costs this organisation about{" "}
            {costs.reply}; you choose what of this page goes there.
          </dd>
        </div>
        <div>
          <dt>How it ends</dt>
          <dd>Here, or with UNLINK on the phone. What was said stays on this page.</dd>
        </div>
      </dl>
    </section>
  );
}
