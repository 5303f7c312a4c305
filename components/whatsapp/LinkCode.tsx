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
          <form class="stack" method="post" action={path}>
            <p>{code === "expired" ? texts.expired : texts.offer}</p>
            <p class="buttons">
              <button class="button primary" name="action" value="code" type="submit">
                {code === "expired" ? texts.showNew : texts.show}
              </button>
            </p>
          </form>
        )}
      <p class="meta">
        {filled(texts.otherWay, {
          byNumber: (words) => <a href={`${path}?way=number`}>{words}</a>,
        })}
      </p>
    </>
  );
}

interface WaysProps {
  code: LinkCodeView;
  number: string;
  waiting: ComponentChildren;
  path: string;
}

/** On this device, by the picture, or by hand; a phone's window shows the first way first. */
function Ways({ code, number, waiting, path }: WaysProps) {
  const texts = useTexts().link.code;
  return (
    <>
      <section class="link-ways">
        <div class="stack link-here">
          <h2>{texts.here}</h2>
          <p>{texts.hereAbout}</p>
          <p>
            <a class="button primary" href={code.href} rel="noreferrer">{texts.open}</a>
          </p>
        </div>
        <div class="stack link-scan">
          <h2>{texts.scan}</h2>
          <p>{texts.scanAbout}</p>
          <QrCode code={code} label={fill(texts.picture, code)} />
        </div>
      </section>
      <section class="stack">
        <p>{filled(texts.byHand, { number: <bdi dir="ltr">{number}</bdi> })}</p>
        <p class="link-code">
          <bdi>
            LINK <b>{code.code}</b>
          </bdi>
        </p>
        {waiting}
        <noscript key="waiting">
          <p class="meta">
            {filled(texts.waiting, { look: (words) => <a href={path}>{words}</a> })}
          </p>
        </noscript>
        <form class="buttons" method="post" action={path}>
          <button class="button" name="action" value="code" type="submit">{texts.renew}</button>
        </form>
      </section>
    </>
  );
}

/** A QR code; dark on light in any theme, as scanners need it. */
function QrCode({ code: { qr }, label }: { code: LinkCodeView; label: string }) {
  return (
    <svg class="link-qr" viewBox={`0 0 ${qr.size} ${qr.size}`} role="img" aria-label={label}>
      <rect width={qr.size} height={qr.size} />
      <path d={qr.path} />
    </svg>
  );
}
