import { counter } from "../../lib/locales/plurals.ts";
import { useBrand } from "./brand.ts";
import { useRetentionDays } from "./retention.ts";
import { useTexts } from "./texts.ts";

/** Foot of a page: the organisation's notice, and how long chats are kept. */
export function Foot({ class: name = "foot meta" }: { class?: string }) {
  const notice = useBrand()?.notice;
  const days = useRetentionDays();
  const { language, frame } = useTexts();
  return (
    <footer class={name}>
      <span dir="auto">{notice || frame.notice}</span>
      {days !== null && ` ${counter(language)(days, frame.kept)}`}
    </footer>
  );
}
