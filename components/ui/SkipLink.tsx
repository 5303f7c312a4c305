/** First stop of the keyboard on every page. */
export function SkipLink({ to, children }: { to: string; children: string }) {
  return <a class="skip" href={`#${to}`}>{children}</a>;
}
