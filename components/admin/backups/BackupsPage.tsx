import type { ComponentChildren } from "preact";
import {
  backupFailure,
  backupText,
  BEGUN,
  clockText,
  dayText,
  failedWhy,
  JOBS,
  provenChip,
  provenText,
  recordsText,
  sizeText,
} from "../../../lib/locales/admin/backups.ts";
import type { BackupsView } from "../../../lib/shared/views/backup_view.ts";
import { AdminForm } from "../AdminForm.tsx";
import { AdminIcon } from "../AdminIcon.tsx";
import { AdminPage } from "../AdminPage.tsx";
import { Fact } from "../costs/Fact.tsx";
import { Note } from "../Note.tsx";
import { BackupTable, type KeptBackups } from "./BackupTable.tsx";
import { NoPlace } from "./NoPlace.tsx";

export interface BackupsPageProps {
  token: string;
  timeZone: string;
  now: number;
  view: BackupsView;
  kept: KeptBackups;
  /** What was just done. */
  done: string | null;
}

interface Following {
  /** The island that follows what is under way. */
  progress?: ComponentChildren;
}

/** The backups: what was proven last, what fails, and each with its actions. */
export function BackupsPage(props: BackupsPageProps & Following) {
  const { token, view, done } = props;
  const { on, rows, job, proven } = view;
  const told = BEGUN[done ?? ""];
  return (
    <AdminPage
      title="Backups"
      marks={on && (proven === null
        ? <span class="chip warn">Never proven</span>
        : <span class="chip good">{provenChip(proven.at, props)}</span>)}
      lead="A copy of everything, each night from 02:00 on. A trial restore proves that it can be used."
      actions={on && job === null && (
        <AdminForm token={token} class="acts">
          {rows.length > 0 && (
            <button class="btn" name="action" value="prove" type="submit">Prove now</button>
          )}
          <button class="btn pri" name="action" value="make" type="submit">Back up now</button>
        </AdminForm>
      )}
    >
      {told !== undefined && <Note good>{told}</Note>}
      {on ? <Placed {...props} /> : <NoPlace keyed={view.keyed} />}
    </AdminPage>
  );
}

function Placed({ token, view, kept, progress, ...where }: BackupsPageProps & Following) {
  const { rows, job, keyed, inBucket, fault } = view;
  return (
    <div class="stack">
      {job !== null && (
        <div class="panel pad">
          {progress ?? <p class="meta">{JOBS[job]}</p>}
          <p>
            <a href="/admin/backups">Look again</a>
          </p>
        </div>
      )}
      <Failed view={view} {...where} />
      <Restored view={view} {...where} />
      <Figures view={view} {...where} />
      {fault !== null && (
        <p class="alert bad">
          <AdminIcon name="alert" />
          <span class="g">
            <b>The backups cannot be listed.</b> {failedWhy(fault)}
          </span>
        </p>
      )}
      {!inBucket && (
        <p class="alert">
          <AdminIcon name="alert" />
          <span class="g">
            <b>All backups lie on this machine.</b> If its disk fails they are gone too. {keyed
              ? "Set BACKUP_S3_URL, or download one now and then and keep it elsewhere."
              : "Set BACKUP_KEY: none leaves the machine without the key that encrypts it."}
          </span>
        </p>
      )}
      {fault !== null ? null : rows.length === 0
        ? (
          <section class="panel">
            <div class="empty">
              <AdminIcon name="disks" />
              <p>
                <b>There is no backup yet.</b>
              </p>
              <p>The first one is made tonight, or now by the button above.</p>
            </div>
          </section>
        )
        : <BackupTable token={token} rows={rows} busy={job !== null} kept={kept} {...where} />}
    </div>
  );
}

interface Part {
  view: BackupsView;
  timeZone: string;
  now: number;
}

function Failed({ view: { failed, proven }, ...where }: Part) {
  if (failed === null) return null;
  const name = (at: number | null) => at === null ? null : backupText(at, where);
  const { what, then } = backupFailure(failed.code, name(failed.of), name(proven?.of ?? null));
  return (
    <p class="alert bad">
      <AdminIcon name="alert" />
      <span class="g">
        <b>{what}</b> {failedWhy(failed.why)} {then}
      </span>
    </p>
  );
}

/** The last restore, for a day. */
function Restored({ view: { restored }, ...where }: Part) {
  if (restored === null || where.now - restored.at > 24 * 60 * 60_000) return null;
  return (
    <p class="alert good">
      <AdminIcon name="check" />
      <span class="g">
        <b>
          The backup {restored.of !== null && `of ${backupText(restored.of, where)} `}is restored.
        </b>{" "}
        {recordsText(restored.records)}, {backupText(restored.at, where)}, by{" "}
        <bdi>{restored.by}</bdi>. What was there before is the backup that was made then.
      </span>
    </p>
  );
}

function Figures({ view: { proven, rows, failed, inFolder, inBucket }, ...where }: Part) {
  const [newest] = rows;
  const day = (at: number) => {
    const text = dayText(at, where);
    return text.slice(0, 1).toUpperCase() + text.slice(1);
  };
  return (
    <dl class="figs three">
      <Fact name="Last proven restore" value={proven === null ? "–" : day(proven.at)}>
        {proven === null ? "No backup has been proven yet." : provenText(proven)}
      </Fact>
      <Fact
        name="Newest backup"
        value={newest === undefined ? "–" : clockText(newest.at, where)}
        of={newest && dayText(newest.at, where)}
      >
        {newest === undefined ? "None has been made yet." : [
          ...newest.records === null ? [] : [recordsText(newest.records)],
          sizeText(newest.bytes),
        ]
          .join(", ")}
      </Fact>
      {inBucket
        ? (
          <Fact
            name="Kept elsewhere"
            value={failed?.code === "not_copied" ? "Not the newest" : "All"}
          >
            {inFolder ? "In the bucket, beside those here." : "In the bucket; none lie here."}
          </Fact>
        )
        : (
          <Fact name="Kept elsewhere" value="None">
            Only what you download yourself.
          </Fact>
        )}
    </dl>
  );
}
