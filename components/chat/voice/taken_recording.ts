let leave: (() => void) | null = null;

/**
 * Takes a tool's recording for this page, so that no second one sends it too; false while another
 * page has it. A page that is closed or killed leaves it.
 */
export async function takeRecording(toolId: string): Promise<boolean> {
  // Without locks there is no microphone either: both need a secure page.
  if (leave !== null || !("locks" in navigator)) return true;
  return await new Promise((resolve) => {
    const options = { ifAvailable: true };
    navigator.locks.request(`voice:${toolId}`, options, (lock) => {
      resolve(lock !== null);
      return lock && new Promise<void>((done) => leave = done);
    }).catch(() => resolve(true));
  });
}

export function leaveRecording(): void {
  leave?.();
  leave = null;
}
