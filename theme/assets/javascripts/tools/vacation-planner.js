// <vacation-planner>: when to set listings Inactive and Active.
import { say } from "../words.js"
import { Tool, count, field, h, ownZone, zoneChoice } from "./element.js"
import { planVacation } from "./vacation.js"

class VacationPlanner extends Tool {
  build() {
    const plan = () => this.plan()
    this.lastDay = h("input", { type: "date", change: plan })
    this.returnDay = h("input", { type: "date", change: plan })
    this.handling = h("input", { inputmode: "numeric", autocomplete: "off", value: "2", input: plan })
    this.zone = zoneChoice(this.getAttribute("time-zone") || ownZone(), { change: plan })
    this.customers = zoneChoice(this.getAttribute("time-zone") || ownZone(), { change: plan })
    return [
      h("p", { class: "title" }, say("Vacation planner")),
      h("form", { submit: (event) => { event.preventDefault(); this.plan(true) } },
        h("div", { class: "fields" },
          field(say("Last day at work"), this.lastDay),
          field(say("First day back"), this.returnDay),
          !this.compact && field(say("Handling time in days"), this.handling),
          !this.compact && field(say("Your time zone"), this.zone),
          !this.compact && field(say("Your customers' time zone"), this.customers)),
        h("div", { class: "actions" }, h("button", {}, say("Plan")))),
      this.status,
    ]
  }

  /** Show the plan; what is still missing is said only to who asked for it. */
  plan(asked = false) {
    const [lastDay, returnDay] = [this.lastDay.value, this.returnDay.value]
    if (!lastDay || !returnDay) {
      if (asked) this.complain(say("Choose your last day at work and your first day back."))
      return
    }
    try {
      const zones = { timeZone: this.zone.value, customerTimeZone: this.customers.value }
      this.tell(planVacation({ lastDay, returnDay, handlingDays: count(this.handling), ...zones }), zones)
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      this.complain(/returnDay must/.test(error.message) ? say("The first day back comes after the last day at work.") : /handlingDays/.test(error.message) ? say("Handling time is a whole number of days, at most 365.") : error.message)
    }
  }

  tell(plan, { timeZone, customerTimeZone }) {
    const row = (what, at) => [
      h("dt", {}, what),
      h("dd", {}, h("time", { datetime: at }, this.format.moment(Date.parse(at), timeZone)),
        customerTimeZone !== timeZone && h("small", {}, " ", say("(customers: %(moment)s)", { moment: this.format.moment(Date.parse(at), customerTimeZone) }))),
    ]
    const address = URL.createObjectURL(new Blob([plan.ics], { type: "text/calendar" }))
    this.show(
      h("dl", {}, row(say("Set Inactive"), plan.inactiveAt), row(say("Last orders until"), plan.lastOrderAt), row(say("Set Active"), plan.activeAt), row(say("Back in search by"), plan.visibleBy)),
      h("div", { class: "actions" }, h("a", { href: address, download: "vacation.ics" }, say("Save both dates to your calendar (.ics)"))))
  }
}

customElements.define("vacation-planner", VacationPlanner)
