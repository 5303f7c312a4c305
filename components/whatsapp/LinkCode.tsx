import type { ComponentChildren } from "preact";
import { fill } from "../../lib/shared/text.ts";
import { filled } from "../ui/filled.ts";
import { useTexts } from "../ui/texts.ts";
import type { LinkCodeView, LinkView } from "../../lib/shared/views/link_view.ts";

interface LinkCodeProps {
  path: string;
  /** The bot's number, formatted. */
  number: string;
  code: LinkView["code"];
  waiting: ComponentChildren;
}

/** Linking by a code the phone sends: QR code, link and text. */
export function LinkCode({ path, number, code, waiting }: LinkCodeProps) {
  const texts = useTexts().link.code;
  const shown = code !== null && code !== "expired";
  return (
    <>
      {shown
        ? <Ways code={code} number={number} waiting={waiting} path={path} />
        : (
          <form class="ask" method="post" action={path}>
            <p>{code === "expired" ? texts.expired : texts.offer}</p>
            <p class="choices">
              <button class="button primary" name="action" value="code" type="submit">
                {code === "expired" ? texts.showNew : texts.show}
              </button>
            </p>
          </form>
        )}
      <p class="link-other">
        {filled(texts.otherWay, {
          byNumber: (words) => <a href={`${path}?way=number`}>{words}</a>,
        })}
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
  const texts = useTexts().link.code;
  return (
    <div class="link-card">
      <svg
        class="link-qr"
        viewBox={`0 0 ${qr.size} ${qr.size}`}
        role="img"
        aria-label={fill(texts.picture, code)}
      >
        <rect width={qr.size} height={qr.size} />
        <path d={qr.path} />
      </svg>
      <div>
        <ol class="link-steps">
          <li>
            {filled(texts.scan, {
              open: (words) => <a class="button primary" href={href} rel="noreferrer">{words}</a>,
            })}
          </li>
          <li>
            {filled(texts.send, {
              number,
              code: (
                <span class="link-code">
                  LINK <b>{code.code}</b>
                </span>
              ),
            })}
          </li>
          <li>{texts.then}</li>
        </ol>
        {waiting}
        <noscript key="waiting">
          <p class="hint">
            {filled(texts.waiting, { look: (words) => <a href={path}>{words}</a> })}
          </p>
        </noscript>
        <form method="post" action={path}>
          <button class="button" name="action" value="code" type="submit">{texts.renew}</button>
        </form>
      </div>
    </div>
  );
}
