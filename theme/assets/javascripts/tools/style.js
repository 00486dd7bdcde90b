// The tools' look: the colours and type of the page around them, wherever that is.
const sheet = new CSSStyleSheet()
sheet.replaceSync(`
:host { display: block; margin: 1.5em 0; container-type: inline-size; }
* { box-sizing: border-box; }
[hidden] { display: none !important; }
a { color: var(--accent); }
.tool {
  --ink: var(--md-default-fg-color, CanvasText);
  --line: var(--md-default-fg-color--lighter, #8888);
  --paper: var(--md-default-bg-color, Canvas);
  --accent: var(--md-typeset-a-color, LinkText);
  --good: var(--dp-good, #1b7a3d); --bad: var(--dp-bad, #b3261e);
  border: 1px solid var(--line); border-radius: .4em; padding: 1em; color: var(--ink); background: var(--paper);
  font-size: inherit; line-height: 1.5;
}
/* A site that has its own light and dark names both colours (deskpress.css); else the system's choice counts. */
@media (prefers-color-scheme: dark) { .tool { --good: var(--dp-good, #6fcf8f); --bad: var(--dp-bad, #ff8a80); } }
.title { font-weight: 700; margin: 0 0 .6em; }
/* Labels stand on one line, and so do fields, and hints, however many lines each of them has. */
.fields { display: grid; gap: 0 1em; grid-template-columns: repeat(auto-fit, minmax(min(11em, 100%), 1fr)); }
.field { display: grid; gap: .2em; grid-row: span 3; grid-template-rows: auto auto 1fr; margin-bottom: .8em; min-width: 0; }
@supports (grid-template-rows: subgrid) { .fields > .field { grid-template-rows: subgrid; } }
.field > label { align-self: end; }
.field.wide { grid-column: 1 / -1; }
label, legend { font-weight: 600; font-size: .9em; }
small, .note, caption { color: var(--md-default-fg-color--light, inherit); font-size: .85em; }
input, select, textarea, button {
  font: inherit; color: inherit; background: transparent; border: 1px solid var(--md-default-fg-color--light, #767676); border-radius: .25em;
  padding: .4em .6em; max-width: 100%; min-height: 2.6em;
}
input, select, textarea { width: 100%; }
option { color: CanvasText; background: Canvas; }
textarea { min-height: 8em; font-family: var(--md-code-font-family, monospace); font-size: .85em; }
input[type=checkbox] { width: 1.2em; height: 1.2em; min-height: 0; flex: none; margin: .15em 0 0; accent-color: var(--accent); }
button { cursor: pointer; font-weight: 600; background: var(--accent); border-color: var(--accent); color: var(--paper); }
button.plain { background: transparent; color: var(--accent); }
button:disabled { opacity: .6; cursor: default; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
[aria-invalid] { border-color: var(--bad); }
fieldset { border: 0; padding: 0; margin: 1em 0; min-width: 0; }
legend { padding: 0; margin-bottom: .4em; font-size: 1em; }
.actions { display: flex; flex-wrap: wrap; gap: .6em; margin-top: .9em; align-items: center; }
.drop { border: 2px dashed var(--line); border-radius: .4em; padding: 1em; margin-top: .6em; }
.drop.over { border-color: var(--accent); }
.result:not(:empty) { margin-top: 1em; }
.verdict { font-size: 1.05em; margin: 0 0 .5em; }
.verdict strong { font-size: 1.5em; }
.verdict.good .sign, .verdict.good strong { color: var(--good); }
.verdict.bad .sign, .verdict.bad strong { color: var(--bad); }
.problem { color: var(--bad); font-weight: 600; margin: 0; }
.bar { position: relative; height: .9em; border: 1px solid var(--md-default-fg-color--light, #767676); border-radius: .45em; overflow: hidden; margin: 0 0 .6em; }
.bar i { display: block; height: 100%; background: var(--bad); }
.bar.good i { background: var(--good); }
.bar b { position: absolute; inset-block: 0; width: 3px; margin-inline-start: -1px; background: var(--ink); }
.scroll { overflow: auto; max-height: 22em; margin-top: .8em; border: 1px solid var(--line); }
table { border-collapse: collapse; width: 100%; font-size: .85em; font-variant-numeric: tabular-nums; }
caption { text-align: start; padding: .4em .6em; font-weight: 600; }
th, td { text-align: start; padding: .3em .6em; border-top: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere; min-width: 5em; }
details { margin-top: .9em; }
summary { cursor: pointer; font-weight: 600; }
pre { overflow: auto; padding: .6em; background: var(--md-code-bg-color, #8881); font-size: .8em; white-space: pre-wrap; overflow-wrap: anywhere; }
progress { width: 100%; }
dl { display: grid; grid-template-columns: minmax(7em, max-content) 1fr; gap: .4em 1em; margin: 0; }
dt { font-weight: 600; } dd { margin: 0; }
ol.steps { list-style: none; padding: 0; margin: 0; counter-reset: step; }
ol.steps label { display: flex; gap: .7em; padding: .4em 0; font-weight: 400; font-size: 1em; align-items: flex-start; }
ul.findings { padding-inline-start: 1.2em; margin: .5em 0 0; }
ul.findings li { margin-bottom: .5em; overflow-wrap: anywhere; }
ul.findings q { display: block; font-family: var(--md-code-font-family, monospace); font-size: .8em; quotes: none; }
.chart { margin-top: .8em; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@container (max-width: 24em) { dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: .6em; } }
@media (forced-colors: active) { .bar i { background: CanvasText; } .bar b { background: Highlight; } }
@media print {
  .actions, .drop, button, .no-print, details:not([open]) { display: none; }
  /* A form that nobody has filled in; a checklist is of use on paper. */
  .tool:has(.fields):not(:has(.result:not(:empty))) { display: none; }
  .tool { border: 0; padding: 0; } .scroll { max-height: none; overflow: visible; } }
`)
export default sheet
