import { Shell } from "../ui/Shell.tsx";

interface ExportPageProps {
  organisation: string;
  simulated: boolean;
  /** Null when the address opens nothing (any more). */
  pass: string | null;
}

/** Gives somebody his own data, at a press of a button: what only looks at an address gets nothing. */
export function ExportPage({ organisation, simulated, pass }: ExportPageProps) {
  return (
    <Shell organisation={organisation} title="Your data" simulated={simulated}>
      <h1>Your data</h1>
      {pass === null
        ? (
          <p>
            This address has expired. Send <strong>EXPORT</strong> on WhatsApp for a new one.
          </p>
        )
        : (
          <form class="ask" method="post">
            <input type="hidden" name="pass" value={pass} />
            <p>All your conversations as one text file. Keep it where only you can read it.</p>
            <p class="choices">
              <button class="button" type="submit">Download</button>
            </p>
          </form>
        )}
    </Shell>
  );
}
