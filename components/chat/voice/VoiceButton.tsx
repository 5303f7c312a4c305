import type { ComponentChildren } from "preact";

interface VoiceButtonProps {
  name: string;
  onClick(): void;
  children: ComponentChildren;
}

/** An icon of the recorder as a button, with its name as tooltip. */
export function VoiceButton({ name, onClick, children }: VoiceButtonProps) {
  return (
    <button
      type="button"
      class="quiet"
      aria-label={name}
      title={name}
      onClick={onClick}
    >
      {children}
    </button>
  );
}
