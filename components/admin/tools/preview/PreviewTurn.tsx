import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { LiveBody } from "../../../chat/turn/LiveBody.tsx";
import type { TurnTexts } from "../../../../lib/locales/page/chat/chat_texts.ts";
import { formatUsd, parseUsd } from "../../../../lib/shared/money.ts";
import type { TurnView } from "../../../../lib/shared/chat_state.ts";
import { keepExample } from "./examples.ts";

/** Longest reply of an example, in characters. */
const LONGEST = 1200;

/** A preview turn; its reply can be corrected and saved as an example. */
export function PreviewTurn({ texts, turn }: { texts: TurnTexts; turn: TurnView }) {
  const { question, notices, phase, cost, model } = turn;
  /** Text of the correction, or null. */
  const correcting = useSignal<string | null>(null);
  const said = useSignal("");
  const body = useRef<HTMLDivElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);

  useEffect(() => {
    field.current?.focus({ preventScroll: true });
    field.current?.form?.scrollIntoView({ block: "nearest" });
  }, [correcting.value]);

  async function correct(): Promise<void> {
    const prose = body.current?.querySelector<HTMLElement>(".prose");
    if (correcting.value !== null || !prose) return void (correcting.value = null);
    const { asMarkdown } = await import("../../../chat/turn/as_markdown.ts");
    correcting.value = asMarkdown(prose).trim().slice(0, LONGEST);
  }

  function keep(event: Event): void {
    event.preventDefault();
    said.value = keepExample(question?.text ?? "", field.current?.value ?? "");
    correcting.value = null;
  }

  return (
    <article class="stack">
      <p class="msg me" dir="auto">{question?.text}</p>
      {notices.map((text) => <p key={text} class="meta">{text}</p>)}
      <div ref={body} class="msg">
        <LiveBody turn={turn} writing={texts.writing} />
      </div>
      {phase.name === "failed" && <p class="err">{phase.error.detail || texts.noAnswer}</p>}
      {phase.name === "done" && phase.reason === "interrupted" && (
        <p class="err">The connection to the AI broke off.</p>
      )}
      {phase.name === "done" && cost && (
        <div class="try-after">
          <p class="meta">
            {model} · {formatUsd(parseUsd(cost.turn))}
            {cost.basis !== "reported" && ` (${cost.basis})`}
            {cost.simulated && ` · ${texts.simulated}`}
          </p>
          <button
            type="button"
            class="btn quiet"
            aria-expanded={correcting.value !== null}
            onClick={correct}
          >
            Correct by hand
          </button>
        </div>
      )}
      {correcting.value !== null && (
        <form class="correct form" onSubmit={keep}>
          <label class="field">
            <span>What it should have said</span>
            <textarea ref={field} class="in" rows={6} maxLength={LONGEST} dir="auto" required>
              {correcting.value}
            </textarea>
          </label>
          <button class="btn" type="submit">Keep as an example</button>
        </form>
      )}
      <p class="meta" role="status">{said.value}</p>
    </article>
  );
}
