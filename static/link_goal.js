// Tells the server that the reader opened a link of a reply, without which one.
// Loaded while that is the goal of an A/B test of the tool. A reply cannot do it: only the
// reader's own click or key counts, and nothing of the link is sent.
const { goal } = document.currentScript.dataset;

function opened({ isTrusted, type, button, target }) {
  const middle = type === "auxclick" && button === 1;
  if (!isTrusted || (type !== "click" && !middle) || !(target instanceof Element)) return;
  if (target.closest(".prose:not(.bubble) a[href]")) navigator.sendBeacon(goal);
}

addEventListener("click", opened, true);
addEventListener("auxclick", opened, true);
