/** E-mail of the signed-in administrator, to keep the drafts of accounts apart. */
export function signedInAs(): string {
  return document.querySelector<HTMLElement>("[data-account]")?.dataset.account ?? "";
}
