// What a mail asks of its reader: secrets, an answer to somebody, a call; and what it promises or threatens.
import { say } from "../../words.js"
import { mailtoAddresses, readLink } from "./hosts.js"
import PHRASES, { FREE_MAIL, PURCHASE } from "./phrases.js"
import { asRead, asksFor, fieldAsksFor } from "./secrets.js"

const MAX_ADDRESSES = 100
const MAX_READ = 100_000
const ADDRESS = /(?<![\w.+-])[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,6}[a-z]{2,24}(?![\w-])/gi
const ASKS_TO_WRITE = /\b(?:repl(?:y|ies)|respond|write|e-?mail|mail|contact|reach|send|forward|get in touch|antwort\w*|schreib\w*|kontakt\w*|répond\w*|repond\w*|écri\w*|contact\w*|envoy\w*|respond\w*|escrib\w*|contáct\w*|envi\w*|escreva|contate)\b|راسل|اكتب|تواصل/iu
const UNSUBSCRIBE = /unsubscri|opt[ -]?out|remove|abmeld|abbestell|désabonn|desabonn|darse de baja|cancelar|list-/i
const BEFORE = 120
const BROKEN = /\p{L}(?:\u034f|\ufe0f|[\u200b\u200c\u2060\ufeff\u180e\u00ad]|\u200d)+(?=\p{L})/gu
const WORDS = /\p{L}{3,40}/gu
const LATIN = /\p{Script=Latin}/u
const OTHERS = /[\p{Script=Cyrillic}\p{Script=Greek}]/u
const MANY_BROKEN = 8
const MANY_MIXED = 4

const WHYS = () => ({
  "promises-money": say("It promises money, or business with a stranger."),
  "threatens": say("It threatens, or asks for payment in a cryptocurrency."),
  "asks-to-call": say("It tells of a purchase and gives a number to call: numbers in mails cannot be checked."),
  "asks-to-buy": say("It asks to buy cards and to send their codes: nobody genuine asks for that in a mail."),
  "asks-to-pay": say("It asks for payments to an account that it names, or that changed."),
  "asks-to-answer": say("It asks a stranger for an answer."),
})

export function inspectRequests(mail, trusted, { decoded, mailboxes, short }, findings) {
  const subjects = mail.headers.filter(({ key }) => key === "subject").map(({ value }) => decoded(value))
  const secret = (what) => say("It asks for what a genuine mail never asks: %(what)s.", { what: say(what) })
  for (const text of [...subjects, ...mail.texts]) {
    for (const { what, sentence } of asksFor(text)) findings.strong("asks-for-secret", `“${sentence}”`, secret(what))
  }
  // What others wrote, and this one quotes.
  const quotes = mail.quotes.join("")
  if (quotes) for (const { what, sentence } of asksFor(quotes)) findings.note("quotes-request", `“${sentence}”`, secret(what))
  for (const field of mail.fields) {
    const what = fieldAsksFor(field)
    if (what) findings.strong("asks-for-secret", `field: ${field}`, secret(what))
  }
  if (mail.controls || mail.forms) findings.add("form", mail.controls > 1 ? "strong" : "weak", "form", say("It holds a form to fill in; a genuine mail leads to its site for that."))
  const text = mail.texts.join("\n").slice(0, MAX_READ)
  inspectWriting(mail, text, trusted, { mailboxes, short }, findings)
  inspectPhrases(asRead(text).replace(/[ \t]+/g, " "), findings)
  inspectLetters(text, findings)
}

/** Whom it asks to write to, in words or by a link that begins the mail: judged as a sender is. Elsewhere an address is no sign. */
function inspectWriting(mail, text, trusted, { mailboxes, short }, findings) {
  const asked = new Set()
  const free = new Set()
  const take = (set, address) => { if (set.size < MAX_ADDRESSES) set.add(address.toLowerCase()) }
  for (const found of text.matchAll(ADDRESS)) {
    const before = text.slice(Math.max(0, found.index - BEFORE), found.index)
    if (FREE_MAIL.test(found[0])) take(free, found[0])
    if (ASKS_TO_WRITE.test(before) && !UNSUBSCRIBE.test(before)) take(asked, found[0])
  }
  for (const { href, text: words } of mail.links) {
    const { kind, url } = readLink(href)
    if (kind !== "mail") continue
    const lists = mailtoAddresses(url)
    if (!lists || lists.length > MAX_ADDRESSES) continue
    const prepared = /[?&](?:subject|body|cc|bcc)=/i.test(href)
    for (const { address } of lists.flatMap((list) => mailboxes(list) ?? [])) {
      if (FREE_MAIL.test(address)) take(free, address)
      if ((prepared || (ASKS_TO_WRITE.test(words) && !words.includes("@"))) && !UNSUBSCRIBE.test(`${words} ${href}`)) take(asked, address)
    }
  }
  for (const address of new Set([...asked, ...free])) {
    const domain = address.slice(address.lastIndexOf("@") + 1)
    if (trusted.isUnderSender(domain) || trusted.isSite(domain)) continue
    if (asked.has(address)) findings.weak("asks-to-write", address, say("It asks you to write to %(address)s, which is not a trusted sender.", { address: short(address) }))
    else findings.weak("names-free-mail", address, say("It names %(address)s, an address that anybody can have.", { address: short(address) }))
  }
}

function inspectPhrases(text, findings) {
  const whys = WHYS()
  for (const [rule, patterns] of Object.entries(PHRASES)) {
    if (rule === "asks-to-call" && !PURCHASE.test(text)) continue
    const found = patterns.map((pattern) => pattern.exec(text)).find(Boolean)
    if (found) findings.weak(rule, `“${found[0].slice(0, 200)}”`, whys[rule])
  }
}

/** Words that are cut by letters nobody sees, or that mix scripts: which mislead filters, and look right to people. */
function inspectLetters(text, findings) {
  const [broken, mixed] = [(text.match(BROKEN) ?? []).filter((one) => !one.endsWith("\u00ad")).length, (text.match(WORDS) ?? []).filter((word) => OTHERS.test(word) && LATIN.test(word)).length]
  if (broken >= MANY_BROKEN || mixed >= MANY_MIXED) findings.weak("disguised-text", text.trim().slice(0, 100), say("Its words are broken by characters that cannot be seen, or mix letters of several scripts."))
}
