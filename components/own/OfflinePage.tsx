import { OWN_OFFLINE } from "../../lib/locales/own/offline.ts";
import { AgainIcon } from "../ui/Icons.tsx";
import { useTexts } from "../ui/texts.ts";
import { OwnPage } from "./OwnPage.tsx";

/**
 * Shown by the service worker in place of a page that it can neither load nor has kept. It fills the
 * list, and takes its notes on kept pages from `data-texts`.
 */
export function OfflinePage({ organisation }: { organisation: string }) {
  const { title, about, again, onDevice, kept, read, waiting } = OWN_OFFLINE[useTexts().language];
  const texts = { lead: `${title}.`, again, kept, read, waiting };
  return (
    <OwnPage organisation={organisation} simulated={false} title={title} sections>
      <div class="stack">
        <p>{about}</p>
        <p>
          <a class="button" href="">
            <AgainIcon />
            {again}
          </a>
        </p>
      </div>
      <section class="stack" id="kept">
        <h2>{onDevice}</h2>
        <ul id="kept-pages" class="cards list" data-texts={JSON.stringify(texts)} />
      </section>
    </OwnPage>
  );
}
