// The part of a tool that reads a file: choose or paste, say which column is which, see what came of it.
import { choice, dropZone, field, h, indicator, ownZone, ruleNote, table, zoneChoice } from "./element.js"
import { judgeTable, previewTable, readTable } from "./judge.js"
import { FIELDS, dateOrder, guessColumns, isAmbiguous } from "./records.js"

const NOUNS = {
  packages: { one: "package", plural: "packages", good: "on time" },
  units: { one: "unit", plural: "units", good: "on time" },
  messages: { one: "message", plural: "messages", good: "answered in time" },
}
const REASONS = {
  "untracked": "not tracked",
  "pending": "still ahead",
  "outside-window": "outside the days that count",
  "no-response-needed": "no response needed",
  "invalid": "cannot be judged: no date, an unreadable one, or an answer before its question",
  "delivered-late": "delivered late",
  "not-delivered": "not delivered",
  "answered-late": "answered too late",
  "not-answered": "not answered",
}

/** A file's report within `tool`; `kind` is "packages" or "messages". */
export class FileReport {
  constructor(tool, kind) {
    this.tool = tool
    this.kind = kind
    this.format = tool.format
    this.columns = h("div")
    this.outcome = h("div", { class: "result", role: "status" })
    this.element = h("div", {}, this.source(), this.columns, this.outcome)
  }

  source() {
    const file = h("input", { type: "file", accept: ".csv,.tsv,.txt,text/csv,text/tab-separated-values,text/plain", change: () => file.files[0] && this.open(file.files[0]) })
    const pasted = h("textarea", { spellcheck: "false", rows: "5" })
    return dropZone((dropped) => this.open(dropped), (text) => this.preview(text),
      field("Choose a file, or drop it here (CSV or TSV)", file, "It is read in your browser and goes nowhere."),
      field("Or paste the table", pasted),
      h("div", { class: "actions" }, h("button", { type: "button", class: "plain", click: () => this.preview(pasted.value) }, "Read what is pasted")))
  }

  complain(text) {
    this.outcome.replaceChildren(h("p", { class: "problem" }, text))
  }

  async open(file) {
    this.columns.replaceChildren()
    this.outcome.replaceChildren(h("p", {}, `Reading “${file.name}” …`))
    try {
      this.preview(await readTable(file))
    } catch (error) {
      this.complain(error instanceof RangeError ? error.message : "The file could not be read.")
    }
  }

  /** Show which column is taken for what; the reader may say otherwise. */
  preview(text) {
    this.columns.replaceChildren()
    this.outcome.replaceChildren()
    let found
    try {
      found = previewTable(text)
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      this.complain(error.message)
      return
    }
    const { headings, rows } = found
    const guessed = guessColumns(this.kind, headings)
    const selects = Object.fromEntries(FIELDS[this.kind].map(({ name, required }) => [
      name, choice([["", required ? "– choose –" : "– none –"], ...headings.map((heading) => [heading, heading || "(no heading)"])], guessed[name]),
    ]))
    const dates = () => rows.flatMap((row) => ["promised", "delivered", "received", "answered"].map((name) => row[selects[name]?.value] ?? ""))
    const american = new Intl.DateTimeFormat(this.format.language).formatToParts(0).findIndex(({ type }) => type === "month") === 0
    const order = choice([["month-first", "month first: 3/12/2012 is March 12"], ["day-first", "day first: 3/12/2012 is December 3"]], dateOrder(dates()) || (american ? "month-first" : "day-first"))
    const orderField = field("Dates with slashes", order)
    orderField.hidden = !dates().some(isAmbiguous)
    const zone = zoneChoice(this.tool.getAttribute("time-zone") || ownZone())
    const asOf = h("input", { type: "datetime-local", value: localNow() })
    const preview = h("details", {}, h("summary", {}, "The first rows as they were read"),
      table("First rows", headings, rows.slice(0, 5).map((row) => headings.map((heading) => row[heading]))))
    this.columns.replaceChildren(h("form", { submit: (event) => {
      event.preventDefault()
      const mapping = Object.fromEntries(Object.entries(selects).map(([name, select]) => [name, select.value]))
      this.judge(text, { mapping, order: order.value, delimiter: found.delimiter, timeZone: zone.value, asOf: asOf.value })
    } },
      h("fieldset", {}, h("legend", {}, "Which column is which?"),
        h("div", { class: "fields" }, FIELDS[this.kind].map(({ name, label, required }) => field(label + (required ? " (needed)" : ""), selects[name])), orderField)),
      h("div", { class: "fields" }, field("Time zone of dates that name none", zone), field("As of", asOf)),
      preview,
      h("div", { class: "actions" }, h("button", {}, "Calculate"))))
    const missing = FIELDS[this.kind].filter(({ name, required }) => required && !guessed[name])
    if (missing.length) this.complain(`No column looks like “${missing[0].label}”. Choose it above.`)
    else this.columns.querySelector("form").requestSubmit()
  }

  async judge(text, { mapping, order, delimiter, timeZone, asOf }) {
    const missing = FIELDS[this.kind].find(({ name, required }) => required && !mapping[name])
    if (missing) {
      this.complain(`Choose the column for “${missing.label}”.`)
      return
    }
    const rules = this.tool.chosen
    const options = { rules, asOf: `${asOf || localNow()}:00`.slice(0, 19), timeZone, ...(this.kind === "messages" && this.tool.treatment ? { unanswered: this.tool.treatment.value } : {}) }
    const job = { kind: this.kind, mapping, order, delimiter, options }
    const bar = h("progress", { max: "1", value: "0", "aria-label": "Rows read" })
    this.outcome.replaceChildren(h("p", {}, "Reading the rows …"), bar)
    this.run = (this.run ?? 0) + 1
    const run = this.run
    try {
      const result = await judged(text, job, (share) => { bar.value = share })
      // A newer one may have been asked for meanwhile.
      if (run === this.run) this.tell(result, options)
    } catch (error) {
      this.complain(error.message)
    }
  }

  tell(result, options) {
    const { rules } = options
    const nouns = NOUNS[this.kind === "packages" ? rules.delivery.counts : "messages"]
    this.outcome.replaceChildren(...[
      indicator(result, this.format, nouns),
      result.broken > 0 && h("p", { class: "problem" }, `Row ${this.format.number(result.broken)}: a quotation mark is opened and never closed. What follows it was not read as rows.`),
      this.isListOfDefects(result) && this.askForTotal(result, rules, nouns),
      h("p", {}, `${this.format.number(result.rows)} rows read${this.counts(result)}.`),
      this.kind === "packages" ? this.weeks(result) : [this.urgent(result, options), this.hours(result)],
      this.left("Counted as late", result.late, result.lateCount),
      this.left("Left out", result.excluded, result.excludedCount),
      ruleNote(rules, this.format),
    ].flat(Infinity).filter(Boolean))
    for (const draw of this.drawings ?? []) draw()
    this.drawings = []
  }

  counts({ reasons }) {
    return Object.entries(reasons).map(([reason, number]) => `; ${this.format.number(number)} ${REASONS[reason].split(":")[0]}`).join("")
  }

  /** A report of late shipments lists nothing else: then the rate wants the total. */
  isListOfDefects({ numerator, denominator }) {
    return this.kind === "packages" && denominator > 0 && numerator === 0
  }

  askForTotal({ denominator }, rules, nouns) {
    const total = h("input", { inputmode: "numeric", autocomplete: "off" })
    const place = h("div", { role: "status" })
    return h("form", { submit: async (event) => {
      event.preventDefault()
      const all = Number(total.value)
      if (!/^\d{1,9}$/.test(total.value.trim()) || all < denominator) {
        place.replaceChildren(h("p", { class: "problem" }, `The total is a whole number, at least ${this.format.number(denominator)}.`))
        return
      }
      const { rateOf } = await import("./metrics.js")
      place.replaceChildren(indicator(rateOf(all - denominator, all, rules.delivery.target), this.format, nouns))
    } },
      h("p", {}, "Every row is late. If this file lists late packages only, say how many tracked packages there were in all:"),
      h("div", { class: "fields" }, field("All tracked packages", total)),
      h("div", { class: "actions" }, h("button", {}, "Calculate")),
      place)
  }

  left(title, items, total) {
    if (!total) return null
    const rows = items.map(({ id, reason }) => [this.format.number(id.row), id.name, REASONS[reason]])
    const more = total > items.length ? ` (the first ${this.format.number(items.length)} of ${this.format.number(total)})` : ""
    return table(`${title}${more}`, ["Row", "Name", "Why"], rows)
  }

  weeks({ weeks }) {
    if (weeks.length < 2) return null
    const labels = weeks.map(([monday]) => this.format.day(Date.parse(`${monday}T12:00:00Z`), "UTC"))
    this.draw(labels, [
      { label: "On time", values: weeks.map(([, good]) => good), color: "--good" },
      { label: "Late", values: weeks.map(([, , late]) => late), color: "--bad" },
    ])
    return [
      h("p", { class: "title" }, "By week of the promised date: on time, and late on top"),
      this.place,
      h("details", {}, h("summary", {}, "The same as a table"), table("By week", ["Week from", "On time", "Late"], weeks.map(([, good, late], at) => [labels[at], this.format.number(good), this.format.number(late)]))),
    ]
  }

  hours({ hours }) {
    const answered = hours.reduce((sum, number) => sum + number, 0)
    if (!answered) return null
    const last = hours.length - 1
    const labels = hours.map((_, at) => (at === last ? `${at}+` : String(at)))
    this.draw(labels, [{ label: "Messages", values: hours, color: "--accent" }])
    return [
      h("p", { class: "title" }, "Hours to the first answer"),
      this.place,
      h("details", {}, h("summary", {}, "The same as a table"), table("By hours", ["Hours", "Messages"], hours.flatMap((number, at) => (number ? [[labels[at], this.format.number(number)]] : [])))),
    ]
  }

  /** Keep a place for a chart; it is drawn when it stands in the page. */
  draw(labels, series) {
    const place = h("div", { class: "chart" })
    this.place = place
    this.drawings = [...(this.drawings ?? []), async () => {
      const { barChart } = await import("./chart.js")
      const style = getComputedStyle(place)
      barChart(place, labels, series.map((one) => ({ ...one, color: style.getPropertyValue(one.color).trim() })))
    }]
  }

  urgent({ urgent }, { asOf, timeZone }) {
    if (!urgent.length) return null
    const rows = urgent.map(({ id, deadline }) => [this.format.number(id.row), id.name, this.format.moment(deadline, timeZone)])
    return table(`To be answered, the most urgent first (as of ${asOf.replace("T", " ").slice(0, 16)})`, ["Row", "Name", "Answer by"], rows)
  }
}

/** The moment, as a field for local dates and times writes it. */
function localNow() {
  const now = new Date()
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 16)
}

/** Judge in a worker; where none can start (another site's page), in slices between which the page can draw. */
function judged(text, job, progress) {
  let worker
  try {
    worker = new Worker(new URL("./judge-worker.js", import.meta.url), { type: "module" })
  } catch {
    return judgeTable(text, job, (share) => { progress(share); return new Promise((resolve) => { setTimeout(resolve) }) })
  }
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => {
      if (data.share !== undefined) progress(data.share)
      else {
        worker.terminate()
        if (data.problem) reject(new Error(data.problem))
        else resolve(data.result)
      }
    }
    worker.onerror = () => {
      worker.terminate()
      judgeTable(text, job, (share) => { progress(share); return new Promise((done) => { setTimeout(done) }) }).then(resolve, reject)
    }
    worker.postMessage({ text, job })
  })
}
