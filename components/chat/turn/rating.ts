/** Sends or withdraws a rating, then updates the buttons. Returns false when it failed. */
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
