// The words of the interface in the page's language. English is what the scripts themselves say.
let words = { texts: {}, forms: {}, language: "en" }
let plural = new Intl.PluralRules("en")

// Not in workers, nor where a tool stands on another site: these have no page that names its words.
const address = globalThis.document?.querySelector("meta[name='dp:words']")?.content

/** Settled once `say` speaks the page's language. Not awaited at the top of this module: WebKit leaves out modules that wait for one that does. */
export const ready = address ? load(new URL(address, document.baseURI)) : Promise.resolve()

async function load(url) {
  try {
    const answer = await fetch(url)
    if (answer.ok) use({ ...(await answer.json()), language: document.documentElement.lang })
  } catch {
    // Then it is English that is said.
  }
}

/** Say these words from now on: for workers, which are told them by their page. */
export function use(given) {
  words = given
  plural = new Intl.PluralRules(given.language)
}

/** The words, as `use` takes them. */
export function inUse() {
  return words
}

/** A text in the page's language; `values` go into `%(name)s`. */
export function say(text, values = {}) {
  return filled(words.texts[text] ?? text, values)
}

/** `one` or `more`, as a number wants it; it goes into `%(number)s` unless `values` write it otherwise. */
export function many(one, more, number, values = {}) {
  const forms = words.forms[one] ?? { one, other: more }
  return filled(forms[plural.select(number)] ?? forms.other, { number, ...values })
}

function filled(text, values) {
  return text.replace(/%\((\w+)\)s/g, (found, name) => values[name] ?? found)
}
