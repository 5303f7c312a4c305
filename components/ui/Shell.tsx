import type { ComponentChildren } from "preact";
import { Head } from "fresh/runtime";
import { Bar } from "./Bar.tsx";
import { Foot } from "./Foot.tsx";
import { SimulatedBanner } from "./SimulatedBanner.tsx";
import { SkipLink } from "./SkipLink.tsx";
import { Styles } from "./Styles.tsx";
import { useTexts } from "./texts.ts";

interface ShellProps {
  organisation: string;
  title: string;
  simulated?: boolean;
  /** A text page, with lines of a readable length. */
  narrow?: boolean;
  /** Whether its script opens the list of tools and conversations. */
  finds?: boolean;
  /** Link back in the bar, in place of the organisation. */
  back?: ComponentChildren;
  children: ComponentChildren;
}

/** Frame of all public pages except the chat: bar, content and foot. */
export function Shell(props: ShellProps) {
  const { organisation, title, simulated = false, narrow = false, back, finds, children } = props;
  return (
    <div class={narrow ? "page narrow" : "page"}>
      <Styles sheet="/public.css" />
      <Head>
        <title>{title}</title>
      </Head>
      <SkipLink to="main">{useTexts().frame.skip}</SkipLink>
      {simulated && <SimulatedBanner />}
      <Bar organisation={organisation} back={back} finds={finds} />
      <main id="main" tabIndex={-1}>{children}</main>
      <Foot links />
    </div>
  );
}
