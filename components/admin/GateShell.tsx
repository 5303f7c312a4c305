import type { ComponentChildren } from "preact";
import { Logo } from "../ui/Logo.tsx";

/** Frame before signing in: the organisation and one panel, which reveal nothing of the area. */
export function GateShell(props: { organisation: string; children: ComponentChildren }) {
  const { organisation, children } = props;
  return (
    <main id="main" class="gate" tabIndex={-1}>
      <a class="brand" href="/">
        <Logo />
        <span>{organisation}</span>
      </a>
      {children}
    </main>
  );
}
