/** Keeps a thumb that was pressed, or takes it back; the page shows it then. False: it was not taken. */
export async function rate(to: string, button: HTMLButtonElement): Promise<boolean> {
  const { name, value, parentElement } = button;
  const answer = await fetch(to, { method: "POST", body: new URLSearchParams([[name, value]]) })
    .catch(() => null);
  if (!answer?.ok) return false;
  parentElement?.querySelectorAll("button").forEach((each, i) => {
    const verdict = i > 0 ? "down" : "up";
    const pressed = name === verdict;
    each.name = pressed ? "none" : verdict;
    each.ariaPressed = `${pressed}`;
  });
  return true;
}
