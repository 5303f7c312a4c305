import { REPORT } from "../../../lib/locales/admin/experiments/report.ts";
import { shareOf } from "../../../lib/locales/admin/experiments/plan.ts";
import type { ArmReport, Letter } from "../../../lib/shared/views/experiment_view.ts";
import { AdminForm } from "../AdminForm.tsx";
import { AdminIcon } from "../AdminIcon.tsx";

interface ShareFormProps {
  token: string;
  arms: readonly ArmReport[];
  revision: number;
  /** What was typed and refused, by letter; null for what is stored. */
  typed: TypedShares | null;
}

export type TypedShares = Partial<Record<Letter, string>>;

/** Shares of an experiment that runs; a change moves nobody. */
export function ShareForm({ token, arms, revision, typed }: ShareFormProps) {
  return (
    <details class="sec" id="shares" open={typed !== null}>
      <summary>
        <h2>{REPORT.shares}</h2>
        <span class="meta">
          {arms.map(({ letter, share }) => `${letter} ${share}%`).join(" · ")}
        </span>
        <AdminIcon name="chevron" />
      </summary>
      <AdminForm token={token} class="pad form">
        <input type="hidden" name="revision" value={revision} />
        <p class="meta">{REPORT.sharesHint}</p>
        <div class="inline">
          {arms.map(({ letter, share }) => (
            <p key={letter} class="field">
              <label for={`${letter}.share`}>{shareOf(letter)}</label>
              <input
                class="in n"
                id={`${letter}.share`}
                name={`${letter}.share`}
                value={typed?.[letter] ?? share}
                inputmode="numeric"
                autocomplete="off"
              />
            </p>
          ))}
        </div>
        <p class="acts">
          <button class="btn" name="action" value="shares" type="submit">
            {REPORT.changeShares}
          </button>
        </p>
      </AdminForm>
    </details>
  );
}
