// How the inspector of mails does on public collections, none of which is kept here:
//
//   node bench/mails.mjs --phish DIR --genuine DIR --hard DIR --easy DIR[,DIR] [--list RULE]
//
// `--phish`: mails of others in a brand's name (rf-peixoto/phishing_pot); the brand that each names is trusted. `--genuine`: mails of shops and
// carriers (moralmunky/Home-Assistant-Mail-And-Packages), `--hard` and `--easy`: ham (SpamAssassin's, by stdlib-js/datasets-spam-assassin): the senders
// that each mail names are trusted with their sites. The slowest is told in CPU time: what else the machine does says nothing. `--list` prints the files of a verdict or a rule.
import { readdir, readFile } from "node:fs/promises"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { inspectMessage } from "../theme/assets/javascripts/tools/message.js"
import { PostalMime } from "../theme/assets/javascripts/tools/vendor/mail.js"

const { values: options } = parseArgs({ options: { phish: { type: "string" }, genuine: { type: "string" }, hard: { type: "string" }, easy: { type: "string" }, list: { type: "string" }, skip: { type: "string" } } })

/** Brands by a word of theirs, with their domains: the first that the sender's name, the subject or the text holds. */
const BRANDS = {
  paypal: "paypal.com", netflix: "netflix.com", amazon: "amazon.com", microsoft: "microsoft.com", office: "microsoft.com", outlook: "microsoft.com", apple: "apple.com", icloud: "apple.com",
  facebook: "facebook.com", instagram: "instagram.com", linkedin: "linkedin.com", google: "google.com", dhl: "dhl.com", fedex: "fedex.com", ups: "ups.com", usps: "usps.com", "correios": "correios.com.br",
  binance: "binance.com", coinbase: "coinbase.com", metamask: "metamask.io", trezor: "trezor.io", ledger: "ledger.com", bradesco: "bradesco.com.br", itau: "itau.com.br", santander: "santander.com.br", nubank: "nubank.com.br",
  caixa: "caixa.gov.br", livelo: "livelo.com.br", walmart: "walmart.com", costco: "costco.com", mcafee: "mcafee.com", norton: "norton.com", docusign: "docusign.com", dropbox: "dropbox.com", wetransfer: "wetransfer.com",
  spotify: "spotify.com", whatsapp: "whatsapp.com", ebay: "ebay.com", chase: "chase.com", "wells fargo": "wellsfargo.com", "american express": "americanexpress.com", orange: "orange.fr", ionos: "ionos.com", sparkasse: "sparkasse.de",
}
const SENDER_RULES = /^(?:from|reply-to|return-path|authentication|sender)/

async function files(folders) {
  const found = []
  for (const folder of folders.split(",")) {
    for (const name of (await readdir(folder)).sort()) if (/\.(?:eml|txt)$/.test(name)) found.push(join(folder, name))
  }
  return found
}

function header(mail, key) {
  return mail.headers.find((one) => one.key === key)?.value ?? ""
}

function domains(text) {
  return [...text.matchAll(/@([\w.-]+\.[a-z]{2,})/gi)].map(([, name]) => name.toLowerCase().replace(/\.+$/, ""))
}

function whole(domain) {
  const labels = domain.split(".")
  return labels.slice(/^(?:co|com|org|net|gov|ac|edu)$/.test(labels.at(-2)) && labels.at(-1).length === 2 ? -3 : -2).join(".")
}

function brandTrust(mail) {
  const subject = header(mail, "subject")
  const text = `${mail.from?.name ?? ""} ${mail.subject ?? subject} ${(mail.text ?? mail.html ?? "").slice(0, 5000)}`.toLowerCase()
  const brand = Object.keys(BRANDS).find((word) => text.includes(word))
  const name = brand ? BRANDS[brand] : "brand.example"
  return { senders: [name], sites: [name] }
}

function ownTrust(mail) {
  const from = ["from", "reply-to", "return-path"].flatMap((key) => domains(header(mail, key)))
  const names = [...new Set(from.map(whole))].filter((name) => !/^(?:example)$/.test(name))
  return { senders: names.map((name) => `*.${name}`), sites: names }
}

// The libraries are loaded before time is taken.
await inspectMessage("From: a@brand.example\n\nHello.", {})

const shares = []
async function measure(title, folders, trust) {
  const count = { "bad-signs": 0, "look-closer": 0, "no-bad-signs": 0 }
  let [all, withoutSender, slowest, slowestFile] = [0, 0, 0, ""]
  const rules = new Map()
  const apart = []
  for (const file of await files(folders)) {
    const bytes = await readFile(file)
    // A collection may hold a file without a byte in it: no mail.
    if (!bytes.length) continue
    let parsed
    try {
      parsed = await PostalMime.parse(bytes)
    } catch {
      parsed = { headers: [] }
    }
    const began = process.cpuUsage()
    let found
    try {
      found = await inspectMessage(bytes, trust(parsed))
    } catch (error) {
      console.log("THREW", file, error.message)
      continue
    }
    const { user, system } = process.cpuUsage(began)
    const time = (user + system) / 1000
    if (time > slowest) [slowest, slowestFile] = [time, file]
    // In a collection of spoofs there are mails that the brand sent itself: its own checks passed. They are listed, and count for nothing.
    const [brand] = trust(parsed).senders
    const itsOwn = domains(header(parsed, "from")).some((name) => name === brand || name.endsWith(`.${brand}`))
    if (trust === brandTrust && itsOwn && found.verdict !== "bad-signs" && /\bdmarc=pass\b/i.test(parsed.headers.filter(({ key }) => key === "authentication-results").map(({ value }) => value).join(" "))) {
      apart.push(file)
      continue
    }
    all += 1
    count[found.verdict] += 1
    const rest = found.findings.filter(({ rule, severity }) => severity !== "note" && !SENDER_RULES.test(rule))
    if (rest.length) withoutSender += 1
    for (const rule of new Set(found.findings.filter(({ severity }) => severity === "strong").map(({ rule }) => rule))) rules.set(rule, (rules.get(rule) ?? 0) + 1)
    if (options.list === found.verdict || (options.list === "left" && !rest.length)) console.log(file)
    for (const { rule, severity, where, why } of found.findings) if (options.list === rule && severity === "strong") console.log(file, where, "|", why)
  }
  const share = (number) => `${number} (${((100 * number) / all).toFixed(2)} %)`
  if (apart.length) console.log(`${title}: sent by the brand itself:\n  ${apart.join("\n  ")}`)
  shares.push(`${title}: n ${all}; bad-signs ${share(count["bad-signs"])}, look-closer ${share(count["look-closer"])}, no-bad-signs ${share(count["no-bad-signs"])}; bad-signs or look-closer without the sender's findings ${share(withoutSender)}; slowest ${slowest.toFixed(0)} ms of CPU ${slowestFile}\n   strong: ${[...rules].sort((a, b) => b[1] - a[1]).map((entry) => entry.join(" ")).join(", ")}`)
}

if (options.phish) await measure("phish", options.phish, brandTrust)
if (options.genuine) await measure("genuine", options.genuine, ownTrust)
if (options.hard) await measure("hard ham", options.hard, ownTrust)
if (options.easy) await measure("easy ham", options.easy, ownTrust)
console.log(shares.join("\n"))
