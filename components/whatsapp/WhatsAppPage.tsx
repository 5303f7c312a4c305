import { Head } from "fresh/runtime";
import type { ComponentChildren } from "preact";
import { dateTimeFormat } from "../../lib/shared/formats.ts";
import { fill } from "../../lib/shared/text.ts";
import type { ToolView } from "../../lib/shared/views/chat_view.ts";
import type { LinkView } from "../../lib/shared/views/link_view.ts";
import { LinkByNumber } from "./LinkByNumber.tsx";
import { LinkCode } from "./LinkCode.tsx";
import { Linked } from "./Linked.tsx";
import { filled } from "../ui/filled.ts";
import { AlertIcon, PhoneIcon, UnfoldIcon } from "../ui/Icons.tsx";
import { useTexts } from "../ui/texts.ts";
import { chatPath } from "../chat/composer/TurnForm.tsx";
import { ToolSubpage } from "../chat/ToolSubpage.tsx";
import { OwnStyles } from "../own/OwnPage.tsx";

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
    <ToolSubpage
      organisation={organisation}
      simulated={simulated}
      tool={tool}
      title={title}
      back={`${chatPath(tool.id)}#latest`}
    >
      <OwnStyles />
      {showsCode && (
        <Head>
          <noscript>
            <meta http-equiv="refresh" content={`${RELOAD_S};url=${path}`} />
          </noscript>
        </Head>
      )}
      <div class="text">
        {refusal && (
          <div class="note bad" role="alert">
            <AlertIcon />
            <div>{refusal.detail}</div>
          </div>
        )}
        {ended && !linked && <Ended ended={ended} path={path} timeZone={timeZone} />}
        {linked
          ? <Linked path={path} linked={linked} costs={view.costs} timeZone={timeZone} />
          : byNumber
          ? <LinkByNumber path={path} sent={view.sent} refused={refusal?.field ?? null} />
          : <LinkCode path={path} number={view.number} code={code} waiting={waiting} />}
        <About costs={view.costs} />
      </div>
    </ToolSubpage>
  );
}

interface EndedProps {
  ended: NonNullable<LinkView["ended"]>;
  path: string;
  timeZone: string;
}

/** Notice of a link that was ended from elsewhere. */
function Ended({ ended, path, timeZone }: EndedProps) {
  const { language, link: { ended: texts } } = useTexts();
  const at = dateTimeFormat(language, timeZone);
  return (
    <form class="note" method="post" action={path}>
      <PhoneIcon />
      <div>
        {filled(texts[ended.by], {
          phone: <bdi dir="ltr">{ended.phone}</bdi>,
          time: <time dateTime={new Date(ended.at).toISOString()}>{at.format(ended.at)}</time>,
        })}
        <p class="buttons">
          <button class="button" name="action" value="seen" type="submit">{texts.seen}</button>
        </p>
      </div>
    </form>
  );
}

/** What linking means, before it is done. */
function About({ costs }: { costs: LinkView["costs"] }) {
  const { meter, link: { about: { title, points, cost } } } = useTexts();
  return (
    <details class="more">
      <summary class="option">
        <span>{title}</span>
        <UnfoldIcon />
      </summary>
      <ul>
        {points.map((point) => <li key={point}>{point}</li>)}
        <li>{fill(cost, { cost: costs.reply ?? meter.cheap })}</li>
      </ul>
    </details>
  );
}
