/** Skip link: first focusable element of a page. */
export function SkipLink({ to, children }: { to: string; children: string }) {
  return <a class="skip" href={`#${to}`}>{children}</a>;
}
