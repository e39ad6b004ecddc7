"""How the header and the first screen look, and how much room what comes a moment later will take."""

OPENING = """
#head header { display: flex; align-items: baseline; gap: .1rem 1rem; flex-wrap: wrap; min-height: 2.2rem; }
#languages { position: absolute; right: 0; top: .9rem; width: auto; z-index: 5; }
#languages, #languages * { padding: 0 !important; margin: 0; }
#head, #opening, #head > *, #opening > * { padding-left: 0 !important; padding-right: 0 !important; }
#head h1 { margin: 0; font-size: 1.5rem; letter-spacing: -0.02em; line-height: 1.2; }
#head h1 button { font: inherit; letter-spacing: inherit; color: inherit; background: none; border: 0; padding: 0;
  cursor: pointer; }
#head p { margin: 0; color: var(--body-text-color-subdued); font-size: 1rem; }
html:not(.begun) #head p { display: none; }
html.begun #opening { display: none; }
#tabs { min-height: 80vh; }
#step-text:not(:has(#facts p, #facts dl)) #facts { min-height: 23rem !important; }
#step-text:not(:has(#facts p, #facts dl)) #window { min-height: 7.5rem; }
#dice-text { min-height: 6.6rem; } #fell { min-height: 8rem; }
.stage:not(:has(#fell p)) #dice-bars { min-height: 32.6rem; }
#replay-player { min-height: 9.4rem; }
#replay-stage:not(:has(.chart)) :is(#replay-curve, #replay-film) { min-height: 32rem; }
html:not(.begun) #path { display: none; }
#path, #path > * { padding: 0 !important; }
.path ol { list-style: none; margin: 0 !important; padding: 0; display: flex; overflow-x: auto; }
.path li { flex: 1 0 3.6rem; margin: 0; position: relative; }
.path li + li::before { content: "→"; position: absolute; left: -.5em; top: .75rem;
  color: var(--body-text-color-subdued); }
.path button { width: 100%; font: inherit; font-size: .85rem; line-height: 1.2; color: var(--body-text-color-subdued);
  background: none; border: 0; border-radius: 8px; padding: .2rem 0; cursor: pointer; display: block; }
.path button:hover { color: var(--body-text-color); background: var(--background-fill-secondary); }
.path svg { display: block; height: 2.3rem; margin: 0 auto; max-width: 100%; overflow: hidden; }
.path line, .path rect, .path path { stroke: currentColor; stroke-width: 1.6; fill: none; }
.path .filled { fill: currentColor; stroke: none; }
.path .accent { fill: var(--primary-500); stroke: none; }
.path .window { stroke: var(--primary-500); stroke-width: 2.4; transition: transform 1.5s linear; }
.path text { font-family: var(--font-mono); font-size: 14px; text-anchor: middle; fill: currentColor; }
.path [data-live=thrown] { fill: var(--primary-500); font-weight: 700; font-size: 17px; }
.opening { display: grid; grid-template-columns: minmax(0, 5fr) minmax(0, 6fr); gap: 2rem 3.5rem; align-items: center;
  min-height: min(29rem, 60vh); padding: 0 0 1.5rem; }
.opening h2 { font-size: clamp(1.45rem, 3.1vw, 2.5rem); line-height: 1.2; letter-spacing: -0.02em; margin: 0 0 1.6rem;
  text-wrap: pretty; }
.opening .go { display: flex; align-items: stretch; gap: .8rem; flex-wrap: wrap; margin: 0; }
.opening .go button { margin: 0; font: inherit; line-height: 1.3; font-size: 1.1rem; font-weight: 700;
  padding: .75rem 1.4rem; border-radius: 8px;
  cursor: pointer; border: 1px solid var(--primary-600); background: transparent; color: inherit; }
.opening .go button:hover { border-color: var(--primary-500); background: var(--background-fill-secondary); }
.opening .go button.first { background: var(--primary-600); color: white; }
.opening .go button.first:hover { background: var(--primary-700); }
.opening .reel { margin: 0; }
.opening .moving, .opening .still > div { position: relative; border: 1px solid var(--border-color-primary);
  border-radius: 10px; background: var(--block-background-fill); padding: 1rem 1.2rem; }
.opening .moving { cursor: pointer; }
.opening .screen { display: grid; grid-template-columns: minmax(0, 1fr); }
.opening .screen > div { grid-area: 1 / 1; }
.opening .screen > div[hidden] { display: block; visibility: hidden; }
.opening .screen > div:not([hidden]) pre { animation: appear .35s ease-out; }
@keyframes appear { from { opacity: 0; } }
.opening .when { display: flex; align-items: baseline; gap: 1.2rem; margin: 0 2.4rem .6rem 0; font-size: 1.15rem;
  white-space: nowrap;
  font-variant-numeric: tabular-nums; }
.opening .when span { color: var(--body-text-color-subdued); font-size: 1rem; }
.opening pre { border: 0; padding: 0; margin: 0; font-size: 1.02rem; line-height: 1.55; min-height: 7.75em; }
.opening .pause { position: absolute; right: .7rem; top: .7rem; width: 2.4rem; height: 2.4rem; padding: 0;
  display: grid; place-items: center; border: 0; border-radius: 50%; background: transparent; color: inherit;
  cursor: pointer; }
.opening .pause:hover { background: var(--background-fill-secondary); }
.opening .pause::before { content: ""; box-sizing: border-box; width: .8rem; height: .9rem;
  border: solid currentColor; border-width: 0 .24rem; }
.opening .pause.paused::before { width: 0; border-width: .5rem 0 .5rem .8rem; border-color: transparent transparent
  transparent currentColor; height: 0; }
.opening svg { display: block; width: 100%; height: auto; margin-top: .6rem; overflow: visible; }
.opening polyline { fill: none; stroke: var(--neutral-400); stroke-width: 2; stroke-linejoin: round; }
.opening circle { fill: var(--primary-500); }
.opening figcaption { margin-top: .6rem; font-size: .95rem; }
.opening .still { display: none; gap: .8rem; }
@media (prefers-reduced-motion: reduce) {
  .opening .moving { display: none; }
  .opening .still { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); }
  .opening .still .when { margin-right: 0; flex-direction: column; gap: 0; min-height: 3.2rem; }
  .opening .still pre { height: 14em; font-size: .95rem; }
}
@media (max-width: 760px) {
  .opening { grid-template-columns: minmax(0, 1fr); gap: 1.1rem; padding: 0 0 1rem; min-height: 0; }
  .opening h2 { margin-bottom: 1rem; }
  .opening .go button { flex: 1; padding: .7rem .6rem; font-size: 1rem; }
  .opening .moving, .opening .still > div { padding: .7rem .9rem; }
  #step-text:not(:has(#facts p, #facts dl)) #facts { min-height: 32rem !important; }
  #step-text:not(:has(#facts p, #facts dl)) #window { min-height: 11rem; }
  #fell { min-height: 9.4rem; } .stage:not(:has(#fell p)) #dice-bars { min-height: 43rem; }
  #replay-player { min-height: 12rem; }
  #replay-stage:not(:has(.chart)) #replay-curve { min-height: 21rem; }
  #replay-stage:not(:has(.chart)) #replay-film { min-height: 58rem; }
  .path li { flex: 1 1 auto; } .path li + li::before { content: none; }
  .path button { padding: .2rem .1rem; font-size: .72rem; } .path svg { height: 1.8rem; }
  #tabs [role=tablist] button { padding: .3rem .38rem; font-size: 1rem; }
  .opening .when { gap: .5rem; margin-right: 2rem; font-size: .95rem; } .opening .when span { font-size: .9rem; }
  .opening .pause { right: .2rem; top: .3rem; }
  .opening pre { font-size: .9rem; height: 10.85em; overflow: hidden; }
  .opening .still pre { font-size: .8rem; }
  .opening .still .when { white-space: normal; }
}
"""
