import type { ComponentChildren } from "preact";
import { Head } from "fresh/runtime";
import { useBrand } from "./brand.ts";
import { Logo } from "./Logo.tsx";
import { SimulatedBanner } from "./SimulatedBanner.tsx";
import { SkipLink } from "./SkipLink.tsx";
import { useTexts } from "./texts.ts";

interface ShellProps {
  organisation: string;
  title: string;
  simulated?: boolean;
  children: ComponentChildren;
}

/** Frame of all public pages except the chat. */
export function Shell({ organisation, title, simulated = false, children }: ShellProps) {
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
