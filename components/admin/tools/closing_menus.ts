/** Closes an open menu by Escape and by a press outside it. Returns the disposer. */
export function closingMenus(): () => void {
  const listening = new AbortController();
  const { signal } = listening;
  const open = () => document.querySelector<HTMLDetailsElement>("details.menu[open]");

  document.addEventListener("keydown", ({ key }) => {
    const menu = key === "Escape" ? open() : null;
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary")?.focus();
  }, { signal });
  document.addEventListener("click", ({ target }) => {
    const menu = open();
    if (menu && !(target instanceof Node && menu.contains(target))) menu.open = false;
  }, { signal });
  return () => listening.abort();
}
