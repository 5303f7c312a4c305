import type { ComponentChildren } from "preact";
import { asset, Head } from "fresh/runtime";
import { Shell } from "../ui/Shell.tsx";

interface OwnPageProps {
  organisation: string;
  simulated: boolean;
  title: string;
  /** A text in sections. */
  sections?: boolean;
  children: ComponentChildren;
}

/** A page about a person's own conversations and data, with its own sheet after the common one. */
export function OwnPage({ organisation, simulated, title, sections, children }: OwnPageProps) {
  return (
    <Shell
      organisation={organisation}
      title={`${title} · ${organisation}`}
      simulated={simulated}
      narrow
    >
      <OwnStyles />
      <h1 class="lead">{title}</h1>
      {sections ? <div class="text">{children}</div> : children}
    </Shell>
  );
}

export function OwnStyles() {
  return (
    <Head>
      <link key="own" rel="stylesheet" href={asset("/own.css")} />
    </Head>
  );
}
