// <delivery-rate>: on-time delivery rate, by hand or from a file.
import { many, say } from "../words.js"
import { Tool, count, field, h, indicator, ruleChoice, ruleNote } from "./element.js"
import NOUNS from "./nouns.js"
import { rateOf } from "./rate.js"

class DeliveryRate extends Tool {
  build() {
    this.ruleSelect = ruleChoice(this, this.getAttribute("rules"), () => this.reckon())
    const number = () => h("input", { inputmode: "numeric", autocomplete: "off", input: () => this.reckon() })
    this.onTime = number()
    this.late = number()
    this.untracked = number()
    return [
      h("p", { class: "title" }, say("On-time delivery rate")),
      h("form", { submit: (event) => { event.preventDefault(); this.reckon() } },
        h("div", { class: "fields" },
          field(say("Delivered on time"), this.onTime),
          field(say("Late or lost"), this.late),
          !this.compact && field(say("Without tracking"), this.untracked, say("They do not count.")),
          field(say("Rules"), this.ruleSelect)),
        h("div", { class: "actions" }, h("button", {}, say("Calculate")))),
      this.status,
      !this.compact && this.fromFile("packages"),
    ]
  }

  reckon() {
    const rules = this.chosen
    try {
      const [onTime, late, untracked] = [count(this.onTime), count(this.late), count(this.untracked)]
      const { target, counts } = rules.delivery
      const total = onTime + late
      const rate = rateOf(onTime, total, target)
      this.show(
        indicator(rate, this.format, NOUNS[counts]),
        untracked > 0 && h("p", {}, many("%(number)s without tracking left out.", "%(number)s without tracking left out.", untracked, { number: this.format.number(untracked) })),
        ruleNote(rules, this.format))
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      this.complain(error.message)
    }
  }
}

customElements.define("delivery-rate", DeliveryRate)
