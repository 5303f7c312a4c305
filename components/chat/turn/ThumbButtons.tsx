import type { TurnTexts } from "../../../lib/locales/page/chat/chat_texts.ts";
import type { Thumb } from "../../../lib/shared/views/chat_view.ts";
import { ThumbIcon } from "../../ui/Icons.tsx";
import { chatPath } from "../composer/TurnForm.tsx";

interface ThumbsProps {
  texts: TurnTexts;
  toolId: string;
  id: string;
  seq: number;
  rating: Thumb | undefined;
}

/** Rating buttons of a reply; they submit the page's form `rate`. */
export function ThumbButtons({ texts, toolId, id, seq, rating }: ThumbsProps) {
  const value = `${seq}.${id}`;
  const thumb = (verdict: Thumb, label: string) => (
    <button
      type="submit"
      class="quiet"
      form="rate"
      name={rating === verdict ? "none" : verdict}
      value={value}
      aria-pressed={rating === verdict ? "true" : "false"}
      aria-label={label}
      title={label}
    >
      <ThumbIcon />
    </button>
  );
  return (
    <span class="thumbs">
      {thumb("up", texts.goodReply)}
      {thumb("down", texts.badReply)}
      <a href={`${chatPath(toolId)}/rate?reply=${value}`}>{texts.sayWhy}</a>
    </span>
  );
}
