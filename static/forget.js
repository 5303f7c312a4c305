/*
 * Clears what this browser keeps, where the server says that it belongs to nobody here any longer:
 * Clear-Site-Data does so over https only. Before the page's other scripts, which read it.
 */
(async () => {
  // A page that was kept does not do so again.
  if (!/(^|; )forget=1/.test(document.cookie)) return;
  try {
    localStorage.clear();
    sessionStorage.clear();
  } catch {
    // Without storage nothing was kept in it.
  }
  const removed = (name) =>
    new Promise((done) => {
      const removing = indexedDB.deleteDatabase(name);
      // Another page has it open: it is removed once that page is closed.
      removing.onsuccess = removing.onerror = removing.onblocked = done;
    });
  const unregister = async () => {
    const workers = await navigator.serviceWorker?.getRegistrations() ?? [];
    await Promise.all(workers.map((worker) => worker.unregister()));
    // Both are for pages over https only.
    const names = await globalThis.caches?.keys() ?? [];
    await Promise.all(names.map((name) => caches.delete(name)));
  };
  await Promise.allSettled([removed("outbox"), removed("recordings"), unregister()]);
  document.cookie = "forget=; Path=/; Max-Age=0";
})();
