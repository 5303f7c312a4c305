import { useLayoutEffect, useMemo, useRef } from "preact/hooks";
import type { TurnView } from "../../../lib/shared/chat_state.ts";
import { unmarked } from "./unmarked.ts";

/**
 * A growing reply.
 * Finished blocks are appended once and not rendered again; only the plain tail changes.
 */
export function LiveBody({ turn, writing }: { turn: TurnView; writing: string }) {
  const body = useRef<HTMLDivElement>(null);
  const first = useMemo(() => turn.blocks.join(""), []);
  const shown = useRef(turn.blocks.length);
  const { blocks, phase } = turn;

  useLayoutEffect(() => {
    for (const block of blocks.slice(shown.current)) {
      body.current?.insertAdjacentHTML("beforeend", block);
    }
    shown.current = blocks.length;
    if (phase.name === "done" && body.current) settle(body.current, phase.html);
  }, [blocks, phase]);

  const running = phase.name === "running";
  // Blank lines between blocks are no part of the unfinished one.
  const tail = turn.tail.trimStart();
  return (
    <div class={running ? "written writing" : "written"}>
      <div class="prose" dir="auto" ref={body} dangerouslySetInnerHTML={{ __html: first }} />
      {tail && <Tail text={tail} />}
      {running && (
        <p class="caret">
          <span class="sr">{writing}</span>
        </p>
      )}
    </div>
  );
}

/** The unfinished block: plain text without marks, or the code of an open fence. */
function Tail({ text }: { text: string }) {
  const fence = /^(`{3,}|~{3,}).*\n?/.exec(text)?.[0];
  if (fence === undefined) {
    return <div class="prose plain" dir="auto">{unmarked(text)}</div>;
  }
  return (
    <div class="prose">
      <pre class="code" tabIndex={0}>{text.slice(fence.length)}</pre>
    </div>
  );
}

/**
 * Replaces the streamed blocks by the final HTML, from the first difference on.
 * A later part, such as a link reference, can change earlier blocks.
 */
function settle(body: HTMLElement, html: string): void {
  const whole = document.createElement("template");
  whole.innerHTML = html;
  let old = body.firstChild;
  while (old?.isEqualNode(whole.content.firstChild)) {
    whole.content.firstChild?.remove();
    old = old.nextSibling;
  }
  while (old) {
    const next = old.nextSibling;
    old.remove();
    old = next;
  }
  body.append(whole.content);
}
