// The words of the interface in the page's language. English is what the scripts themselves say.
const NONE = { texts: {}, forms: {} }

// Not in workers, nor where a tool stands on another site: these have no page that names its words.
const address = globalThis.document?.querySelector("meta[name='dp:words']")?.content
const words = address ? await load(new URL(address, document.baseURI)) : NONE
const plural = new Intl.PluralRules(address ? document.documentElement.lang : "en")

async function load(url) {
  try {
    const answer = await fetch(url)
    return answer.ok ? await answer.json() : NONE
  } catch {
    return NONE
  }
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
