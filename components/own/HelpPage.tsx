import { OWN_HELP } from "../../lib/locales/own/help.ts";
import { counter } from "../../lib/locales/plurals.ts";
import { fill } from "../../lib/shared/text.ts";
import type { HelpView } from "../../lib/shared/views/own_view.ts";
import { filled } from "../ui/filled.ts";
import { PhoneIcon } from "../ui/Icons.tsx";
import { useTexts } from "../ui/texts.ts";
import { OwnPage } from "./OwnPage.tsx";

interface HelpPageProps {
  organisation: string;
  simulated: boolean;
  help: HelpView;
}

/** Keys of the chat page, in the order of their texts. */
const KEYS = [["Enter"], ["Shift", "Enter"], ["/"], ["Esc"]] as const;

/** Short help for people; what it says of their words follows the settings in force. */
export function HelpPage({ organisation, simulated, help }: HelpPageProps) {
  const { language } = useTexts();
  const texts = OWN_HELP[language];
  const { days, companies, ownServer, review } = help;
  const names = new Intl.ListFormat(language).format(companies);
  return (
    <OwnPage organisation={organisation} simulated={simulated} title={texts.title} sections>
      <section class="stack">
        <h2>{texts.how}</h2>
        <div class="prose">
          <ol>{texts.steps.map((step) => <li key={step}>{step}</li>)}</ol>
        </div>
      </section>
      <section class="stack">
        <h2>{texts.limits}</h2>
        <p>{texts.limitsAbout}</p>
      </section>
      <section class="stack">
        <h2>{texts.words}</h2>
        <div class="prose">
          <ul>
            <li>{counter(language)(days, texts.kept)}</li>
            {companies.length > 0
              ? <li>{fill(texts.company, { names })}</li>
              : <li>{ownServer ? texts.ownServer : texts.simulated}</li>}
            <li>{review === null ? texts.notRead : texts.read}</li>
            {review?.notice && <li dir="auto">{review.notice}</li>}
          </ul>
        </div>
        <p>{filled(texts.data, { data: (words) => <a href="/my-data">{words}</a> })}</p>
      </section>
      <section class="stack">
        <h2>{texts.ask}</h2>
        <Contact organisation={organisation} contact={help.contact} />
      </section>
      <section class="stack">
        <h2>{texts.keyboard}</h2>
        <dl class="facts">
          {texts.keys.map((action, i) => (
            <div key={action}>
              <dt>{action}</dt>
              <dd>
                {KEYS[i]?.map((key) => (
                  <>
                    {" "}
                    <kbd key={key}>{key}</kbd>
                  </>
                ))}
              </dd>
            </div>
          ))}
        </dl>
      </section>
    </OwnPage>
  );
}

function Contact(
  { organisation, contact }: { organisation: string; contact: HelpView["contact"] },
) {
  const texts = OWN_HELP[useTexts().language];
  if (contact === null) return <p>{fill(texts.askNobody, { organisation })}</p>;
  const { name, whatsapp, mail } = contact;
  return (
    <div class="note">
      <div>
        <b dir="auto">{name || organisation}</b>
        {name && <span dir="auto">{organisation}</span>}
        <p class="buttons">
          {whatsapp && (
            <a class="button primary" href={whatsapp} rel="noreferrer">
              <PhoneIcon />
              {texts.whatsapp}
            </a>
          )}
          {mail && <a class="button" href={`mailto:${mail}`}>{texts.mail}</a>}
        </p>
      </div>
    </div>
  );
}
