// Counting on a weak connection. Each tap gets a key of its own and waits in this browser until the house has said that
// it counted it; the same key twice is one count. Nothing is kept but the key, +1 or -1, the day and its part.
const box = document.querySelector("#teller");
if (box) {
  const { point, count } = box.dataset;
  const place = `noaber-tally-${point}`;
  const stand = box.querySelector("#stand");
  const words = box.querySelector("#wacht");
  const token = box.querySelector("[name=csrfmiddlewaretoken]").value;
  let counted = Number(stand.textContent);
  let queue = [];
  let busy = false;
  let again = 1000;
  let said = "";

  const read = () => { try { return JSON.parse(localStorage.getItem(place)) || []; } catch { return queue; } };
  const keep = () => { try { localStorage.setItem(place, JSON.stringify(queue)); } catch { /* only this page then */ } };
  const key = () => [...crypto.getRandomValues(new Uint8Array(16))].map((n) => n.toString(16).padStart(2, "0")).join("");
  const local = (options) => new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Amsterdam", ...options }).format(new Date());
  const opened = local({});
  const dayOf = () => {  // the day of the page, moved on when midnight passed (the demo has a day of its own)
    const passed = Math.round((Date.parse(local({})) - Date.parse(opened)) / 86400000);
    return new Date(Date.parse(box.dataset.on) + passed * 86400000).toISOString().slice(0, 10);
  };
  const partOf = () => {
    const hour = Number(local({ hour: "2-digit" }));
    return hour < 6 ? "night" : hour < 12 ? "morning" : hour < 18 ? "afternoon" : "evening";
  };
  const show = () => {
    const waiting = queue.filter((tap) => tap.on === box.dataset.on).reduce((sum, tap) => sum + tap.change, 0);
    stand.textContent = Math.max(0, counted + waiting);
    const n = queue.length;
    words.textContent = said || (n === 1 ? box.dataset.waitingOne : n ? box.dataset.waiting.replace("{n}", n) : "");
  };
  const take = (done) => { queue = read().filter((tap) => tap.once_key !== done); keep(); };

  const send = async () => {
    if (busy) return;
    busy = true;
    queue = read();
    while (queue.length) {
      const tap = queue[0];
      let answer;
      try {
        answer = await fetch(count, { method: "POST", redirect: "manual", credentials: "same-origin",
          headers: { Accept: "application/json", "X-CSRFToken": token },
          body: new URLSearchParams(tap) });
      } catch { answer = null; }
      if (answer && answer.ok) {
        const told = await answer.json();
        counted = told.today;
        said = "";
        again = 1000;
        take(tap.once_key);
      } else if (answer && answer.status === 422) {
        said = `${box.dataset.refused} ${(await answer.json()).refused}`;
        take(tap.once_key);
      } else {
        said = answer && (answer.type === "opaqueredirect" || answer.status === 403 || answer.status === 404) ? box.dataset.signin : "";
        setTimeout(send, again);
        again = Math.min(again * 2, 30000);
        break;
      }
      show();
    }
    busy = false;
    if (!queue.length && !said) words.textContent = box.dataset.sent;
    else show();
  };

  box.querySelectorAll("form[data-tap]").forEach((form) => form.addEventListener("submit", (event) => {
    event.preventDefault();
    queue = read();
    queue.push({ once_key: key(), change: Number(form.dataset.tap), on: dayOf(), part: partOf() });
    keep();
    said = "";
    show();
    again = 1000;
    send();
  }));
  addEventListener("online", () => { again = 1000; send(); });
  document.addEventListener("visibilitychange", () => { if (!document.hidden && queue.length) send(); });
  queue = read();
  if (queue.length) { show(); send(); }
}
