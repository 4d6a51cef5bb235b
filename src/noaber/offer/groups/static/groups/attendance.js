// Each tap is kept at once. Without a connection the taps stay on the page and are sent again; the button does the same
// without this file. One request is under way at a time, and it always carries everything that was chosen.
const form = document.querySelector("#wie");
const said = document.querySelector("#stand");
let busy = false, again = false, pause = 2000;

const keep = async () => {
  if (busy) { again = true; return; }
  busy = true;
  again = false;
  said.textContent = form.dataset.saving;
  try {
    const answer = await fetch(location.href, {
      method: "POST", body: new URLSearchParams(new FormData(form)), credentials: "same-origin",
      headers: { "X-Requested-With": "fetch" }, redirect: "manual",
    });
    if (answer.status === 422) { said.textContent = (await answer.json()).said; }
    else if (!answer.ok) { throw new Error("not kept"); }
    else { said.textContent = form.dataset.saved; }
    pause = 2000;
  } catch {
    said.textContent = form.dataset.waiting;
    again = true;
    pause = Math.min(pause * 2, 30000);
  }
  busy = false;
  if (again) setTimeout(keep, said.textContent === form.dataset.waiting ? pause : 0);
};

if (form) {
  form.addEventListener("change", keep);
  addEventListener("online", () => { if (again) keep(); });
}
