import { OWN_HISTORY } from "../../lib/locales/own/history.ts";
import { OWN_HOME } from "../../lib/locales/own/home.ts";
import { fill } from "../../lib/shared/text.ts";
import type { RecentView } from "../../lib/shared/views/own_view.ts";
import { chatPath } from "../chat/composer/TurnForm.tsx";
import { useTexts } from "../ui/texts.ts";
import { ToolIcon } from "./ToolIcon.tsx";

/** The latest conversations over all tools, to continue. */
export function RecentConversations({ recent }: { recent: readonly RecentView[] }) {
  const texts = OWN_HOME[useTexts().language];
  return (
    <section class="group recent">
      <header>
        <h2>{texts.recent}</h2>
        <a href="/history">{texts.all}</a>
      </header>
      <ul class="cards list">
        {recent.map((each) => <RecentConversation key={each.id} {...each} />)}
      </ul>
    </section>
  );
}

function RecentConversation({ id, title, at, when, tool, current, reply }: RecentView) {
  const { language } = useTexts();
  const texts = OWN_HOME[language];
  return (
    <li class="card" data-tool={current ? tool.id : undefined}>
      <ToolIcon id={tool.id} icon={tool.icon} />
      <div>
        <h3>
          {current
            ? <a class="clip" href={`${chatPath(tool.id)}#latest`} dir="auto">{title}</a>
            : (
              <form method="post" action="/history">
                <input type="hidden" name="tool" value={tool.id} />
                <input type="hidden" name="conversation" value={id} />
                <button
                  class="title clip"
                  name="action"
                  value="open"
                  type="submit"
                  dir="auto"
                  aria-label={fill(OWN_HISTORY[language].open, { title })}
                >
                  {title}
                </button>
              </form>
            )}
        </h3>
        <p class="meta clip">
          <bdi lang={tool.langs?.name}>{tool.name}</bdi>
          {" · "}
          {reply === null
            ? <time dateTime={new Date(at).toISOString()}>{when}</time>
            : <span class={reply}>{texts[reply]}</span>}
        </p>
      </div>
    </li>
  );
}
