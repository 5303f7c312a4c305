import { asset, Head } from "fresh/runtime";
import { OWN_SHARE } from "../../lib/locales/own/share.ts";
import { dayFormat } from "../../lib/shared/formats.ts";
import { clockTime } from "../../lib/shared/send_again.ts";
import { fill } from "../../lib/shared/text.ts";
import type { SharedMessageView } from "../../lib/shared/views/own_view.ts";
import { ToolIcon } from "../tools/ToolIcon.tsx";
import { Shell } from "../ui/Shell.tsx";
import { SkipLink } from "../ui/SkipLink.tsx";
import { Styles } from "../ui/Styles.tsx";
import { useTexts } from "../ui/texts.ts";
import { OwnStyles } from "./OwnPage.tsx";

interface SharedPageProps {
  organisation: string;
  tool: { id: string; name: string; icon: string };
  at: number;
  messages: SharedMessageView[];
  /** Address of the messages that follow, and of the first ones. */
  further: string | null;
  first: string | null;
  /** IANA name. */
  timeZone: string;
}

/** A conversation that somebody shared, to read. */
export function SharedPage(props: SharedPageProps) {
  const { organisation, tool, at, messages, further, first, timeZone } = props;
  const { language, frame } = useTexts();
  const texts = OWN_SHARE[language];
  return (
    <div class="page narrow">
      <Styles sheet="/public.css" />
      <OwnStyles />
      <NotIndexed title={`${tool.name} · ${organisation}`} />
      <Head>
        <link rel="stylesheet" href={asset("/print.css")} media="print" />
      </Head>
      <SkipLink to="main">{frame.skip}</SkipLink>
      <header class="bar">
        <ToolIcon id={tool.id} icon={tool.icon} />
        <h1>
          <bdi>{tool.name}</bdi>
        </h1>
      </header>
      <main id="main" tabIndex={-1}>
        <p class="meta">
          {fill(texts.shared, { date: dayFormat(language, timeZone).format(at) })}
        </p>
        {first && (
          <p class="buttons">
            <a class="button" href={first}>{texts.first}</a>
          </p>
        )}
        <ol class="turns">
          {messages.map((message) => (
            <li key={message.seq} class="turn">
              <SharedMessage message={message} toolName={tool.name} timeZone={timeZone} />
            </li>
          ))}
        </ol>
        {further && (
          <p class="buttons">
            <a class="button" href={further}>{texts.further}</a>
          </p>
        )}
      </main>
      <footer class="foot meta">
        <p>
          <a class="button primary" href="/">{texts.start}</a>
        </p>
        <p>{fill(texts.by, { organisation })}</p>
      </footer>
    </div>
  );
}

interface SharedMessageProps {
  message: SharedMessageView;
  toolName: string;
  timeZone: string;
}

function SharedMessage({ message, toolName, timeZone }: SharedMessageProps) {
  const { role, html, at, pictures } = message;
  const { language } = useTexts();
  const texts = OWN_SHARE[language];
  const isQuestion = role === "user";
  const who = isQuestion ? texts.asker : toolName;
  return (
    <article class={isQuestion ? "question" : "reply"}>
      <h2 class="who">{`${who}, ${clockTime(at, language, timeZone)}`}</h2>
      <div class={isQuestion ? "bubble prose" : "prose"} dir="auto">
        {pictures.length > 0 && (
          <p class="pictures">
            {pictures.map((address) => (
              <a key={address} href={address}>
                <img src={address} alt={texts.picture} loading="lazy" />
              </a>
            ))}
          </p>
        )}
        <div class="prose" dangerouslySetInnerHTML={{ __html: html }} />
      </div>
    </article>
  );
}

/** A link that has ended, or never was. */
export function EndedSharePage({ organisation }: { organisation: string }) {
  const texts = OWN_SHARE[useTexts().language];
  const title = `${texts.ended} · ${organisation}`;
  return (
    <Shell organisation={organisation} title={title} narrow>
      <NotIndexed title={title} />
      <h1 class="lead">{texts.ended}</h1>
      <div class="stack">
        <p>{texts.endedAbout}</p>
        <p class="buttons">
          <a class="button primary" href="/">{texts.start}</a>
        </p>
      </div>
    </Shell>
  );
}

function NotIndexed({ title }: { title: string }) {
  return (
    <Head>
      <title>{title}</title>
      <meta key="robots" name="robots" content="noindex, nofollow, noarchive" />
    </Head>
  );
}
