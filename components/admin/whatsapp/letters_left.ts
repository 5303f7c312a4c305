/** Below so many it is also said to who does not see it. */
const FEW = 50;

/** Says beside a field how many characters it still takes, from now on. Returns how to end that. */
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
