import { filled } from "../ui/filled.ts";
import { Shell } from "../ui/Shell.tsx";
import { useTexts } from "../ui/texts.ts";

interface ExportPageProps {
  organisation: string;
  simulated: boolean;
  /** Null for an expired or unknown link. */
  pass: string | null;
}

/** Download of a person's own data. Needs a POST, so that link previews do not use up the pass. */
export function ExportPage({ organisation, simulated, pass }: ExportPageProps) {
  const texts = useTexts().dataExport;
  return (
    <Shell organisation={organisation} title={texts.title} simulated={simulated} narrow>
      <h1 class="lead">{texts.title}</h1>
      {pass === null
        ? <p>{filled(texts.expired, { command: (words) => <strong>{words}</strong> })}</p>
        : (
          <form class="stack" method="post">
            <input type="hidden" name="pass" value={pass} />
            <p>{texts.about}</p>
            <p class="buttons">
              <button class="button primary" type="submit">{texts.download}</button>
            </p>
          </form>
        )}
    </Shell>
  );
}
