/** A person's choices about voice: cookies, which the settings page writes too. */
const AT_ONCE = "voice-at-once";
const ALOUD = "read-aloud";
const YEAR_SECONDS = 365 * 24 * 60 * 60;

/** Whether the person wants texts to be sent without checking them. */
export function sendsAtOnce(): boolean {
  return isChosen(AT_ONCE);
}

export function setSendsAtOnce(on: boolean): void {
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `${AT_ONCE}=${on ? 1 : ""}; Path=/; SameSite=Lax; Max-Age=${
    on ? YEAR_SECONDS : 0
  }${secure}`;
}

/** Whether the person wants to hear the answers to what they said. */
export function readsAloud(): boolean {
  return isChosen(ALOUD);
}

/** Takes over a choice from where earlier versions kept it. */
export function carryOver(): void {
  try {
    if (localStorage.getItem(AT_ONCE) === "1") setSendsAtOnce(true);
    localStorage.removeItem(AT_ONCE);
  } catch {
    // This browser gives no storage, so there is nothing to take over.
  }
}

function isChosen(name: string): boolean {
  return document.cookie.split("; ").includes(`${name}=1`);
}
