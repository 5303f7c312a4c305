/** Icons of the recorder, on a 24 × 24 grid as those of the page. */
function VoiceIcon({ d }: { d: string }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={d} />
    </svg>
  );
}

export const DiscardIcon = () => <VoiceIcon d="M5 7h14M9 7V4h6v3M7 7l1 13h8l1-13" />;
export const PauseIcon = () => <VoiceIcon d="M9 6v12M15 6v12" />;
export const PlayIcon = () => <VoiceIcon d="M8 5.5v13l10.5-6.5z" />;
export const TickIcon = () => <VoiceIcon d="M5 12.5l4.5 4.5L19 7.5" />;
export const CrossIcon = () => <VoiceIcon d="M6 6l12 12M18 6 6 18" />;
export const WarnIcon = () => <VoiceIcon d="M12 4 2.5 20h19zM12 10v4m0 3h.01" />;
