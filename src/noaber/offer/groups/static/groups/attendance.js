// Each tap is kept at once. Without a connection the taps stay on the page and are sent again; the button does the same
// without this file. One request is under way at a time, and it always carries everything that was chosen.
{
  const form = document.querySelector("#wie");
  const said = document.querySelector("#stand");
  let busy = false, again = false, pause = 2000;

  const send = async () => {
    const answer = await fetch(location.href, {
      method: "POST", body: new URLSearchParams(new FormData(form)), credentials: "same-origin",
      headers: { "X-Requested-With": "fetch" }, redirect: "manual",
    });
    if (answer.status === 422) return (await answer.json()).said;
    if (!answer.ok) throw new Error("not kept");
    return form.dataset.saved;
  };

  const save = async () => {
    if (busy) { again = true; return; }
    busy = true;
    again = false;
    let wait = 0;
    said.textContent = form.dataset.saving;
    try {
      said.textContent = await send();
      pause = 2000;
    } catch {
      said.textContent = form.dataset.waiting;
      again = true;
      wait = pause;
      pause = Math.min(pause * 2, 30000);
    }
    busy = false;
    if (again) setTimeout(save, wait);
  };

  form?.addEventListener("change", save);
  addEventListener("online", () => { if (again) save(); });
}
