const POLL_MS = 2_000;

/**
 * Follows a run by its address while the page is seen: the text of its progress, then its end.
 * Returns a function that stops it.
 */
export function followRun(
  from: string,
  { progressed, ended }: { progressed: (text: string) => void; ended: () => void },
): () => void {
  const timer = setInterval(async () => {
    if (document.hidden) return;
    const headers = { accept: "application/json" };
    const response = await fetch(from, { headers }).catch(() => null);
    // Signed out meanwhile: the page loads again as the sign-in.
    if (response?.status === 401) return ended();
    if (!response?.ok) return;
    const { running, progress } = await response.json();
    if (running !== true) ended();
    else if (typeof progress === "string") progressed(progress);
  }, POLL_MS);
  return () => clearInterval(timer);
}
