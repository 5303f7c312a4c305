let id = "none";

/** The id of the build that is being served; part of the URLs that `asset()` makes. */
export function buildId(): string {
  return id;
}

/** Called once, when the build is known. */
export function setBuildId(value: string): void {
  id = value;
}
