import type { ComponentChildren } from "preact";
import { Head } from "fresh/runtime";
import { useBrand } from "../ui/brand.ts";
import { Logo } from "../ui/Logo.tsx";
import { SimulatedBanner } from "../ui/SimulatedBanner.tsx";
import { SkipLink } from "../ui/SkipLink.tsx";
import { useTexts } from "../ui/texts.ts";

interface SignedOutShellProps {
  organisation: string;
  title: string;
  simulated?: boolean;
  children: ComponentChildren;
}

/** Frame of the admin pages before sign-in. */
export function SignedOutShell(
  { organisation, title, simulated = false, children }: SignedOutShellProps,
) {
  const notice = useBrand()?.notice;
  const texts = useTexts().frame;
  return (
    <div class="shell">
      <Head>
        <title>{title}</title>
      </Head>
      <SkipLink to="main">{texts.skip}</SkipLink>
      {simulated && <SimulatedBanner />}
      <header class="site">
        <a class="brand" href="/">
          <Logo />
          <span>{organisation}</span>
        </a>
      </header>
      <main id="main" tabIndex={-1}>{children}</main>
      <footer class="site">
        {notice ? <p dir="auto">{notice}</p> : <p>{texts.notice}</p>}
      </footer>
    </div>
  );
}
