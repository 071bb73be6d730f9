import { initAll } from "/assets/nhsuk-frontend.min.js";

initAll();

// A submission's way, asked for again until it is settled. Without this its page has a link that does the same.
const way = document.querySelector("[data-progress]");
if (way?.querySelector("[data-moves]")) void follow(way, document.getElementById(way.dataset.says));

async function follow(region, says) {
  for (let wait = 1500; region.querySelector("[data-moves]") !== null; wait = Math.min(wait * 1.3, 15_000)) {
    await new Promise((done) => setTimeout(done, wait));
    if (document.hidden) continue;
    const answer = await fetch(region.dataset.progress).catch(() => null);
    if (answer === null || answer.status >= 500) continue;
    if (!answer.ok) return;
    const html = await answer.text();
    if (html === region.dataset.shown) continue;
    region.dataset.shown = html;
    region.innerHTML = html;
    // Said aloud once it is somewhere else, and not all of the list each time.
    const now = region.querySelector("[data-now]").dataset.now;
    if (says.textContent !== now) says.textContent = now;
  }
  await showWhatCame(document.getElementById("came-of"));
}

// What the page said of it before it was read holds no more. Somebody who types there is left alone.
async function showWhatCame(part) {
  if (part === null || [...part.querySelectorAll("textarea")].some(({ value }) => value !== "")) return;
  const answer = await fetch(location.pathname).catch(() => null);
  if (answer === null || !answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  part.replaceWith(page.getElementById("came-of") ?? part);
}
