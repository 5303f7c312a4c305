import type { ComponentChildren } from "preact";
import { fill } from "../../lib/shared/text.ts";
import { filled } from "../ui/filled.ts";
import { PhoneIcon, UnfoldIcon } from "../ui/Icons.tsx";
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

/** The ways to send the code: a phone's window has two steps, a wider one shows the picture. */
function Ways({ code, number, waiting, path }: WaysProps) {
  const texts = useTexts().link.code;
  const picture = <QrCode code={code} label={fill(texts.picture, code)} />;
  return (
    <>
      <section class="link-ways">
        <div class="wide">{picture}</div>
        <div class="stack">
          <div class="stack wide">
            <h2>{texts.scan}</h2>
            <p>{texts.scanAbout}</p>
            <p>{filled(texts.byHand, { number: <bdi dir="ltr">{number}</bdi> })}</p>
          </div>
          <div class="stack slim">
            <h2>{texts.steps[0]}</h2>
            <p>{texts.openAbout}</p>
            <p>
              <a class="button primary" href={code.href} rel="noreferrer">
                <PhoneIcon />
                {texts.open}
              </a>
            </p>
            <h2>{texts.steps[1]}</h2>
            <p>{texts.sendAbout}</p>
          </div>
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
          <p class="meta wide">
            <a href={code.href} rel="noreferrer">{texts.here}</a>
          </p>
        </div>
      </section>
      <details class="more slim">
        <summary class="option">
          <span>{texts.elsewhere}</span>
          <UnfoldIcon />
        </summary>
        <div class="stack">
          <p>{texts.scanElsewhere}</p>
          {picture}
        </div>
      </details>
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
