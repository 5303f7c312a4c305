import { OWN_DEVICE } from "../../lib/locales/own/device.ts";
import { OWN_MEMORY } from "../../lib/locales/own/memory.ts";
import { OWN_MY_DATA } from "../../lib/locales/own/my_data.ts";
import { counter } from "../../lib/locales/plurals.ts";
import { dayFormat } from "../../lib/shared/formats.ts";
import { fill } from "../../lib/shared/text.ts";
import type { OwnSumsView } from "../../lib/shared/views/own_view.ts";
import { AlertIcon, BinIcon, EditIcon, ExportIcon, PhoneIcon } from "../ui/Icons.tsx";
import { useTexts } from "../ui/texts.ts";
import { OwnPage } from "./OwnPage.tsx";

interface MyDataPageProps {
  organisation: string;
  simulated: boolean;
  sums: OwnSumsView;
  /** Whether everything was just deleted. */
  deleted: boolean;
  /** When the last backup with it is gone; null without backups. */
  backupsUntil: number | null;
  /** IANA name. */
  timeZone: string;
}

/** What is kept of a person, as sums, as a file, or deleted. */
export function MyDataPage(props: MyDataPageProps) {
  const { organisation, simulated, sums, deleted, backupsUntil, timeZone } = props;
  const { language } = useTexts();
  const texts = OWN_MY_DATA[language];
  const device = OWN_DEVICE[language];
  const memory = OWN_MEMORY[language];
  const count = counter(language);
  const digits = new Intl.NumberFormat(language, { numberingSystem: "latn" });
  const { conversations, pictures, recordings, links, phone, oldestUntil } = sums;
  const facts: [name: string, value: string][] = [
    [texts.conversations, digits.format(conversations)],
    [texts.pictures, digits.format(pictures)],
    [texts.recordings, digits.format(recordings)],
    [texts.links, digits.format(links)],
    [texts.phone, phone ?? texts.none],
  ];
  if (oldestUntil !== null) {
    facts.push([texts.oldest, dayFormat(language, timeZone).format(oldestUntil)]);
  }
  return (
    <OwnPage organisation={organisation} simulated={simulated} title={texts.title} sections>
      {deleted && (
        <div class="note good" role="status">
          <div>
            <b>{texts.done}</b>
            {texts.costKept}
          </div>
        </div>
      )}
      <section class="stack">
        <h2>{texts.kept}</h2>
        <dl class="facts">
          {facts.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>
                <bdi>{value}</bdi>
              </dd>
            </div>
          ))}
        </dl>
        <p class="meta">{texts.belongs}</p>
      </section>
      <section class="stack">
        <h2>{memory.title}</h2>
        <p>{memory.about}</p>
        <p class="buttons">
          <a class="button" href="/memory">
            <EditIcon />
            {memory.see}
          </a>
        </p>
      </section>
      <section class="stack">
        <h2>{device.title}</h2>
        <p>{device.about}</p>
        <p class="buttons">
          <a class="button" href="/device">
            <PhoneIcon />
            {texts.devices}
          </a>
        </p>
      </section>
      <section class="stack">
        <h2>{texts.take}</h2>
        <p>{texts.takeAbout}</p>
        <form class="buttons" method="post" action="/my-data/export">
          <button class="button" type="submit">
            <ExportIcon />
            {texts.download}
          </button>
        </form>
      </section>
      <section class="stack">
        <h2>{texts.remove}</h2>
        <p>{texts.removeAbout}</p>
        {backupsUntil !== null && (
          <p>
            {fill(texts.backups, { date: dayFormat(language, timeZone).format(backupsUntil) })}
          </p>
        )}
        <details>
          <summary class="button danger">
            <BinIcon />
            {texts.remove} …
          </summary>
          <form class="note bad" method="post" action="/my-data/delete">
            <AlertIcon />
            <div>
              <b>{texts.forGood}</b>
              {count(sums.conversations, texts.now)}
              <p class="buttons">
                <button class="button danger" name="confirm" value="yes" type="submit">
                  {count(sums.conversations, texts.confirm)}
                </button>
                <a class="button" href="/my-data">{texts.cancel}</a>
              </p>
            </div>
          </form>
        </details>
      </section>
    </OwnPage>
  );
}
