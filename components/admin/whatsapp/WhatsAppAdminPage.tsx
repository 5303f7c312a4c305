import type { ComponentChildren } from "preact";
import { AdminPage } from "../AdminPage.tsx";
import { WaitingCount } from "../WaitingCount.tsx";

const HOME = "/admin/whatsapp";

/** WhatsApp pages, in the order of their navigation. */
const PLACES = [
  { href: HOME, label: "Overview" },
  { href: `${HOME}/waiting`, label: "Waiting" },
  { href: `${HOME}/people`, label: "People" },
  { href: `${HOME}/faults`, label: "Not sent" },
  { href: `${HOME}/opt-outs`, label: "Opted out" },
  { href: `${HOME}/simulator`, label: "Simulator" },
] as const;

interface WhatsAppPageProps {
  title: string;
  lead?: ComponentChildren;
  marks?: ComponentChildren;
  actions?: ComponentChildren;
  parent?: { href: string; label: string };
  /** Label of the current page in the navigation. */
  place: (typeof PLACES)[number]["label"];
  children: ComponentChildren;
}

/** A WhatsApp page with its sub-navigation. */
export function WhatsAppAdminPage({ place, children, ...page }: WhatsAppPageProps) {
  return (
    <AdminPage {...page}>
      <nav class="tabs" aria-label="WhatsApp">
        {PLACES.map(({ href, label }) => (
          <a
            key={href}
            href={href}
            aria-current={label === place ? "page" : "false"}
          >
            {label}
            {label === "Waiting" && <WaitingCount />}
          </a>
        ))}
      </nav>
      {children}
    </AdminPage>
  );
}
