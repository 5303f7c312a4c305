import { AdminIcon } from "../AdminIcon.tsx";

/** How backups are switched on, and made by a command until then. */
export function NoPlace({ keyed }: { keyed: boolean }) {
  return (
    <section class="panel">
      <div class="empty">
        <AdminIcon name="disks" />
        <p>
          <b>No place for backups is set.</b>
        </p>
        <p>
          Whoever runs this server sets it in the environment or in the file{" "}
          <code>.env</code>, and restarts. Then one is made each night.
        </p>
      </div>
      <div class="pad form">
        <pre class="settings"><code>{keyed ? PLACE : `${PLACE}\n${KEY}`}</code></pre>
        <p class="meta">
          The folder is best on another disk. <code>BACKUP_S3_URL</code>{" "}
          names a bucket in its place, or for a copy of each.{" "}
          The key encrypts the backups: keep it elsewhere too, for without it none can be restored.
        </p>
        <p>Until then, by a command on the server:</p>
        <pre class="settings"><code>{COMMANDS}</code></pre>
      </div>
    </section>
  );
}

const PLACE = "BACKUP_DIR=/var/backups/obt-helper";
const KEY = "BACKUP_KEY=a long passphrase of your own";
const COMMANDS = "deno task backup FILE\ndeno task restore FILE";
