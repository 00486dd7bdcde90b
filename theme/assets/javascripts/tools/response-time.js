// <response-time>: contact response time, by hand or from a helpdesk's file.
import { many, say } from "../words.js"
import { Tool, choice, count, field, h, indicator, ruleChoice, ruleNote } from "./element.js"
import NOUNS from "./nouns.js"
import { rateOf } from "./rate.js"

class ResponseTime extends Tool {
  build() {
    this.ruleSelect = ruleChoice(this, this.getAttribute("rules"), () => this.reckon())
    const number = () => h("input", { inputmode: "numeric", autocomplete: "off", input: () => this.reckon() })
    this.inTime = number()
    this.late = number()
    this.open = number()
    this.unneeded = number()
    this.treatment = choice([["always-late", say("count as late")], ["late-after-limit", say("do not count yet")]], this.usual(), { change: () => this.reckon() })
    return [
      h("p", { class: "title" }, say("Contact response time")),
      h("form", { submit: (event) => { event.preventDefault(); this.reckon() } },
        h("div", { class: "fields" },
          field(say("Answered in time"), this.inTime),
          field(say("Answered too late"), this.late),
          !this.compact && field(say("Not answered, still in time"), this.open),
          !this.compact && field(say("No response needed"), this.unneeded, say("They do not count.")),
          !this.compact && field(say("Messages whose time is not over"), this.treatment),
          field(say("Rules"), this.ruleSelect)),
        h("div", { class: "actions" }, h("button", {}, say("Calculate")))),
      this.status,
      !this.compact && this.fromFile("messages"),
    ]
  }

  /** How the rules treat messages without an answer today. */
  usual() {
    const today = new Date().toISOString().slice(0, 10)
    return this.chosen.response.unanswered.filter(({ from }) => !from || from <= today).at(-1)?.value ?? "late-after-limit"
  }

  reckon() {
    const rules = this.chosen
    try {
      const [inTime, late, open, unneeded] = [this.inTime, this.late, this.open, this.unneeded].map(count)
      const { target, limitHours } = rules.response
      const total = inTime + late + (this.treatment.value === "always-late" ? open : 0)
      const rate = rateOf(inTime, total, target)
      this.show(
        indicator(rate, this.format, NOUNS.messages),
        h("p", {}, many("In time is within %(number)s hour.", "In time is within %(number)s hours.", limitHours, { number: this.format.number(limitHours) })),
        unneeded > 0 && h("p", {}, many("%(number)s that needed no response left out.", "%(number)s that needed no response left out.", unneeded, { number: this.format.number(unneeded) })),
        ruleNote(rules, this.format))
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      this.complain(error.message)
    }
  }
}

customElements.define("response-time", ResponseTime)
