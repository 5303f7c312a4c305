import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { LONGEST_SECONDS, type Microphone } from "./microphone.ts";
import type { VoiceSession } from "./voice_session.ts";
import { recordedTime } from "./recorded_time.ts";
import { DiscardIcon, PauseIcon, TickIcon } from "./VoiceIcons.tsx";
import { VoiceButton } from "./VoiceButton.tsx";

/** Bars of the level meter that are kept; a narrow page shows the newest. */
const BARS = 120;
/** From here on a recording is not lost by one key: Escape pauses it, with the focus on Discard. */
const LONG_SECONDS = 10;

/** In the composer's place: discard, time, level, pause, finish. */
export function Recorder({ session, microphone, paused }: {
  session: VoiceSession;
  microphone: Microphone;
  paused: boolean;
}) {
  const { texts, fill } = session.page;
  const time = useSignal("0:00");
  const group = useRef<HTMLDivElement>(null);
  const levels = useRef<HTMLSpanElement>(null);

  useEffect(() => {
    group.current?.focus();
    // Fewer movements for those who want none.
    const everyMs = matchMedia("(prefers-reduced-motion: reduce)").matches ? 1_000 : 100;
    const timer = setInterval(() => {
      const seconds = microphone.seconds();
      time.value = recordedTime(seconds);
      if (!microphone.paused()) addBar(levels.current, microphone.level());
      if (seconds >= LONGEST_SECONDS) session.finish();
    }, everyMs);
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      event.stopPropagation();
      if (microphone.seconds() < LONG_SECONDS) return void session.discard();
      if (!microphone.paused()) session.pause();
      group.current?.querySelector("button")?.focus();
    };
    document.addEventListener("keydown", onKey, { capture: true });
    return () => {
      clearInterval(timer);
      document.removeEventListener("keydown", onKey, { capture: true });
    };
  }, []);

  return (
    <>
      <p class="meta trust">
        {paused ? texts.paused : fill(texts.recording, { minutes: LONGEST_SECONDS / 60 })}
      </p>
      <div class="box" role="group" aria-label={texts.recorder} tabIndex={-1} ref={group}>
        <div class="strip">
          <VoiceButton name={texts.discard} onClick={() => session.discard()}>
            <DiscardIcon />
          </VoiceButton>
          <span class={paused ? "rec still" : "rec"} />
          <b class="time" role="timer">{time}</b>
          <span class="level" aria-hidden="true" ref={levels} />
          <VoiceButton
            name={paused ? texts.resume : texts.pause}
            onClick={() => session.pause()}
          >
            <PauseIcon />
          </VoiceButton>
          <button
            type="button"
            class="send"
            aria-label={texts.finish}
            title={texts.finish}
            onClick={() => session.finish()}
          >
            <TickIcon />
          </button>
        </div>
      </div>
    </>
  );
}

function addBar(levels: HTMLElement | null, level: number): void {
  if (levels === null) return;
  const bar = document.createElement("i");
  bar.style.setProperty("--l", `${Math.round(8 + 92 * level)}%`);
  levels.append(bar);
  if (levels.childElementCount > BARS) levels.firstElementChild?.remove();
}
