// The agreements that fit the question appear beside the form while one types. Without this file they come on
// the next page. What was chosen stays; nothing moves under the fingers, because they stand in their own column.
const beside = document.querySelector("[data-agreements]");
const question = document.querySelector("#id_question");
const said = document.querySelector("[data-agreements-said]");
const WAIT_MS = 500;
let timer;
let asked = "";

const chosen = () => beside.querySelector("[name=route]:checked")?.value ?? "";
const busy = () => beside.contains(document.activeElement) || chosen() !== "";

const ask = async () => {
  const typed = question.value.trim();
  if (typed === asked || busy()) return;
  asked = typed;
  const body = new FormData();
  body.set("question", typed);
  body.set("csrfmiddlewaretoken", question.form.elements.csrfmiddlewaretoken.value);
  const answer = await fetch(beside.dataset.agreements, { method: "POST", body }).catch(() => null);
  if (!answer?.ok || answer.redirected || asked !== typed || busy()) return;
  const before = beside.childElementCount;
  beside.innerHTML = await answer.text();
  if (said && beside.childElementCount && !before) said.textContent = said.dataset.agreementsSaid;
};

if (beside && question) {
  question.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, WAIT_MS); });
  question.addEventListener("change", ask);
}
