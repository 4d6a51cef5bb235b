// Reads the page aloud with the voice of the device. The button shows only where there is such a voice.
const voice = window.speechSynthesis;
const button = document.querySelector("[data-aloud]");
const SPOKEN = "h1, h2, h3, h4, p, li, dt, dd, legend, label, summary, th, td, .btn";

const parts = () => [...document.querySelectorAll("#content")].flatMap((main) => [...main.querySelectorAll(SPOKEN)])
  .filter((part) => part.checkVisibility() && !part.querySelector(SPOKEN) && !part.closest("[data-aloud], .sr") && part.innerText.trim());

const stop = () => { voice.cancel(); button.textContent = button.dataset.start; button.setAttribute("aria-pressed", "false"); };

const start = () => {
  const said = parts();
  button.textContent = button.dataset.stop;
  button.setAttribute("aria-pressed", "true");
  said.forEach((part, place) => {
    const words = new SpeechSynthesisUtterance(part.innerText);
    words.lang = (part.closest("[lang]")?.lang || "nl").replace("nl-x-easy", "nl");
    if (place === said.length - 1) words.onend = stop;
    voice.speak(words);
  });
};

if (voice && button) {
  button.dataset.start = button.textContent;
  button.hidden = false;
  button.addEventListener("click", () => (voice.speaking ? stop() : start()));
  window.addEventListener("pagehide", () => voice.cancel());
  document.addEventListener("click", (event) => { if (event.target.closest("[data-leave]")) voice.cancel(); }, true);
}
