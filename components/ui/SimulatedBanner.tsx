/** Said on every page while no key of a provider is set. */
export function SimulatedBanner() {
  return (
    <aside class="banner" aria-label="Notice">
      <strong>Demo mode:</strong> replies are made up.
    </aside>
  );
}
