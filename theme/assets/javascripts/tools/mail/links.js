// Where a mail's links lead, and what their text says of it.
import { say } from "../../words.js"
import { asciiHost, isBareAddress, isUnder, kindOf, mailtoAddresses, mixesScripts, readLink } from "./hosts.js"

const MAX_WRITTEN = 100
const SHOWN = 240
const UNSUBSCRIBE = /unsubscri|opt[ -]?out|abmelde|abbestell|desabonn|désabonn|darse de baja|cancelar suscripci|إلغاء الاشتراك|email preferences|manage preferences|notification settings/i
const KINDS = () => ({
  "social": say("a social network"),
  "app-store": say("an app store"),
  "click-counter": say("a service that counts clicks"),
})

export function inspectLink({ href, text, where, quoted }, trusted, { hostsShown, hasInvisible, short }, findings) {
  const place = `${where}: ${href || "(empty)"}`
  const { kind, url, userInfo } = readLink(href)
  const active = ["form", "redirect", "frame"].includes(where)
  if (kind === "unreadable") findings.weak("link-unreadable", place, say("A link cannot be read."))
  else if (kind === "relative") findings.weak("link-relative", place, say("A link does not say which site it leads to."))
  else if (kind === "scheme") findings.add("link-scheme", ["data:", "javascript:", "vbscript:", "file:", "blob:"].includes(url.protocol) ? "strong" : "weak", place, say("A link leads to “%(scheme)s”, not to a web page.", { scheme: short(url.protocol) }))
  else if (kind === "web") inspectWebLink(url, { userInfo, active, text }, place, trusted, short, findings)

  const seen = new Map(hostsShown(text).map((shown) => [`${shown.host} ${shown.address}`, shown]))
  const words = seen.size ? `${short(text.slice(0, SHOWN))} (${where})` : ""
  for (const { host, address } of seen.values()) {
    const name = asciiHost(host) || host
    if (trusted.isSite(name) || (address && trusted.isUnderSender(host))) {
      if (kind === "web" && !address && !sameSite(name, url.hostname)) differs(trusted.isSite(url.hostname) ? "note" : quoted ? "weak" : "strong", host, url, words, short, findings)
    } else if (kind === "web" && !address && !sameSite(name, url.hostname)) {
      // Two hosts that are both strangers: one may count the clicks of the other.
      differs(trusted.isSite(url.hostname) || trusted.isLookAlike(name) ? "strong" : kindOf(url.hostname) ? "weak" : "strong", host, url, words, short, findings)
    } else findings.weak("link-text-untrusted", words, say("The text of a link shows %(host)s, which is not a trusted site.", { host: short(host) }))
  }
  if (hasInvisible(text) || hasInvisible(href)) {
    findings.note("hidden-characters", place, say("Characters are hidden here that cannot be seen or that turn the order of others."))
  }
}

function differs(severity, host, url, words, short, findings) {
  findings.add("link-text-differs", severity, words, say("The text of a link shows %(host)s, but it leads to %(other)s.", { host: short(host), other: short(url.hostname) }))
}

function inspectWebLink(url, { userInfo, active, text }, place, trusted, short, findings) {
  const host = url.hostname
  if (userInfo) findings.strong("link-user-info", place, say("A link hides where it leads behind an “@”: it leads to %(host)s.", { host: short(host) }))
  if (trusted.isSite(host)) return inspectTrusted(url, place, trusted, short, findings)
  if (isBareAddress(host)) return findings.strong("link-address", place, say("A link leads to a number, %(host)s, not to a named site.", { host: short(host) }))
  if (trusted.isLookAlike(host) || mixesScripts(host)) return findings.strong("link-look-alike", place, say("A link leads to %(host)s, which only looks like a trusted site.", { host: short(host) }))
  const kind = KINDS()[kindOf(host)] ?? (UNSUBSCRIBE.test(`${text} ${url.pathname}`) ? say("a page to unsubscribe") : "")
  const known = kind ? say("A link leads to %(host)s (%(kind)s), which is not a trusted site.", { host: short(host), kind }) : say("A link leads to %(host)s, which is not a trusted site.", { host: short(host) })
  return findings.add("link-untrusted", active ? "strong" : "weak", place, known)
}

function inspectTrusted(url, place, trusted, short, findings) {
  if (url.port) findings.note("link-port", place, say("A link names the unusual port %(port)s.", { port: url.port }))
  if (url.protocol === "http:") findings.note("link-not-encrypted", place, say("A link leads to a page that is not encrypted."))
  for (const value of url.searchParams.values()) {
    const target = /^(?:https?:)?[/\\]{2}/i.test(value) ? readLink(value.replace(/^[/\\]{2}/, "https://")) : null
    if (target?.url && !trusted.isSite(target.url.hostname)) {
      findings.weak("link-redirects", place, say("A link may lead on to %(host)s, which is not a trusted site.", { host: short(target.url.hostname) }))
    }
  }
}

/** Whom the text asks to write to, by a link or in words: judged as a sender is. Elsewhere an address is no sign. */
export function inspectWriting(mail, trusted, { mailboxes, short }, findings) {
  const asked = new Set()
  for (const text of mail.texts) {
    for (const [, address] of text.slice(0, 200_000).matchAll(ASKS_TO_WRITE)) if (asked.size < MAX_WRITTEN) asked.add(address.toLowerCase())
  }
  for (const { href, text } of mail.links) {
    const { kind, url } = readLink(href)
    if (kind !== "mail") continue
    const lists = mailtoAddresses(url)
    for (const list of lists?.length <= MAX_WRITTEN ? lists : []) {
      for (const { address } of mailboxes(list) ?? []) {
        if (/\b(?:repl|contact us|write|respond|e-?mail us|antwort|schreib|kontakt|repond|répond|écri|contact|respond|escrib|contáct)/i.test(text) && asked.size < MAX_WRITTEN) asked.add(address.toLowerCase())
      }
    }
  }
  for (const address of asked) {
    const domain = address.slice(address.lastIndexOf("@") + 1)
    if (trusted.isUnderSender(domain) || trusted.isSite(domain)) continue
    findings.weak("asks-to-write", address, say("It asks you to write to %(address)s, which is not a trusted sender.", { address: short(address) }))
  }
}

const ASKS_TO_WRITE = /(?:repl(?:y|ies)|respond|write|e-?mail|contact|reach|send|forward|antwort\w*|schreib\w*|kontakt\w*|mailen|répond\w*|repond\w*|écri\w*|contact\w*|envoy\w*|respond\w*|escrib\w*|contáct\w*|envi\w*|راسل\w*|اكتب|تواصل)[^\n.!?@]{0,80}?[\s:<([]((?:[\w.+-]{1,64})@(?:[\w-]{1,63}\.){1,6}[a-z]{2,24})\b/giu

function sameSite(one, other) {
  const [a, b] = [one, other].map((host) => host.toLowerCase().replace(/^www\./, "").replace(/\.$/, ""))
  return isUnder(a, b) || isUnder(b, a)
}
