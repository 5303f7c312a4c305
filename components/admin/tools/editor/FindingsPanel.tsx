import type { Finding } from "../../../../lib/shared/views/tool_admin_view.ts";

/** What the checks found, each with a link to its field. */
export function FindingsPanel({ findings }: { findings: readonly Finding[] }) {
  const errors = findings.some(({ level }) => level === "error");
  return (
    <section class={errors ? "alert bad pad findings" : "alert pad findings"} aria-label="Checks">
      <ul class="stack">
        {findings.map(({ level, field, text }) => (
          <li key={text}>
            <strong>{level === "error" ? "Must be put right:" : "Please look:"}</strong>{" "}
            <a href={`#${field}`}>{text}</a>
          </li>
        ))}
      </ul>
    </section>
  );
}
