import type { ComponentChildren } from "preact";
import { asset, Head } from "fresh/runtime";
import type { ChatView } from "../../lib/shared/views/chat_view.ts";
import type { ChatLinkView } from "../../lib/shared/views/link_view.ts";
import type { MemoryState } from "../../lib/shared/views/memory_view.ts";
import { fill } from "../../lib/shared/text.ts";
import { useBrand } from "../ui/brand.ts";
import { filled } from "../ui/filled.ts";
import { ChatHeader } from "./ChatHeader.tsx";
import { ChatMenu } from "./ChatMenu.tsx";
import { EmptyChat } from "./EmptyChat.tsx";
import { Foot } from "../ui/Foot.tsx";
import { MessageList } from "./turn/MessageList.tsx";
import { ShortcutsDialog } from "./ShortcutsDialog.tsx";
import { SimulatedBanner } from "../ui/SimulatedBanner.tsx";
import { SkipLink } from "../ui/SkipLink.tsx";
import { VoiceForm } from "./composer/VoiceForm.tsx";
import { Styles } from "../ui/Styles.tsx";
import { useTexts } from "../ui/texts.ts";
import { PICTURE_TYPES } from "../../lib/shared/picture_types.ts";
import { chatPath } from "./composer/TurnForm.tsx";

interface SpokenProps {
  id: string;
  /** Whether the tool's model hears it. */
  heard: boolean;
}

interface ChatPageProps {
  view: ChatView;
  timeZone: string;
  now: number;
  requestId: string;
  /** A page of older messages (`?before=`), read-only. */
  older?: boolean;
  /** Null without WhatsApp. */
  whatsapp: ChatLinkView | null;
  /** Null for a tool that does not remember. */
  memory?: MemoryState | null;
  /** Notice while review is on. */
  notice?: string | null;
  /** Whether an A/B test counts the links that people open. */
  countsLinks?: boolean;
  /** Whether recordings are taken, and the one whose text the field has. */
  speaks?: boolean;
  spoken?: SpokenProps | null;
  /** Whether all recordings stay with their messages. */
  keepsRecordings?: boolean;
  /** Sequence number where the page of older messages ends, for the way back. */
  before?: number | null;
  /** The islands LiveMessages (or PageActions), CostMeter and Composer. */
  live: ComponentChildren;
  meter: ComponentChildren;
  composer: ComponentChildren;
}

/** A conversation with a tool. Complete without JavaScript; islands add live updates. */
export function ChatPage(props: ChatPageProps) {
  const { view, timeZone, now, requestId, older = false, whatsapp, memory = null } = props;
  const { notice = null, countsLinks = false, keepsRecordings = false } = props;
  const { tool } = view;
  const brand = useBrand();
  const { chat: texts, pictures, voice } = useTexts();
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
        {!empty && <link rel="stylesheet" href={asset("/print.css")} media="print" />}
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
        <ChatMenu toolId={tool.id} whatsapp={whatsapp} remembers={memory !== null} />
      </ChatHeader>
      <main id="main" data-reader={asset("/reader.css")}>
        {empty && <EmptyChat tool={tool} requestId={requestId} />}
        <MessageList
          {...{ view, timeZone, now }}
          requestId={requestId}
          live={!older}
          meter={props.meter}
        >
          {props.live}
        </MessageList>
        {whatsapp?.ended && (
          <p class="told" role="note">
            {fill(texts.linkEnded, { phone: whatsapp.ended })}{" "}
            <a href={whatsapp.href}>{texts.whyLinkEnded}</a>
          </p>
        )}
        {memory !== null && (
          <p class="told" role="note">
            {filled(texts.memory[memory], { link: (words) => <a href="/memory">{words}</a> })}
          </p>
        )}
        {notice !== null && <p class="told" role="note" dir="auto">{notice}</p>}
        <form id="rate" method="post" action={`${chatPath(tool.id)}/rate`}>
          {older && <input type="hidden" name="before" value={props.before ?? undefined} />}
        </form>
        <form id="versions" method="post" action={`${chatPath(tool.id)}/version`}>
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
          {props.spoken && (
            <>
              <p class="note" role="status">
                {voice.check} {props.spoken.heard && voice.goesAlong}
              </p>
              <noscript key="recording">
                <KeptRecording {...props.spoken} keeps={keepsRecordings} />
              </noscript>
            </>
          )}
          {props.composer}
          {view.sees && !refreshing && (
            <noscript key="pictures">
              <label class="stack">
                {pictures.form}
                <input
                  type="file"
                  name="pictures"
                  form="composer"
                  accept={PICTURE_TYPES}
                  multiple
                />
              </label>
            </noscript>
          )}
          {props.speaks && <VoiceForm toolId={tool.id} />}
          <Foot class="meta trust" keepsSound={keepsRecordings} />
        </div>
      )}
      <ShortcutsDialog />
    </div>
  );
}

/** Without a script: the recording stays with the message, always or where the person says so. */
function KeptRecording({ id, heard, keeps }: SpokenProps & { keeps: boolean }) {
  const { keep } = useTexts().voice;
  if (keeps) return <input type="hidden" name="recording" value={id} form="composer" />;
  return (
    <>
      {heard && <input type="hidden" name="heard" value={id} form="composer" />}
      <label>
        <input type="checkbox" name="recording" value={id} form="composer" /> {keep}
      </label>
    </>
  );
}
