import { useEffect, useRef } from "preact/hooks";
import type { ReaderTexts } from "../../../lib/locales/page/chat/chat_texts.ts";
import type { Reading } from "./reading.ts";

interface StripProps {
  reading: Reading;
  texts: ReaderTexts;
  /** The page's, for numbers. */
  language: string;
  onStop: () => void;
}

/** Controls of what is read aloud; pause comes first. */
export function ReaderStrip({ reading, texts, language, onStop }: StripProps) {
  const pause = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    // Who is writing meanwhile goes on writing.
    if (document.activeElement?.id !== "message") pause.current?.focus({ preventScroll: true });
  }, [reading]);
  const { paused, rate, at, told, sentences } = reading;
  const count = sentences.length;
  const times = new Intl.NumberFormat(language).format(rate.value);
  const place = texts.place.replace("{number}", `${at.value + 1}`).replace("{count}", `${count}`);
  return (
    <section class="reader" aria-label={texts.name}>
      <Control
        button={pause}
        name={paused.value ? texts.resume : texts.pause}
        d={paused.value ? "M8 5v14l11-7z" : "M9 6v12M15 6v12"}
        onClick={() => reading.toggle()}
      />
      <Control
        name={texts.before}
        d="M14.5 6l-6 6 6 6"
        mirrored
        disabled={at.value === 0}
        onClick={() => reading.move(-1)}
      />
      <Control
        name={texts.next}
        d="M9.5 6l6 6-6 6"
        mirrored
        disabled={at.value + 1 >= count}
        onClick={() => reading.move(1)}
      />
      <p class="meta">
        <span class="sr">{texts.sentence}</span> {place}
      </p>
      <button
        type="button"
        class="quiet"
        title={texts.speed}
        aria-label={`${texts.speed}: ${times}`}
        onClick={() => reading.hurry()}
      >
        {`${times}×`}
      </button>
      <Control name={texts.stop} d="M6 6l12 12M18 6 6 18" onClick={onStop} />
      <p class={told.value === texts.noVoice ? "meta remark" : "sr"} role="status">{told.value}</p>
    </section>
  );
}

interface ControlProps {
  name: string;
  /** The icon's path. */
  d: string;
  mirrored?: boolean;
  /** Stays focusable, so that the focus is not lost at the ends. */
  disabled?: boolean;
  button?: preact.Ref<HTMLButtonElement>;
  onClick: () => void;
}

function Control({ name, d, mirrored, disabled, button, onClick }: ControlProps) {
  return (
    <button
      ref={button}
      type="button"
      class="quiet"
      aria-label={name}
      title={name}
      aria-disabled={disabled}
      onClick={onClick}
    >
      <svg class={mirrored ? "icon mirrored" : "icon"} viewBox="0 0 24 24" aria-hidden="true">
        <path d={d} />
      </svg>
    </button>
  );
}
