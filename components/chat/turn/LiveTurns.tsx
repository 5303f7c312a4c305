import { useEffect, useLayoutEffect, useMemo } from "preact/hooks";
import { CostDetails } from "../cost/CostDetails.tsx";
import type { CostDetailsProps } from "../cost/cost_props.ts";
import { FailureNotice } from "./FailureNotice.tsx";
import { LiveBody } from "./LiveBody.tsx";
import { activatePage } from "../../ui/page_actions.ts";
import { QuestionMessage } from "./QuestionMessage.tsx";
import { Reply, type ReplyTags } from "./Reply.tsx";
import { atEnd, measure, scrollToEnd, watchScroll } from "../../ui/scroll.ts";
import { announcement, chat, held, join } from "../../../lib/shared/chat_session.ts";
import { openChat, type TurnView } from "../../../lib/shared/chat_state.ts";
import { fill } from "../../../lib/shared/text.ts";
import type { TurnTexts } from "../../../lib/locales/page/chat/chat_texts.ts";
import type { RunningView } from "../../../lib/shared/views/chat_view.ts";

export interface LiveTurnsProps {
  texts: TurnTexts;
  toolId: string;
  toolName: string;
  running: RunningView | null;
  meter: CostDetailsProps;
}

/** Live part of the message list: `<li>` items after the server-rendered ones. */
export function LiveTurns(props: LiveTurnsProps) {
  const { texts, toolId, toolName, running, meter } = props;
  const state = chat.value ?? openChat(running);
  const { pending, replacedFrom, stale, turns } = state;
  const last = turns.at(-1);
  const phase = last?.phase;

  useEffect(() => {
    join(toolId, document.getElementById("messages")?.dataset.cursor ?? "", running);
    activatePage(texts);
    watchScroll();
  }, []);
  // The answer to a message is waited for: the next page would offer it again. So is speech.
  const reloads = stale && pending?.turnId !== null && !held.value;
  useEffect(() => {
    if (reloads) location.reload();
  }, [reloads]);
  useLayoutEffect(() => removeReplaced(replacedFrom), [last?.turnId]);
  // A sent question stands at the top of the window; its answer then grows without scrolling.
  useLayoutEffect(() => {
    if (chat.value && (pending || atEnd.peek())) scrollToEnd();
  }, [pending !== null, last?.turnId]);
  useLayoutEffect(measure, [state]);
  useEffect(() => announce(texts, toolName, last), [phase?.name]);

  return (
    <>
      {turns.map((turn) => (
        <LiveItems
          key={turn.turnId}
          {...{ texts, turn, toolId, toolName, meter, latest: turn === last }}
        />
      ))}
      {pending && pending.action !== "regenerate" && (
        <li key="pending" class="turn now">
          <QuestionMessage
            texts={texts}
            toolId={toolId}
            seq={null}
            html={null}
            text={pending.message}
          />
        </li>
      )}
    </>
  );
}

interface LiveItemsProps {
  texts: TurnTexts;
  turn: TurnView;
  toolId: string;
  toolName: string;
  meter: CostDetailsProps;
  latest: boolean;
}

/** Memoised, so that finished turns are not rendered again. */
function LiveItems(props: LiveItemsProps) {
  return useMemo(() => <TurnItems {...props} />, [props.turn, props.latest]);
}

function TurnItems(props: LiveItemsProps) {
  const { texts, turn, toolId, latest } = props;
  const { question, notices, phase, versions } = turn;
  return (
    <li class={latest && question ? "turn now" : "turn"} data-live>
      {question && (
        <QuestionMessage {...question} {...{ texts, toolId }} versions={versions?.question} />
      )}
      {notices.map((text) => <p key={text} class="notice">{text}</p>)}
      {phase.name === "failed"
        ? (
          <FailureNotice
            texts={texts}
            toolId={toolId}
            requestId=""
            seq={turn.seq}
            text={question?.text ?? ""}
            failure={phase.error}
            versions={versions?.reply}
          />
        )
        : <LiveReply {...props} />}
    </li>
  );
}

/** One component from first word to end, so that the reply keeps its DOM nodes. */
function LiveReply({ texts, turn, toolId, toolName, meter, latest }: LiveItemsProps) {
  const { phase } = turn;
  return (
    <Reply
      {...{ texts, toolId, toolName, latest }}
      requestId=""
      id={`${turn.turnId}a`}
      seq={phase.name === "done" ? phase.seq : null}
      reply={replyOf(turn)}
      at={phase.name === "done" ? phase.at : null}
      versions={turn.versions?.reply}
      meter={latest && <CostDetails {...meter} />}
    >
      <LiveBody turn={turn} writing={texts.writing} />
    </Reply>
  );
}

function replyOf({ phase, cost }: TurnView): ReplyTags | null {
  if (phase.name !== "done" || !cost) return null;
  return { simulated: cost.simulated, reason: phase.reason };
}

/** Removes server-rendered messages that a turn has replaced. */
function removeReplaced(from: number | null): void {
  if (from === null) return;
  for (const item of document.querySelectorAll<HTMLElement>("li:not([data-live]) > [data-seq]")) {
    const turn = item.parentElement;
    if (Number(item.dataset.seq) >= from) item.remove();
    if (turn?.childElementCount === 0) turn.remove();
  }
}

const ANNOUNCED_CHARS = 400;
/** How long the announcement stays, in ms. */
const SAID_MS = 5_000;

/** Announces a reply once, when it ends. */
function announce(texts: TurnTexts, tool: string, turn: TurnView | undefined): void {
  if (turn?.phase.name === "failed") {
    announcement.value = fill(texts.noAnswerBecause, { title: turn.phase.error.title });
  }
  if (turn?.phase.name !== "done") return;
  import("../kept/keep_page.ts").then(({ keepPage }) => keepPage()).catch(() => {});
  const said = document.querySelector(`#m${turn.phase.seq} .prose`)?.textContent ?? "";
  const reply = said.replace(/\s+/g, " ").trim().slice(0, ANNOUNCED_CHARS);
  const told = announcement.value = fill(texts.replied, { tool, reply });
  // Said once: a reader that walks the page later finds the reply, not its copy.
  setTimeout(() => {
    if (announcement.peek() === told) announcement.value = "";
  }, SAID_MS);
}
