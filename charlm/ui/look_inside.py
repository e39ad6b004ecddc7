"""How the drawings of the Inside tab look. Orange is more than zero, blue is less."""

INSIDE = """
.charlm { --plus: 222, 125, 20; --minus: 48, 112, 190;
  --lane: var(--neutral-500); --lane-back: var(--neutral-200); }
.dark .charlm { --plus: 214, 128, 40; --minus: 70, 130, 210;
  --lane: var(--neutral-300); --lane-back: var(--neutral-800); }
.charlm .plus { --tone: var(--plus); } .charlm .minus { --tone: var(--minus); }
.charlm .cells, .charlm .leans { border: 0; padding: 0; font-size: 1.1rem; unicode-bidi: isolate; cursor: pointer; }
.charlm .cells { line-height: 2.1; } .charlm .leans { line-height: 1.8; }
.charlm .cells.lanes-2 { line-height: 3; } .charlm .cells.lanes-3 { line-height: 3.5; }
.charlm .cells [data-pick] { --b: rgba(var(--tone), calc(var(--v) * .85)); padding: .15em 0;
  background: linear-gradient(var(--b), var(--b)) 0 0 / 100% 1.6em no-repeat; }
.charlm .lanes-2 [data-pick], .charlm .lanes-3 [data-pick] { padding-bottom: 1.6em; background:
  linear-gradient(var(--b), var(--b)) 0 0 / 100% 1.6em no-repeat,
  linear-gradient(to top, var(--lane) var(--g1), var(--lane-back) 0) 0 1.7em / 100% .5em no-repeat,
  linear-gradient(to top, var(--lane) var(--g2), var(--lane-back) 0) 0 2.3em / 100% .5em no-repeat,
  linear-gradient(to top, var(--lane) var(--g3, 0%), var(--lane-last, transparent) 0) 0 2.9em / 100% .5em no-repeat; }
.charlm .lanes-3 [data-pick] { --lane-last: var(--lane-back); padding-bottom: 2.1em; }
.charlm .cells .plus.sure, .charlm .tone.plus { text-decoration: overline 2px rgb(var(--plus)); }
.charlm .cells .minus.sure, .charlm .tone.minus { text-decoration: underline 2px rgb(var(--minus));
  text-underline-offset: .2em; }
.charlm .tone { background: rgba(var(--tone), .5); padding: 0 .3em; }
.charlm .leans [data-pick] { background: rgba(var(--plus), calc(var(--v) * .85)); padding: .15em 0; }
.charlm .cells [aria-current], .charlm .leans [aria-current] { outline: 2px solid var(--body-text-color); }
.charlm .legend { color: var(--body-text-color-subdued); font-size: .92rem; }
.charlm .squares { display: flex; flex-wrap: wrap; gap: 1px; cursor: pointer; margin-bottom: .6rem; }
.charlm .squares i { width: 11px; height: 11px; background: rgba(var(--tone), var(--v));
  box-shadow: inset 0 0 0 1px var(--border-color-primary); }
.charlm .squares .minus.sure { border-radius: 50%; }
.charlm .squares .chosen { outline: 3px solid var(--body-text-color); }
.charlm .picks { display: flex; flex-wrap: wrap; gap: .4rem; margin: .3rem 0 .8rem; }
.charlm .picks button { font: inherit; margin: 0; padding: .15rem .6rem; cursor: pointer; color: inherit;
  text-align: left;
  border: 1px solid var(--border-color-primary); border-radius: 4px; background: var(--background-fill-secondary); }
.charlm .picks button:hover { border-color: var(--primary-500); }
.charlm progress { width: 100%; accent-color: var(--primary-500); }
.charlm .beside { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fit, minmax(17rem, 1fr)); }
.charlm .one-hot { display: flex; height: 1.2rem; gap: 1px; }
.charlm .one-hot i { flex: 1; background: var(--lane-back); }
.charlm .one-hot .one { background: var(--primary-600); min-width: 4px; }
.charlm .numbers { display: flex; height: 6rem; gap: 1px; } .charlm .numbers i { flex: 1; background-repeat: no-repeat;
  background-image: linear-gradient(rgb(var(--tone)), rgb(var(--tone))); background-size: 100% var(--h); }
.charlm .numbers .plus { background-position: 0 100%; margin-bottom: 3rem; }
.charlm .numbers .minus { background-position: 0 0; margin-top: 3rem; }
.map svg { width: 100%; max-width: 46rem; height: auto; display: block; border-radius: 6px;
  border: 1px solid var(--border-color-primary); }
.map g { cursor: pointer; }
.map text { font: 16px var(--font-mono); text-anchor: middle; fill: var(--body-text-color); }
.map circle, .map rect, .map path { fill: none; stroke: var(--neutral-500); stroke-width: 1.5; }
.map .chosen text { font-weight: 700; font-size: 24px; fill: var(--primary-600); }
.dark .map .chosen text { fill: var(--primary-300); }
@media (max-width: 640px) { .map text { font-size: 22px; } .map .chosen text { font-size: 31px; } }
.charlm .chain { list-style: none; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: .6rem 2rem; }
.charlm .chain li { flex: 1 1 12rem; margin: 0; border: 1px solid var(--border-color-primary); border-radius: 6px;
  padding: .6rem .8rem; position: relative; }
.charlm .chain li + li::before { content: "→"; position: absolute; left: -1.6rem; top: 40%; }
.charlm .chain p, .charlm .chain h3 { display: block; margin: 0 0 .3rem; }
.charlm .chain .share { display: block; height: .5rem; min-width: 2px; background: var(--primary-500); }
@media (max-width: 640px) {
  .charlm .chain { row-gap: 1.7rem; }
  .charlm .chain li + li::before { content: "↓"; left: 50%; top: -1.65rem; }
}
.chart polyline.gradient, .chart .key.gradient::before { stroke: var(--primary-500); stroke-width: 2; }
.chart polyline.model-1 { stroke: rgb(var(--plus)); stroke-width: 3; }
.chart polyline.model-2 { stroke: rgb(var(--minus)); stroke-width: 3; stroke-dasharray: 9 5; }
.chart polyline.model-3 { stroke: var(--body-text-color); stroke-width: 2.5; stroke-dasharray: 2 4; }
.chart .key.model-1::before { border-top: 4px solid rgb(var(--plus)); }
.chart .key.model-2::before { border-top: 4px dashed rgb(var(--minus)); }
.chart .key.model-3::before { border-top: 4px dotted var(--body-text-color); }
"""
