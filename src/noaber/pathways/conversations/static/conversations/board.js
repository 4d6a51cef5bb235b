// The board by keyboard: J and K go up and down, / goes to the search field. Only while the focus is in the list,
// so that no letter is taken from someone who types or speaks elsewhere. Without this file Tab and Enter do the same.
const links = () => [...document.querySelectorAll("#board h3 a")];

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const row = event.target.closest?.("#board > li");
  if (!row) return;
  if (event.key === "/") {
    event.preventDefault();
    document.querySelector(".filters input")?.focus();
    return;
  }
  const step = { j: 1, k: -1 }[event.key.toLowerCase()];
  if (!step) return;
  const all = links();
  const here = all.indexOf(row.querySelector("h3 a"));
  all[Math.min(all.length - 1, Math.max(0, here + step))]?.focus();
});
