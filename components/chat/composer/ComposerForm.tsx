import { useSignal } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { CostAlertProps } from "./CostAlert.tsx";
import { ComposerHints } from "./ComposerHints.tsx";
import { loadDraft, saveDraft } from "./draft.ts";
import { costText, estimateCost, nextCost } from "./estimate.ts";
import { DownIcon, SendIcon, StopIcon } from "../../ui/Icons.tsx";
import { atEnd, scrollToEnd } from "../../ui/scroll.ts";
import { chatPath } from "./TurnForm.tsx";
import { useWait } from "../../ui/wait.ts";
import { newRequestId } from "../../../lib/shared/chat_client.ts";
import type { ComposerTexts } from "../../../lib/locales/page/chat_texts.ts";
import {
  announcement,
  chat,
  editing,
  queued,
  refusal,
  send,
  stop,
} from "../../../lib/shared/chat_session.ts";
import { isBusy, runningTurn } from "../../../lib/shared/chat_state.ts";
import { formatCount } from "../../../lib/shared/formats.ts";
import { fill } from "../../../lib/shared/text.ts";
import {
  type EditView,
  type EstimateView,
  LONGEST_MESSAGE,
  type RefusalView,
} from "../../../lib/shared/views/chat_view.ts";

export interface ComposerFormProps {
  texts: ComposerTexts;
  toolId: string;
  requestId: string;
  estimate: EstimateView;
  /** A reply is being written. */
  running: boolean;
  edit: EditView | null;
  refusal: RefusalView | null;
  alert: CostAlertProps;
}

/** Message form; a plain HTML form until its script runs. */
export function ComposerForm(props: ComposerFormProps) {
  const { texts, toolId, requestId, estimate } = props;
  const { language } = texts;
  const given = props.edit?.text ?? props.refusal?.message ?? "";
  const field = useRef<HTMLTextAreaElement>(null);
  const length = useSignal(given.length);
  const state = chat.value;
  const edit = editing.value === undefined ? props.edit : editing.value;
  const refused = refusal.value === undefined ? props.refusal : refusal.value;
  const running = state ? isBusy(state) : props.running;
  const phase = state && runningTurn(state)?.phase;
  const stopping = phase?.name === "running" && phase.stopping;
  const wait = useWait(texts, refused);
  const tooLong = length.value > LONGEST_MESSAGE
    ? fill(texts.tooLong, {
      length: formatCount(length.value, language),
      longest: formatCount(LONGEST_MESSAGE, language),
    })
    : "";
  const blocked = wait.again !== "" || tooLong !== "";

  function write(text: string): void {
    if (!field.current) return;
    field.current.value = text;
    written();
  }

  function written(): void {
    if (!field.current) return;
    const text = field.current.value;
    length.value = text.length;
    announcement.value = "";
    fit(field.current);
    // The draft slot holds a pending message until the server has accepted it.
    if (!editing.peek() && !chat.peek()?.pending && text !== loadDraft(toolId).text) {
      saveDraft(toolId, text);
    }
  }

  /** One button: sends, or stops the running reply. */
  function onSubmit(event: Event): void {
    event.preventDefault();
    if (running) stop();
    else submit();
  }

  async function submit(): Promise<void> {
    const box = field.current;
    const now = chat.peek();
    const text = box?.value ?? "";
    if (!box || !now || text.trim() === "") return;
    if (blocked) return repeatHints();
    if (isBusy(now)) return void (queued.value = true);
    const draft = loadDraft(toolId);
    const id = draft.text === text && draft.requestId || newRequestId();
    saveDraft(toolId, text, id);
    const sending = edit ? send("edit", text, edit.seq, id) : send("send", text, null, id);
    const later = edit ? draft.text : "";
    editing.value = null;
    write("");
    if (!isTouch()) box.focus();
    if (await sending) {
      if (box.value === "") write(later);
      saveDraft(toolId, box.value);
      return;
    }
    queued.value = false;
    if (edit) editing.value = { seq: edit.seq, text };
    else if (box.value !== text) write(box.value === "" ? text : `${text}\n\n${box.value}`);
  }

  /** Announces again why sending is blocked. */
  function repeatHints(): void {
    announcement.value = document.getElementById("hints")?.textContent ?? "";
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== "Enter" || event.shiftKey || isTouch()) return;
    // keyCode 229: Safari ends a composition before the Enter that ended it.
    if (event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    submit();
  }

  useEffect(() => {
    editing.value ??= props.edit;
    refusal.value ??= props.refusal;
    const { value } = field.current ?? { value: "" };
    if (value === "") write(loadDraft(toolId).text);
    else written();
    if (!isTouch() && !location.hash.startsWith("#m")) {
      field.current?.focus({ preventScroll: true });
    }
  }, []);

  // Marks the edited question; what follows it is muted by the style sheet.
  useEffect(() => {
    const { classList } = document.getElementById(`m${edit?.seq}`) ?? {};
    classList?.add("editing");
    return () => classList?.remove("editing");
  }, [edit]);

  const wasEditing = useRef(edit);
  useLayoutEffect(() => {
    if (edit === wasEditing.current) return;
    if (edit) write(edit.text);
    else if (!chat.peek()?.pending) write(loadDraft(toolId).text);
    wasEditing.current = edit;
    field.current?.focus();
  }, [edit]);

  useEffect(() => {
    if (refused?.message && field.current?.value === "") write(refused.message);
  }, [refused]);

  useEffect(() => {
    if (running && refused?.message && refused.kind === "conflict") {
      // Another tab's turn is running; this tab learned of it from the refusal.
      refusal.value = null;
      queued.value = true;
    } else if (!running && queued.peek()) submit();
  }, [running, refused]);

  const expected = estimateCost(estimate, state, length.value);
  useEffect(() => {
    nextCost.value = expected;
  }, [expected]);
  const label = running ? texts.stop : edit ? texts.resend : texts.send;
  return (
    <form
      id="composer"
      class="composer"
      method="post"
      action={chatPath(toolId)}
      aria-label={texts.form}
      onSubmit={onSubmit}
    >
      {!atEnd.value && (
        <button
          type="button"
          class="button jump"
          onClick={() => (scrollToEnd(), field.current?.focus())}
        >
          <DownIcon />
          {texts.latest}
        </button>
      )}
      <input type="hidden" name="requestId" value={requestId} />
      {edit && <input type="hidden" name="seq" value={edit.seq} />}
      <ComposerHints
        {...{ texts, toolId, edit, refused, wait }}
        alert={props.alert}
        tooLong={tooLong === wait.lead ? "" : tooLong}
      />
      <div class="box">
        <textarea
          ref={field}
          id="message"
          name="message"
          rows={1}
          required
          dir="auto"
          placeholder={texts.placeholder}
          aria-label={texts.field}
          autoFocus={props.edit !== null}
          onInput={written}
          onKeyDown={onKeyDown}
        >
          {given}
        </textarea>
        <span class="meta">{costText(texts, expected)}</span>
        <button
          type="submit"
          class="send"
          name="action"
          value={running ? "stop" : edit ? "edit" : "send"}
          formNoValidate={running}
          aria-disabled={running ? stopping : state !== null && blocked}
          aria-describedby={blocked ? "hints" : undefined}
          aria-label={label}
          title={label}
        >
          {running ? <StopIcon /> : <SendIcon />}
        </button>
      </div>
      <p class="sr" role="status">{announcement.value}</p>
    </form>
  );
}

/** Touch screens have no Shift+Enter, so Enter inserts a line break. */
function isTouch(): boolean {
  return matchMedia("(pointer: coarse)").matches;
}

/** Sizes the field by script where CSS `field-sizing` is missing. */
function fit(field: HTMLTextAreaElement): void {
  if (CSS.supports("field-sizing", "content")) return;
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight}px`;
}
