"""What the first screen does in the browser: it plays its film, folds away after the first step, and leads on.

HEAD stands in the page's head, so that a visitor with a link or a run never sees the first screen flash up, and so that
its buttons work from the moment they are seen. Its style keeps the page still while it comes up: Gradio's bar lists the
page's languages as if they were other pages, and goes away too late; an empty page is as narrow as nothing.
"""

FRAME_SECONDS, LAST_SECONDS = 1.1, 4  # that a still is shown; the last one

FOLDED = "begun"  # the class of the page once the first step is done
KEY = "charlm-begun"  # in the browser's store: a run was seen

HEAD = (
    """<style>.nav-holder { display: none !important } .gradio-container { width: 100% !important }</style>
<script>
(() => {
  // The letters of the first screen are made ready before it is drawn; if they came later, its lines would break anew.
  for (const [family, weight, file] of [['Sans', 400, 'Regular'], ['Sans', 700, 'Bold'], ['Mono', 400, 'Regular']]) {
    const name = `IBMPlex${family}`, url = `url(static/fonts/${name}/${name}-${file}.woff2)`;
    const face = new FontFace(`IBM Plex ${family}`, url, {weight});
    document.fonts.add(face);
    face.load().catch(() => {}); }

  const page = document.documentElement, query = new URL(location).searchParams;
  const begun = () => { try { return localStorage.getItem('KEY'); } catch { return null; } };
  if (query.has('tab') || query.has('run') || begun()) page.classList.add('FOLDED');

  // A tab is laid out when it is opened first, so what is in it may come a moment later.
  const when = (selector, act, tries = 100) => { const found = document.querySelector(selector);
    if (found && found.offsetParent) act(found); else if (tries) setTimeout(when, 50, selector, act, tries - 1); };
  const fold = () => { if (!page.classList.contains('FOLDED')) { page.classList.add('FOLDED'); scrollTo(0, 0); } };
  const open = (tab, then) => when(`#tab-${tab}-button`, (button) => {
    button.click(); button.focus({preventScroll: true}); fold(); if (then) then(); });

  const write = () => when('#generate', (one) => one.click());
  window.charlm = { write, run: (run) => {
    try { run ? localStorage.setItem('KEY', '1') : localStorage.removeItem('KEY'); } catch {}
    if (run) page.classList.add('FOLDED'); } };
  document.addEventListener('click', ({target}) => {
    const way = target.closest('[data-open]');
    if (target.closest('[role=tab], #start')) fold();
    if (target.closest('#generate')) when('#written', (one) => one.scrollIntoView({block: 'nearest', behavior:
      matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth'}));
    if (target.closest('#home')) { page.classList.remove('FOLDED'); scrollTo(0, 0); }
    const part = target.closest('[data-place]');
    if (part) open(part.dataset.tab, () => when(part.dataset.place, (place) =>
      place.role === 'tab' ? place.click() : place.scrollIntoView({block: 'center'})));
    if (!way) return;
    if (way.dataset.open === 'train') open('train', () => when('#where input[value=file]', (one) => one.click()));
    else open('write', write);
  });
})();
</script>"""
).replace("FOLDED", FOLDED).replace("KEY", KEY)  # fmt: skip

REEL = (
    """
const button = element.querySelector('.pause'), stills = [...element.querySelectorAll('[data-still]')];
const dots = element.querySelectorAll('[data-dot]'), calm = matchMedia('(prefers-reduced-motion: reduce)');
let at = 0, timer = null;

function show() {
  stills.forEach((one, place) => one.toggleAttribute('hidden', place !== at));
  dots.forEach((dot) => dot.setAttribute('visibility', Number(dot.dataset.dot) === at ? 'visible' : 'hidden'));
}

function step() {
  if (element.offsetParent !== null && !document.hidden) { at = (at + 1) % stills.length; show(); }
  wait();
}

function wait() { timer = setTimeout(step, 1000 * (at + 1 === stills.length ? LAST : FRAME)); }

function play(on) {
  clearTimeout(timer);
  timer = null;
  if (on) wait();
  button.classList.toggle('paused', !on);
  button.setAttribute('aria-label', on ? button.dataset.pause : button.dataset.play);
}

element.querySelector('.moving').addEventListener('click', () => play(timer === null));
play(!calm.matches);
"""
).replace("LAST", f"{LAST_SECONDS:g}").replace("FRAME", f"{FRAME_SECONDS:g}")  # fmt: skip
