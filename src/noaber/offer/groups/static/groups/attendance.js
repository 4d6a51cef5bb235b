// Each tap is kept at once. Without a connection the taps stay on the page and are sent again; the button does the same
// without this file. One request is under way at a time; it carries what was tapped here and is not kept yet, so that a
// second tablet in the room keeps what was tapped there.
{
  const form = document.querySelector("#wie");
  const said = document.querySelector("#stand");
  let busy = false, again = false, pause = 2000;
  const owing = new Set();

  const send = async (names) => {
    const body = new URLSearchParams([...new FormData(form)].filter(([name]) => !name.startsWith("wie-") || names.includes(name)));
    const answer = await fetch(location.href, {
      method: "POST", body, credentials: "same-origin",
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
    const names = [...owing];
    owing.clear();
    try {
      said.textContent = await send(names);
      pause = 2000;
    } catch {
      names.forEach((name) => owing.add(name));
      said.textContent = form.dataset.waiting;
      again = true;
      wait = pause;
      pause = Math.min(pause * 2, 30000);
    }
    busy = false;
    if (again) setTimeout(save, wait);
  };

  form?.addEventListener("change", (event) => { owing.add(event.target.name); save(); });
  addEventListener("online", () => { if (again) save(); });
}
