// What a genuine mail never asks for, not even as an "update": data, and how asking is recognised in English.
import LANGUAGES from "./languages.js"
import { LOOKALIKES } from "./letters.js"

/** From the marketplace's advice on spoof e-mails, March 2, 2012. */
export const SECRETS = {
  "social security or tax number": /\b(?:soc(?:ial|\.)?[ -]?sec(?:urity|\.)?[ -]?(?:number|no\b|#|code)|ssn|itin|tin\b|(?:tax|vat)(?:[ -]?payer)?'?s?[ -]?(?:identification |id(?:entity)? ?)?(?:numbers?|no\b|id\b)|national insurance number|ein (?:number|no\b)|employer identification number)/,
  "bank account": /\b(?:bank(?:ing)?[ -](?:account|acct|details|information|data|log-?in)|(?:checking|savings|current) account(?: number| details)?|account (?:and|or|&) (?:routing|sort)|account number at your bank|sort code|routing number|iban\b)/,
  "card number, PIN or security code": /\b(?:card ?(?:number|no\b|#|details|information|data)|(?:cc|visa|master ?card|amex) ?(?:number|num|no\b|details)|\d+-digit (?:number|code) (?:on|from) (?:the back|your card)|(?:three|four|3|4)-digit code|(?:your|the|atm|bank|card|digit|secret|and|or|,) ?pin\b(?! ?(?:it|to|board))|pin (?:code|number|no\b)|personal identification number|(?:card )?(?:security|verification) (?:code|value)|cvv2?|cvc2?|csc\b)|(?:confirm|verify|update|enter|re-?enter|provide|add) your (?:credit|debit|bank|payment)? ?card\b/,
  "identifying facts": /\b(?:maiden name|birth[ -]?(?:city|place|town)|(?:city|place|town|date) of birth|(?:city|place|town|where) (?:were )?you (?:were )?born|(?:city|town|place) (?:where )?you were born|(?:pet|dog|cat)'?s? name|name of (?:your )?(?:first )?(?:pet|dog|cat)|first (?:school|car))\b/,
  "password": /\b(?:pass ?words?|passwd|pass[ -]?codes?|pass ?phrases?|p@ssword|passw0rd|log-?in credentials?)\b(?! ?-?(?:reset|was|has been|assistance|protect|manager))/,
}

/** Codes that are made for one occasion, and those that may be a card's, too. */
const ONCE = String.raw`(?:(?<!card )verification|confirmation|one-time|access|bestatigungs)[ -]?(?:code|pin|pass ?word)|code (?:de (?:verification|confirmation)|a usage unique)|codigo (?:de (?:verificacion|confirmacion|un solo uso))|رمز (?:التحقق|التاكيد)`
const CODE = String.raw`(?:${ONCE}|(?<!card )security code|sicherheitscode|code de securite|codigo de seguridad|رمز الامان)`
const ONE_TIME = new RegExp(ONCE, "gu")
const TOLD = new RegExp(String.raw`${CODE}(?:\s+(?:is|lautet|ist|est|es|هو))?\s*[:"“«]?\s*(?:[a-z]-)?\d(?:[ -]?\d){3,7}(?!\d)`, "gu")
const TOLD_ALONE = /^[ \t]*(?:[a-z]-)?\d(?:[ -]?\d){3,7}[ \t]*\r?$/m

const ASKS = /\b(?:(?:confirm|re-?enter|enter|input|present|reveal|give|tell|attach|upload|list|furnish|supply|disclos(?:e|ing)|verify|validat(?:e|ing)|authenticat(?:e|ing)|updat(?:e|ing)|correct|insert|provid(?:e|ing)|(?:re)?submit(?:ting)?|state|specify|indicate|advise|shar(?:e|ing)|type|key in)(?:ing)?\b|fill(?:ing)? (?:in|out|this)|complet(?:e|ing) (?:the|this|our)|let (?:us|me) (?:have|know)|(?:send|forward|fax|e-?mail|text|mail|call)(?:ing)?(?: back| along)? (?:us|me|the|it|your|with|in)\b|repl(?:y|ies)\b|respond\b|(?:write|get) back|log ?in (?:with|using)|sign ?in (?:with|using)|(?:may|can|could) (?:i|we) (?:have|get)|(?:would|'d) like to know|(?:we|us|amazon|you must|you need to|department|team) (?:need|require|request|ask|must have|provide)s?\b|ask(?:s|ing|ed)? (?:you )?(?:for|to)|what(?:'s| is| was| city| town)|where were you|(?:is|are) (?:needed|required|missing|invalid)|(?:needed|required):)/
const NEVER = /\b(?:never|not|cannot|nobody|no(?! longer)|neither|nor|against|refrain|avoid(?= (?:giving|sending|sharing|entering))|\w+n't|only (?:ever )?(?=enter|type|use|sign))\b/g
const ADVICE = /^(?:please )?(?:\w+ )?only (?:ever )?(?:enter|typ|use|sign|giv|shar|provid|disclos)\w*\b|\b(?:be (?:careful|wary|cautious|suspicious)|beware|think twice|watch out)\b|\b(?:check|make sure|look|verify)\b.*\bbefore (?:you )?(?:enter|typ|giv|shar|provid|disclos)\w*|\bbefore (?:you )?(?:enter|typ|giv|shar|provid|disclos)\w*.*\b(?:check|make sure|look at)\b/
const UNDONE = /\b(?:hesitate|forget|fail|delay|wait|ignore|if|unless|until|why not|not only)\b/
const BLOCKED = /\b(?:can ?not|can't|unable|not be able|won't be able)\b.*\bwithout\b/
const OTHERS = /\b(?:someone|somebody|anyone|anybody|scammers?|phish\w*|fraud\w*|criminals?|spoof\w*|fakes?|suspicious|imposters?|thieves)\b/
const OPTIONAL = /\byou (?:can|may) (?:also )?(?:update|change|reset|manage)\b/
const LIST = /\b(?:following|below|form|details|information|these)\b|:$/
const BACK = /\b(?:it|them|this|these|that)\b/
const DIRECT = /\b(?:you|your|yours|ur|u|please|pls|kindly|us|me|must|required|needed|customer|dear)\b/
// French denies behind the verb, too.
const AFTER = 8
const WINDOW = 600
const LISTED = 8
const LABEL = 80

/** Texts have lost their marks when they are compared, and so have patterns: Arabic letters with a hamza are written without. */
const plainPattern = ({ source, flags }) => new RegExp(source.normalize("NFKD").replace(/\p{M}/gu, ""), flags)
/** @type {Record<string, any>[]} */
const ELSEWHERE = Object.values(LANGUAGES).map(({ secrets, nobody, ...others }) => ({
  secrets: Object.fromEntries(Object.entries(secrets).map(([what, pattern]) => [what, plainPattern(pattern)])),
  nobody: nobody ?? /(?!)/,
  ...Object.fromEntries(Object.entries(others).map(([name, pattern]) => [name, plainPattern(pattern)])),
}))

const SPACED = /(?<![\p{L}\p{N}])\p{L}(?:([.\-_*·•| ])\p{L}){4,40}(?![\p{L}\p{N}])/gu
const plainLetters = new Map()

/** Text as a reader takes it in: without marks, without what is invisible, letters that look Latin as Latin. */
export function asRead(text) {
  return text
    .replace(/[^\x00-\x7f]/gu, plainLetter)
    .toLowerCase()
    .replace(/-\r?\n/g, "")
    // "p.a.s.s.w.o.r.d": letters that are kept apart are one word to a reader.
    .replace(SPACED, (letters) => letters.replace(/[.\-_*·•| ]/g, ""))
}

function plainLetter(letter) {
  if (!plainLetters.has(letter)) {
    const plain = letter.normalize("NFKD").replace(/[\p{M}\p{Default_Ignorable_Code_Point}\p{Bidi_Control}]/gu, "").toLowerCase()
    const known = "’‘`´".includes(letter) ? "'" : LOOKALIKES[plain] ?? plain
    // One letter stands for at most three: a text never grows beyond all bounds.
    plainLetters.set(letter, known.length > 3 ? " " : known)
  }
  return plainLetters.get(letter)
}

/** The secrets that a text asks for, each with the sentence: `{what, sentence}`. */
export function asksFor(text) {
  const found = []
  let listed = 0
  const read = asRead(text)
  // A code that stands in the mail itself is not asked for: it is to be entered elsewhere.
  const told = TOLD_ALONE.test(read) ? read.replace(ONE_TIME, "code") : read.replace(TOLD, "code")
  for (const sentence of sentences(told)) {
    const result = readSentence(sentence, listed > 0 && sentence.length < LABEL)
    for (const what of new Set([...result.secrets, ...elsewhere(sentence)])) found.push({ what, sentence: sentence.slice(0, 200) })
    listed = result.opensList ? LISTED : listed - 1
  }
  return found
}

/** The same in the interface's other languages: a secret and a request in one clause, neither denied nor told as done. */
function* elsewhere(sentence) {
  for (const { secrets, asks, never, nobody, notices } of ELSEWHERE) {
    const named = Object.keys(secrets).filter((what) => secrets[what].test(sentence))
    if (!named.length || !asks.test(sentence)) continue
    for (const clause of sentence.split(/[;:]\s|,\s(?:aber|sondern|mais|pero|sino)\s|\s[-–—]\s/)) {
      const asked = asks.exec(clause)
      const end = asked ? asked.index + asked[0].length : 0
      if (!asked || nobody.test(clause.slice(end)) || never.test(clause.slice(0, end + AFTER)) || notices.test(clause)) continue
      yield* named
      break
    }
  }
}

/** Sentences and blocks; a very long one in windows that overlap. */
function* sentences(text) {
  for (const part of text.split(/(?<!\be\.g|\bi\.e|\bno)[.!?]+(?=\s|$)|\r?\n[ \t]*\r?\n|\r?\n(?=\s*[-*•\d])/)) {
    const plain = part.replace(/\s+/g, " ").trim()
    for (let at = 0; at === 0 || at < plain.length; at += WINDOW / 2) {
      const window = plain.slice(at, at + WINDOW)
      if (window) yield window
      if (at + WINDOW >= plain.length) break
    }
  }
}

/** Clause by clause: what is asked for, unless the asking is denied. */
function readSentence(sentence, inList) {
  const secrets = new Set()
  const warned = (OTHERS.test(sentence) && !/\bplease\b/.test(sentence)) || ADVICE.test(sentence)
  let asking = inList
  let before = []
  let opensList = false
  for (const clause of sentence.split(/[,;:]\s|\s[-–—]\s|\b(?:but|so|and please|because|since)\b/)) {
    const named = Object.keys(SECRETS).filter((what) => SECRETS[what].test(clause))
    const asks = ASKS.exec(clause)
    if (asks && isTold(clause, sentence, asks)) asking = false
    else if (asks) {
      asking = !warned && !OPTIONAL.test(clause) && !isDenied(clause, asks.index)
      if (asking && LIST.test(sentence)) opensList = true
      if (asking && !named.length && BACK.test(clause)) before.forEach((what) => secrets.add(what))
    } else if (BLOCKED.test(clause)) asking = true
    if (asking) named.forEach((what) => secrets.add(what))
    if (named.length) before = named
  }
  // "Password: ____" is a form to fill in.
  const form = /^(.{2,60}?)\s*:\s*(?:_{2,}|\.{4,}|\[ *\]|$)/.exec(sentence)
  if (form && (inList || /_{2,}|\.{4,}|\[ *\]/.test(sentence))) {
    Object.keys(SECRETS).filter((what) => SECRETS[what].test(form[1])).forEach((what) => secrets.add(what))
  }
  return { secrets, opensList }
}

/** Whether it tells what others do and asks nobody: "a worm that gives you a password", "we give a password to all". */
function isTold(clause, sentence, { index, 0: verb }) {
  if (/^(?:we|us|ask|need|what|where|(?:may|can|could)|(?:would|'d))/.test(verb)) return false
  const before = clause.slice(0, index)
  if (/\b(?:we|i|they|he|she|it|who|which|that|worm|user|users|customers|victims|company|server|program|software|window|message)(?:'ll|'d|'ve| will| can| could| may| would| has| have| had| wants?| to| also| then| only)* *$/.test(before)) return true
  return !DIRECT.test(sentence) && !/^(?:and|then|to|just|now|simply|so|or|first|next|\W)* *$/.test(before)
}

/** Whether a clause denies the asking at `at`: "we never ask for …"; "if you do not confirm …" does not. */
function isDenied(clause, at) {
  if (UNDONE.test(clause)) return false
  for (const never of clause.matchAll(NEVER)) {
    if (never.index <= at || /^(?:is|are|needed|required)/.test(clause.slice(at))) return true
  }
  return false
}

/** What a form's field is named after, if that is a secret. */
export function fieldAsksFor(name) {
  const plain = asRead(name.replace(/([a-z])([A-Z])/g, "$1 $2")).replace(/[_-]+/g, " ").replace(/\b(card|cc|account|bank|security)(number|num|code|account|no)\b/g, "$1 $2")
  return Object.keys(SECRETS).find((what) => SECRETS[what].test(plain)) ?? (/^pin$/.test(plain.trim()) ? "card number, PIN or security code" : /^(?:pass|pwd|passwort|kennwort|mdp|mot de passe|contrasena|clave|senha|wachtwoord)$/.test(plain.trim()) ? "password" : "")
}
