import type { ComponentChildren } from "preact";
import {
  draftAboutText,
  draftButton,
  draftSentence,
  GOLDEN,
  progressText,
  stopText,
} from "../../../lib/locales/admin/experiments/golden.ts";
import type { DraftGoldenView } from "../../../lib/shared/views/golden_view.ts";
import { AdminIcon } from "../AdminIcon.tsx";
import { MoreStyles } from "../MoreStyles.tsx";

interface GoldenPanelProps {
  tool: string;
  /** Id of the editor's form: a run is of the draft as it stands there. */
  form: string;
  view: DraftGoldenView;
  /** Island that follows the run, and the draft since. */
  following: ComponentChildren;
}

/** The golden conversations' word about a draft, in its editor. */
export function GoldenPanel({ tool, form, view, following }: GoldenPanelProps) {
  const { examples, cost, model, run } = view;
  const list = `/admin/golden?tool=${tool}`;
  const href = run && `/admin/golden/${tool}/runs/${run.id}`;
  const again = run !== null;
  const isRunning = run?.state === "running";
  const worse = run?.rows.filter(({ comparison }) => comparison === "worse") ?? [];
  return (
    <section class="panel" aria-labelledby="golden-title">
      <MoreStyles />
      <header>
        <h2 id="golden-title">{GOLDEN.draft}</h2>
      </header>
      <div class="pad word">
        {examples === 0 && (
          <p>
            {GOLDEN.draftNone} <a href={`/admin/golden/${tool}/new`}>{GOLDEN.write}</a>
          </p>
        )}
        {run && (
          <>
            <p class={run.summary.worse > 0 ? "bad-t" : undefined}>
              <b>{isRunning ? progressText(run) : draftSentence(run.summary)}</b>
            </p>
            <p class="meta">{stopText(run)} {draftAboutText(run)}</p>
            <input type="hidden" form={form} name="golden-run" value={run.id} />
          </>
        )}
        {following}
      </div>
      {href && worse.length > 0 && (
        <ul class="rows">
          {worse.map(({ example, question, why }) => (
            <li key={example}>
              <a class="row" href={`${href}/judge?example=${example}`}>
                <span class="g">
                  <b class="cut" dir="auto">{question}</b>
                  {why !== "" && <span class="meta" dir="auto">{why}</span>}
                </span>
                <AdminIcon name="next" />
              </a>
            </li>
          ))}
        </ul>
      )}
      {examples > 0 && (
        <div class="foot">
          <input type="hidden" form={form} name="golden-priced" value={model} />
          <button
            class="btn"
            type="submit"
            form={form}
            formNoValidate
            name="golden"
            value={isRunning ? "look" : "run"}
          >
            {isRunning ? GOLDEN.look : draftButton(examples, cost, again)}
          </button>
          {href
            ? <a href={`${href}/judge`}>{GOLDEN.judgeBlind}</a>
            : <a href={list}>{GOLDEN.title}</a>}
        </div>
      )}
    </section>
  );
}
