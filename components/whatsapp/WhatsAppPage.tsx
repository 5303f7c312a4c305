import { asset, Head } from "fresh/runtime";
import type { ComponentChildren } from "preact";
import { dateTimeFormat } from "../../lib/shared/formats.ts";
import { fill } from "../../lib/shared/text.ts";
import type { ToolView } from "../../lib/shared/views/chat_view.ts";
import type { LinkView } from "../../lib/shared/views/link_view.ts";
import { LinkByNumber } from "./LinkByNumber.tsx";
import { LinkCode } from "./LinkCode.tsx";
import { Linked } from "./Linked.tsx";
import { filled } from "../ui/filled.ts";
import { Shell } from "../ui/Shell.tsx";
import { useTexts } from "../ui/texts.ts";
import { chatPath } from "../chat/composer/TurnForm.tsx";

interface WhatsAppPageProps {
  organisation: string;
  simulated: boolean;
  tool: ToolView;
  view: LinkView;
  /** The visitor asked for a code by message. */
  byNumber: boolean;
  /** Why the last action was refused, or null. */
  refusal: { detail: string; field: string | null } | null;
  timeZone: string;
  /** Island that waits for the phone. */
  waiting: ComponentChildren;
}

/** Reload interval without JavaScript, in seconds. */
const RELOAD_S = 5;

/** Page to link a conversation with WhatsApp and to manage the link. */
export function WhatsAppPage(props: WhatsAppPageProps) {
  const { organisation, simulated, tool, view, byNumber, refusal, timeZone, waiting } = props;
  const { linked, code, ended } = view;
  const path = `${chatPath(tool.id)}/whatsapp`;
  const showsCode = linked === null && !byNumber && code !== null && code !== "expired";
  const texts = useTexts().link;
  const title = linked ? texts.linkedTitle : texts.title;
  return (
    <Shell organisation={organisation} title={`${title} · ${tool.name}`} simulated={simulated}>
      <Head>
        <link key="link-styles" rel="stylesheet" href={asset("/link.css")} />
        {showsCode && (
          <noscript>
            <meta http-equiv="refresh" content={`${RELOAD_S};url=${path}`} />
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
  const { language, link: { ended: texts } } = useTexts();
  const at = dateTimeFormat(language, timeZone);
  return (
    <form class="link-note" method="post" action={path}>
      <p>
        {filled(texts[ended.by], {
          phone: ended.phone,
          time: <time dateTime={new Date(ended.at).toISOString()}>{at.format(ended.at)}</time>,
        })}
      </p>
      <button class="button" name="action" value="seen" type="submit">{texts.seen}</button>
    </form>
  );
}

/** What linking means, before it is done. */
function About({ toolName, costs }: { toolName: string; costs: LinkView["costs"] }) {
  const { title, conversation, before, others, costs: cost, end } = useTexts().link.about;
  const facts = [
    [conversation[0], fill(conversation[1], { tool: toolName })],
    before,
    others,
    [cost[0], fill(cost[1], { cost: costs.reply })],
    end,
  ] as const;
  return (
    <section class="link-about" aria-labelledby="about">
      <h2 id="about">{title}</h2>
      <dl>
        {facts.map(([name, text]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
