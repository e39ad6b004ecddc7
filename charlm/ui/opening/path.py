"""How the pictures of the path follow what happens, in the browser.

While a run learns, the window moves over the text with each look at the run (`data-share` of its sentence). While
something is written or thrown, the text grows, and the dice show its last character.
"""

PATH = """
const live = (name) => element.querySelector(`[data-live="${name}"]`);
const visible = (text) => text.replace(/⏎?\\n/g, '⏎').replace(/⇥?\\t/g, '⇥').replace(/ /g, '␣');

function moved() {
  const run = document.querySelector('#status [data-share]');
  if (!run) return;
  const place = Number(run.dataset.share) * 4, row = Math.min(3, Math.floor(place));
  live('window').style.transform = `translate(${(place - row) * 36}px, ${row * 7}px)`;
}

function wrote(text) {
  const characters = Array.from(text || '');
  if (!characters.length) return;
  live('text').textContent = visible(characters.slice(-5).join(''));
  live('thrown').textContent = visible(characters[characters.length - 1]);
}

const watched = {
  '#status': moved,
  '#writing': () => wrote(document.querySelector('#written textarea')?.value),
  '#dice-text': (place) => wrote([...place.querySelectorAll('[data-pick]')].map((one) => one.textContent).join('')),
};
const followed = new Map();
setInterval(() => {  // a tab is laid out when it is opened first
  for (const [selector, follow] of Object.entries(watched)) {
    const place = document.querySelector(selector);
    if (!place || followed.get(selector) === place) continue;
    followed.set(selector, place);
    new MutationObserver(() => follow(place)).observe(place, {childList: true, subtree: true, characterData: true,
      attributes: true});
    follow(place);
  }
}, 1000);
"""
