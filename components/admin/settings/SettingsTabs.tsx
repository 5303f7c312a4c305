const TABS = [
  { href: "/admin/settings", label: "Settings" },
  { href: "/admin/limits", label: "Limits" },
  { href: "/admin/prices", label: "Prices" },
  { href: "/admin/alerts", label: "Alerts" },
  { href: "/admin/kept", label: "Kept data" },
] as const;

/** Navigation between the settings pages. */
export function SettingsTabs({ current }: { current: (typeof TABS)[number]["href"] }) {
  return (
    <nav class="tabs" aria-label="Settings">
      {TABS.map(({ href, label }) => (
        <a
          key={href}
          href={href}
          aria-current={href === current ? "page" : "false"}
        >
          {label}
        </a>
      ))}
    </nav>
  );
}
