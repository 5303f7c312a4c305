import { dateTimeFormat } from "../../lib/shared/formats.ts";
import { fill } from "../../lib/shared/text.ts";
import { filled } from "../ui/filled.ts";
import { AlertIcon, PhoneIcon } from "../ui/Icons.tsx";
import { useTexts } from "../ui/texts.ts";
import type { LinkView, MirrorView } from "../../lib/shared/views/link_view.ts";

interface LinkedProps {
  path: string;
  linked: NonNullable<LinkView["linked"]>;
  costs: LinkView["costs"];
  timeZone: string;
}

/** An existing link: the phone, the mirror setting, and Unlink. */
export function Linked({ path, linked, costs, timeZone }: LinkedProps) {
  const { phone, since, mirror, silent } = linked;
  const { language, meter, link: { linked: texts } } = useTexts();
  const at = dateTimeFormat(language, timeZone);
  const choices: [MirrorView, cost: string | null][] = [
    ["reply", costs.reply],
    ["both", costs.both],
    ["off", ""],
  ];
  return (
    <>
      <div class="note good" role="status">
        <PhoneIcon />
        <div>
          {filled(texts.since, {
            phone: <bdi dir="ltr">{phone}</bdi>,
            time: <time dateTime={new Date(since).toISOString()}>{at.format(since)}</time>,
          })}
        </div>
      </div>
      {silent && (
        <div class="note warn">
          <AlertIcon />
          <div>{texts.silent[silent]}</div>
        </div>
      )}
      <section>
        <form class="stack" method="post" action={path}>
          <fieldset class="stack">
            <legend>{texts.mirror}</legend>
            {choices.map(([value, cost]) => (
              <label key={value} class="option">
                <input type="radio" name="mirror" value={value} checked={value === mirror} />
                <span>
                  {texts.choices[value][0]}
                  <span class="meta">
                    {fill(texts.choices[value][1], { cost: cost ?? meter.cheap })}
                  </span>
                </span>
              </label>
            ))}
          </fieldset>
          <p class="meta">{texts.about}</p>
          <p class="buttons">
            <button class="button primary" name="action" value="mirror" type="submit">
              {texts.save}
            </button>
          </p>
        </form>
      </section>
      <section>
        <form class="stack" method="post" action={path}>
          <h2>{texts.unlinkTitle}</h2>
          <p>{texts.unlinkAbout}</p>
          <p class="buttons">
            <button class="button danger" name="action" value="unlink" type="submit">
              {texts.unlink}
            </button>
          </p>
        </form>
      </section>
    </>
  );
}
