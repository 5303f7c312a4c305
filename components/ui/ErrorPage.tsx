import { counter, wait } from "../../lib/locales/plurals.ts";
import type { PageTexts } from "../../lib/locales/page/texts.ts";
import { fill } from "../../lib/shared/text.ts";
import { filled } from "./filled.ts";
import { Shell } from "./Shell.tsx";
import { useTexts } from "./texts.ts";

interface ErrorPageProps {
  status: number;
  organisation: string;
  /** Explanation of this error; by default one for the status. */
  detail?: string;
  retryAfterSeconds?: number;
  /** Id of the log entry, for support. */
  reference?: string;
}

/** Error page: the problem, its cause and a next step. */
export function ErrorPage(props: ErrorPageProps) {
  const { status, organisation, retryAfterSeconds, reference } = props;
  const texts = useTexts();
  const { errors, back } = texts.errorPage;
  const text = isKnown(status, errors) ? errors[status] : errors.other;
  return (
    <Shell organisation={organisation} title={`${text.title} · ${organisation}`} narrow>
      <h1 class="lead">{text.title}</h1>
      <div class="stack">
        <p>{props.detail ?? text.detail}</p>
        {retryAfterSeconds !== undefined && <p>{retry(texts, retryAfterSeconds)}</p>}
        <p class="buttons">
          <a class="button primary" href="/">{back}</a>
        </p>
        <p class="meta">
          {fill(texts.errorPage.status, { status })}
          {reference !== undefined && (
            <>
              {" · "}
              {filled(texts.errorPage.reference, {
                reference: <span class="id">{reference}</span>,
              })}
            </>
          )}
        </p>
      </div>
    </Shell>
  );
}

function isKnown<Known extends object>(status: PropertyKey, errors: Known): status is keyof Known {
  return Object.hasOwn(errors, status);
}

function retry({ language, errorPage }: PageTexts, seconds: number): string {
  const counted = counter(language);
  return wait(seconds, {
    seconds: (count) => counted(count, errorPage.retrySeconds),
    minutes: (count) => counted(count, errorPage.retryMinutes),
  });
}
