import type { VNode } from "preact";
import { jsxTemplate } from "preact/jsx-runtime";
import type { PageTexts } from "../../lib/locales/page/texts.ts";
import { OWN_HISTORY } from "../../lib/locales/own/history.ts";
import { OWN_SHARE } from "../../lib/locales/own/share.ts";
import { counter } from "../../lib/locales/plurals.ts";
import { HtmlCache } from "../../lib/shared/bounded_map.ts";
import { fill } from "../../lib/shared/text.ts";
import type { OwnConversationView } from "../../lib/shared/views/own_view.ts";
import { chatPath } from "../chat/composer/TurnForm.tsx";
import { ToolIcon } from "../tools/ToolIcon.tsx";
import { BinIcon, EditIcon, ExportIcon, MoreIcon, ShareIcon } from "../ui/Icons.tsx";
import { Texts, useTexts } from "../ui/texts.ts";

interface ConversationCardProps {
  conversation: OwnConversationView;
  /** Its time or date. */
  when: string;
}

/** Some thousand cards; a page has 20. */
const kept = new HtmlCache(8_000_000);

/**
 * Renders cards into the cache. Call before rendering the page: a full page then costs little more
 * than one with two conversations.
 */
export function keepCards(
  texts: PageTexts,
  cards: readonly ConversationCardProps[],
  renderToString: (node: VNode) => string,
): void {
  for (const card of cards) {
    const name = nameOf(texts, card);
    if (kept.get(name) !== undefined) continue;
    kept.set(
      name,
      renderToString(
        <Texts.Provider value={texts}>
          <ConversationCard {...card} />
        </Texts.Provider>,
      ),
    );
  }
}

/** A card from the cache, or rendered now. */
export function cardOf(texts: PageTexts, card: ConversationCardProps): VNode {
  const html = kept.get(nameOf(texts, card));
  // The renderer passes a template through unchanged.
  return html === undefined
    ? <ConversationCard key={card.conversation.id} {...card} />
    : jsxTemplate([html]);
}

function nameOf({ language }: PageTexts, card: ConversationCardProps): string {
  return JSON.stringify([language, card]);
}

/** A conversation with any tool; the whole card continues it. */
function ConversationCard({ conversation, when }: ConversationCardProps) {
  const { id, title, at, messages, tool, shared } = conversation;
  const { language } = useTexts();
  const texts = OWN_HISTORY[language];
  return (
    <li class="card small">
      <ToolIcon id={tool.id} icon={tool.icon} />
      <form method="post" action="/history">
        <Names conversation={conversation} />
        <h3>
          {tool.active
            ? (
              <button
                class="title"
                name="action"
                value="open"
                type="submit"
                dir="auto"
                aria-label={fill(texts.open, { title })}
              >
                {title}
              </button>
            )
            : <span dir="auto">{title}</span>}
        </h3>
        <p class="meta dots">
          <bdi lang={tool.lang}>{tool.name}</bdi>{" "}
          <time dateTime={new Date(at).toISOString()}>{when}</time>{" "}
          <span>{counter(language)(messages, texts.messages)}</span>{" "}
          {shared && <span>{OWN_SHARE[language].marked}</span>}{" "}
          {!tool.active && <span>{texts.noTool}</span>}
        </p>
      </form>
      <details key={id} class="pop" name="menu">
        <summary
          class="quiet"
          aria-label={fill(texts.more, { title })}
          title={fill(texts.more, { title })}
        >
          <MoreIcon />
        </summary>
        <Menu conversation={conversation} />
      </details>
    </li>
  );
}

function Menu({ conversation }: { conversation: OwnConversationView }) {
  const { id, tool } = conversation;
  const texts = OWN_HISTORY[useTexts().language];
  const path = chatPath(tool.id);
  return (
    <ul class="menu">
      <li>
        <a href={`/history/rename?tool=${encodeURIComponent(tool.id)}&conversation=${id}`}>
          <EditIcon />
          {texts.rename}
        </a>
      </li>
      <li>
        <a href={`${path}/export?format=md&conversation=${id}`} download>
          <ExportIcon />
          {texts.exportMarkdown}
        </a>
      </li>
      <li>
        <a href={`${path}/export?format=json&conversation=${id}`} download>
          <ExportIcon />
          {texts.exportJson}
        </a>
      </li>
      <li>
        <a href={`${path}/share?conversation=${id}`}>
          <ShareIcon />
          {texts.share}
        </a>
      </li>
      <li>
        <form method="post" action="/history">
          <Names conversation={conversation} />
          <button name="action" value="remove" type="submit">
            <BinIcon />
            {texts.remove}
          </button>
        </form>
      </li>
    </ul>
  );
}

/** The form fields that name a conversation. */
function Names({ conversation: { id, tool } }: { conversation: OwnConversationView }) {
  return (
    <>
      <input type="hidden" name="tool" value={tool.id} />
      <input type="hidden" name="conversation" value={id} />
    </>
  );
}
