/* Copies a link: for buttons with `data-copies`, the id of a field, which appear with a script. */
for (const button of document.querySelectorAll("[data-copies]")) {
  const field = document.getElementById(button.dataset.copies);
  const label = button.querySelector("span");
  if (!(field instanceof HTMLInputElement) || !label) continue;
  label.setAttribute("role", "status");
  const words = label.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    field.select();
    try {
      // Pages without https have no clipboard.
      await navigator.clipboard.writeText(field.value);
    } catch {
      if (!document.execCommand("copy")) return;
    }
    button.focus();
    label.textContent = button.dataset.done;
    setTimeout(() => label.textContent = words, 2000);
  });
}

/* Goes on to `data-next` when its `?waiting` answers 200. */
const waiting = document.querySelector("[data-next]");
if (waiting) {
  const { next } = waiting.dataset;
  setInterval(async () => {
    try {
      if ((await fetch(`${next}?waiting`)).status === 200) location.href = next;
    } catch {
      // The next try may reach the server.
    }
  }, 3000);
}

/* Escape closes a menu, and the focus goes back to its button. */
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && document.querySelector("details.pop[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
