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

// What she typed in a form and did not send yet.
const typed = () => [...document.querySelectorAll("main form")].find((form) => form.method === "post" &&
  [...form.elements].some((part) => "defaultValue" in part && part.type !== "hidden" && part.value !== part.defaultValue));

// Away at once. The house hears it meanwhile: it ends the session and keeps what was typed.
const goAway = (link) => {
  root.hidden = true;
  const form = typed();
  const tell = (body) => fetch(link.href, { method: "POST", body, keepalive: true, credentials: "same-origin" });
  try { tell(form ? new URLSearchParams(new FormData(form)) : undefined).catch(() => navigator.sendBeacon(link.href)); } catch { navigator.sendBeacon(link.href); }
  location.replace(link.dataset.leave);
};

document.addEventListener("click", (event) => {
  const leave = event.target.closest("[data-leave]");
  if (leave) {
    event.preventDefault();
    goAway(leave);
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

// A page from the memory of the browser may be somebody else's by now: ask for it again.
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  root.hidden = true;
  location.reload();
});

// A word before the session ends. Only the button, or a next page, makes it longer.
document.addEventListener("DOMContentLoaded", () => {
  const notice = document.querySelector("[data-staying]");
  if (!notice) return;
  let warn;
  const wait = () => {
    clearTimeout(warn);
    notice.hidden = true;
    warn = setTimeout(() => { notice.hidden = false; }, Math.max(0, Number(notice.dataset.staying) - 300) * 1000);
  };
  notice.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    fetch("/blijven/", { method: "POST", body: new FormData(event.target), headers: { "X-Stay": "1" }, redirect: "error" })
      .then((answer) => { if (answer.status === 204) wait(); else location.reload(); })
      .catch(() => location.reload());
  });
  wait();
});
