/**
 * Copies a text as the browser's own command does: for pages that are not from https,
 * such as those of a server in a local network.
 * @throws {Error} when the browser does not do it.
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
