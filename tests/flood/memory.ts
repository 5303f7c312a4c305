/** Tracks the most file descriptors that a process has open. */
export function watchDescriptors(pid: number): { stop(): number } {
  let most = 0;
  const timer = setInterval(() => {
    most = Math.max(most, [...Deno.readDirSync(`/proc/${pid}/fd`)].length);
  }, 50);
  return {
    stop: () => {
      clearInterval(timer);
      return most;
    },
  };
}

/** Tracks a process's peak resident memory, in MB. */
export function watchMemory(pid: number): { stop(): number } {
  let most = 0;
  const look = () => {
    const found = /VmRSS:\s+(\d+)/.exec(Deno.readTextFileSync(`/proc/${pid}/status`));
    most = Math.max(most, Number(found?.[1]) / 1024);
  };
  look();
  const timer = setInterval(look, 200);
  return {
    stop: () => {
      clearInterval(timer);
      look();
      return Math.round(most);
    },
  };
}
