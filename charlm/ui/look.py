"""How the page looks: one accent colour, letters that can be read from the back of a classroom, room to breathe."""

import gradio as gr

from charlm.ui.look_inside import INSIDE
from charlm.ui.look_opening import OPENING

ACCENT = gr.themes.Color(
    name="lamp", c50="#fdf6ec", c100="#f9e8cd", c200="#f2cf9b", c300="#e9b163", c400="#de9436", c500="#b86a10",
    c600="#9a560b", c700="#7c440b", c800="#63370e", c900="#4f2d0f", c950="#2c1706",
)  # fmt: skip
INK = gr.themes.Color(
    name="ink", c50="#f8f7f4", c100="#efede7", c200="#dedad0", c300="#c3bdaf", c400="#978f7f", c500="#6d665a",
    c600="#524c43", c700="#3d3933", c800="#282521", c900="#1b1917", c950="#121110",
)  # fmt: skip

THEME = gr.themes.Base(
    primary_hue=ACCENT,
    secondary_hue=ACCENT,
    neutral_hue=INK,
    text_size=gr.themes.sizes.text_lg,
    spacing_size=gr.themes.sizes.spacing_md,
    radius_size=gr.themes.sizes.radius_md,
    # Gradio brings all letters of the regular and the bold weight, but only some letters of the weights between them.
    font=(gr.themes.LocalFont("IBM Plex Sans", weights=(400, 700)), "ui-sans-serif", "system-ui", "sans-serif"),
    font_mono=(gr.themes.LocalFont("IBM Plex Mono", weights=(400, 700)), "ui-monospace", "Consolas", "monospace"),
).set(
    body_background_fill="*neutral_50",
    body_background_fill_dark="*neutral_950",
    block_background_fill="white",
    block_background_fill_dark="*neutral_900",
    block_border_color="*neutral_200",
    block_border_color_dark="*neutral_800",
    block_shadow="none",
    block_label_text_weight="700",
    block_title_text_weight="700",
    block_title_text_color="*neutral_800",
    block_title_text_color_dark="*neutral_100",
    block_info_text_color="*neutral_600",
    block_info_text_color_dark="*neutral_300",
    body_text_color="*neutral_900",
    body_text_color_dark="*neutral_100",
    body_text_color_subdued="*neutral_600",
    body_text_color_subdued_dark="*neutral_300",
    button_large_text_weight="700",
    button_primary_background_fill="*primary_600",
    button_primary_background_fill_hover="*primary_700",
    button_primary_background_fill_dark="*primary_600",
    button_primary_background_fill_hover_dark="*primary_500",
    button_primary_text_color="white",
    button_primary_text_color_dark="white",
    button_secondary_background_fill="*neutral_100",
    button_secondary_background_fill_dark="*neutral_800",
    checkbox_border_color="*neutral_500",
    checkbox_border_color_dark="*neutral_400",
    slider_color="*primary_600",
    slider_color_dark="*primary_400",
)

CSS = (
    """
.gradio-container { max-width: min(1280px, 100%) !important; margin: 0 auto !important; }
h1, h2, h3, h4, strong, b { font-weight: 700 !important; }
.step > button { font-size: 1.25rem; font-weight: 700; }
.label-wrap { gap: .8rem; text-align: start; } .label-wrap .icon { flex: none; align-self: center; }
/* Gradio 6.31 paints a chosen one white, as if it were not, while the pointer is on it. */
:is(input[type=radio], input[type=checkbox]):checked {
  background-color: var(--checkbox-background-color-selected) !important; }
input[type=range]::-webkit-slider-thumb { border: 2px solid var(--slider-color); }
input[type=range]::-moz-range-thumb { border: 2px solid var(--slider-color); }
@media (min-width: 761px) {
  #train:has(#status .sentence:not(.none)) > #choices:not(:has(.open)) { flex: 0 1 17rem !important;
    min-width: 17rem !important; }
}
#train:has(#status .none) :is(#samples-title, #samples, #curve) { display: none; }
#samples figure:first-child pre { font-size: 1.05rem; }
.step h2 { font-size: 1.25rem; margin: .2rem 0; }
#files label { max-width: calc(100% - 5rem); }
.ends { align-items: flex-end !important; }
.charlm { font-size: 1rem; line-height: 1.5; padding: .25rem .1rem; }
.charlm pre, .charlm code { font-family: var(--font-mono); font-size: .92rem; white-space: pre-wrap;
  overflow-wrap: anywhere; background: transparent; margin: 0; padding: 0; border: 0; color: inherit; }
.charlm pre { border-left: 3px solid var(--primary-400); padding-left: .8rem; margin: .3rem 0 .8rem; }
.charlm pre, #written textarea, #start-text textarea, #pasted textarea { unicode-bidi: plaintext; text-align: start; }
.step > button, .charlm .sentence, .charlm .note { overflow-wrap: anywhere; }
.charlm h2.part, .charlm h3 { margin: 1rem 0 .2rem; font-size: 1rem; font-weight: 700; }
.charlm dl { margin: 0; }
.charlm .facts { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; }
.charlm .pair { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; }
.charlm dt { color: var(--body-text-color-subdued); }
.charlm dd { margin: 0; overflow-wrap: anywhere; }
.charlm .note { border-left: 3px solid var(--neutral-400); padding-left: .8rem; margin: .6rem 0; }
.charlm .note.warning { border-left-color: var(--primary-500); }
.charlm .note.problem { border-left: 6px double var(--primary-600); font-weight: 700; }
.charlm .empty { color: var(--body-text-color-subdued); }
.charlm .sentence { font-size: 1.25rem; font-weight: 700; margin: 0 0 .2rem; }
.charlm .tiles { display: flex; flex-wrap: wrap; gap: .2rem 2.4rem; margin: .6rem 0 .2rem; }
.charlm .tiles dt { font-size: .9rem; }
.charlm .tiles dd { font-size: 1.7rem; line-height: 1.3; font-variant-numeric: tabular-nums; white-space: nowrap; }
.charlm .tiles.small { gap: 0 1.4rem; margin: .3rem 0 0; }
.charlm .tiles.small > div { display: flex; gap: .4rem; align-items: baseline; }
.charlm .tiles.small dd { font-size: .9rem; }
[id^=lab-column]:has(.column) { min-height: 340px; }
input[role=listbox], input[role=combobox] { text-overflow: ellipsis; padding-right: 2.4rem !important; }
.charlm table, .charlm tr, .charlm th, .charlm td { border: 0 !important; }
.charlm table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
.charlm table caption { text-align: left; font-weight: 700; margin-bottom: .4rem; caption-side: top; }
.charlm th, .charlm td { text-align: left; padding: .2rem .6rem .2rem 0; border: 0; font-weight: 400;
  vertical-align: middle; }
.charlm thead th { color: var(--body-text-color-subdued); font-size: .9rem; }
.charlm .plain { max-width: 40rem; }
.charlm .bars { table-layout: fixed; }
.charlm .bars th:first-child { width: 8.5rem; font-family: var(--font-mono); }
.charlm .bars thead th:first-child { font-family: inherit; }
.charlm .bars td > div { display: flex; align-items: center; gap: .5rem; }
.charlm .track { flex: 1; }
.charlm .number { width: 3.6rem; }
.charlm .bar { display: block; height: 1rem; min-width: 2px; border-radius: 2px; transition: width .15s; }
.charlm .bar.raw { background: var(--neutral-400); }
.charlm .bar.heated { background: var(--primary-500); }
.charlm .bars th button { font: inherit; width: 100%; text-align: left; padding: .1rem .5rem; cursor: pointer;
  border: 1px solid var(--border-color-primary); border-radius: 4px; background: var(--background-fill-secondary);
  color: inherit; }
.charlm .bars th button:hover { border-color: var(--primary-500); }
.charlm .column, .charlm .walked, .charlm .surprise { unicode-bidi: isolate; font-size: 1rem; line-height: 1.55; }
.charlm .column, .charlm .walked { min-height: 4rem; }
.charlm .given, .charlm .unseen, .charlm .sign { color: var(--body-text-color-subdued); }
.charlm .unseen, .charlm .sign { font-size: .8em; }
.charlm .parts { outline: 2px solid var(--body-text-color); background: var(--primary-200); color: #1b1917;
  font-weight: 700; padding: 0 .1em; margin: 0 .1em; }
.charlm .seen { list-style: none; margin: 0; padding: 0; } .charlm .seen li { margin: 0 0 .3rem; }
.charlm .circles { border-left: 6px double var(--primary-600); padding-left: .6rem; font-weight: 700; }
.charlm .copied { background: var(--primary-200); color: #1b1917; text-decoration: underline; cursor: pointer; }
.charlm summary { cursor: pointer; padding: .2rem 0; }
.charlm .walked { font-size: 1.3rem; cursor: pointer; }
.charlm .walked [data-pick]:hover { text-decoration: underline; }
.charlm .caret { border-left: 2px solid var(--primary-500); margin-left: 1px; }
.charlm .throw { position: relative; padding-top: 1.5rem; }
.charlm .throw .number { position: absolute; top: 0; width: auto; transform: translateX(-50%); }
.charlm .strip { display: flex; height: 2.4rem; overflow: hidden; border: 1px solid var(--neutral-500); }
.charlm .stretch { box-sizing: border-box; border-right: 1px solid var(--neutral-500); overflow: hidden; flex: none;
  display: grid; place-items: center; font-family: var(--font-mono); }
.charlm .stretch.hit { background: var(--primary-200); color: #1b1917; font-weight: 700;
  box-shadow: inset 0 0 0 3px var(--primary-600); }
.charlm .player { display: flex; gap: 1rem; align-items: center; margin-bottom: .4rem; }
.charlm .player button { font: inherit; font-weight: 700; min-width: 7rem; padding: .4rem .8rem; cursor: pointer;
  border: 1px solid var(--border-color-primary); border-radius: 6px; background: var(--background-fill-secondary);
  color: inherit; }
.charlm .player button:hover:enabled { border-color: var(--primary-500); }
.charlm .player input { flex: 1; min-width: 0; height: 2rem; accent-color: var(--primary-600); }
.charlm .told { min-height: 3.8rem; margin: .3rem 0 0; }
.charlm .frame { display: grid; gap: .5rem 1.5rem;
  grid-template-columns: repeat(auto-fit, minmax(min(19rem, 100%), 1fr)); }
#replay-stage [hidden] { display: none; }
.chart .cursor line { stroke: var(--body-text-color); stroke-width: 1.5; }
.chart .cursor circle { fill: none; stroke: var(--body-text-color); stroke-width: 2.5; }
#contest-curves, #contest-table, #contest-link { width: 100%; contain: inline-size; overflow-wrap: anywhere; }
#contest-table > * { overflow-x: auto; }
#contest-table { overflow-x: auto; overflow-wrap: normal; }
.contest > svg { max-width: 900px; }
.charlm .legend { list-style: none; margin: .4rem 0 0; padding: 0; color: var(--body-text-color); }
.charlm .legend svg { display: inline-block; width: 60px; height: 16px; vertical-align: middle; }
.chart .mark { text-anchor: middle; dominant-baseline: central; fill: var(--body-text-color); font-size: 13px; }
.chart polyline.n0 { stroke: var(--primary-500); stroke-width: 3; }
.chart polyline.n1 { stroke: var(--body-text-color); stroke-width: 2.5; stroke-dasharray: 10 5; }
.chart polyline.n2 { stroke: var(--body-text-color-subdued); stroke-width: 3; stroke-dasharray: 3 4; }
.chart polyline.n3 { stroke: var(--primary-300); stroke-width: 3; stroke-dasharray: 14 4 3 4; }
.charlm .surprise { font-size: 1.25rem; line-height: 1.9; border: 0; padding: 0; }
.charlm .surprise span[style] { padding: .25rem 0; border-bottom: 1px solid var(--neutral-300);
  background: linear-gradient(to top, var(--surprise) var(--bits), transparent 0); }
.charlm { --surprise: var(--primary-300); } .dark .charlm { --surprise: var(--primary-800); }
.charlm figure { margin: 0 0 1rem; }
.charlm figcaption { color: var(--body-text-color-subdued); }
.chart svg { width: 100%; max-width: 46rem; height: auto; display: block; }
.chart.empty { aspect-ratio: 560 / 340; max-width: 46rem; display: grid; place-items: center;
  border: 1px dashed var(--neutral-400); border-radius: 6px; }
.chart text { font-family: var(--font); font-size: 12.5px; fill: var(--body-text-color-subdued); }
.chart text.reference, .chart text.best { paint-order: stroke; stroke: var(--body-background-fill); stroke-width: 4px;
  stroke-linejoin: round; }
#curve text { font-size: 15px; }
.chart text.end { text-anchor: end; } .chart text.middle { text-anchor: middle; }
.chart text.best { fill: var(--body-text-color); font-weight: 700; font-size: 14px; }
.chart .grid { stroke: var(--border-color-primary); stroke-width: 1; }
.chart line.reference { stroke: var(--body-text-color-subdued); stroke-width: 1.2; stroke-dasharray: 2 5; }
.chart text.below { dominant-baseline: hanging; }
.chart line.five_gram { stroke-dasharray: 8 4; stroke-width: 1.6; }
.chart polyline { fill: none; stroke-linejoin: round; }
.chart polyline.loss { stroke: var(--neutral-400); stroke-width: 2; }
.chart polyline.val { stroke: var(--primary-500); stroke-width: 3; }
.chart circle.val { fill: var(--primary-500); }
.chart circle.best { fill: none; stroke: var(--body-text-color); stroke-width: 2; }
.chart .key { display: inline-block; }
.chart .key::before { content: ""; display: inline-block; width: 1.4rem; height: 0; margin: 0 .35rem 0 .6rem;
  vertical-align: middle; border-top: 3px solid var(--neutral-400); }
.chart .key.val::before { border-top-color: var(--primary-500); border-top-width: 4px; }
#written textarea { font-family: var(--font-mono); font-size: 1.05rem; line-height: 1.55; }
button:focus-visible, input:focus-visible, textarea:focus-visible, [role=tab]:focus-visible,
[role=combobox]:focus-visible { outline: 3px solid var(--primary-400) !important; outline-offset: 2px; }
.dark button[role=tab].selected { color: var(--primary-300); }
@media (max-width: 640px) {
  .chart text, .chart text.best, #curve text { font-size: 19px; }
  .charlm .bars td > div { flex-direction: column-reverse; align-items: stretch; gap: 0; }
  .charlm .bars .number { font-size: .9rem; }
  .charlm .tiles { column-gap: 1.3rem; }
  figure.chart > svg { overflow: visible; width: calc(100% + 1.8rem); margin: 0 -.9rem; }
  .chart polyline.val { stroke-width: 4; } .chart polyline.loss { stroke-width: 3; }
  .charlm .bars th:first-child { width: 6.6rem; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
  .charlm .bars th button { padding: .1rem .3rem; overflow: hidden; text-overflow: ellipsis; }
  .stage { order: -1; }
  #contest-table table { font-size: .9rem; }
}
.in-class { max-width: 46rem; } .in-class h2 { font-size: 1.25rem; }
.privacy p { color: var(--body-text-color-subdued); font-size: .95rem; }
@media (prefers-reduced-motion: reduce) { * { transition: none !important; animation: none !important; } }
"""
    + INSIDE
    + OPENING
)
