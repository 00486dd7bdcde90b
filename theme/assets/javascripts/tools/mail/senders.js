// Who a mail says it is from, where an answer goes, and where it came from.
import { say } from "../../words.js"

const FORWARDED = /^(?:srs[01][=+-]|.*\+caf_=|prvs=.*@)/i

/** The addresses of `From`: `{domain, address}`; `mailboxes` reads a header. */
export function authorsOf(mail, { mailboxes }) {
  return mail.headers.filter(({ key }) => key === "from").flatMap(({ value }) => mailboxes(value) ?? [])
}

export function inspectSenders(mail, trusted, { mailboxes, decoded, hasInvisible, short }, findings, aligned) {
  const lines = (key) => mail.headers.filter((header) => header.key === key).map(({ value }) => value)
  const from = lines("from")
  if (!from.length) {
    findings.strong("from-missing", "From", say("No sender is named. If you pasted only the text, paste the whole source of the mail."))
  }
  const named = from.map((value) => mailboxes(value))
  if (named.some((found) => !found || !found.length)) {
    findings.strong("from-malformed", `From: ${from.join(", ")}`, say("The sender is not written as an address."))
  }
  const authors = named.flatMap((found) => found ?? [])
  if (from.length > 1 || authors.length > 1) {
    findings.strong("from-several", `From: ${from.join(", ")}`, say("Several senders are named; a genuine mail names one."))
  }
  for (const { domain, address } of authors) {
    if (trusted.isSender(domain)) continue
    if (trusted.isUnderSender(domain)) findings.weak("from-subdomain", `From: ${address}`, say("The sender's address ends in %(domain)s, a part of a trusted domain that is not listed: others may write from there.", { domain: short(domain) }))
    else findings.strong("from-untrusted", `From: ${address}`, say("The sender's address ends in %(domain)s, which is not a trusted sender.", { domain: short(domain) }))
  }
  for (const value of lines("reply-to")) {
    if (!value.trim()) continue
    inspectAddresses(value, mailboxes(value), trusted, "Reply-To", { short, findings })
  }
  inspectReturnPath(lines("return-path"), trusted, { mailboxes, short, findings, aligned })
  for (const value of [...from, ...lines("subject")]) {
    if (hasInvisible(decoded(value))) findings.note("hidden-characters", value, say("Characters are hidden here that cannot be seen or that turn the order of others."))
  }
  if (authors.length === 1 && trusted.isSender(authors[0].domain)) {
    findings.note("from-proves-nothing", `From: ${authors[0].address}`, say("The sender's address is a trusted one. That proves nothing: anybody can write any address there."))
  }
  for (const value of lines("sender")) {
    for (const { domain, address } of mailboxes(value) ?? []) {
      if (!trusted.isUnderSender(domain)) findings.note("sender-differs", `Sender: ${address}`, say("It was handed in by %(domain)s.", { domain: short(domain) }))
    }
  }
}

function inspectAddresses(value, found, trusted, header, { short, findings }) {
  const rule = header.toLowerCase()
  if (!found || !found.length) findings.strong(`${rule}-malformed`, `${header}: ${value}`, say("%(header)s is not written as an address.", { header }))
  for (const { domain, address } of found ?? []) {
    if (trusted.isSender(domain)) continue
    if (trusted.isUnderSender(domain)) findings.weak(`${rule}-subdomain`, `${header}: ${address}`, say("%(header)s leads to %(domain)s, a part of a trusted domain that is not listed.", { header, domain: short(domain) }))
    else findings.strong(`${rule}-untrusted`, `${header}: ${address}`, say("%(header)s leads to %(domain)s, which is not a trusted sender.", { header, domain: short(domain) }))
  }
}

/** Where notices of failure go. A sending service's is usual where the sender's own check passed; forwarding writes another there (SRS). */
function inspectReturnPath(values, trusted, { mailboxes, short, findings, aligned }) {
  for (const value of values) {
    // A notice of failed delivery has an empty return path (RFC 5321 §4.5.5).
    if (!value.trim() || /^\s*<\s*>\s*$/.test(value)) continue
    const found = mailboxes(value)
    if (!found || !found.length) findings.weak("return-path-malformed", `Return-Path: ${value}`, say("%(header)s is not written as an address.", { header: "Return-Path" }))
    for (const { domain, address } of found ?? []) {
      if (trusted.isUnderSender(domain)) continue
      const why = say("%(header)s leads to %(domain)s, which is not a trusted sender.", { header: "Return-Path", domain: short(domain) })
      if (aligned || FORWARDED.test(address)) findings.note("return-path-other", `Return-Path: ${address}`, why)
      else findings.strong("return-path-untrusted", `Return-Path: ${address}`, why)
    }
  }
}
