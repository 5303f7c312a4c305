import type { ComponentChildren } from "preact";
import { asset, Head } from "fresh/runtime";
import { Logo } from "../ui/Logo.tsx";
import { SimulatedBanner } from "../ui/SimulatedBanner.tsx";
import { SkipLink } from "../ui/SkipLink.tsx";
import { AdminForm } from "./AdminForm.tsx";
import { ADMIN_GROUPS, adminPageOf } from "./pages.ts";

const ACCOUNT = { href: "/admin/sessions", label: "Account" };

interface OldAdminShellProps {
  organisation: string;
  /** E-mail address of the signed-in administrator. */
  email: string;
  token: string;
  /** Path of the current page; marks the navigation. */
  path: string;
  simulated: boolean;
  children: ComponentChildren;
}

/** Frame of the pages that still have the former look; see `isRedrawn`. */
export function OldAdminShell(props: OldAdminShellProps) {
  const { organisation, email, token, path, simulated, children } = props;
  const current = adminPageOf(path);
  return (
    <div class="shell admin">
      <AdminStyles />
      <SkipLink to="main">Skip to content</SkipLink>
      {simulated && <SimulatedBanner />}
      <header class="site admin-bar">
        <a class="brand" href="/admin" aria-current="false">
          <Logo />
          <span>
            {organisation} <span class="tag">Admin</span>
          </span>
        </a>
        <div class="admin-who" data-account={email}>
          <span class="meta">{email}</span>
          <AdminForm token={token} action="/admin/logout">
            <button class="button" type="submit">Sign out</button>
          </AdminForm>
        </div>
      </header>
      <nav class="admin-nav" aria-label="Admin area">
        <ul class="links">
          {[...ADMIN_GROUPS.flatMap(({ pages }) => pages), ACCOUNT].map(({ href, label }) => (
            <li key={href}>
              <a href={href} aria-current={href === current ? "page" : "false"}>{label}</a>
            </li>
          ))}
        </ul>
      </nav>
      <main id="main" tabIndex={-1}>{children}</main>
    </div>
  );
}

/** Style sheet of the former look, added to that of all pages. */
function AdminStyles() {
  return (
    <Head>
      <link key="admin-styles" rel="stylesheet" href={asset("/admin_old.css")} />
      <meta key="robots" name="robots" content="noindex" />
    </Head>
  );
}
