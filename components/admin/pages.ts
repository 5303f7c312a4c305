interface AdminPlace {
  href: string;
  label: string;
  /** Further paths under the same entry, with a sub-navigation of their own. */
  also?: readonly string[];
}

/** Entries of the admin navigation, in order. */
export const ADMIN_PAGES: readonly AdminPlace[] = [
  { href: "/admin", label: "Overview" },
  { href: "/admin/costs", label: "Costs" },
  { href: "/admin/tools", label: "Tools" },
  { href: "/admin/conversations", label: "Conversations" },
  { href: "/admin/whatsapp", label: "WhatsApp" },
  {
    href: "/admin/settings",
    label: "Settings",
    also: ["/admin/limits", "/admin/prices", "/admin/alerts"],
  },
  { href: "/admin/audit", label: "Audit" },
  { href: "/admin/sessions", label: "Sessions" },
];

/** The entry of a path, or null. */
export function adminPageOf(path: string): string | null {
  const found = ADMIN_PAGES.findLast(({ href, also = [] }) =>
    [href, ...also].some((place) =>
      path === place || (place !== "/admin" && path.startsWith(`${place}/`))
    )
  );
  return found?.href ?? null;
}
