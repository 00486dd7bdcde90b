// What is counted, in sentences: in other languages a noun alone fits none of them.
import { many, say } from "../words.js"

/** For each kind: `share(total, good, all)`, `needed(number, told)`, `never()`; numbers are told as the page writes them. */
export default {
  packages: {
    share: (total, good, all) => many("%(good)s of %(number)s package on time.", "%(good)s of %(number)s packages on time.", total, { good, number: all }),
    needed: (number, told) => many("%(number)s more package in a row, on time, brings the rate back to the target.", "%(number)s more packages in a row, on time, bring the rate back to the target.", number, { number: told }),
    never: () => say("However many more packages are on time, the target cannot be reached any more."),
  },
  units: {
    share: (total, good, all) => many("%(good)s of %(number)s unit on time.", "%(good)s of %(number)s units on time.", total, { good, number: all }),
    needed: (number, told) => many("%(number)s more unit in a row, on time, brings the rate back to the target.", "%(number)s more units in a row, on time, bring the rate back to the target.", number, { number: told }),
    never: () => say("However many more units are on time, the target cannot be reached any more."),
  },
  messages: {
    share: (total, good, all) => many("%(good)s of %(number)s message answered in time.", "%(good)s of %(number)s messages answered in time.", total, { good, number: all }),
    needed: (number, told) => many("%(number)s more message in a row, answered in time, brings the rate back to the target.", "%(number)s more messages in a row, answered in time, bring the rate back to the target.", number, { number: told }),
    never: () => say("However many more messages are answered in time, the target cannot be reached any more."),
  },
}
