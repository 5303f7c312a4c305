import { Logo } from "../ui/Logo.tsx";
import { AdminForm } from "./AdminForm.tsx";
import { AdminIcon } from "./AdminIcon.tsx";
import { WaitingCount } from "./WaitingCount.tsx";
import { ADMIN_GROUPS, adminPageOf } from "./pages.ts";

interface SideNavProps {
  organisation: string;
  /** E-mail address of the signed-in administrator. */
  email: string;
  token: string;
  /** Path of the current page; marks its entry. */
  path: string;
}

/** The area's pages in groups, and the account: a sidebar, on small screens a popover. */
export function SideNav({ organisation, email, token, path }: SideNavProps) {
  const current = adminPageOf(path);
  return (
    <nav class="side" id="nav" popover="auto" aria-label="Admin area" data-account={email}>
      <a class="brand" href="/admin" aria-current="false">
        <Logo />
        <span>{organisation}</span>
      </a>
      {ADMIN_GROUPS.map(({ title, pages }, i) => (
        <div key={i}>
          {title !== null && <h2 id={`nav-${i}`}>{title}</h2>}
          <ul aria-labelledby={title === null ? undefined : `nav-${i}`}>
            {pages.map(({ href, label, icon }) => (
              <li key={href}>
                <a href={href} aria-current={href === current ? "page" : "false"}>
                  <AdminIcon name={icon} />
                  {label}
                  {href === "/admin/whatsapp" && <WaitingCount />}
                </a>
              </li>
            ))}
          </ul>
        </div>
      ))}
      <div class="who">
        <Initials email={email} />
        <div>
          <span class="name">{email}</span>
          <a class="meta" href="/admin/sessions">Account</a>
        </div>
        <AdminForm token={token} action="/admin/logout">
          <button class="icon-btn" type="submit">
            <AdminIcon name="signOut" />
            <span class="sr">Sign out</span>
          </button>
        </AdminForm>
      </div>
    </nav>
  );
}

/** One or two letters that stand for an account. */
export function Initials({ email }: { email: string }) {
  const words = (email.split("@")[0] ?? "").split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const letters = words.slice(0, 2).map((word) => word.slice(0, 1)).join("");
  return <span class="ava" aria-hidden="true">{letters.toUpperCase()}</span>;
}
