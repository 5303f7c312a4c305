/** Said on every page while no key of a provider is set. */
export function SimulatedBanner() {
  return (
    <aside class="banner" aria-label="Notice">
      <strong>No AI key is set:</strong> replies are simulated.
    </aside>
  );
}
