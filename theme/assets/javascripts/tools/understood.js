// What was understood of a table, and the form in which a reader says otherwise or answers what is asked.
import { many, say } from "../words.js"
import { choice, field, h, table, zoneChoice } from "./element.js"
import { FIELDS } from "./table/headings.js"

const DAY = 86_400

export class Understood {
  /**
   * `report` is what `judgeTable` gives; `given` is `{kind, format, timeZone, asOf, answers}`; `judge(answers, {timeZone, asOf})` is called
   * with what the reader says.
   */
  constructor(report, given, judge) {
    this.report = report
    this.kind = given.kind
    this.format = given.format
    this.timeZone = given.timeZone
    this.asOf = given.asOf
    this.answers = given.answers
    this.judge = judge
    this.asked = new Set(report.questions.map(({ field: name }) => name))
    this.element = h("section", { class: "understood" }, report.headings.length > 0 && [this.told(), this.form()])
  }

  /** What was taken for what, each with an example of the file. */
  told() {
    const { layout, columns, examples, headings, rowCount, rows, titles } = this.report
    const fields = FIELDS[this.kind].filter(({ name }) => columns[name])
    return h("details", { open: this.report.status === "rate" },
      h("summary", {}, say("What was understood")),
      layout && h("p", {}, say("Known as: %(layout)s", { layout })),
      h("ul", {}, fields.map(({ name, label }) => h("li", {}, say("%(field)s: column “%(heading)s”", { field: say(label), heading: columns[name] }), this.example(examples.find((one) => one.field === name))))),
      h("p", {}, many("%(number)s row below the headings.", "%(number)s rows below the headings.", rowCount, { number: this.format.number(rowCount) }), titles?.length > 0 && ` ${say("Lines above them: %(list)s", { list: titles.map((title) => `“${title.slice(0, 80)}”`).join(", ") })}`),
      h("details", {}, h("summary", {}, say("The first rows as they were read")), table(say("First rows"), headings, rows.map((row) => headings.map((heading) => row[heading])))))
  }

  /** "03.02.2026" is February 3, 2026. */
  example(one) {
    if (!one) return null
    const { text, means, seconds } = one
    return ` – ${say("“%(text)s” is %(meaning)s", { text: text.slice(0, 60), meaning: seconds === undefined ? this.moment(means) : this.span(seconds) })}`
  }

  moment(iso) {
    const zoned = /(?:Z|[+-]\d\d:\d\d)$/.test(iso)
    if (iso.length === 10) return new Intl.DateTimeFormat(this.format.language, { dateStyle: "long", timeZone: "UTC" }).format(Date.parse(`${iso}T12:00:00Z`))
    const told = new Intl.DateTimeFormat(this.format.language, { dateStyle: "long", timeStyle: "short", timeZone: "UTC" }).format(Date.parse(zoned ? iso : `${iso}Z`))
    return zoned ? `${told} (UTC)` : told
  }

  span(seconds) {
    /** @type {[string, number][]} */
    const parts = [["day", Math.floor(seconds / DAY)], ["hour", Math.floor((seconds % DAY) / 3600)], ["minute", Math.floor((seconds % 3600) / 60)], ["second", Math.round(seconds % 60)]]
    const told = parts.filter(([, number]) => number).map(([unit, number]) => new Intl.NumberFormat(this.format.language, { style: "unit", unit, unitDisplay: "long" }).format(number))
    return told.join(" ") || this.format.number(0)
  }

  form() {
    const { report, answers, kind } = this
    const { columns, headings } = report
    const asks = report.status !== "rate"
    const selects = Object.fromEntries(FIELDS[kind].map(({ name, required }) => [
      name, choice([["", required ? say("– choose –") : say("– none –")], ...headings.map((heading) => [heading, heading || say("(no heading)")])], columns[name] ?? ""),
    ]))
    const order = choice([["", say("– choose –")], ["month-first", say("month first: 3/12/2012 is March 12")], ["day-first", say("day first: 3/12/2012 is December 3")]], report.dateOrder)
    const orderField = field(say("Dates with slashes"), order)
    if (this.asked.has("dateOrder")) order.setAttribute("aria-invalid", "true")
    orderField.hidden = !report.dateOrder && !this.asked.has("dateOrder")
    const unit = choice([["", say("– choose –")], ["seconds", say("seconds")], ["minutes", say("minutes")], ["hours", say("hours")], ["days", say("days")]], answers.unit ?? "")
    const unitField = field(say("Unit of the time to the first reply"), unit)
    unitField.hidden = !answers.unit && !report.questions.some(({ kind: what }) => what === "unit")
    const unread = h("input", { type: "checkbox", checked: answers.unread === "left-out" })
    const unreadField = h("p", { hidden: !answers.unread && !report.questions.some(({ kind: what }) => what === "unread") }, h("label", {}, unread, " ", say("Leave out rows whose dates cannot be read")))
    const sheet = choice((report.sheets ?? []).map((name) => [name, name]), report.sheet)
    const sheetField = field(say("Sheet"), sheet)
    sheetField.hidden = (report.sheets ?? []).length < 2
    const zone = zoneChoice(answers.timeZone || this.timeZone)
    const asOf = h("input", { type: "datetime-local", value: this.asOf })
    const submit = (event) => {
      event.preventDefault()
      const said = Object.fromEntries(FIELDS[kind].map(({ name }) => [name, selects[name].value]))
      const more = { dateOrder: orderField.hidden ? "" : order.value, unit: unitField.hidden ? "" : unit.value, unread: unread.checked ? "left-out" : "", timeZone: this.asked.has("timeZone") || answers.timeZone ? zone.value : "", sheet: sheetField.hidden ? "" : sheet.value }
      // Another sheet has other columns.
      const next = more.sheet && more.sheet !== report.sheet ? { sheet: more.sheet } : { ...said, ...Object.fromEntries(Object.entries(more).filter(([, value]) => value)) }
      this.judge(next, { timeZone: zone.value, asOf: asOf.value })
    }
    return h("details", { open: asks },
      h("summary", {}, say("Read it otherwise")),
      h("form", { submit },
        sheetField,
        h("fieldset", {}, h("legend", {}, say("Which column is which?")),
          h("div", { class: "fields" }, FIELDS[kind].map(({ name, label, required }) => {
            if (this.asked.has(name)) selects[name].setAttribute("aria-invalid", "true")
            return field(required ? say("%(field)s (needed)", { field: say(label) }) : say(label), selects[name])
          }), unitField, orderField)),
        unreadField,
        h("div", { class: "fields" }, field(say("Time zone of dates that name none"), zone), field(say("As of"), asOf)),
        h("div", { class: "actions" }, h("button", {}, say("Calculate")))))
  }
}
