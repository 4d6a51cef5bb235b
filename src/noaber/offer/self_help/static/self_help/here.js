// For someone whom we do not know: what is written stays in this browser, and only when asked. Nothing is sent.
const box = (() => { try { return window.localStorage; } catch { return null; } })();
const name = (slug) => `self-help:${slug}`;
const read = (slug) => { try { return JSON.parse(box.getItem(name(slug)) || "null"); } catch { return null; } };
const write = (slug, held) => { try { held ? box.setItem(name(slug), JSON.stringify(held)) : box.removeItem(name(slug)); } catch { /* kept for this page only */ } };

const kept = document.querySelector("[data-here-kept]");
const said = document.querySelector("[data-here-said]");
const wiped = (slug, after) => {
  document.querySelector("[data-here-wipe]")?.addEventListener("click", () => {
    write(slug, null);
    kept.hidden = true;
    said.textContent = said.dataset.gone;
    after();
  });
};

const list = document.querySelector("ol[data-module]");
if (box && list) {
  const held = read(list.dataset.module);
  list.querySelectorAll("[data-step]").forEach((item) => {
    const sign = item.querySelector("[data-done]");
    if (sign && held?.steps?.[item.dataset.step]?.done) sign.hidden = false;
  });
  if (kept) kept.hidden = !held;
  wiped(list.dataset.module, () => list.querySelectorAll("[data-done]").forEach((sign) => { sign.hidden = true; }));
}

const form = document.querySelector("form[data-here]");
if (box && form) {
  const { module: slug, step } = form.dataset;
  const choice = form.querySelector("[data-here-choice]");
  const keep = form.querySelector("[data-here-keep]");
  const parts = () => [...form.elements].filter((part) => part.name);
  const answers = () => {
    const found = {};
    for (const part of parts()) {
      if ((part.type === "checkbox" || part.type === "radio") && !part.checked) continue;
      (found[part.name] ??= []).push(part.value);
    }
    return found;
  };
  const save = (done) => {
    if (!keep.checked) return;
    const held = read(slug) || { steps: {} };
    held.steps[step] = { answers: answers(), done: done || held.steps[step]?.done || false };
    write(slug, held);
    kept.hidden = false;
    said.textContent = "";
  };
  choice.hidden = false;
  const before = read(slug);
  if (before) {
    keep.checked = true;
    kept.hidden = false;
    const said = before.steps?.[step]?.answers || {};
    for (const part of parts()) {
      const values = said[part.name];
      if (!values) continue;
      if (part.type === "checkbox" || part.type === "radio") part.checked = values.includes(part.value);
      else part.value = values[0];
    }
  }
  keep.addEventListener("change", () => {
    if (keep.checked) return save(false);
    write(slug, null);
    kept.hidden = true;
    said.textContent = said.dataset.gone;
  });
  form.addEventListener("input", (event) => { if (event.target !== keep) save(false); });
  wiped(slug, () => { form.reset(); keep.checked = false; });
  form.querySelector("[data-here-done]")?.addEventListener("click", () => save(true));
  form.addEventListener("submit", (event) => event.preventDefault());
}
