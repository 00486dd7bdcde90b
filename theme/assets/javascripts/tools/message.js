// Looks through a mail for signs that it is not what it says: knows no page, fetches and runs nothing.
import { many, say } from "../words.js"
import { Trusted, asciiHost, mailtoAddresses, readLink } from "./mail/hosts.js"
import { asksFor, fieldAsksFor } from "./mail/secrets.js"

/** Characters (or bytes) of a message that are read at most. */
export const MAX_SIZE = 25_000_000

const MAX_LINES = 600_000
const MAX_FINDINGS = 1000
const MAX_WRITTEN = 100
const METHODS = "spf|dkim|dmarc|sender-id|domainkeys|dkim-adsp|dkim-atps|auth|compauth|bimi"
const SHOWN = 120

/**
 * Inspect a whole message, RFC 5322 text or its bytes, for a site that trusts `senders` (domains of addresses,
 * exactly) and `sites` (hosts and what lies under them).
 *
 * A finding is `{rule, severity, where, why}`; those of severity `"note"` do not change the verdict. "No bad
 * signs" never means genuine. Raises `RangeError` for a message that is too large and for names that are none.
 *
 * @returns {Promise<{verdict: "bad-signs"|"no-bad-signs", findings: {rule, severity: "bad"|"note", where, why}[]}>}
 */
export async function inspectMessage(source, trust = {}) {
  const trusted = new Trusted(trust ?? {})
  if ((source.length ?? source.byteLength ?? source.size) > MAX_SIZE) {
    throw new RangeError(say("the message is larger than %(size)s MB", { size: MAX_SIZE / 1_000_000 }))
  }
  const text = typeof source === "string" ? source : latin(source)
  if (text.split("\n", MAX_LINES + 1).length > MAX_LINES) throw new RangeError(say("the message has more lines than a mail has"))
  // Whoever copies a mail's source often copies an empty line before it.
  const lead = /^(?:\ufeff|\u00ef\u00bb\u00bf)?(?:[ \t]*\r?\n)*/.exec(text)[0].length
  const reader = await import("./mail/read.js")
  const mail = await reader.readMail(typeof source === "string" ? text.slice(lead) : bytesOf(source).subarray(lead))
  const findings = new Findings()
  for (const problem of mail.problems) {
    findings.bad("unreadable-message", "message", say("The message cannot be read to its end: %(problem)s.", { problem }))
  }
  inspectSenders(mail, trusted, reader, findings)
  inspectAuthentication(mail, findings)
  for (const link of mail.links) inspectLink(link, trusted, reader, findings)
  inspectRequests(mail, reader, findings)
  inspectSurroundings(mail, trusted, reader, findings)
  return findings.result()
}

function bytesOf(source) {
  if (ArrayBuffer.isView(source)) return new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
  return new Uint8Array(source)
}

/** Bytes as a text with a character for each. */
function latin(source) {
  return new TextDecoder("latin1").decode(bytesOf(source))
}

/** Findings in the order in which they came up; what repeats is counted. */
class Findings {
  constructor() {
    this.found = new Map()
  }

  bad(rule, where, why) {
    this.add(rule, "bad", where, why)
  }

  note(rule, where, why) {
    this.add(rule, "note", where, why)
  }

  add(rule, severity, where, why) {
    const key = `${rule}\n${why}`
    const known = this.found.get(key)
    if (known) known.times += 1
    else if (this.found.size < MAX_FINDINGS) this.found.set(key, { rule, severity, where: short(where), why, times: 1 })
  }

  result() {
    const findings = [...this.found.values()].map(({ times, ...finding }) => (
      times > 1 ? { ...finding, why: many("%(why)s (%(number)s time)", "%(why)s (%(number)s times)", times, { why: finding.why }) } : finding
    ))
    const order = { bad: 0, note: 1 }
    findings.sort((a, b) => order[a.severity] - order[b.severity])
    return { verdict: findings.some(({ severity }) => severity === "bad") ? "bad-signs" : "no-bad-signs", findings }
  }
}

function short(text) {
  const plain = text.slice(0, 20 * SHOWN).replace(/\s+/g, " ").trim()
  return plain.length > SHOWN ? `${plain.slice(0, SHOWN - 1)}…` : plain
}

function inspectSenders(mail, trusted, { mailboxes, decoded, hasInvisible }, findings) {
  const lines = (key) => mail.headers.filter((header) => header.key === key).map(({ value }) => value)
  const from = lines("from")
  if (!from.length) {
    findings.bad("from-missing", "From", say("No sender is named. If you pasted only the text, paste the whole source of the mail."))
  }
  const named = from.map((value) => mailboxes(value))
  if (named.some((found) => !found || !found.length)) {
    findings.bad("from-malformed", `From: ${from.join(", ")}`, say("The sender is not written as an address."))
  }
  const authors = named.flatMap((found) => found ?? [])
  if (from.length > 1 || authors.length > 1) {
    findings.bad("from-several", `From: ${from.join(", ")}`, say("Several senders are named; a genuine mail names one."))
  }
  for (const { domain, address } of authors) {
    if (trusted.isSender(domain)) continue
    findings.bad("from-untrusted", `From: ${address}`, say("The sender's address ends in %(domain)s, which is not a trusted sender.", { domain: short(domain) }))
  }
  for (const [key, rule, isTrusted] of [
    ["reply-to", "Reply-To", (domain) => trusted.isSender(domain)],
    ["return-path", "Return-Path", (domain) => trusted.isUnderSender(domain)],
  ]) {
    for (const value of lines(key)) {
      // A notice of failed delivery has an empty return path (RFC 5321 §4.5.5).
      if (!value.trim() || (key === "return-path" && /^\s*<\s*>\s*$/.test(value))) continue
      const found = mailboxes(value)
      if (!found || !found.length) findings.bad(`${key}-malformed`, `${rule}: ${value}`, say("%(header)s is not written as an address.", { header: rule }))
      for (const { domain, address } of found ?? []) {
        if (!isTrusted(domain)) findings.bad(`${key}-untrusted`, `${rule}: ${address}`, say("%(header)s leads to %(domain)s, which is not a trusted sender.", { header: rule, domain: short(domain) }))
      }
    }
  }
  for (const value of [...from, ...lines("subject")]) {
    if (hasInvisible(decoded(value))) findings.note("hidden-characters", value, say("Characters are hidden here that cannot be seen or that turn the order of others."))
  }
  if (authors.length === 1 && trusted.isSender(authors[0].domain)) {
    findings.note("from-proves-nothing", `From: ${authors[0].address}`, say("The sender's address is a trusted one. That proves nothing: anybody can write any address there."))
  }
}

const RESULT = new RegExp(`(?:^|[\\s;,"])(${METHODS})(?:\\s*/\\s*\\d+)?\\s*=\\s*"?([a-z]+)`, "gi")

/** RFC 8601: what the reader's own mail server found out. Comments and quoted strings say nothing. */
function inspectAuthentication(mail, findings) {
  for (const { key, value } of mail.headers) {
    if (key !== "authentication-results") continue
    // A reason is anybody's words. Other quotes are left: what they hide may be a result.
    const plain = withoutComments(value).replace(/\breason\s*=\s*"(?:[^"\\]|\\.)*"/gi, "")
    for (const [, method, result] of plain.matchAll(RESULT)) {
      const where = `Authentication-Results: ${method}=${result}`
      if (/^(?:hard)?fail$/i.test(result)) {
        findings.bad("authentication-failed", where, say("The check “%(method)s” of the sender failed.", { method: method.toLowerCase() }))
      } else if (/^(?:softfail|permerror|temperror|policy)$/i.test(result)) {
        findings.note("authentication-doubtful", where, say("The check “%(method)s” of the sender could not confirm it.", { method: method.toLowerCase() }))
      }
    }
  }
}

/** A header without its comments, which may nest; one that never ends is no comment. */
function withoutComments(value) {
  let plain = ""
  let depth = 0
  let quoted = false
  for (let at = 0; at < value.length; at += 1) {
    const letter = value[at]
    if (letter === "\\") {
      if (!depth) plain += value.slice(at, at + 2)
      at += 1
    } else if (letter === '"' && !depth) {
      quoted = !quoted
      plain += letter
    } else if (letter === "(" && !quoted) depth += 1
    else if (letter === ")" && depth) depth -= 1
    else if (!depth) plain += letter
  }
  return depth ? value : plain
}

function inspectLink({ href, text, where }, trusted, { hostsShown, hasInvisible, mailboxes }, findings) {
  const place = `${where}: ${href || "(empty)"}`
  const { kind, url, userInfo } = readLink(href)
  if (kind === "unreadable") findings.bad("link-unreadable", place, say("A link cannot be read."))
  else if (kind === "relative") findings.bad("link-relative", place, say("A link does not say which site it leads to."))
  else if (kind === "scheme") findings.bad("link-scheme", place, say("A link leads to “%(scheme)s”, not to a web page.", { scheme: short(url.protocol) }))
  else if (kind === "mail") inspectMailto(url, place, trusted, mailboxes, findings)
  else inspectWebLink(url, userInfo, place, trusted, findings)

  const seen = new Map(hostsShown(text).map((shown) => [`${shown.host} ${shown.address}`, shown]))
  const words = seen.size ? `${short(text.slice(0, 2 * SHOWN))} (${where})` : ""
  for (const { host, address } of seen.values()) {
    const name = asciiHost(host) || host
    if (!trusted.isSite(name) && !(address && trusted.isSender(host))) {
      findings.bad("link-text-untrusted", words, say("The text of a link shows %(host)s, which is not a trusted site.", { host: short(host) }))
    } else if (kind === "web" && !address && !sameSite(name, url.hostname)) {
      findings.note("link-text-differs", words, say("The text of a link shows %(host)s, but it leads to %(other)s.", { host: short(host), other: short(url.hostname) }))
    }
  }
  if (hasInvisible(text) || hasInvisible(href)) {
    findings.note("hidden-characters", place, say("Characters are hidden here that cannot be seen or that turn the order of others."))
  }
}

function inspectWebLink(url, userInfo, place, trusted, findings) {
  if (userInfo) findings.bad("link-user-info", place, say("A link hides where it leads behind an “@”: it leads to %(host)s.", { host: short(url.hostname) }))
  if (!trusted.isSite(url.hostname)) {
    const disguise = /(?:^|\.)xn--/.test(url.hostname) ? say("Letters of another script may look like those of a trusted one.") : ""
    findings.bad("link-untrusted", place, say("A link leads to %(host)s, which is not a trusted site.", { host: short(url.hostname) }) + (disguise && ` ${disguise}`))
    return
  }
  if (url.port) findings.note("link-port", place, say("A link names the unusual port %(port)s.", { port: url.port }))
  if (url.protocol === "http:") findings.note("link-not-encrypted", place, say("A link leads to a page that is not encrypted."))
  for (const value of url.searchParams.values()) {
    const target = /^(?:https?:)?[/\\]{2}/i.test(value) ? readLink(value.replace(/^[/\\]{2}/, "https://")) : null
    if (target?.url && !trusted.isSite(target.url.hostname)) {
      findings.note("link-redirects", place, say("A link may lead on to %(host)s, which is not a trusted site.", { host: short(target.url.hostname) }))
    }
  }
}

function inspectMailto(url, place, trusted, mailboxes, findings) {
  const lists = mailtoAddresses(url)
  const found = lists && lists.length <= MAX_WRITTEN ? lists.map((list) => mailboxes(list)) : null
  if (!found?.length || found.some((list) => !list?.length)) {
    findings.bad("link-unreadable", place, say("A link to write to somebody cannot be read."))
  }
  for (const { domain, address } of (found ?? []).flatMap((list) => list ?? [])) {
    if (!trusted.isSender(domain)) findings.bad("link-mail-untrusted", place, say("A link writes to %(address)s, which is not a trusted sender.", { address: short(address) }))
  }
}

function sameSite(one, other) {
  const [a, b] = [one, other].map((host) => host.replace(/^www\./, "").replace(/\.$/, ""))
  return a === b || a.endsWith(`.${b}`) || b.endsWith(`.${a}`)
}

function inspectRequests(mail, { decoded }, findings) {
  const subjects = mail.headers.filter(({ key }) => key === "subject").map(({ value }) => decoded(value))
  for (const text of [...subjects, ...mail.texts]) {
    for (const { what, sentence } of asksFor(text)) {
      findings.bad("asks-for-secret", `“${sentence}”`, say("It asks for what a genuine mail never asks: %(what)s.", { what: say(what) }))
    }
  }
  for (const field of mail.fields) {
    const what = fieldAsksFor(field)
    if (what) findings.bad("asks-for-secret", `field: ${field}`, say("It asks for what a genuine mail never asks: %(what)s.", { what: say(what) }))
  }
}

/** What is worth a look but proves nothing either way. */
function inspectSurroundings(mail, trusted, { mailboxes, hostsShown }, findings) {
  for (const { key, value } of mail.headers) {
    if (key !== "sender") continue
    for (const { domain, address } of mailboxes(value) ?? []) {
      if (!trusted.isSender(domain)) findings.note("sender-differs", `Sender: ${address}`, say("It was handed in by %(domain)s.", { domain: short(domain) }))
    }
  }
  const shown = new Set(mail.texts.flatMap((text) => hostsShown(text)).map(({ host }) => host))
  for (const host of [...shown].slice(0, MAX_WRITTEN)) {
    const name = asciiHost(host) || host
    if (!trusted.isSite(name) && !trusted.isSender(name)) findings.note("text-names-host", host, say("The text names %(host)s, which is not a trusted site.", { host: short(host) }))
  }
  const names = mail.attachments.filter(Boolean)
  if (names.length) findings.note("attachments", names.join(", "), say("It brings files. Do not open what you did not expect."))
}
