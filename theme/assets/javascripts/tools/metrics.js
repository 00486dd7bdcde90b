// The two indicators of a seller's account: pure arithmetic, knows no page.
import { meetsTarget, neededToMeet, rateOf } from "./rate.js"
import RULES from "./rules.js"
import { dayOf, daysBetween, instant, isDay, startOfDay } from "./time.js"

export { meetsTarget, neededToMeet, rateOf }

const HOUR = 3_600_000

/**
 * On-Time Delivery Rate: the share of tracked packages that reached the customer by the promised date.
 *
 * A package is `{id, tracked, promised, delivered, timeZone, units}`. `promised` is a day, which ends at its end in
 * the package's zone, or an instant, which is still in time; `delivered` is a day, an instant or null. What has
 * not been delivered by `asOf` counts as not delivered.
 *
 * @param {{rules?: string|object, asOf?: string, timeZone?: string}} [options]
 * @returns {{rate: number|null, numerator: number, denominator: number, target: {value: number, inclusive: boolean},
 *   meets: boolean|null, neededToMeet: number|null, late: {id: any, reason: string}[], excluded: {id: any, reason: string}[]}}
 */
export function onTimeDelivery(packages, options = {}) {
  const tally = deliveryTally(options)
  for (const item of packages) tally.add(item)
  return tally.rate()
}

/**
 * The same one by one, for long files: `add(package)` gives `{}`, `{late}` or `{excluded}`, `rate()` the sum.
 *
 * @param {{rules?: string|object, asOf?: string, timeZone?: string}} [options]
 */
export function deliveryTally({ rules = "amazon-2012", asOf, timeZone = "UTC" } = {}) {
  const { target, window, counts } = ruleSet(rules).delivery
  const now = moment(asOf, timeZone)
  const weight = (item) => (counts === "units" ? item?.units ?? 1 : 1)
  return new Tally(target, weight, (item) => judgePackage(item, now, timeZone, window, counts))
}

/**
 * Contact Response Time: the share of messages that were answered within the limit, by the clock.
 *
 * A message is `{id, received, answered, noResponseNeeded, duplicate}`, with instants; exactly the limit is in time, and one that
 * stands there a second time counts once.
 * `unanswered` says how messages without an answer count: `"always-late"`, or `"late-after-limit"`, so that
 * one that can still be answered in time does not count yet. By default the rules tell, for the day of `asOf`.
 *
 * @param {{rules?: string|object, asOf?: string, timeZone?: string, unanswered?: string}} [options]
 * @returns the same as `onTimeDelivery`
 */
export function responseTime(messages, options = {}) {
  const tally = responseTally(options)
  for (const item of messages) tally.add(item)
  return tally.rate()
}

/**
 * The same one by one, for long files, as `deliveryTally`.
 *
 * @param {{rules?: string|object, asOf?: string, timeZone?: string, unanswered?: string}} [options]
 */
export function responseTally({ rules = "amazon-2012", asOf, timeZone = "UTC", unanswered } = {}) {
  const { target, window, limitHours, unanswered: treatments } = ruleSet(rules).response
  const now = moment(asOf, timeZone)
  const today = dayOf(now, timeZone)
  const treatment = unanswered ?? treatments.filter(({ from }) => !from || from <= today).at(-1).value
  if (!["always-late", "late-after-limit"].includes(treatment)) {
    throw new RangeError(`unanswered is "always-late" or "late-after-limit", not "${treatment}"`)
  }
  return new Tally(target, () => 1, (item) => judgeMessage(item, now, timeZone, window, limitHours * HOUR, treatment))
}

/** A rule set by its name, or as it is given. */
export function ruleSet(rules) {
  if (typeof rules === "object" && rules !== null) return rules
  if (!Object.hasOwn(RULES, rules)) {
    throw new RangeError(`no rules are called "${rules}"; there are: ${Object.keys(RULES).join(", ")}`)
  }
  return RULES[rules]
}

function moment(asOf, timeZone) {
  const now = instant(asOf, timeZone)
  if (Number.isNaN(now)) throw new RangeError(`asOf is no instant: ${asOf}`)
  return now
}

/** Either `"on-time"`, or why a package is late, or why it does not count. */
function judgePackage(item, now, usualZone, window, counts) {
  if (item.tracked !== true) return { excluded: "untracked" }
  const zone = item.timeZone || usualZone
  if (counts === "units" && !(Number.isInteger(item.units ?? 1) && (item.units ?? 1) > 0)) return { excluded: "invalid" }
  const byDay = isDay(item.promised)
  const promised = byDay ? startOfDay(item.promised, zone, 1) : instant(item.promised, zone)
  if (Number.isNaN(promised)) return { excluded: "invalid" }
  const day = byDay ? item.promised : dayOf(promised, zone)
  const delivered = item.delivered ?? null
  const deliveredByDay = isDay(delivered)
  const arrived = delivered === null ? Infinity : deliveredByDay ? startOfDay(delivered, zone) : instant(delivered, zone)
  if (Number.isNaN(arrived)) return { excluded: "invalid" }
  const over = byDay ? now >= promised : now > promised
  if (arrived > now && !over) return { excluded: "pending" }
  if (window && !inWindow(daysBetween(day, dayOf(now, zone)), window)) return { excluded: "outside-window" }
  if (arrived > now) return { late: "not-delivered" }
  // Of a delivery only the day may be known: then days are compared.
  const inTime = deliveredByDay ? delivered <= day : byDay ? arrived < promised : arrived <= promised
  return inTime ? {} : { late: "delivered-late" }
}

function judgeMessage(item, now, timeZone, window, limit, treatment) {
  if (item.duplicate === true) return { excluded: "duplicate" }
  if (item.noResponseNeeded === true) return { excluded: "no-response-needed" }
  const received = instant(item.received, timeZone)
  const answer = item.answered ?? null
  const answered = answer === null ? Infinity : instant(answer, timeZone)
  if (Number.isNaN(received) || Number.isNaN(answered) || answered < received) return { excluded: "invalid" }
  if (received > now) return { excluded: "outside-window" }
  if (window && !inWindow(daysBetween(dayOf(received, timeZone), dayOf(now, timeZone)), window)) {
    return { excluded: "outside-window" }
  }
  if (answered <= now) return answered - received <= limit ? {} : { late: "answered-late" }
  if (treatment === "late-after-limit" && now - received <= limit) return { excluded: "pending" }
  return { late: "not-answered" }
}

/** Whether something `ago` days before the day of the report counts; what lies ahead does not. */
function inWindow(ago, { days, less }) {
  return ago >= less && ago < days
}

class Tally {
  constructor(target, weight, judge) {
    this.target = target
    this.weight = weight
    this.judge = judge
    this.numerator = 0
    this.denominator = 0
    this.late = []
    this.excluded = []
  }

  /** Count a record as it is judged; one that cannot be never stops the rest. */
  add(item) {
    let verdict
    try {
      verdict = this.judge(item)
    } catch {
      verdict = { excluded: "invalid" }
    }
    const id = item?.id
    if (verdict.excluded) {
      this.excluded.push({ id, reason: verdict.excluded })
      return verdict
    }
    const weight = this.weight(item)
    this.denominator += weight
    if (verdict.late) this.late.push({ id, reason: verdict.late })
    else this.numerator += weight
    return verdict
  }

  rate() {
    const { numerator, denominator, target, late, excluded } = this
    return { ...rateOf(numerator, denominator, target), late, excluded }
  }
}
