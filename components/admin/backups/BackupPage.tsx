import {
  backupText,
  JOBS,
  provenChip,
  recordsText,
  sizeText,
} from "../../../lib/locales/admin/backups.ts";
import type { BackupJob } from "../../../lib/shared/backup_codes.ts";
import type { BackupRow, SinceBackup } from "../../../lib/shared/views/backup_view.ts";
import { AdminForm } from "../AdminForm.tsx";
import { AdminPage } from "../AdminPage.tsx";
import { Note } from "../Note.tsx";

const PARENT = { href: "/admin/backups", label: "Backups" };

export interface BackupPageProps {
  token: string;
  timeZone: string;
  now: number;
  row: BackupRow;
  since: SinceBackup;
  job: BackupJob | null;
  /** Whether it is the only one that is proven. */
  onlyProven: boolean;
  organisation: string;
  /** The typed name of the organisation. */
  sure: string;
  /** Why nothing was changed, and the field that it is about. */
  refusal: { field: "sure" | "password" | null; text: string } | null;
}

/** One backup: restores it in place of the store, or deletes it. */
export function BackupPage(props: BackupPageProps) {
  const { row, job, refusal, ...where } = props;
  const facts = [
    ...row.records === null ? [] : [recordsText(row.records)],
    sizeText(row.bytes),
    row.encrypted ? "encrypted" : "not encrypted",
  ];
  return (
    <AdminPage
      title={`Backup of ${backupText(row.at, where)}`}
      parent={PARENT}
      marks={row.provenAt === null
        ? <span class="chip warn">Not proven</span>
        : <span class="chip good">{provenChip(row.provenAt, where)}</span>}
      lead={`${facts.join(", ")}.`}
      actions={row.encrypted && (
        <a class="btn" href={`/admin/backups/${row.name}/download`}>Download</a>
      )}
    >
      {refusal !== null && <Note good={false} id="refusal">{refusal.text}</Note>}
      <div class="stack">
        <section class="panel" aria-labelledby="restore">
          <header>
            <h2 id="restore" tabIndex={-1}>Restore</h2>
          </header>
          <div class="pad form">
            {job === null ? <RestoreForm {...props} /> : <p>{JOBS[job]}</p>}
          </div>
        </section>
        <section class="panel" aria-labelledby="delete">
          <header>
            <h2 id="delete" tabIndex={-1}>Delete</h2>
          </header>
          <DeleteForm {...props} />
        </section>
      </div>
    </AdminPage>
  );
}

function RestoreForm(
  { token, row, since, organisation, sure, refusal, ...where }: BackupPageProps,
) {
  const described = (field: "sure" | "password", hint?: string) => ({
    "aria-describedby": [...refusal?.field === field ? ["refusal"] : [], ...hint ? [hint] : []]
      .join(" ") || undefined,
    "aria-invalid": refusal?.field === field ? ("true" as const) : undefined,
  });
  return (
    <>
      <p>
        Everything since {backupText(row.at, where)} is replaced:{" "}
        <b>{lost(since)}</b>. Budgets no longer count what was spent since then, and API keys that
        were made or replaced since then no longer work.
      </p>
      <p>
        A backup of now is made first, so you can go back. Replies that are being written end with
        an error, messages of the last seconds are lost, and everybody in the admin area signs in
        again.
      </p>
      {/* Its own address: with the fragment of this page's the refusal would not get the focus. */}
      <AdminForm token={token} action={`/admin/backups/${row.name}`} class="form">
        <div class="field">
          <label for="sure">Type the name of the organisation</label>
          <input
            {...described("sure", "sure-hint")}
            class="in"
            id="sure"
            name="sure"
            value={sure}
            autocomplete="off"
            maxLength={200}
            required
          />
          <p class="hint" id="sure-hint">
            It is <b dir="auto">{organisation}</b>.
          </p>
        </div>
        <label class="field">
          <span>Your admin password</span>
          <input
            {...described("password")}
            class="in"
            type="password"
            name="password"
            autocomplete="current-password"
            maxLength={1000}
            required
          />
        </label>
        <div class="acts">
          <button class="btn danger" name="action" value="restore" type="submit">
            Restore this backup
          </button>
          <a class="btn" href="/admin/backups">Cancel</a>
        </div>
      </AdminForm>
    </>
  );
}

function lost({ conversations, changes }: SinceBackup): string {
  const count = (n: number, one: string, more: string) =>
    n === 1 ? `1 ${one}` : `${new Intl.NumberFormat("en").format(n)} ${more}`;
  return `messages of ${count(conversations, "conversation", "conversations")} and ${
    count(changes, "change", "changes")
  } in the admin area`;
}

function DeleteForm({ token, job, onlyProven }: BackupPageProps) {
  return (
    <div class="pad form">
      <p class="meta">
        The file is deleted from this machine and cannot be brought back.
        {onlyProven && " No other backup is proven."}
      </p>
      <AdminForm token={token} class="acts">
        <button
          class="btn danger"
          name="action"
          value="remove"
          type="submit"
          disabled={job !== null}
        >
          Delete this backup
        </button>
      </AdminForm>
    </div>
  );
}
