import { counter } from "../../lib/locales/plurals.ts";
import { filled } from "../ui/filled.ts";
import { useTexts } from "../ui/texts.ts";
import type { LinkView } from "../../lib/shared/views/link_view.ts";

interface LinkByNumberProps {
  path: string;
  sent: LinkView["sent"];
  /** Name of the invalid field. */
  refused: string | null;
}

/** Linking by a code sent to a phone with an open window, typed here. */
export function LinkByNumber({ path, sent, refused }: LinkByNumberProps) {
  const { language, link: { byNumber: texts } } = useTexts();
  const scan = (words: string) => <a href={path}>{words}</a>;
  return (
    <>
      {sent && (
        <section>
          <form class="stack" method="post" action={`${path}?way=number`}>
            <h2>{texts.enterCode}</h2>
            <p>
              {filled(counter(language)(minutes(sent.leftMs), texts.sent), {
                phone: sent.phone,
                scan,
              })}
            </p>
            <label for="code">{texts.code}</label>
            <input
              class="field link-code"
              id="code"
              name="code"
              required
              maxLength={40}
              placeholder="2345-ABCD"
              autocomplete="one-time-code"
              autocapitalize="characters"
              spellcheck={false}
              {...invalid(refused === "code")}
            />
            <p class="buttons">
              <button class="button primary" name="action" value="verify" type="submit">
                {texts.link}
              </button>
            </p>
          </form>
        </section>
      )}
      <section>
        <form class="stack" method="post" action={`${path}?way=number`}>
          <h2>{sent ? texts.titleAgain : texts.title}</h2>
          {!sent && <p>{filled(texts.about, { scan })}</p>}
          <label for="phone">{texts.phone}</label>
          <input
            class="field"
            id="phone"
            name="phone"
            type="tel"
            required
            maxLength={40}
            placeholder="+41 79 123 45 67"
            autocomplete="tel"
            {...invalid(refused === "phone")}
          />
          <p class="buttons">
            <button
              class={sent ? "button" : "button primary"}
              name="action"
              value="send"
              type="submit"
            >
              {texts.send}
            </button>
            {!sent && <a class="button" href={path}>{texts.back}</a>}
          </p>
        </form>
      </section>
    </>
  );
}

function minutes(ms: number): number {
  return Math.max(1, Math.ceil(ms / 60_000));
}

function invalid(is: boolean) {
  return is ? { "aria-invalid": "true" as const } : {};
}
