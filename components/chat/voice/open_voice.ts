import { effect } from "@preact/signals";
import { h, render } from "preact";
import { whenSent } from "../composer/when_sent.ts";
import { answerAloud } from "./answer_aloud.ts";
import { focusMessage } from "./message_field.ts";
import type { VoicePage } from "./voice_session.ts";
import { leaveRecording } from "./taken_recording.ts";
import { carryOver } from "./voice_choices.ts";
import { VoicePanel } from "./VoicePanel.tsx";
import { VoiceSession } from "./voice_session.ts";

let session: VoiceSession | null = null;

/** Phases in which the field gives its place to the recording. */
const IN_PLACE = new Set(["recording", "sending", "writing"]);

/** Records a voice message in the composer, or goes on with an earlier one. */
export async function openVoice(page: VoicePage, how: "record" | "goOn"): Promise<void> {
  const place = document.getElementById("voice");
  if (place === null) return;
  if (session === null) {
    await loadSheet(page.sheet);
    carryOver();
    const opened = session = new VoiceSession(page);
    render(h(VoicePanel, { session: opened }), place);
    let before = "idle";
    effect(() => {
      const { name } = opened.phase.value;
      const recording = Number(name === "recording") - Number(before === "recording");
      if (recording !== 0) page.held.value = page.held.peek() + recording;
      place.parentElement?.classList.toggle("speaking", IN_PLACE.has(name));
      // The field has been hidden, and the focus with it.
      if (IN_PLACE.has(before) && (name === "heard" || name === "idle")) focusMessage();
      if (before !== "idle" && name === "idle") leaveRecording();
      before = name;
    });
    const spoken = answerAloud(page);
    whenSent(page, (taken) => void opened.answered(taken), (requestId) => {
      if (opened.phase.peek().name === "heard") spoken();
      void opened.sending(requestId);
    });
  }
  await session[how]();
}

/** Resolves even when the sheet fails: the recorder works without it. */
function loadSheet(href: string): Promise<void> {
  return new Promise((resolve) => {
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = href;
    link.onload = link.onerror = () => resolve();
    document.head.append(link);
  });
}
