// What the tools' elements share: a root of their own, fields, announcements, numbers as the page's language writes them.
import { ready, say } from "../words.js"
import { h, nodes } from "./dom.js"
import RULES from "./rules.js"
import sheet from "./style.js"

export { h }

/** An element that works in the page as it is and on other sites; what the server wrote in it stays readable. */
export class Tool extends HTMLElement {
  /** @type {Promise<void> | undefined} */
  built
  /** @type {HTMLSelectElement} */
  ruleSelect

  connectedCallback() {
    // Settled once the tool stands there in the page's language.
    this.built ??= ready.then(() => this.open())
  }

  open() {
    const root = this.attachShadow({ mode: "open" })
    root.adoptedStyleSheets = [sheet]
    this.format = new Format(this.closest("[lang]")?.lang || navigator.language)
    this.status = h("div", { class: "result", role: "status" })
    root.append(h("div", { class: this.compact ? "tool compact" : "tool" }, this.build(), this.about()))
  }

  /**
   * The form and the result of the tool.
   *
   * @returns {any}
   */
  build() { return [] }

  /** Whether it stands where there is little room: the home page. */
  get compact() {
    return this.hasAttribute("compact")
  }

  /** The rule sets that a reader can choose from: ours, and those of the site. */
  get rules() {
    return { ...RULES, ...parsed(this.dataset.rules) }
  }

  /** The exports that the site knows beside ours. */
  get layouts() {
    const given = parsed(this.dataset.layouts)
    return Array.isArray(given) ? given : []
  }

  /** The rule set that the reader has chosen. */
  get chosen() {
    return this.rules[this.ruleSelect.value]
  }

  /** What stands below the tool: what the server wrote, and how other sites can use it. */
  about() {
    // In the compact form the server wrote a link to the whole tool.
    if (this.compact) return this.hasText && h("slot")
    const name = this.localName
    const address = new URL(`./${name}.js`, import.meta.url).href
    const snippet = `<script type="module" src="${address}"></script>\n<${name}></${name}>`
    return [
      this.hasText && h("details", {}, h("summary", {}, this.aboutTitle), h("slot")),
      h("details", {}, h("summary", {}, say("Use this on your own site")), h("p", {}, say("Put these two lines into a page:")), h("pre", { tabindex: "0" }, snippet)),
    ]
  }

  get hasText() {
    return Boolean(this.textContent.trim())
  }

  get aboutTitle() {
    return say("How this is calculated")
  }

  /** The part that reads files, which is loaded when it is opened; `kind` is "packages" or "messages". */
  fromFile(kind) {
    return h("details", { toggle: async ({ target }) => {
      if (!target.open || target.dataset.ready) return
      target.dataset.ready = "yes"
      const { FileReport } = await import("./file-report.js")
      target.append(new FileReport(this, kind).element)
    } }, h("summary", {}, say("From a file")))
  }

  /** Show a result in place of the last one; screen readers announce it. */
  show(...content) {
    this.status.replaceChildren(...nodes(content))
  }

  /** Show what is wrong with what was entered. */
  complain(text) {
    this.show(h("p", { class: "problem" }, text))
  }
}

let fields = 0

/** A labelled field; `control` is the input. A hint is read out with it. */
export function field(label, control, hint = "") {
  const id = `field-${(fields += 1)}`
  control.id = id
  if (hint) control.setAttribute("aria-describedby", `${id}-hint`)
  return h("div", { class: "field" },
    h("label", { for: id }, label),
    control,
    hint && h("small", { id: `${id}-hint` }, hint))
}

/** A place to drop a file on, or text; `take` gets the file, `takeText` what else was dropped. */
export function dropZone(take, takeText, ...children) {
  const zone = h("div", {
    class: "drop",
    dragover: (event) => { event.preventDefault(); zone.classList.add("over") },
    dragleave: () => zone.classList.remove("over"),
    drop: (event) => {
      event.preventDefault()
      zone.classList.remove("over")
      const { files } = event.dataTransfer
      if (files.length) take(files[0])
      else takeText(event.dataTransfer.getData("text/plain"))
    },
  }, children)
  return zone
}

/** A choice among `options`, pairs of value and text. */
export function choice(options, chosen, attributes = {}) {
  return h("select", attributes, options.map(([value, text]) => h("option", { value, selected: value === chosen }, text)))
}

/** A table that scrolls where it is wider than its place, and can be scrolled by keyboard. */
export function table(caption, heads, rows) {
  return h("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": caption },
    h("table", {},
      h("caption", {}, caption),
      h("thead", {}, h("tr", {}, heads.map((head) => h("th", { scope: "col" }, head)))),
      h("tbody", {}, rows.map((row) => h("tr", {}, row.map((cell) => h("td", {}, cell)))))))
}

/** A choice of time zones, all that the browser knows. */
export function zoneChoice(chosen, attributes = {}) {
  const zones = [...new Set([chosen, "UTC", ...Intl.supportedValuesOf("timeZone")])]
  return choice(zones.map((zone) => [zone, zone.replaceAll("_", " ")]), chosen, attributes)
}

/** The reader's own time zone. */
export function ownZone() {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC"
}

/** A rate beside its target: a bar with a mark, and the same in words and as a sign. */
export function indicator({ rate, numerator, denominator, target, meets, neededToMeet }, format, nouns) {
  if (rate === null) return h("p", { class: "verdict" }, say("No data: nothing that counts. That is neither 0% nor 100%."))
  const share = format.percent(target.value)
  const expected = target.inclusive ? say("at least %(share)s", { share }) : say("above %(share)s", { share })
  const needed = meets ? null : neededToMeet === null ? nouns.never() : nouns.needed(neededToMeet, format.number(neededToMeet))
  const bar = h("div", { class: `bar ${meets ? "good" : "bad"}`, "aria-hidden": "true" }, h("i"), h("b"))
  // Properties, not a `style` attribute: a strict policy forbids that.
  bar.firstChild.style.width = `${rate * 100}%`
  bar.lastChild.style.insetInlineStart = `${target.value * 100}%`
  return h("div", { class: "indicator" },
    h("p", { class: `verdict ${meets ? "good" : "bad"}` },
      h("strong", {}, format.rate(rate, target.value)), " ",
      h("span", { class: "sign", "aria-hidden": "true" }, meets ? "✓" : "✗"), " ",
      meets ? say("meets the target (%(expected)s):", { expected }) : say("misses the target (%(expected)s):", { expected }), " ",
      nouns.share(denominator, format.number(numerator), format.number(denominator))),
    bar,
    needed && h("p", {}, needed))
}

/** A whole number of a field; raises `RangeError` that names the field. */
export function count(input) {
  const text = input.value.trim()
  if (text === "") return 0
  if (!/^\d{1,9}$/.test(text)) {
    input.setAttribute("aria-invalid", "true")
    throw new RangeError(say("“%(field)s” wants a whole number, 0 or more.", { field: input.labels[0].textContent }))
  }
  input.removeAttribute("aria-invalid")
  return Number(text)
}

/** Numbers, shares, dates as a language writes them. */
export class Format {
  constructor(language) {
    this.writers = new Map()
    try {
      new Intl.NumberFormat(language)
      this.language = language
    } catch {
      this.language = "en"
    }
  }

  /** What writes numbers or dates that way: making one takes longer than using it a hundred times. */
  written(kind, options) {
    const key = `${kind.name} ${JSON.stringify(options)}`
    if (!this.writers.has(key)) this.writers.set(key, new kind(this.language, options))
    return this.writers.get(key)
  }

  number(value) {
    return this.written(Intl.NumberFormat, {}).format(value)
  }

  percent(share, digits = 1) {
    return this.written(Intl.NumberFormat, { style: "percent", maximumFractionDigits: digits }).format(share)
  }

  /** A rate with as many digits as it takes not to look like its target: 96.96% is not 97%. */
  rate(share, target) {
    let digits = 1
    while (digits < 6 && share !== target && Number(share.toFixed(digits + 2)) === target) digits += 1
    return this.percent(share, digits)
  }

  moment(ms, timeZone) {
    return this.written(Intl.DateTimeFormat, { dateStyle: "full", timeStyle: "short", timeZone }).format(ms)
  }

  day(ms, timeZone) {
    return this.written(Intl.DateTimeFormat, { dateStyle: "medium", timeZone }).format(ms)
  }
}

function parsed(text) {
  try {
    return text ? JSON.parse(text) : {}
  } catch {
    return {}
  }
}

/** The rule sets that a reader can choose from, with their dates. */
export function ruleChoice(tool, chosen, change) {
  const sets = Object.entries(tool.rules)
  const known = sets.some(([name]) => name === chosen) ? chosen : sets[0][0]
  return choice(sets.map(([name, set]) => [name, set.name]), known, { change })
}

/** Where a rule set was read, and from when it is. */
export function ruleNote(rules, format) {
  return h("p", { class: "note" }, say("Rules: %(name)s, from %(day)s. Source: %(source)s.", { name: rules.name, day: format.day(Date.parse(`${rules.date}T12:00:00Z`), "UTC"), source: rules.source }))
}
