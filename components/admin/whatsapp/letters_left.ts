/** From here on screen readers hear the count. */
const FEW = 50;

/** Shows beside a field how many characters are left. Returns the disposer. */
export function lettersLeft(field: string, place: string): (() => void) | undefined {
  const input = document.getElementById(field);
  const output = document.getElementById(place);
  if (!(input instanceof HTMLTextAreaElement) || output === null) return undefined;
  const say = () => {
    const left = input.maxLength - input.value.length;
    output.setAttribute("aria-live", left < FEW ? "polite" : "off");
    output.textContent = left === 1 ? "1 character left." : `${left} characters left.`;
  };
  say();
  input.addEventListener("input", say);
  return () => input.removeEventListener("input", say);
}
