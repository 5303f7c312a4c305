import type { ComponentChildren } from "preact";
import { GOLDEN, placeText } from "../../../lib/locales/admin/experiments/golden.ts";
import type { GoldenPairView } from "../../../lib/shared/views/golden_view.ts";
import { AdminForm } from "../AdminForm.tsx";
import { AdminPage } from "../AdminPage.tsx";
import { MoreStyles } from "../MoreStyles.tsx";
import { Earlier } from "./ExampleFormPage.tsx";

interface JudgePageProps {
  token: string;
  tool: string;
  run: string;
  /** Null when all are judged. */
  pair: GoldenPairView | null;
  /** Island that lets the arrow keys press the buttons. */
  keys: ComponentChildren;
}

const FORM = "judging";

/** Two replies side by side, without a word of which is which. */
export function JudgePage({ token, tool, run, pair, keys }: JudgePageProps) {
  const back = `/admin/golden/${tool}/runs/${run}`;
  const parent = { href: `/admin/golden?tool=${tool}`, label: GOLDEN.title };
  if (pair === null) {
    return (
      <AdminPage title={GOLDEN.allJudged} parent={parent}>
        <MoreStyles />
        <AdminForm token={token} class="acts">
          <a class="btn pri" href={back}>{GOLDEN.result}</a>
          <button class="btn quiet" type="submit" name="action" value="undo">{GOLDEN.undo}</button>
        </AdminForm>
      </AdminPage>
    );
  }
  const { example, question, expects, earlier, place, total, judged, left, right } = pair;
  return (
    <AdminPage
      title={GOLDEN.which}
      parent={parent}
      lead={GOLDEN.blind}
      actions={
        <>
          <span class="meta num">{placeText(place, total)}</span>
          {pair.canUndo && (
            <button class="btn quiet" type="submit" form={FORM} name="action" value="undo">
              {GOLDEN.undo}
            </button>
          )}
          <button class="btn quiet" type="submit" form={FORM} name="action" value="skip">
            {GOLDEN.skip}
          </button>
        </>
      }
    >
      <MoreStyles />
      <div class="stack">
        <progress class="judged" max={total} value={judged}>{placeText(judged, total)}</progress>
        {earlier.length > 0 && (
          <details class="more">
            <summary>{GOLDEN.earlier}</summary>
            <Earlier earlier={earlier} />
          </details>
        )}
        <div class="ask">
          <p class="meta">{GOLDEN.asks}</p>
          <p dir="auto">
            <b>{question}</b>
          </p>
          {expects !== "" && <p class="meta" dir="auto">{expects}</p>}
        </div>
        <div class="pair">
          {[{ title: GOLDEN.leftSide, html: left }, { title: GOLDEN.rightSide, html: right }].map((
            { title, html },
          ) => (
            <section key={title} class="panel" aria-label={title}>
              <header>
                <h2>{title}</h2>
              </header>
              <div class="pad prose" dir="auto" dangerouslySetInnerHTML={{ __html: html }} />
            </section>
          ))}
        </div>
      </div>
      <AdminForm token={token} id={FORM} class="save">
        <input type="hidden" name="example" value={example} />
        <div class="trio">
          {([["left", "←"], ["same", "↓"], ["right", "→"]] as const).map(([pick, key]) => (
            <button
              key={pick}
              class={pick === "same" ? "btn" : "btn pri"}
              type="submit"
              name="action"
              value={pick}
              aria-keyshortcuts={{
                left: "ArrowLeft",
                same: "ArrowDown",
                right: "ArrowRight",
              }[pick]}
            >
              {GOLDEN[pick]} <kbd aria-hidden="true">{key}</kbd>
            </button>
          ))}
        </div>
      </AdminForm>
      {keys}
    </AdminPage>
  );
}
