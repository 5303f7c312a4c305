import type { ComponentChildren } from "preact";
import { SimulatedBanner } from "../ui/SimulatedBanner.tsx";
import { SkipLink } from "../ui/SkipLink.tsx";
import { AdminIcon } from "./AdminIcon.tsx";
import { WaitingPeopleContext } from "./WaitingCount.tsx";
import { Initials, SideNav } from "./SideNav.tsx";

interface AdminShellProps {
  organisation: string;
  /** E-mail address of the signed-in administrator. */
  email: string;
  token: string;
  /** Path of the current page; marks the navigation. */
  path: string;
  /** Number of people who wait on WhatsApp. */
  waiting: number;
  simulated: boolean;
  children: ComponentChildren;
}

/** Frame of the signed-in admin area: navigation, account and sign-out. */
export function AdminShell({ simulated, waiting, children, ...nav }: AdminShellProps) {
  return (
    <WaitingPeopleContext.Provider value={waiting}>
      <SkipLink to="main">Skip to content</SkipLink>
      <div class="app">
        <header class="top">
          <button class="icon-btn" type="button" popovertarget="nav">
            <AdminIcon name="menu" />
            <span class="sr">Menu</span>
          </button>
          <strong>{nav.organisation}</strong>
          <a class="icon-btn" href="/admin/sessions">
            <Initials email={nav.email} />
            <span class="sr">Account of {nav.email}</span>
          </a>
        </header>
        <SideNav {...nav} />
        <div class="body">
          {simulated && <SimulatedBanner />}
          <main id="main" class="page" tabIndex={-1}>{children}</main>
        </div>
      </div>
    </WaitingPeopleContext.Provider>
  );
}
