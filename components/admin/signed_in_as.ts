/** The e-mail address of who is signed in on this page: what one person typed is not another's. */
export function signedInAs(): string {
  return document.querySelector(".admin-who > .meta")?.textContent ?? "";
}
