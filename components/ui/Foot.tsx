import { counter } from "../../lib/locales/plurals.ts";
import { OWN_FRAMES } from "../../lib/locales/own/frames.ts";
import { useBrand } from "./brand.ts";
import { useRetentionDays } from "./retention.ts";
import { useTexts } from "./texts.ts";

interface FootProps {
  class?: string;
  /** Whether it has the links to help and to one's data. */
  links?: boolean;
  /** Whether recordings stay with their messages. */
  keepsSound?: boolean;
}

/** Foot of a page: the organisation's notice, and how long chats are kept. */
export function Foot(props: FootProps) {
  const { class: name = "foot meta", links = false, keepsSound = false } = props;
  const notice = useBrand()?.notice;
  const days = useRetentionDays();
  const { language, frame } = useTexts();
  const own = OWN_FRAMES[language];
  return (
    <footer class={name}>
      <span dir="auto">{notice || frame.notice}</span>
      {days !== null &&
        ` ${counter(language)(days, keepsSound ? frame.keptWithSound : frame.kept)}`}
      {links && (
        <>
          {" "}
          <span class="links">
            <a href="/help">{own.help}</a> <a href="/my-data">{own.myData}</a>
          </span>
        </>
      )}
    </footer>
  );
}
