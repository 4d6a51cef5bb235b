// Every page works without this file. It adds comfort: light or dark by choice, "Snel weg" without a step back,
// and the list of what is wrong in view after a form came back. It listens on the document, so that parts of a
// page that htmx replaces need no second call.
const root = document.documentElement;
root.classList.add("js");

const keep = {
  read() { try { return localStorage.getItem("theme"); } catch { return null; } },
  write(value) { try { localStorage.setItem("theme", value); } catch { /* kept for this page only */ } },
};
if (!root.dataset.theme && ["light", "dark"].includes(keep.read())) root.dataset.theme = keep.read();

document.addEventListener("click", (event) => {
  const leave = event.target.closest("[data-leave]");
  if (leave) {
    event.preventDefault();
    document.body.hidden = true;
    location.replace(leave.href);
    return;
  }
  if (event.target.closest("[data-theme-switch]")) {
    const dark = getComputedStyle(root).colorScheme === "dark";
    root.dataset.theme = dark ? "light" : "dark";
    keep.write(root.dataset.theme);
  }
});

document.addEventListener("DOMContentLoaded", () => {
  document.querySelector("main > :not([data-specimens]) [data-error-summary], main > [data-error-summary]")?.focus();
});
document.addEventListener("htmx:afterSwap", (event) => {
  event.target.querySelector?.("[data-error-summary]")?.focus();
});
