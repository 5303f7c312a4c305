import type { ComponentChildren } from "preact";
import { asset, Head } from "fresh/runtime";
import type { ChatView } from "../../lib/shared/views/chat_view.ts";
import type { ChatLinkView } from "../../lib/shared/views/link_view.ts";
import { fill } from "../../lib/shared/text.ts";
import { useBrand } from "../ui/brand.ts";
import { ChatHeader } from "./ChatHeader.tsx";
import { ChatMenu } from "./ChatMenu.tsx";
import { EmptyChat } from "./EmptyChat.tsx";
import { Foot } from "../ui/Foot.tsx";
import { MessageList } from "./turn/MessageList.tsx";
import { ShortcutsDialog } from "./ShortcutsDialog.tsx";
import { SimulatedBanner } from "../ui/SimulatedBanner.tsx";
import { SkipLink } from "../ui/SkipLink.tsx";
import { Styles } from "../ui/Styles.tsx";
import { useTexts } from "../ui/texts.ts";
import { chatPath } from "./composer/TurnForm.tsx";

interface ChatPageProps {
  view: ChatView;
  requestId: string;
  /** A page of older messages (`?before=`), read-only. */
  older?: boolean;
  /** Null without WhatsApp. */
  whatsapp: ChatLinkView | null;
  /** Notice while review is on. */
  notice?: string | null;
  /** Whether an A/B test counts the links that people open. */
  countsLinks?: boolean;
  /** Sequence number where the page of older messages ends, for the way back. */
  before?: number | null;
  /** The islands LiveMessages (or PageActions), CostMeter and Composer. */
  live: ComponentChildren;
  meter: ComponentChildren;
  composer: ComponentChildren;
}

/** A conversation with a tool. Complete without JavaScript; islands add live updates. */
export function ChatPage(props: ChatPageProps) {
  const { view, requestId, older = false, whatsapp, notice = null, countsLinks = false } = props;
  const { tool } = view;
  const brand = useBrand();
  const texts = useTexts().chat;
  const empty = view.messages.length === 0 && !view.running && !view.failure;
  const refreshing = view.running !== null && !older;
  // A refresh to an unchanged URL with a fragment only scrolls; a new query forces a load.
  const again = `${chatPath(tool.id)}?r=${requestId.slice(0, 8)}#latest`;
  return (
    <div class="chat">
      <Styles sheet="/public.css" />
      <Head>
        <title>{brand === null ? tool.name : `${tool.name} · ${brand.name}`}</title>
        <meta name="description" content={tool.description} />
        {countsLinks && (
          <script src={asset("/link_goal.js")} defer data-goal={`${chatPath(tool.id)}/opened`} />
        )}
        {refreshing && (
          <noscript>
            <meta http-equiv="refresh" content={`2;url=${again}`} />
            <link rel="stylesheet" href={asset("/no_script.css")} />
          </noscript>
        )}
      </Head>
      <SkipLink to={older ? "latest" : "message"}>
        {older ? texts.skipToEnd : texts.skipToField}
      </SkipLink>
      {view.simulated && <SimulatedBanner />}
      <ChatHeader tool={tool} requestId={requestId}>
        <ChatMenu toolId={tool.id} whatsapp={whatsapp} />
      </ChatHeader>
      <main id="main">
        {empty && <EmptyChat tool={tool} requestId={requestId} />}
        <MessageList view={view} requestId={requestId} live={!older} meter={props.meter}>
          {props.live}
        </MessageList>
        {whatsapp?.ended && (
          <p class="told" role="note">
            {fill(texts.linkEnded, { phone: whatsapp.ended })}{" "}
            <a href={whatsapp.href}>{texts.whyLinkEnded}</a>
          </p>
        )}
        {notice !== null && <p class="told" role="note" dir="auto">{notice}</p>}
        <form id="rate" method="post" action={`${chatPath(tool.id)}/rate`}>
          {older && <input type="hidden" name="before" value={props.before ?? undefined} />}
        </form>
        {refreshing && (
          <noscript key="being-written">
            <p class="told hint" role="status">{texts.beingWritten}</p>
          </noscript>
        )}
        {older && (
          <p class="older buttons">
            {view.newerBefore !== null && (
              <a class="button" href={`${chatPath(tool.id)}?before=${view.newerBefore}`}>
                {texts.newerMessages}
              </a>
            )}
            <a class="button primary" href={`${chatPath(tool.id)}#latest`}>{texts.backToLatest}</a>
          </p>
        )}
        <div id="latest" />
      </main>
      {!older && (
        <div class="dock">
          {props.composer}
          <Foot class="meta trust" />
        </div>
      )}
      <ShortcutsDialog />
    </div>
  );
}
