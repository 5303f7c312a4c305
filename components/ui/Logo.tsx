import { useBrand } from "./brand.ts";

/**
 * The organisation's logo, or the default one (same drawing as static/favicon.svg).
 * Decorative: the name stands beside it.
 */
export function Logo() {
  const own = useBrand()?.logo;
  if (own) return <img class="logo" src={own.href} width={own.width} height={own.height} alt="" />;
  return (
    <svg class="logo" viewBox="0 0 32 32" aria-hidden="true">
      <path
        class="logo-bubble"
        d="M16 3a13 13 0 0 0-11.3 19.4L3.4 27a1.3 1.3 0 0 0 1.6 1.6l4.6-1.3A13 13 0 1 0 16 3z"
      />
      <path
        class="logo-spark"
        d="M16 9.2c.7 4.2 2.6 6.1 6.8 6.8-4.2.7-6.1 2.6-6.8 6.8-.7-4.2-2.6-6.1-6.8-6.8 4.2-.7 6.1-2.6 6.8-6.8z"
      />
    </svg>
  );
}
