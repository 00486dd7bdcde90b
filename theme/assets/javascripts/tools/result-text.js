// The result of a file as text to copy: with its rules, its date and what was left out. Knows no page.
import { say } from "../words.js"

/** Lines of the rate, what it counts, the columns it was read from, the rule set and the moment it holds for. */
export function resultText({ rate, layout, columns, dateOrder }, { rules, asOf, timeZone }, { format, nouns, counts }) {
  const share = format.percent(rate.target.value)
  const expected = rate.target.inclusive ? say("at least %(share)s", { share }) : say("above %(share)s", { share })
  const read = Object.values(columns).filter(Boolean).map((heading) => `“${heading}”`).join(", ")
  return [
    rate.rate === null ? say("No data: nothing that counts. That is neither 0% nor 100%.") : `${format.rate(rate.rate, rate.target.value)} ${rate.meets ? say("meets the target (%(expected)s):", { expected }) : say("misses the target (%(expected)s):", { expected })} ${nouns.share(rate.denominator, format.number(rate.numerator), format.number(rate.denominator))}`,
    counts,
    [layout, say("Columns: %(list)s", { list: read }), dateOrder && (dateOrder === "day-first" ? say("days first in dates") : say("months first in dates"))].filter(Boolean).join("; "),
    say("Rules: %(name)s, from %(day)s. Source: %(source)s.", { name: rules.name, day: rules.date, source: rules.source }),
    say("As of %(moment)s, %(zone)s.", { moment: asOf.replace("T", " ").slice(0, 16), zone: timeZone }),
  ].join("\n")
}
