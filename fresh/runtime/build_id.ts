let id = "none";

/** Id of the served build; part of the URLs that `asset()` makes. */
export function buildId(): string {
  return id;
}

/** Sets the build id, once at start. */
export function setBuildId(value: string): void {
  id = value;
}
