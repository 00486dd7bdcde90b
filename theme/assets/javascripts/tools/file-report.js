// The part of a tool that reads a file: choose or paste, say which column is which, see what came of it.
import { many, say } from "../words.js"
import { choice, dropZone, field, h, indicator, ownZone, ruleNote, table, zoneChoice } from "./element.js"
import { judgeTable, previewTable, readTable } from "./judge.js"
import NOUNS from "./nouns.js"
import { FIELDS, dateOrder, guessColumns, isAmbiguous } from "./records.js"
import { judgeWorker } from "./worker.js"

const REASONS = {
  "untracked": say("not tracked"),
  "pending": say("still ahead"),
  "outside-window": say("outside the days that count"),
  "no-response-needed": say("no response needed"),
  "invalid": say("cannot be judged: no date, an unreadable one, or an answer before its question"),
  "delivered-late": say("delivered late"),
  "not-delivered": say("not delivered"),
  "answered-late": say("answered too late"),
  "not-answered": say("not answered"),
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
      field(say("Choose a file, or drop it here (CSV or TSV)"), file, say("It is read in your browser and goes nowhere.")),
      field(say("Or paste the table"), pasted),
      h("div", { class: "actions" }, h("button", { type: "button", class: "plain", click: () => this.preview(pasted.value) }, say("Read what is pasted"))))
  }

  complain(text) {
    this.outcome.replaceChildren(h("p", { class: "problem" }, text))
  }

  async open(file) {
    this.columns.replaceChildren()
    this.outcome.replaceChildren(h("p", {}, say("Reading “%(name)s” …", { name: file.name })))
    try {
      this.preview(await readTable(file))
    } catch (error) {
      this.complain(error instanceof RangeError ? error.message : say("The file could not be read."))
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
      name, choice([["", required ? say("– choose –") : say("– none –")], ...headings.map((heading) => [heading, heading || say("(no heading)")])], guessed[name]),
    ]))
    const dates = () => rows.flatMap((row) => ["promised", "delivered", "received", "answered"].map((name) => row[selects[name]?.value] ?? ""))
    const american = new Intl.DateTimeFormat(this.format.language).formatToParts(0).findIndex(({ type }) => type === "month") === 0
    const order = choice([["month-first", say("month first: 3/12/2012 is March 12")], ["day-first", say("day first: 3/12/2012 is December 3")]], dateOrder(dates()) || (american ? "month-first" : "day-first"))
    const orderField = field(say("Dates with slashes"), order)
    orderField.hidden = !dates().some(isAmbiguous)
    const zone = zoneChoice(this.tool.getAttribute("time-zone") || ownZone())
    const asOf = h("input", { type: "datetime-local", value: localNow() })
    const preview = h("details", {}, h("summary", {}, say("The first rows as they were read")),
      table(say("First rows"), headings, rows.slice(0, 5).map((row) => headings.map((heading) => row[heading]))))
    this.columns.replaceChildren(h("form", { submit: (event) => {
      event.preventDefault()
      const mapping = Object.fromEntries(Object.entries(selects).map(([name, select]) => [name, select.value]))
      this.judge(text, { mapping, order: order.value, delimiter: found.delimiter, timeZone: zone.value, asOf: asOf.value })
    } },
      h("fieldset", {}, h("legend", {}, say("Which column is which?")),
        h("div", { class: "fields" }, FIELDS[this.kind].map(({ name, label, required }) => field(required ? say("%(field)s (needed)", { field: say(label) }) : say(label), selects[name])), orderField)),
      h("div", { class: "fields" }, field(say("Time zone of dates that name none"), zone), field(say("As of"), asOf)),
      preview,
      h("div", { class: "actions" }, h("button", {}, say("Calculate")))))
    const missing = FIELDS[this.kind].filter(({ name, required }) => required && !guessed[name])
    if (missing.length) this.complain(say("No column looks like “%(field)s”. Choose it above.", { field: say(missing[0].label) }))
    else this.columns.querySelector("form").requestSubmit()
  }

  async judge(text, { mapping, order, delimiter, timeZone, asOf }) {
    const missing = FIELDS[this.kind].find(({ name, required }) => required && !mapping[name])
    if (missing) {
      this.complain(say("Choose the column for “%(field)s”.", { field: say(missing.label) }))
      return
    }
    const rules = this.tool.chosen
    const options = { rules, asOf: `${asOf || localNow()}:00`.slice(0, 19), timeZone, ...(this.kind === "messages" && this.tool.treatment ? { unanswered: this.tool.treatment.value } : {}) }
    const job = { kind: this.kind, mapping, order, delimiter, options }
    const bar = h("progress", { max: "1", value: "0", "aria-label": say("Rows read") })
    this.outcome.replaceChildren(h("p", {}, say("Reading the rows …")), bar)
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
      result.broken > 0 && h("p", { class: "problem" }, say("Row %(number)s: a quotation mark is opened and never closed. What follows it was not read as rows.", { number: this.format.number(result.broken) })),
      this.isListOfDefects(result) && this.askForTotal(result, rules, nouns),
      h("p", {}, this.counts(result)),
      this.kind === "packages" ? this.weeks(result) : [this.urgent(result, options), this.hours(result)],
      this.left(say("Counted as late"), result.late, result.lateCount),
      this.left(say("Left out"), result.excluded, result.excludedCount),
      ruleNote(rules, this.format),
    ].flat(Infinity).filter(Boolean))
    for (const draw of this.drawings ?? []) draw()
    this.drawings = []
  }

  counts({ rows, reasons }) {
    const read = many("%(number)s row read", "%(number)s rows read", rows, { number: this.format.number(rows) })
    const others = Object.entries(reasons).map(([reason, number]) => `${this.format.number(number)} ${REASONS[reason].split(":")[0]}`)
    return `${[read, ...others].join("; ")}.`
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
        place.replaceChildren(h("p", { class: "problem" }, say("The total is a whole number, at least %(number)s.", { number: this.format.number(denominator) })))
        return
      }
      const { rateOf } = await import("./rate.js")
      place.replaceChildren(indicator(rateOf(all - denominator, all, rules.delivery.target), this.format, nouns))
    } },
      h("p", {}, say("Every row is late. If this file lists late packages only, say how many tracked packages there were in all:")),
      h("div", { class: "fields" }, field(say("All tracked packages"), total)),
      h("div", { class: "actions" }, h("button", {}, say("Calculate"))),
      place)
  }

  left(title, items, total) {
    if (!total) return null
    const rows = items.map(({ id, reason }) => [this.format.number(id.row), id.name, REASONS[reason]])
    const part = say("%(title)s (the first %(number)s of %(total)s)", { title, number: this.format.number(items.length), total: this.format.number(total) })
    return table(total > items.length ? part : title, [say("Row"), say("Name"), say("Why")], rows)
  }

  weeks({ weeks }) {
    if (weeks.length < 2) return null
    const labels = weeks.map(([monday]) => this.format.day(Date.parse(`${monday}T12:00:00Z`), "UTC"))
    this.draw(labels, [
      { label: say("On time"), values: weeks.map(([, good]) => good), color: "--good" },
      { label: say("Late"), values: weeks.map(([, , late]) => late), color: "--bad" },
    ])
    return [
      h("p", { class: "title" }, say("By week of the promised date: on time, and late on top")),
      this.place,
      h("details", {}, h("summary", {}, say("The same as a table")), table(say("By week"), [say("Week from"), say("On time"), say("Late")], weeks.map(([, good, late], at) => [labels[at], this.format.number(good), this.format.number(late)]))),
    ]
  }

  hours({ hours }) {
    const answered = hours.reduce((sum, number) => sum + number, 0)
    if (!answered) return null
    const last = hours.length - 1
    const labels = hours.map((_, at) => (at === last ? `${at}+` : String(at)))
    this.draw(labels, [{ label: say("Messages"), values: hours, color: "--accent" }])
    return [
      h("p", { class: "title" }, say("Hours to the first answer")),
      this.place,
      h("details", {}, h("summary", {}, say("The same as a table")), table(say("By hours"), [say("Hours"), say("Messages")], hours.flatMap((number, at) => (number ? [[labels[at], this.format.number(number)]] : [])))),
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
    return table(say("To be answered, the most urgent first (as of %(moment)s)", { moment: asOf.replace("T", " ").slice(0, 16) }), [say("Row"), say("Name"), say("Answer by")], rows)
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
    worker = new Worker(judgeWorker(), { type: "module" })
  } catch {
    return judgeTable(text, job, (share) => { progress(share); return new Promise((resolve) => { setTimeout(resolve) }) })
  }
  return new Promise((resolve, reject) => {
    worker.onmessage = ({ data }) => {
      if (data.share !== undefined) progress(data.share)
      else {
        worker.terminate()
        if (data.problem !== undefined) reject(new Error(data.problem || say("The file could not be read.")))
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
