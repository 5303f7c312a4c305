const KEYS = [
  ["Enter", "Send the message"],
  ["Shift + Enter", "New line (on touch screens: Enter)"],
  ["Esc", "Stop the reply, or leave editing"],
  ["/", "Go to the message field"],
  ["?", "Show these shortcuts"],
] as const;

/** Opened by script only; without it there are no shortcuts to show. */
export function ShortcutsDialog() {
  return (
    <dialog id="shortcuts" aria-labelledby="shortcuts-title">
      <h2 id="shortcuts-title">Keyboard shortcuts</h2>
      <dl>
        {KEYS.map(([key, does]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <form method="dialog">
        <button type="submit" class="button">Close</button>
      </form>
    </dialog>
  );
}
