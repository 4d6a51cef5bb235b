// Filters that somebody opened stay open when the list is renewed. An answer to what is no longer asked is left aside:
// the next one is on its way.
const opened = () => document.querySelectorAll("#filters details");
const search = (pairs) => new URLSearchParams(pairs).toString();
let before = [];
document.addEventListener("htmx:beforeSwap", (event) => {
  const asks = search(new FormData(document.querySelector("#zoeken")));
  if (search(new URL(event.detail.xhr.responseURL).search) !== asks) event.detail.shouldSwap = false;
  before = [...opened()].map((part) => part.open);
});
document.addEventListener("htmx:afterSwap", () => {
  opened().forEach((part, place) => { if (before[place]) part.open = true; });
});

// What was searched stands in the address alone, not in the memory of the browser.
document.addEventListener("htmx:replacedInHistory", () => {
  try { sessionStorage.removeItem("htmx-current-path-for-history"); } catch { /* there is no such memory */ }
});
