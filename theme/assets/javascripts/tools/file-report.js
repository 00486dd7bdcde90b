// The part of a tool that reads a file: choose or paste, see what was understood of it, answer what is asked, see what came of it.
import { many, say } from "../words.js"
import { dropZone, field, h, indicator, ownZone, ruleNote, table } from "./element.js"
import NOUNS from "./nouns.js"
import { resultText } from "./result-text.js"
import { Reader } from "./table/reader.js"
import { Understood } from "./understood.js"

const REASONS = () => ({
  "untracked": say("not tracked"),
  "pending": say("still ahead"),
  "outside-window": say("outside the days that count"),
  "duplicate": say("another row of a message that is counted already"),
  "no-response-needed": say("no response needed"),
  "invalid": say("cannot be judged: no date, an unreadable one, or an answer before its question"),
  "delivered-late": say("delivered late"),
  "not-delivered": say("not delivered"),
  "answered-late": say("answered too late"),
  "not-answered": say("not answered"),
})

/** A file's report within `tool`; `kind` is "packages" or "messages". */
export class FileReport {
  constructor(tool, kind) {
    this.tool = tool
    this.kind = kind
    this.format = tool.format
    this.asked = h("div", { class: "result", role: "status" })
    this.understood = h("div")
    this.outcome = h("div", { class: "result", role: "status" })
    this.element = h("div", {}, this.source(), this.asked, this.understood, this.outcome)
  }

  source() {
    const file = h("input", { type: "file", accept: ".csv,.tsv,.txt,.xlsx,.xls,text/csv,text/tab-separated-values,text/plain,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", change: () => file.files[0] && this.open(file.files[0]) })
    const pasted = h("textarea", { spellcheck: "false", rows: "5" })
    const paste = (text) => this.open(new Blob([text]))
    return dropZone((dropped) => this.open(dropped), paste,
      field(say("Choose a file, or drop it here (CSV, TSV or .xlsx)"), file, say("It is read in your browser and goes nowhere.")),
      field(say("Or paste the table"), pasted),
      h("div", { class: "actions" }, h("button", { type: "button", class: "plain", click: () => paste(pasted.value) }, say("Read what is pasted"))))
  }

  complain(text) {
    this.outcome.replaceChildren(h("p", { class: "problem" }, text))
  }

  /** Read a file; what it is asked before another was opened comes to nothing. */
  async open(file) {
    this.reader?.close()
    this.understood.replaceChildren()
    this.asked.replaceChildren()
    this.outcome.replaceChildren(h("p", {}, file.name ? say("Reading “%(name)s” …", { name: file.name }) : say("Reading the rows …")))
    const reader = new Reader((share) => { if (this.bar) this.bar.value = share })
    this.reader = reader
    this.answers = {}
    try {
      await reader.call("open", file, { kind: this.kind })
    } catch (error) {
      if (reader === this.reader) this.complain(error instanceof RangeError ? error.message : say("The file could not be read."))
      return
    }
    if (reader === this.reader) await this.judge({ timeZone: this.tool.getAttribute("time-zone") || ownZone(), asOf: localNow() })
  }

  /** Judge what is open with what the reader has answered so far. */
  async judge({ timeZone, asOf }) {
    const rules = this.tool.chosen
    const options = { kind: this.kind, rules, asOf: `${asOf || localNow()}:00`.slice(0, 19), timeZone, answers: this.answers, layouts: this.tool.layouts, ...(this.kind === "messages" && this.tool.treatment ? { unanswered: this.tool.treatment.value } : {}) }
    this.bar = h("progress", { max: "1", value: "0", "aria-label": say("Rows read") })
    this.outcome.replaceChildren(h("p", {}, say("Reading the rows …")), this.bar)
    this.run = (this.run ?? 0) + 1
    const { run, reader } = this
    // A newer one may have been asked for meanwhile, or another file opened.
    const isLatest = () => run === this.run && reader === this.reader
    try {
      const result = await reader.call("judge", options)
      if (!isLatest()) return
      this.tell(result, options)
      // The page may draw in between.
      await new Promise((done) => { setTimeout(done) })
      if (isLatest()) this.answer(result, options)
    } catch (error) {
      if (isLatest()) this.complain(error.message)
    }
  }

  tell(report, options) {
    const understood = new Understood(report, { kind: this.kind, format: this.format, timeZone: options.timeZone, asOf: options.asOf.slice(0, 16), answers: this.answers }, (answers, given) => {
      this.answers = answers
      this.judge(given)
    })
    this.understood.replaceChildren(understood.element)
  }

  /** The rate, or what is in its way. */
  answer(report, options) {
    this.asked.replaceChildren()
    if (report.status === "refusal") this.complain(report.refusal)
    else if (report.status === "question") this.ask(report.questions)
    else this.tellRate(report, options)
  }

  /** What has to be answered first, above a form that is open. */
  ask(questions) {
    this.outcome.replaceChildren()
    this.asked.replaceChildren(
      h("p", {}, say("Before a rate can be shown:")),
      h("ul", { class: "findings" }, questions.map(({ problem }) => h("li", { class: "problem" }, problem))))
  }

  tellRate(report, options) {
    const { rules } = options
    const { rate } = report
    const nouns = NOUNS[this.kind === "packages" ? rules.delivery.counts : "messages"]
    this.outcome.replaceChildren(...[
      indicator(rate, this.format, nouns),
      this.isListOfDefects(rate) && this.askForTotal(rate, rules, nouns),
      h("p", {}, this.counts(report)),
      this.copy(report, options, nouns),
      this.kind === "packages" ? this.weeks(report) : [this.urgent(report, options), this.hours(report)],
      this.left(say("Counted as late"), rate.late, rate.lateCount),
      this.left(say("Left out"), rate.excluded, rate.excludedCount),
      rate.excludedCount > 0 && this.download(),
      ruleNote(rules, this.format),
    ].flat(Infinity).filter(Boolean))
    for (const draw of this.drawings ?? []) draw()
    this.drawings = []
  }

  /** Copies the result as text, with its rules and its date. The text is ready before the click: a wait would end the gesture. */
  copy(report, options, nouns) {
    if (!navigator.clipboard) return null
    const text = resultText(report, options, { format: this.format, nouns, counts: this.counts(report) })
    const said = h("span", { role: "status" })
    const copied = () => navigator.clipboard.writeText(text).then(
      () => { said.textContent = say("Copied") },
      () => { said.textContent = say("The browser did not let this page copy. Select the text and copy it.") })
    return h("div", { class: "actions" }, h("button", { type: "button", class: "plain", click: copied }, say("Copy the result")), " ", said)
  }

  /** The rows that were left out as a file. */
  download() {
    const reasons = REASONS()
    const save = async () => {
      const text = await this.reader.call("csv", [say("Row"), say("Why")], reasons)
      const address = URL.createObjectURL(new Blob(["\ufeff", text], { type: "text/csv" }))
      h("a", { href: address, download: "left-out.csv" }).click()
      setTimeout(() => URL.revokeObjectURL(address), 60_000)
    }
    return h("div", { class: "actions" }, h("button", { type: "button", class: "plain", click: save }, say("Save all rows that are left out (CSV)")))
  }

  counts({ rowCount, merged, reasons }) {
    const names = REASONS()
    const read = many("%(number)s row read", "%(number)s rows read", rowCount, { number: this.format.number(rowCount) })
    const more = merged > 0 && many("%(number)s more row of a package that is counted already", "%(number)s more rows of packages that are counted already", merged, { number: this.format.number(merged) })
    const others = Object.entries(reasons).map(([reason, number]) => `${this.format.number(number)} ${names[reason].split(":")[0]}`)
    return `${[read, more, ...others].filter(Boolean).join("; ")}.`
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
    const names = REASONS()
    const rows = items.map(({ id, reason }) => [this.format.number(id.row), id.name, names[reason]])
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
      // Another file may have been opened meanwhile.
      if (!place.isConnected) return
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
