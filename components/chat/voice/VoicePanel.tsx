import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { Player } from "./Player.tsx";
import { Recorder } from "./Recorder.tsx";
import { WarnIcon } from "./VoiceIcons.tsx";
import { sendsAtOnce, setSendsAtOnce } from "./voice_choices.ts";
import type { VoiceSession } from "./voice_session.ts";

/** A voice message above or in place of the message field. */
export function VoicePanel({ session }: { session: VoiceSession }) {
  const { texts, fill } = session.page;
  const phase = session.phase.value;
  switch (phase.name) {
    case "idle":
      return null;
    case "recording":
      return <Recorder session={session} microphone={phase.microphone} paused={phase.paused} />;
    case "sending": {
      const percent = Math.round(100 * phase.sent);
      return (
        <Place name={texts.recorder}>
          <Player session={session} recording={phase.recording} />
          <div class="up">
            <progress value={percent} max="100" aria-label={texts.sent} />
            <p class="meta">{fill(phase.waiting ? texts.waiting : texts.sending, { percent })}</p>
          </div>
          <Keep session={session} />
          <AtOnce session={session} />
        </Place>
      );
    }
    case "writing":
      return (
        <Place name={texts.recorder}>
          <Player session={session} recording={phase.recording} />
          <p class="meta up">{texts.writing}</p>
          <Keep session={session} />
          <AtOnce session={session} />
        </Place>
      );
    case "heard":
      return (
        <>
          <p class="note">{texts.check} {phase.recording.heard && texts.goesAlong}</p>
          <Player session={session} recording={phase.recording} />
          {phase.recording.mediaId && <Keep session={session} />}
          <AtOnce session={session} />
        </>
      );
    case "refused": {
      const [lead, detail] = texts.refused[phase.why];
      return (
        <Warning lead={lead} detail={detail}>
          <ChooseFile session={session} />
        </Warning>
      );
    }
    case "failed":
      return (
        <>
          <Warning lead={texts.notWritten} detail={phase.detail}>
            {phase.again
              ? (
                <button type="button" class="button" onClick={() => session.tryAgain()}>
                  {texts.tryAgain}
                </button>
              )
              : <ChooseFile session={session} />}
          </Warning>
          <Player session={session} recording={phase.recording} />
        </>
      );
  }
}

/** In the composer's place; takes the focus that the recorder or the field leaves. */
function Place({ name, children }: { name: string; children: ComponentChildren }) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (document.activeElement === document.body) place.current?.focus();
  }, []);
  return (
    <div class="box rows" role="group" aria-label={name} tabIndex={-1} ref={place}>
      {children}
    </div>
  );
}

function Warning({ lead, detail, children }: {
  lead: string;
  detail: string;
  children: ComponentChildren;
}) {
  return (
    <div class="note warn">
      <WarnIcon />
      <div>
        <b>{lead}</b> {detail}
        <p class="buttons">{children}</p>
      </div>
    </div>
  );
}

/** The way without a microphone. */
function ChooseFile({ session }: { session: VoiceSession }) {
  const { texts } = session.page;
  const input = useRef<HTMLInputElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => button.current?.focus(), []);
  return (
    <>
      <button
        type="button"
        class="button"
        ref={button}
        onClick={() => input.current?.click()}
      >
        {texts.choose}
      </button>
      <input
        ref={input}
        type="file"
        accept="audio/*"
        hidden
        aria-label={texts.choose}
        onChange={({ currentTarget: { files } }) => files?.[0] && session.choose(files[0])}
      />
    </>
  );
}

/** The choice to keep this recording, where the tool leaves it to the person; off each time. */
function Keep({ session }: { session: VoiceSession }) {
  const { texts, keeps } = session.page;
  if (keeps) return null;
  return (
    <label class="at-once">
      <input
        type="checkbox"
        defaultChecked={session.keeps}
        onChange={({ currentTarget }) => session.setKeeps(currentTarget.checked)}
      />
      {texts.keep}
    </label>
  );
}

/** The choice to skip the check, remembered by the browser. */
function AtOnce({ session }: { session: VoiceSession }) {
  return (
    <label class="at-once">
      <input
        type="checkbox"
        defaultChecked={sendsAtOnce()}
        onChange={({ currentTarget }) => setSendsAtOnce(currentTarget.checked)}
      />
      {session.page.texts.atOnce}
    </label>
  );
}
