import type { ComponentChildren } from "preact";
import { AdminIcon, type AdminIconName } from "./AdminIcon.tsx";

interface MenuEntryProps {
  icon: AdminIconName;
  children: ComponentChildren;
}

/** A link in a menu of actions. */
export function MenuLink({ href, icon, children }: MenuEntryProps & { href: string }) {
  return (
    <li>
      <a href={href}>
        <AdminIcon name={icon} />
        <span>{children}</span>
      </a>
    </li>
  );
}

interface MenuActionProps extends MenuEntryProps {
  value: string;
  id?: string;
  disabled?: boolean;
}

/** A button in a menu of actions; it submits the form around it. */
export function MenuAction({ value, icon, id, disabled, children }: MenuActionProps) {
  return (
    <li>
      <button id={id} name="action" value={value} type="submit" disabled={disabled}>
        <AdminIcon name={icon} />
        <span>{children}</span>
      </button>
    </li>
  );
}
