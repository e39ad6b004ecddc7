"""The script of the player. It runs in the browser: the slider picks among frames that are there already.

A film comes frame by frame, and every piece replaces the drawing. The script then shows the same frame of it again. A
new film begins to play by itself, but not for a visitor who wants less motion.
"""

FRAME_SECONDS = 1.2  # that a playing film shows a frame

PLAYER = (
    """
const button = element.querySelector('button'), slider = element.querySelector('input');
const told = element.querySelector('.told'), calm = matchMedia('(prefers-reduced-motion: reduce)');
let key = '', timer = null;

const film = () => document.querySelector('#replay-film .film');
const count = () => document.querySelectorAll('#replay-film .frame').length;

function show() {
  const at = Number(slider.value);
  for (const one of document.querySelectorAll('#replay-stage [data-frame]'))
    one.toggleAttribute('hidden', Number(one.dataset.frame) !== at);
  const frame = document.querySelector(`#replay-film [data-frame="${at}"]`);
  slider.setAttribute('aria-valuetext', frame ? frame.dataset.name : '');
  told.textContent = frame ? frame.dataset.told : '';
}

function play(on) {
  clearInterval(timer);
  timer = on ? setInterval(step, SECONDS * 1000) : null;
  button.textContent = on ? button.dataset.pause : button.dataset.play;
  told.setAttribute('aria-live', on ? 'off' : 'polite');  // a screen reader cannot follow a film that plays
}

function step() {
  const now = film();
  if (!now || element.offsetParent === null) return play(false);  // another tab was opened
  if (Number(slider.value) + 1 < count()) { slider.value = Number(slider.value) + 1; show(); }
  else if (now.dataset.whole === 'true') play(false);
}

function follow() {
  const now = film(), frames = count();
  slider.disabled = button.disabled = !frames;
  slider.max = Math.max(0, frames - 1);
  if (now && frames && now.dataset.film !== key) {
    key = now.dataset.film;
    slider.value = 0;
    play(!calm.matches);
  }
  show();
}

slider.addEventListener('input', () => { play(false); show(); });
button.addEventListener('click', () => {
  if (timer === null && Number(slider.value) + 1 >= count()) { slider.value = 0; show(); }
  play(timer === null);
});
(function watch() {
  const stage = document.getElementById('replay-stage');
  if (!stage) return setTimeout(watch, 50);
  new MutationObserver(follow).observe(stage, {childList: true, subtree: true});
  follow();
})();
"""
).replace("SECONDS", f"{FRAME_SECONDS:g}")
