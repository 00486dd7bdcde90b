// What was meant by a word that stands nowhere: the same as `generator/deskpress/render/spelling.py`, where it says why.

export const PREFIX = 3
const SHORTEST = 4
const LONG = 8
const MAX_REPAIRS = 4
export const MAX_ALIKE = 3
const ENDING = 5
const PART = 3
const STEP = 10

/** Whether a term may be a word with a slip: some letters, and not mostly digits. */
export function canBeLost(term) {
  return term.length >= SHORTEST && /^[\p{L}\p{N}]+$/u.test(term) && (term.match(/\p{L}/gu) ?? []).length >= SHORTEST
}

/** The terms that are nearest to a word and its stem, those that are likely meant first; `vocabulary` has their frequencies. */
export function repairs(word, term, vocabulary, stem, endings) {
  const allowed = term.length < LONG ? 1 : 2
  const most = word.length + allowed
  const letters = lettersOf(word + term)
  const digits = digitsOf(term)
  const near = []
  for (const [other, times] of vocabulary) {
    if (other.length < term.length - allowed - ENDING || other.length > most || digitsOf(other) !== digits) continue
    if (bits(lettersOf(other) & ~letters) > allowed) continue
    let found = distance(word, term, other, allowed, stem)
    if (found > allowed && other.slice(0, PREFIX) === word.slice(0, PREFIX)) found = withEnding(word, other, allowed, stem, endings)
    if (found <= allowed) near.push([cost(found, term, other), times, other])
  }
  near.sort((a, b) => a[0] - b[0] || b[1] - a[1] || byText(a[2], b[2]))
  const best = near.length ? Math.floor(near[0][0] / STEP) : 0
  return near.filter(([much]) => Math.floor(much / STEP) === best).map(([, , other]) => other).slice(0, MAX_REPAIRS)
}

/** The terms that are near to a word that is too far from any to be put right: one slip more. */
export function alike(word, term, vocabulary, stem, endings) {
  const allowed = term.length < LONG ? 2 : 3
  const letters = lettersOf(word + term)
  const near = []
  for (const [other, times] of vocabulary) {
    if (other.length < SHORTEST || !/^\p{L}+$/u.test(other)) continue
    if (bits(lettersOf(other) & ~letters) > allowed) continue
    const found = Math.min(edits(term, other, allowed), withEnding(word, other, allowed, stem, endings))
    if (found <= allowed) near.push([cost(found, term, other), times, other])
  }
  near.sort((a, b) => a[0] - b[0] || b[1] - a[1] || byText(a[2], b[2]))
  return near.slice(0, MAX_ALIKE).map(([, , other]) => other)
}

function cost(slips, term, other) {
  const missing = other.length > term.length ? 0 : other.length === term.length ? 1 : 2
  return STEP * slips + (term[0] === other[0] ? 0 : 3) + missing
}

function distance(word, term, other, allowed, stem) {
  let found = Math.abs(other.length - term.length) <= allowed ? edits(term, other, allowed) : allowed + 1
  if (word !== term && found > 1 && stem(other) === other && Math.abs(other.length - word.length) <= allowed) {
    found = Math.min(found, edits(word, other, allowed))
  }
  if (found <= 1 || word === term || other.length < SHORTEST) return found
  const end = Math.min(word.length, other.length + allowed + 1)
  for (let size = Math.max(SHORTEST, other.length - allowed); size < end; size += 1) {
    if (word.length - size > ENDING) continue
    const slips = edits(word.slice(0, size), other, allowed)
    if (slips < found && stem(other + word.slice(size)) === other) found = slips
  }
  return found
}

/** The slips between a word and a term with an ending that the stemmer takes off it. */
function withEnding(word, other, allowed, stem, endings) {
  let found = allowed + 1
  for (const ending of endings) {
    const whole = other + ending
    if (Math.abs(whole.length - word.length) <= allowed && stem(whole) === other) found = Math.min(found, edits(word, whole, allowed))
  }
  return found
}

function lettersOf(text) {
  let found = 0
  for (const letter of text) found |= 1 << (letter.codePointAt(0) & 31)
  return found
}

function bits(number) {
  let found = 0
  for (let rest = number >>> 0; rest; rest = (rest & (rest - 1)) >>> 0) found += 1
  return found
}

function digitsOf(text) {
  return text.replace(/[^0-9]/g, "")
}

/** The two words that a word may be made of, as terms, if the first one stands somewhere; the longest first word first. */
export function* partsOf(word, links, stem, frequency) {
  for (let size = word.length - PART; size >= PART; size -= 1) {
    const first = word.slice(0, size)
    for (const term of firstTerms(first, links, stem)) {
      if (!frequency(term)) continue
      yield [term, stem(word.slice(size))]
      break
    }
  }
}

/** All first words that `partsOf` may ask for. */
export function beginningsOf(word, links, stem) {
  const found = []
  for (let size = word.length - PART; size >= PART; size -= 1) found.push(...firstTerms(word.slice(0, size), links, stem))
  return found
}

function firstTerms(first, links, stem) {
  return ["", ...links].filter((link) => !link || (first.endsWith(link) && first.length - link.length >= PART)).map((link) => stem(first.slice(0, first.length - link.length)))
}

/** How words begin that may be meant: as `term` does, or as it would without one slip in its first letters. */
export function beginnings(term) {
  const found = [term]
  for (let at = 0; at < Math.min(PREFIX, term.length - 1); at += 1) {
    found.push(term.slice(0, at) + term[at + 1] + term[at] + term.slice(at + 2), term.slice(0, at) + term.slice(at + 1))
  }
  return new Set(found.map((other) => other.slice(0, PREFIX)))
}

/** The letters that lead to a word with one slip in its first three: a wrong letter, or one that is missing. */
export function inner(term) {
  return [term.slice(3, 6), term.slice(2, 5)].filter(Boolean)
}

export function byText(a, b) {
  const [one, two] = [Array.from(a, (c) => c.codePointAt(0)), Array.from(b, (c) => c.codePointAt(0))]
  for (let at = 0; at < Math.min(one.length, two.length); at += 1) if (one[at] !== two[at]) return one[at] - two[at]
  return one.length - two.length
}

function edits(one, other, allowed) {
  let before = []
  let row = Array.from({ length: other.length + 1 }, (_, at) => at)
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i]
    for (let j = 1; j <= other.length; j += 1) {
      let much = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1))
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) much = Math.min(much, before[j - 2] + 1)
      next.push(much)
    }
    if (Math.min(...next) > allowed) return allowed + 1
    before = row
    row = next
  }
  return row.at(-1)
}
