import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { VoiceRecording } from "./recording_queue.ts";
import type { VoiceSession } from "./voice_session.ts";
import { recordedTime } from "./recorded_time.ts";
import { CrossIcon, PauseIcon, PlayIcon } from "./VoiceIcons.tsx";
import { VoiceButton } from "./VoiceButton.tsx";

/** Above the field: plays the recording, shows how far it is, and removes it. */
export function Player(
  { session, recording }: { session: VoiceSession; recording: VoiceRecording },
) {
  const { texts } = session.page;
  const { sound, id } = recording;
  const audio = useRef<HTMLAudioElement>(null);
  const playing = useSignal(false);
  const at = useSignal(0);

  useEffect(() => {
    const url = URL.createObjectURL(sound);
    if (audio.current) audio.current.src = url;
    return () => URL.revokeObjectURL(url);
  }, [id]);

  async function play(): Promise<void> {
    const { current } = audio;
    if (!current) return;
    if (playing.peek()) return current.pause();
    await current.play().catch(() => {});
  }

  const length = recording.seconds;
  return (
    <div class="strip">
      <VoiceButton name={playing.value ? texts.stop : texts.play} onClick={play}>
        {playing.value ? <PauseIcon /> : <PlayIcon />}
      </VoiceButton>
      <audio
        ref={audio}
        preload="none"
        onPlay={() => playing.value = true}
        onPause={() => playing.value = false}
        onEnded={() => at.value = 0}
        onTimeUpdate={() => at.value = audio.current?.currentTime ?? 0}
      />
      <progress class="played" aria-hidden="true" value={at.value} max={length || 1} />
      <span class="meta">{recordedTime(playing.value || !length ? at.value : length)}</span>
      <VoiceButton name={texts.remove} onClick={() => session.discard()}>
        <CrossIcon />
      </VoiceButton>
    </div>
  );
}
