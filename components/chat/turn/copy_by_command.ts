/**
 * Copies text with the deprecated `execCommand`: pages without https have no clipboard API.
 * @throws {Error} when the browser refuses.
 */
export function copyByCommand(text: string): void {
  const focused = document.activeElement;
  const field = document.createElement("textarea");
  field.value = text;
  field.readOnly = true;
  field.className = "sr";
  document.body.append(field);
  field.select();
  const copied = document.execCommand("copy");
  field.remove();
  if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
  if (!copied) throw new Error("The browser did not copy");
}
