import type { ComponentChildren } from "preact";
import type { LinkCodeView, LinkView } from "../../lib/shared/views/link_view.ts";

interface LinkCodeProps {
  path: string;
  /** Our number as people write it. */
  number: string;
  code: LinkView["code"];
  waiting: ComponentChildren;
}

/** The code that a phone sends to us, as a picture, as a link and to type. */
export function LinkCode({ path, number, code, waiting }: LinkCodeProps) {
  const shown = code !== null && code !== "expired";
  return (
    <>
      {shown
        ? <Ways code={code} number={number} waiting={waiting} path={path} />
        : (
          <form class="ask" method="post" action={path}>
            <p>
              {code === "expired"
                ? "The code's time is over. Nothing was linked."
                : "Talk on your phone, and go on here at any time: link this browser with WhatsApp."}
            </p>
            <p class="choices">
              <button class="button primary" name="action" value="code" type="submit">
                {code === "expired" ? "Show a new code" : "Show my code"}
              </button>
            </p>
          </form>
        )}
      <p class="link-other">
        The other way round: <a href={`${path}?way=number`}>get a code by WhatsApp</a>{" "}
        and type it here.
      </p>
    </>
  );
}

function Ways(
  { code, number, waiting, path }: {
    code: LinkCodeView;
    number: string;
    waiting: ComponentChildren;
    path: string;
  },
) {
  const { qr, href } = code;
  return (
    <div class="link-card">
      <svg
        class="link-qr"
        viewBox={`0 0 ${qr.size} ${qr.size}`}
        role="img"
        aria-label={`QR code that opens WhatsApp with the message LINK ${code.code}`}
      >
        <rect width={qr.size} height={qr.size} />
        <path d={qr.path} />
      </svg>
      <div>
        <ol class="link-steps">
          <li>
            Scan the picture with your phone, or, if you are on it,{" "}
            <a class="button primary" href={href} rel="noreferrer">Open WhatsApp</a>
          </li>
          <li>
            Send the message that is written there. Or write to {number} yourself:
            <span class="link-code">
              LINK <b>{code.code}</b>
            </span>
          </li>
          <li>Then this page says that you are linked.</li>
        </ol>
        {waiting}
        <noscript key="waiting">
          <p class="hint">
            Waiting for your message: this page looks every few seconds. <a href={path}>Look now</a>
          </p>
        </noscript>
        <form method="post" action={path}>
          <button class="button" name="action" value="code" type="submit">New code</button>
        </form>
      </div>
    </div>
  );
}
