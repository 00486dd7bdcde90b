// Words that stand in cells of other people's tables, as data. Knows no page.
// They are compared as `plainWord` writes them: lower case, without accents and with single spaces.

/** Months from January on: the beginnings that no other month shares, in the languages of the interface and its neighbours. */
const MONTHS = [
  "january januar janner janvier enero gennaio januari janeiro jan يناير كانونالثاني جانفي",
  "february februar feber fevrier febrero febbraio februari fevereiro feb fev fevr febr فبراير شباط فيفري",
  "march marz maerz mars marzo maart marco mar mrz مارس آذار اذار",
  "april avril abril aprile apr avr abr أبريل ابريل إبريل نيسان أفريل افريل",
  "may mai mayo maggio mei maio mag مايو أيار ايار ماي",
  "june juni juin junio giugno junho jun giu يونيو حزيران جوان",
  "july juli juillet julio luglio julho jul juil lug يوليو تموز جويلية",
  "august aout agosto augustus aug ago أغسطس اغسطس آب اب أوت",
  "september septembre septiembre setiembre settembre setembro sep sept set سبتمبر أيلول ايلول",
  "october oktober octobre octubre ottobre outubro oct okt ott out أكتوبر اكتوبر تشرينالأول تشرينالاول",
  "november novembre noviembre novembro nov نوفمبر تشرينالثاني",
  "december dezember decembre diciembre dicembre dezembro dec dez dic ديسمبر كانونالأول كانونالاول",
].map((names) => names.split(" "))

/** Days of the week and small words that stand in dates and say nothing. */
const FILLERS = new Set((
  "monday mon tuesday tue tues wednesday wed thursday thu thur thurs friday fri saturday sat sunday sun "
  + "montag mo dienstag di mittwoch mi donnerstag do freitag fr samstag sonnabend sa sonntag so "
  + "lundi lun mardi mar mercredi mer jeudi jeu vendredi ven samedi sam dimanche dim "
  + "lunes martes miercoles mie jueves jue viernes vie sabado sab domingo dom "
  + "الاثنين الإثنين الثلاثاء الأربعاء الاربعاء الخميس الجمعة السبت الأحد الاحد يوم "
  + "at on by the of um am den der bis a las la le les el de del du en st nd rd th er uhr في الساعة before until till no later than vor spatestens avant antes"
).split(" "))

/** Cells that say "there is nothing here", or "not yet". */
export const NOTHING = new Set([
  "", "-", "--", "---", "–", "—", ".", "…", "/", "?", "n/a", "na", "n.a.", "#n/a", "#n/v", "#nv", "#n/d", "#nd", "#value!", "#wert!", "#valeur!", "#valor!",
  "#ref!", "#bezug!", "#name?", "#null!", "#num!", "#div/0!", "nan", "nat", "null", "(null)", "none", "nil", "undefined", "(blank)", "(empty)", "blank", "empty", "\\n",
  "not available", "not applicable", "not set", "no date", "not known", "unknown", "tbd", "tba",
  "not delivered", "not delivered yet", "not yet delivered", "yet to be delivered", "undelivered", "pending", "in transit", "intransit", "transit",
  "out for delivery", "outfordelivery", "shipped", "dispatched", "on the way", "on its way", "en route", "enroute", "label created", "pre transit",
  "pretransit", "pre shipment", "info received", "inforeceived", "awaiting delivery", "awaiting pickup", "ready for pickup", "available for pickup",
  "availableforpickup", "attempted delivery", "delivery attempted", "failed attempt", "attemptfail", "attempt fail", "delayed", "exception",
  "delivery exception", "lost", "missing", "returned", "return to sender", "returned to sender", "processing", "unfulfilled", "scheduled", "expected",
  "not shipped", "not shipped yet", "accepted", "picked up", "moving", "in progress", "active", "expired", "on hold", "delivery failed", "failed",
  "open", "new", "waiting", "unanswered", "not answered", "not answered yet", "no reply", "no reply yet", "no response", "no response yet", "not replied", "not replied yet", "awaiting reply", "not responded",
  "unterwegs", "in zustellung", "nicht zugestellt", "noch nicht zugestellt", "nicht geliefert", "noch nicht geliefert", "ausstehend", "offen", "versendet", "versandt",
  "in bearbeitung", "unbeantwortet", "keine", "keine antwort", "noch keine antwort", "nicht beantwortet", "noch offen", "verloren", "unbekannt", "leer", "k.a.", "k. a.", "entfallt",
  "en cours", "en cours de livraison", "en cours d'acheminement", "non livre", "pas encore livre", "non distribue", "en attente", "expedie", "sans reponse", "aucun", "aucune", "aucune reponse", "perdu", "neant", "vide", "s/o",
  "en transito", "en camino", "en reparto", "no entregado", "aun no entregado", "sin entregar", "pendiente", "enviado", "sin respuesta", "ninguno", "ninguna", "sin contestar", "perdido", "vacio",
  "قيد التوصيل", "لم يتم التسليم", "لم يسلم", "لم يسلم بعد", "في الطريق", "قيد الانتظار", "قيد الشحن", "لا يوجد", "بدون رد", "لم يتم الرد",
])

/** It came, but the cell does not say when. */
export const CAME = new Set(["delivered", "complete", "completed", "arrived", "received", "yes", "y", "true", "zugestellt", "geliefert", "ausgeliefert", "ja", "livre", "livree", "distribue", "oui", "entregado", "entregada", "si", "تم التسليم", "مسلم", "نعم", "answered", "replied", "responded", "solved", "closed", "resolved", "beantwortet", "repondu", "respondido"])

/** It was called off: neither in time nor late. */
export const CALLED_OFF = new Set(["cancelled", "canceled", "cancellation", "voided", "void", "refunded", "storniert", "abgebrochen", "annule", "annulee", "cancelado", "cancelada", "anulado", "ملغي", "ملغى", "ملغاة"])

/** The word in front ("cancelled by customer"), or behind what it is about ("order cancelled"): "not cancelled" says otherwise. */
const OFF = /^(?:(?:the )?(?:order|shipment|label|bestellung|sendung|commande|pedido|envio)[ :-]+(?:was |is |wurde |ist )?)?(?:cancell?ed|voided|storniert|abgebrochen|annulee?|cancelad[oa]|anulad[oa])\b/u

/** Whether a cell, as `plainWord` writes it, says that an order was called off. */
export function isCalledOff(word) {
  return CALLED_OFF.has(word) || OFF.test(word)
}

const BACK = /\b(?:return(?:ed|ing)? to (?:sender|shipper|origin|seller)|undeliverable|unzustellbar|zuruck an (?:den )?absender|rucksendung an (?:den )?absender|retour(?:ne)? a l'expediteur|devuelto al remitente)\b|مرتجع إلى المرسل/u

/** Whether a cell says that a package went back to its sender. */
export function wentBack(word) {
  return BACK.test(word)
}

/** It is not with the customer, whatever day another cell tells: that of its way back, or of a notice. */
export const NOT_THERE = new Set(["returned to sender", "return to sender", "returning to sender", "rts", "undeliverable", "undelivered", "not delivered", "failed delivery", "delivery failed", "lost", "lost in transit", "in transit", "transit", "on the way", "label created", "pre transit", "pre shipment", "exception", "delivery exception", "attempted delivery", "delivery attempted", "failed attempt", "delivery attempt failed", "attemptfail", "failure", "awaiting pickup", "out for delivery", "available for pickup", "ready for pickup", "available for pick up", "unzustellbar", "zuruck an absender", "rucksendung an absender", "nicht zugestellt", "verloren", "unterwegs", "in zustellung", "retour a l'expediteur", "non livre", "perdu", "en transit", "en cours de livraison", "devuelto al remitente", "no entregado", "perdido", "en transito", "en reparto", "مرتجع إلى المرسل", "لم يسلم", "في الطريق"])

/** Cells that deny: not tracked, no answer needed. */
export const NO = new Set([...NOTHING, "no", "n", "false", "f", "0", "untracked", "not tracked", "no tracking", "no tracking number", "without tracking", "non-tracked", "nein", "falsch", "ohne", "ohne tracking", "kein", "ohne sendungsverfolgung", "non", "faux", "sans suivi", "non suivi", "falso", "sin seguimiento", "لا", "بدون تتبع"])

/** Cells that affirm and are no tracking number. */
export const YES = new Set(["yes", "y", "true", "t", "1", "x", "tracked", "ja", "wahr", "oui", "vrai", "suivi", "si", "verdadero", "نعم", "✓", "✔"])

const SUMS = "(?:grand )?(?:total general|total|totals|subtotal|sum|summe|gesamt|gesamtsumme|insgesamt|zwischensumme|somme|suma|مجموع|المجموع|الإجمالي|average|mean|count|anzahl|durchschnitt|moyenne|promedio)"

/** What stands in front of a sum, not of a package. */
export const SUM = new RegExp(`^${SUMS}(?![\\p{L}\\d])[^\\d]{0,30}:?`, "iu")

/** A cell that says nothing else. */
export const SUM_ALONE = new RegExp(`^${SUMS}[^\\p{L}\\d]*$`, "iu")

/** The minutes by which the clocks of an abbreviated zone are ahead of UTC: those that the tz database gives one meaning only. */
export const ZONES = {
  utc: 0, gmt: 0, z: 0, ut: 0, uct: 0, zulu: 0, wet: 0, west: 60, cet: 60, cest: 120, mez: 60, mesz: 120, eet: 120, eest: 180, msk: 180, bst: 60,
  est: -300, edt: -240, mst: -420, mdt: -360, pst: -480, pdt: -420, akst: -540, akdt: -480, hst: -600, hdt: -540, nst: -210, ndt: -150, ast: -240, adt: -180,
  jst: 540, kst: 540, hkt: 480, sgt: 480, pkt: 300, wib: 420, wita: 480, wit: 540, aest: 600, aedt: 660, acst: 570, acdt: 630, awst: 480, nzst: 720, nzdt: 780,
  sast: 120, cat: 120, eat: 180, wat: 60, chst: 600,
}

/** Abbreviations that mean one zone to some and another to others. */
export const SEVERAL_ZONES = new Set(["cst", "cdt", "ist", "sst", "gst", "amt", "ect", "bdt", "pht", "pt", "et", "ct", "mt"])

const accents = /\p{M}/gu
const KEPT = /[\u0600-\u06ff]/

/** A word as the lists here are written. Arabic keeps its marks: they tell letters apart. */
export function plainWord(text) {
  const low = text.toLowerCase()
  return (KEPT.test(low) ? low : low.normalize("NFD").replace(accents, "")).replace(/\s+/g, " ").trim()
}

const months = new Map()

/** The number of the month that a word begins like, 0 for none: at least three letters, or the whole name. */
export function monthOf(word) {
  if (!months.has(word)) {
    const plain = plainWord(word).replace(/[.\s]/g, "")
    const fits = MONTHS.flatMap((names, at) => (names.some((name) => name === plain || (plain.length >= 3 && name.startsWith(plain))) ? [at + 1] : []))
    if (months.size > 10_000) months.clear()
    months.set(word, fits.length === 1 ? fits[0] : 0)
  }
  return months.get(word)
}

/** Whether a word of a date says nothing about which day it is. */
export function isFiller(word) {
  return FILLERS.has(plainWord(word).replace(/\./g, ""))
}
