import { asset, Head } from "fresh/runtime";
import { OWN_DEVICE } from "../../lib/locales/own/device.ts";
import { OWN_SHARE } from "../../lib/locales/own/share.ts";
import { dayFormat } from "../../lib/shared/formats.ts";
import { fill } from "../../lib/shared/text.ts";
import type { ToolView } from "../../lib/shared/views/chat_view.ts";
import type { SharedLinkView } from "../../lib/shared/views/own_view.ts";
import { ToolSubpage } from "../chat/ToolSubpage.tsx";
import { chatPath } from "../chat/composer/TurnForm.tsx";
import { CopyIcon } from "../ui/Icons.tsx";
import { useTexts } from "../ui/texts.ts";
import { OwnStyles } from "./OwnPage.tsx";

interface SharePageProps {
  organisation: string;
  simulated: boolean;
  tool: ToolView;
  /** Whether the tool can still be used. */
  isActive: boolean;
  /** Null for an empty conversation. */
  conversation: { id: string; title: string } | null;
  allowed: boolean;
  /** Newest first. */
  links: SharedLinkView[];
  /** IANA name. */
  timeZone: string;
}

/** The read-only links of a conversation: makes, copies and ends them. */
export function SharePage(props: SharePageProps) {
  const { organisation, simulated, tool, isActive, conversation, allowed, links, timeZone } = props;
  const { language } = useTexts();
  const texts = OWN_SHARE[language];
  const back = isActive ? `${chatPath(tool.id)}#latest` : "/history";
  return (
    <ToolSubpage
      organisation={organisation}
      simulated={simulated}
      tool={tool}
      title={texts.title}
      back={back}
    >
      <OwnStyles />
      <Head>
        <script key="own" type="module" src={asset("/own.js")} />
      </Head>
      <div class="stack">
        {conversation && (
          <p>
            <strong dir="auto">{conversation.title}</strong>
          </p>
        )}
        <p>{!allowed ? texts.off : conversation === null ? texts.empty : texts.about}</p>
        {allowed && links.map((link) => (
          <LinkRow
            key={link.id}
            link={link}
            timeZone={timeZone}
            conversation={conversation?.id ?? ""}
          />
        ))}
        <form class="buttons" method="post">
          <input type="hidden" name="conversation" value={conversation?.id ?? ""} />
          {allowed && conversation !== null && (
            <button
              class={links.length === 0 ? "button primary" : "button"}
              name="action"
              value="make"
              type="submit"
            >
              {texts.make}
            </button>
          )}
          <a class="button" href={back}>{texts.back}</a>
        </form>
        <p>
          <a href="/device">{OWN_DEVICE[language].title}</a>
        </p>
      </div>
    </ToolSubpage>
  );
}

interface LinkRowProps {
  link: SharedLinkView;
  timeZone: string;
  conversation: string;
}

function LinkRow({ link, timeZone, conversation }: LinkRowProps) {
  const { language } = useTexts();
  const texts = OWN_SHARE[language];
  const date = dayFormat(language, timeZone);
  const made = fill(texts.made, { made: date.format(link.at), until: date.format(link.until) });
  return (
    <form class="stack card plain link-row" method="post">
      <input type="hidden" name="conversation" value={conversation} />
      <input type="hidden" name="id" value={link.id} />
      <input
        class="field"
        id={`link-${link.id}`}
        value={link.address}
        readonly
        dir="ltr"
        aria-label={texts.link}
      />
      <div class="buttons">
        <button
          class="button primary"
          type="button"
          hidden
          data-copies={`link-${link.id}`}
          data-done={texts.copied}
        >
          <CopyIcon />
          <span>{texts.copy}</span>
        </button>
        <button class="button" name="action" value="stop" type="submit">{texts.stop}</button>
      </div>
      <p class="meta">{made}</p>
    </form>
  );
}
