import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { TurnTexts } from "../../../../lib/locales/page/chat/chat_texts.ts";
import type { ModelOption, OwnFields } from "../../../../lib/shared/views/tool_admin_view.ts";
import { newRequestId } from "../../../../lib/shared/chat_client.ts";
import { PreviewColumn, type PreviewQuestion } from "./PreviewColumn.tsx";
import { type Second, toolForm } from "./preview_client.ts";
import { priceOfAll } from "./draft_price.ts";
import { comparableFields, NO_FIELDS, SecondDraft } from "../editor/SecondDraft.tsx";

export interface PreviewPaneProps {
  /** Texts of a reply, as on the public pages. */
  texts: TurnTexts;
  token: string;
  toolId: string | null;
  models: ModelOption[];
  /** The stored tool's values of the comparable fields; null for a new tool. */
  stored: OwnFields | null;
}

/** Chat with the unsaved draft; a second column compares two drafts. */
export function PreviewPane({ texts, token, toolId, models, stored }: PreviewPaneProps) {
  const page = useSignal("");
  const asked = useSignal<PreviewQuestion>({ number: 0, message: "" });
  const text = useSignal("");
  const busy = useSignal(0);
  const second = useSignal<Second | null>(null);
  const comparing = useSignal(false);
  const form = useSignal(NO_FIELDS);
  const pane = useRef<HTMLElement>(null);
  useEffect(() => {
    page.value = newRequestId();
    document.documentElement.classList.add("js");
    const listening = new AbortController();
    const look = () => form.value = comparableFields();
    look();
    toolForm()?.addEventListener("input", look, { signal: listening.signal });
    return () => listening.abort();
  }, []);

  function ask(event: Event): void {
    event.preventDefault();
    const message = text.value.trim();
    if (message === "" || busy.value > 0) return;
    asked.value = { number: asked.value.number + 1, message };
    text.value = "";
  }

  function compare(on: boolean): void {
    comparing.value = on;
    second.value ??= { copyOf: "form", own: comparableFields() };
    // The two prompts stand side by side above their replies.
    const seen = on ? document.getElementById("second") : pane.current;
    requestAnimationFrame(() => (seen ?? pane.current)?.scrollIntoView({ block: "nearest" }));
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) ask(event);
  }

  const column = {
    texts,
    token,
    toolId,
    asked: asked.value,
    onBusy: (on: boolean) => void (busy.value += on ? 1 : -1),
  };
  const both = comparing.value ? second.value : null;
  const price = priceOfAll(both ? [form.value, both.own] : [form.value], models);
  return (
    <>
      {both && (
        <SecondDraft
          second={both}
          form={form.value}
          models={models}
          stored={stored}
          onChange={(changed) => second.value = changed}
        />
      )}
      <section
        ref={pane}
        class={comparing.value ? "panel try two" : "panel try"}
        aria-labelledby="try"
      >
        <header>
          <h2 id="try">{comparing.value ? "Two drafts" : "Try this draft"}</h2>
          <button type="button" class="btn quiet" onClick={() => page.value = newRequestId()}>
            Start over
          </button>
        </header>
        <p class="meta">
          {comparing.value
            ? "Both answer the same question. Nothing here is shown to people."
            : "It answers as the form stands now, saved or not."}{" "}
          It costs what a message costs and counts for the tool's budget of today.
        </p>
        <label class="check">
          <input
            type="checkbox"
            checked={comparing.value}
            onChange={(event) => compare(event.currentTarget.checked)}
          />
          <span>Ask a second draft the same</span>
        </label>
        <div class="cols">
          <PreviewColumn
            key={`a${page.value}`}
            {...column}
            title={comparing.value ? "A · the form" : null}
            conversation={`a${page.value}`}
            second={null}
          />
          {comparing.value && (
            <PreviewColumn
              key={`b${page.value}`}
              {...column}
              title="B · the second draft"
              conversation={`b${page.value}`}
              second={second.value}
            />
          )}
        </div>
        <form class="compose" onSubmit={ask}>
          <label class="sr" for="try-message">Question to the draft</label>
          <textarea
            id="try-message"
            class="in"
            rows={2}
            dir="auto"
            maxLength={10000}
            placeholder={comparing.value ? "Ask both" : "Ask as a visitor would"}
            value={text.value}
            onInput={(event) => text.value = event.currentTarget.value}
            onKeyDown={onKeyDown}
          />
          <button class="btn pri" type="submit" aria-disabled={busy.value > 0}>
            {[comparing.value ? "Ask both" : "Ask", price].filter((part) => part !== "").join(
              " · ",
            )}
          </button>
        </form>
      </section>
    </>
  );
}
