import { asset, Head } from "fresh/runtime";
import { OWN_DEVICE } from "../../lib/locales/own/device.ts";
import { dayFormat } from "../../lib/shared/formats.ts";
import { fill } from "../../lib/shared/text.ts";
import type { DeviceCodeView, DeviceView } from "../../lib/shared/views/own_view.ts";
import { AlertIcon, PhoneIcon } from "../ui/Icons.tsx";
import { useTexts } from "../ui/texts.ts";
import { OwnPage } from "./OwnPage.tsx";

interface DevicePageProps {
  organisation: string;
  simulated: boolean;
  /** Whether this is not the first device. */
  further: boolean;
  devices: DeviceView[];
  code: DeviceCodeView | null;
  /** IANA name. */
  timeZone: string;
}

/** Another device: its code, its confirmation, and the list of all. */
export function DevicePage(props: DevicePageProps) {
  const { organisation, simulated, further, devices, code, timeZone } = props;
  const texts = OWN_DEVICE[useTexts().language];
  const about = { organisation, simulated, title: texts.title };
  if (further) {
    return (
      <OwnPage {...about}>
        <form class="stack" method="post" action="/device">
          <p>{texts.here}</p>
          <p>{texts.hereAbout}</p>
          <p class="buttons">
            <button class="button" name="action" value="leave" type="submit">{texts.leave}</button>
          </p>
        </form>
      </OwnPage>
    );
  }
  const waiting = devices.filter(({ confirmed }) => !confirmed);
  const others = devices.filter(({ confirmed }) => confirmed);
  return (
    <OwnPage {...about} sections>
      <section class="stack">
        {waiting.map((device) => <WaitingDevice key={device.id} device={device} />)}
        <p>{texts.about}</p>
        {code && <Code code={code} />}
        <form class="buttons" method="post" action="/device">
          <button
            class={code || waiting.length > 0 ? "button" : "button primary"}
            name="action"
            value="offer"
            type="submit"
          >
            {code ? texts.showNew : texts.show}
          </button>
        </form>
      </section>
      <section class="stack">
        <h2>{texts.others}</h2>
        {others.length === 0 ? <p>{texts.none}</p> : (
          <ul class="cards list">
            {others.map((device) => (
              <OtherDevice key={device.id} device={device} timeZone={timeZone} />
            ))}
          </ul>
        )}
      </section>
    </OwnPage>
  );
}

function Code({ code: { address, qr } }: { code: DeviceCodeView }) {
  const texts = OWN_DEVICE[useTexts().language];
  return (
    <div class="stack" data-next="/device">
      <PollScript />
      <p>{texts.scan}</p>
      <svg class="link-qr" viewBox={`0 0 ${qr.size} ${qr.size}`} role="img" aria-label={texts.qr}>
        <rect width={qr.size} height={qr.size} />
        <path d={qr.path} />
      </svg>
      <p class="meta">
        {texts.byHand} <bdi dir="ltr">{address}</bdi>
      </p>
      <p>{texts.confirmNext}</p>
      <p class="buttons">
        <a class="button primary" href="/device">{texts.check}</a>
      </p>
    </div>
  );
}

function WaitingDevice({ device: { id, name, number } }: { device: DeviceView }) {
  const texts = OWN_DEVICE[useTexts().language];
  return (
    <form class="note warn" method="post" action="/device">
      <AlertIcon />
      <div>
        <b>{texts.waiting}</b>
        <bdi>{name || texts.unnamed}</bdi>. {fill(texts.waitingAbout, { number })}
        <input type="hidden" name="device" value={id} />
        <p class="buttons">
          <button class="button primary" name="action" value="confirm" type="submit">
            {texts.confirm}
          </button>
          <button class="button" name="action" value="end" type="submit">{texts.refuse}</button>
        </p>
      </div>
    </form>
  );
}

function OtherDevice({ device, timeZone }: { device: DeviceView; timeZone: string }) {
  const { language } = useTexts();
  const texts = OWN_DEVICE[language];
  const name = device.name || texts.unnamed;
  return (
    <li class="card plain">
      <div>
        <bdi>{name}</bdi>
        <p class="meta">
          {fill(texts.since, { date: dayFormat(language, timeZone).format(device.at) })}
        </p>
      </div>
      <form method="post" action="/device">
        <input type="hidden" name="device" value={device.id} />
        <button
          class="button"
          name="action"
          value="end"
          type="submit"
          aria-label={fill(texts.endOf, { device: name })}
        >
          {texts.end}
        </button>
      </form>
    </li>
  );
}

interface RedeemPageProps {
  organisation: string;
  simulated: boolean;
  /** A valid code; null for none. */
  code: string | null;
  /** The number to compare, while the first device has not confirmed this one. */
  pending: string | null;
}

/** On the other device: redeems a code, by a button only, since previews open addresses. */
export function RedeemPage({ organisation, simulated, code, pending }: RedeemPageProps) {
  const texts = OWN_DEVICE[useTexts().language];
  const title = pending === null && code === null ? texts.over : texts.redeem;
  return (
    <OwnPage organisation={organisation} simulated={simulated} title={title}>
      {pending !== null
        ? (
          <div class="stack" data-next="/device/redeem">
            <PollScript />
            <p role="status">
              <strong>{fill(texts.pending, { number: pending })}</strong>
            </p>
            <p class="buttons">
              <a class="button primary" href="/device/redeem">{texts.redeemNow}</a>
            </p>
          </div>
        )
        : code === null
        ? (
          <div class="stack">
            <p>{texts.overAbout}</p>
            <p class="buttons">
              <a class="button" href="/">{texts.home}</a>
            </p>
          </div>
        )
        : (
          <form class="stack" method="post" action="/device/redeem">
            <input type="hidden" name="code" value={code} />
            <p>{texts.redeemAbout}</p>
            <p class="buttons">
              <button class="button primary" type="submit">
                <PhoneIcon />
                {texts.redeemNow}
              </button>
              <a class="button" href="/">{texts.home}</a>
            </p>
          </form>
        )}
    </OwnPage>
  );
}

function PollScript() {
  return (
    <Head>
      <script key="own" type="module" src={asset("/own.js")} />
    </Head>
  );
}
