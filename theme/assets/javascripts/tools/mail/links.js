// Where a mail's links lead, and what their text says of it.
import { say } from "../../words.js"
import { asciiHost, isBareAddress, isUnder, kindOf, mixesScripts, readLink } from "./hosts.js"

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
  if (kind === "unreadable") findings.weak("link-unreadable", place, say("A link cannot be read."))
  else if (kind === "relative") findings.weak("link-relative", place, say("A link does not say which site it leads to."))
  else if (kind === "scheme") findings.add("link-scheme", ["data:", "javascript:", "vbscript:", "file:", "blob:"].includes(url.protocol) ? "strong" : "weak", place, say("A link leads to “%(scheme)s”, not to a web page.", { scheme: short(url.protocol) }))
  else if (kind === "web") inspectWebLink(url, { userInfo, leads: where === "redirect", text }, place, trusted, short, quoted && where === "text" ? findings.ofQuotes() : findings)

  const seen = new Map(hostsShown(text).map((shown) => [`${shown.host} ${shown.address}`, shown]))
  const words = seen.size ? `${short(text.slice(0, SHOWN))} (${where})` : ""
  for (const { host, address } of seen.values()) {
    const name = asciiHost(host) || host
    const known = trusted.isSite(name) || (address && trusted.isUnderSender(host))
    if (kind !== "web" || address) {
      if (!known) findings.weak("link-text-untrusted", words, say("The text of a link shows %(host)s, which is not a trusted site.", { host: short(host) }))
    } else if (!sameSite(name, url.hostname)) {
      const severity = quoted ? "weak" : severityOf({ known, target: url.hostname, name, text, trusted })
      findings.add(known ? "link-text-differs" : "link-text-untrusted", severity, words, say("The text of a link shows %(host)s, but it leads to %(other)s.", { host: short(host), other: short(url.hostname) }))
    }
  }
  if (hasInvisible(text) || hasInvisible(href)) {
    findings.note("hidden-characters", place, say("Characters are hidden here that cannot be seen or that turn the order of others."))
  }
}

/**
 * How bad it is that a text shows one host and leads to another. From a trusted name to a stranger: nobody honest does that. Between strangers:
 * one may count the clicks of the other, unless the text is an address in full. Under a strange name to a trusted site: odd, not harmful.
 */
function severityOf({ known, target, name, text, trusted }) {
  if (trusted.isSite(target)) return known ? "note" : trusted.isLookAlike(name) ? "strong" : "weak"
  if (known || trusted.isLookAlike(name)) return "strong"
  return /^\s*https?:\/\//i.test(text) && !kindOf(target) ? "strong" : "weak"
}

function inspectWebLink(url, { userInfo, leads, text }, place, trusted, short, findings) {
  const host = url.hostname
  if (userInfo) findings.strong("link-user-info", place, say("A link hides where it leads behind an “@”: it leads to %(host)s.", { host: short(host) }))
  if (trusted.isSite(host)) return inspectTrusted(url, place, trusted, short, findings)
  if (isBareAddress(host)) return findings.strong("link-address", place, say("A link leads to a number, %(host)s, not to a named site.", { host: short(host) }))
  if (trusted.isLookAlike(host) || mixesScripts(host)) return findings.strong("link-look-alike", place, say("A link leads to %(host)s, which only looks like a trusted site.", { host: short(host) }))
  const kind = KINDS()[kindOf(host)] ?? (UNSUBSCRIBE.test(`${text} ${url.pathname}`) ? say("a page to unsubscribe") : "")
  const known = kind ? say("A link leads to %(host)s (%(kind)s), which is not a trusted site.", { host: short(host), kind }) : say("A link leads to %(host)s, which is not a trusted site.", { host: short(host) })
  return findings.add("link-untrusted", leads ? "strong" : "weak", place, known)
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

function sameSite(one, other) {
  const [a, b] = [one, other].map((host) => host.toLowerCase().replace(/^www\./, "").replace(/\.$/, ""))
  return isUnder(a, b) || isUnder(b, a)
}
