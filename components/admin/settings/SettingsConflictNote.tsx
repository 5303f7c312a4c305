import type { SettingsConflict } from "../../../lib/shared/views/settings_view.ts";
import { When } from "../When.tsx";

interface ConflictProps {
  conflict: SettingsConflict;
  names: Readonly<Record<string, string>>;
  timeZone: string;
  path: string;
}

/** What another admin saved meanwhile: theirs beside yours. */
export function SettingsConflictNote({ conflict, names, timeZone, path }: ConflictProps) {
  const { by, at, changes } = conflict;
  return (
    <div class="alert pad" role="alert">
      <p>
        <bdi>{by}</bdi> saved these settings{" "}
        <When at={at} timeZone={timeZone} />, after you opened this page. Yours are not saved yet:
        they stand below. Saving now puts yours in the place of theirs.{" "}
        <a href={path}>Take theirs and drop mine</a>
      </p>
      {changes.length > 0 && (
        <dl class="changes">
          {changes.map(({ field, theirs, yours }) => (
            <div key={field}>
              <dt>{names[field] ?? field}</dt>
              <dd>
                Theirs: <bdi>{theirs || "(empty)"}</bdi>
                <br />
                Yours: <bdi>{yours || "(empty)"}</bdi>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
}
