import { Shell } from "./Shell.tsx";

interface ErrorPageProps {
  status: number;
  organisation: string;
  /** A sentence of this very case; without it one that fits the status. */
  detail?: string;
  retryAfterSeconds?: number;
  /** What support can find in the log. */
  reference?: string;
}

const TEXTS: Record<number, { title: string; detail: string }> = {
  400: { title: "That did not work", detail: "Something in the request was not understood." },
  403: { title: "Not allowed", detail: "You have no access to this page." },
  404: {
    title: "Page not found",
    detail: "There is nothing at this address. The tool may have been renamed or withdrawn.",
  },
  409: { title: "One moment", detail: "A reply is still being written. Wait for it or stop it." },
  413: { title: "Too long", detail: "This is more than the page can take. Try a shorter text." },
  429: {
    title: "A little slower, please",
    detail: "There were too many requests in a short time.",
  },
  503: {
    title: "Back in a moment",
    detail: "The service is not available right now. Nothing of yours is lost.",
  },
};

const BROKEN = {
  title: "Something went wrong",
  detail: "This is our fault, not yours. It has been recorded, and nothing of yours is lost.",
};

/** Any error as a page: what happened, whose turn it is, and a way on. */
export function ErrorPage(props: ErrorPageProps) {
  const { status, organisation, retryAfterSeconds, reference } = props;
  const text = TEXTS[status] ?? BROKEN;
  return (
    <Shell organisation={organisation} title={`${text.title} · ${organisation}`}>
      <div class="error-page">
        <p class="status">Error {status}</p>
        <h1>{text.title}</h1>
        <p>{props.detail ?? text.detail}</p>
        {retryAfterSeconds !== undefined && <p>Please try again in {wait(retryAfterSeconds)}.</p>}
        <p>
          <a class="button primary" href="/">See all tools</a>
        </p>
        {reference !== undefined && <p class="meta">Reference: {reference}</p>}
      </div>
    </Shell>
  );
}

function wait(seconds: number): string {
  if (seconds < 90) return seconds === 1 ? "a second" : `${seconds} seconds`;
  return `${Math.ceil(seconds / 60)} minutes`;
}
