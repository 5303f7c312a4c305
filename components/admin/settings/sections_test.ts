import { DEFAULT_SETTINGS } from "../../../lib/settings/rules/settings.ts";
import { settingsFieldsOf } from "../../../lib/settings/rules/settings_form.ts";
import { assertEquals } from "../../../tests/support/assert.ts";
import { changesIn, SECTIONS, sentSettings } from "./sections.ts";

const was = settingsFieldsOf(DEFAULT_SETTINGS);
const sent = sentSettings(was);

Deno.test("changesIn() counts changed fields and names their sections once", () => {
  assertEquals(changesIn(was, sent), "");
  assertEquals(changesIn(was, { ...sent, tagline: " " }), "");
  assertEquals(changesIn(was, { ...sent, tagline: "x" }), "1 change in Texts.");
  assertEquals(
    changesIn(was, { ...sent, name: "A", picked: "#ffffff", pickedFrom: "#000000", shares: "50" }),
    "3 changes in Organisation and Alerts.",
  );
  assertEquals(
    changesIn(was, { ...sent, name: "A", review: was.review ? "" : "on", retentionDays: "1" }),
    "3 changes in Organisation, Quality review and Retention.",
  );
});

Deno.test("SECTIONS have every setting once, besides the limits", () => {
  const names: string[] = SECTIONS.flatMap(({ fields }) => [...fields]);
  assertEquals(new Set(names).size, names.length);
  assertEquals(
    Object.keys(was).filter((name) =>
      !names.includes(name) && !/Per|Share$|Ceiling$|^mediaMegabytes$/.test(name)
    ),
    [],
  );
});
