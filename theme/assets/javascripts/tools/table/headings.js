// What a heading of any program means: words of five languages, and how sure they are. Knows no page.

/** What a file can tell, by kind; `label` is what the page calls it. */
export const FIELDS = {
  packages: [
    { name: "promised", label: "Promised date", required: true },
    { name: "delivered", label: "Delivered", required: true },
    { name: "tracked", label: "Tracked (or tracking number)" },
    { name: "units", label: "Units" },
    { name: "timeZone", label: "Time zone of the destination" },
    { name: "status", label: "Status" },
    { name: "cancelled", label: "Cancelled" },
    { name: "id", label: "Package or order" },
  ],
  messages: [
    { name: "received", label: "Received", required: true },
    { name: "answered", label: "First reply", required: true },
    { name: "noResponseNeeded", label: "No reply needed" },
    { name: "id", label: "Message or ticket" },
  ],
}

const COMES = /\b(?:deliver(?:y|ies|ed|s)?|deliverydate|dlvry|arriv\w*|zustell(?:ung|datum|termin|tag|zeit|zeitpunkt|zeitraum|fenster)?|zugestellt|ausgeliefert|geliefert|(?:aus)?liefer(?:ung|datum|termin|tag|zeit|zeitpunkt|zeitraum|fenster|frist|zusage)?|anlieferung|livr(?:ee?s?|aison)|arrivee|entreg(?:a|as|ar|ad[oa])|llegada)\b|التسليم|تسليم|التوصيل|توصيل|الوصول/u
const PROMISE = /\b(?:promis\w*|commit\w*|guarant\w*|garanti\w*|zugesagt\w*|zusage\w*|promesse|promesa|prometid[oa])\b|الموعود|موعود|المتفق/u
const EXPECT = /\b(?:expected|estimat\w*|est|edd|eta|anticipated|projected|planned|scheduled|rescheduled|targeted|due|deadline|requested|agreed|confirmed|soll|bestatigt\w*|geplant\w*|erwartet\w*|voraussichtlich\w*|geschatzt\w*|vereinbart\w*|fallig\w*|prevu\w*|estime\w*|attendue?|confirmee?|convenue?|limite|previst[oa]|estimad[oa]|esperad[oa]|programad[oa]|comprometid[oa]|confirmad[oa]|acordad[oa])\b|liefertermin|المتوقع|المقدر/u
const DONE = /\b(?:delivered|arrived|actual|real|zugestellt|ausgeliefert|geliefert|tatsachlich\w*|livre|livree|remis|effecti\w*|reelle?|entregad[oa]|recibido por el cliente)\b|تم التسليم|الفعلي/u
const SENDS = /\b(?:ship|shipped|shipping|ships|shipdate|dispatch\w*|despatch\w*|handling|handover|fulfil\w*|versand\w*|versend\w*|abhol\w*|expedi\w*|envio|enviad[oa]|enviar|envoi|pickup|picked|collect\w*)\b|الشحن/u
const ASIDE = /\b(?:address|adresse|direccion|city|state|zip|country|name|phone|method|option|options|instructions?|status|fee|fees|cost|price|charge|notes?|carrier|courier|service|signature|attempts?|person|proof|id|ids|number|no|type|speed|level|mode|url|link|days|count|rate|delay\w*|late|early|ontime|zone|confirmation|preference|tax|signed|location|code|tier|group|region|performance|claim|by whom|to whom|weekday|duration|hours?|quantity|qty|units|items|partner|point|area|comment|remark|reason|email|window id|ort|strasse|kosten|hinweis|art|tage|frais|jours|costo|dias|metodo)\b|العنوان|حالة|رقم/u
const EARLY = /\b(?:min|minimum|earliest|start|begin|beginning|from|fruhest\w*|beginn|von|ab|debut|tot|desde|inicio|mas temprana?)\b/u
const LATEST = /\b(?:max|maximum|latest|end|until|to|by|spatest\w*|bis|ende|fin|tard|jusqu|hasta|maxima?|tardia?)\b/u
const DATED = /\b(?:date|day|at|on|time|timestamp|datetime|datum|tag|am|le|fecha|el)\b|تاريخ|يوم/u

const FIRST = /\b(?:first|frt|initial|1st|erste[rn]?|erst|erstantwort\w*|premiere?|primera?)\b|أول|اول|الأول/u
const REPLY = /\b(?:reply|frt|replied|respon[sd]\w*|answer|answered|antwort\w*|erstantwort\w*|beantwort\w*|reponse|repondue?|respuesta|respondid[oa]|contestad[oa])\b|الرد|الإجابة|(?<!\p{L})رد(?!\p{L})/u
const NO_REPLY_TIME = /\b(?:due|sla|slas|status|targets?|last|latest|next|average|avg|median|mean|count|number|contact|customer|requester|enduser|user|business|bh|office|working|breach\w*|overdue|goal|policy|violated|met|resolution|full|reopen\w*|within|rating|score|satisfaction|by|needed|required|necessary|no|not|text|body|template|subject|remaining|left|rate|percent|geschafts\w*|ouvre\w*|laborales)\b/u
const CAME_IN = /\b(?:received|reception|recepcion|eingegangen|eingang|eingangsdatum|empfangen|recue?|recibid[oa])\b|الاستلام|استلام|المستلم/u
const MADE = /\b(?:created|creation|create|opened|open|started|start|submitted|submission|logged|requested|reported|arrived|arrival|erstellt|erstelldatum|erstellung\w*|angelegt|anlagedatum|eroffnet|geoffnet|cree|creation|ouverte?|ouverture|cread[oa]|creacion|abiert[oa]|apertura)\b|الإنشاء|انشاء|أنشئ|الفتح/u
const NO_ARRIVAL = /\b(?:by|user|email|mail|channel|updated|modified|id|name|url|source|due|last|agent|sla|closed|resolved|solved|status|time zone|assigned|reopened|sent|count|number|from|via|hours|reply|response|replied|responded|answered|first|type|resolution|duration|rate|per|within|ticket count)\b/u
const TRACKING = /\b(?:track\w*|awb|waybill|sendungs\w*|trackingnummer|paketnummer|suivi|seguimiento|rastreo|guia)\b|التتبع|تتبع/u
const NO_TRACKING = /\b(?:returns?|retoure|retour|devolucion|url|link|status|page|details?|events?|company|carrier|courier|provider|updated|date|time|at|last|event|city|location|signed|history|note|email|message|sent|category|tag)\b/u
const NEEDS_NO = /\b(?:no|not|keine|pas|sin)\b.*\b(?:response|reply|answer|antwort|reponse|respuesta)\b|\b(?:response|reply|answer) (?:not|un)\s?(?:needed|required|necessary)|\bskip\b|لا يحتاج/u

/** What may stand beside the words of a field and changes nothing: whose it is, what it is written in, small words. */
const BESIDE = /^(?:orders?|shipments?|packages?|parcels?|items?|lines?|customers?|clients?|buyers?|consignee|recipients?|sendung|paket|bestellung|colis|commande|pedido|envio|paquete|kunden?|empfanger|client|destinataire|cliente|destinatario|tickets?|conversations?|cases?|issues?|requests?|messages?|inquiry|inquiries|enquiry|incidents?|tasks?|threads?|question|chats?|anfrage|nachricht|demande|consulta|mensaje|agents?|admins?|teammates?|assignee|reps?|representative|technician|staff|team|support|operators?|human|public|agenten|benutzerdefinierte[ns]?|feld|felder|champs?|personnalisee?s?|campos?|personalizad[oa]s?|e|e?mail|chart|custom|fields?|statistics|stats|metrics?|set|properties|attributes|current|original|initial|updated|revised|latest|final|last known|local|utc|gmt|dt|ts|tz|hh|mm|ss|yyyy|dd|h|m|s|d|j|mins?|minutes?|minuten|minutos|minutes|secs?|seconds?|sekunden|hrs?|hours?|stunden|std|heures|horas|days?|tagen?|calendar|elapsed|duration|wait|zeit|antwortzeit|dauer|delai|temps|tiempo|zeitstempel|zeitpunkt|nach|hasta|stamp|timestamp|horodatage|marca|plus|mas|tarde|no|later|than|in|to|the|of|for|a|an|is|was|has|been|zu|zur|zum|bis|von|der|die|das|den|dem|des|bei|im|auf|einer?|eines|de|du|la|les|le|l'|d'|au|aux|del|al|el|los|en|una?|y|und|and|et|or|window|slot|range|period|zeitfenster|creneau|franja|sent|made|given|complete|completed|successful|successfully|scan|scanned|s'|[a-z]|\d+\w*)$/

/** A heading as it is compared: small letters, one space between words, "FirstResponse" as two. */
export function plainHeading(heading) {
  return heading
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "").normalize("NFC")
    .replace(/[^\p{L}\p{N}\p{M}#%']+/gu, " ").replace(/\s+/g, " ").trim()
}

const IDS = {
  packages: [
    ["order id", "order number", "order no", "order nr", "order #", "order#", "order", "ordernumber", "orderid", "amazon order id", "order name", "order reference", "bestellnummer", "bestell nr", "auftragsnummer", "bestellung", "numero de commande", "n de commande", "commande", "numero de pedido", "n de pedido", "pedido", "رقم الطلب", "الطلب", "purchase order", "po number", "po#", "purchase order id", "order order number", "order - number"],
    ["shipment id", "shipment", "package id", "package", "parcel", "parcel id", "sendung", "paket", "envio", "colis", "shipment number", "order reference number", "name", "id", "reference"],
  ],
  messages: [
    ["ticket id", "ticket number", "ticket #", "ticket no", "ticket", "issue key", "key", "case number", "case id", "conversation id", "conversation number", "conversation #", "request id", "ticketnummer", "ticket nr", "numero du ticket", "numero de ticket", "numero de caso", "رقم التذكرة", "message id", "fallnummer", "vorgangsnummer"],
    ["id", "number", "#", "nummer", "case", "conversation", "message", "numero"],
    ["issue id", "subject", "betreff", "summary", "objet", "asunto", "الموضوع", "ticket name"],
  ],
}
const ZONES = new Set(["time zone", "timezone", "tz", "destination time zone", "delivery time zone", "zeitzone", "fuseau horaire", "zona horaria"])
const UNITS = /^(?:units?|quantity|qty|quantity (?:shipped|ordered|purchased)|(?:item|order|lineitem|line item|total|shipped) (?:quantity|qty)|number of (?:units|items)|items?|menge|anzahl|stuckzahl|quantite|cantidad|unidades|الكمية)$/
const CANCELLED = /^(?:(?:order|shipment|package|label|is) )?(?:cancell?(?:ed|ation)?|void(?:ed)?|storniert|stornierungs?|storno|annulee?|annulation|cancelad[oa]|cancelacion|anulad[oa]|anulacion)(?: ?(?:date|day|at|on|time|dt|datum|am|le|el)| le| el)?$|^(?:date d'annulation|stornodatum|stornierungsdatum|fecha de (?:cancelacion|anulacion)|date of cancellation)$|^تاريخ الإلغاء$/u
const SUB_STATUS = /^(?:(?:delivery|shipment|tracking) )?(?:sub ?status|issues?|status detail|status details|unterstatus|sous statut|subestado)$/
const STATUS = /^(?:(?:order |delivery |shipment |tracking |tracker |package |line |current )?(?:status|state)|tag|bestellstatus|lieferstatus|sendungsstatus|statut(?: de (?:la )?livraison| de la commande)?|estado(?: del (?:envio|pedido))?|الحالة|حالة الطلب)$/

/** For each field how sure a heading of it is: 1 very, 3 only where another column is the other date, 0 not at all. */
const RANKS = {
  promised: (text) => {
    if (sends(text) || isAside(text, LATEST) || /\bactual\b|\brequested (?:on|at)\b/.test(text)) return 0
    const rank = PROMISE.test(text) ? 1 : COMES.test(text) && (/\bdeliver by\b|\bdeadline\b|^liefertermin$|^lieferung bis$/.test(text) || (LATEST.test(text) && !DONE.test(text) && /latest|max|spatest|tard|maxim|hasta|limite|\bend\b/.test(text))) ? 1 : EXPECT.test(text) && (COMES.test(text) || bare(text, EXPECT)) ? 2 : 0
    return rank && EARLY.test(text) && !LATEST.test(text.replace(/\bby\b/, "")) ? rank + 10 : rank
  },
  delivered: (text) => {
    if (sends(text) || isAside(text, DATED) || PROMISE.test(text) || (EXPECT.test(text) && !/\bactual\b/.test(text)) || EARLY.test(text) || /\b(?:latest|max|maximum|by|end|until)\b/.test(text)) return 0
    if (DONE.test(text) && (COMES.test(text) || /تم التسليم|recibido por/.test(text))) return 1
    if (/^(?:arrival date|arrived|date of arrival|arrival|ankunft|date d'arrivee|fecha de llegada)$/.test(text)) return 2
    if (/\b(?:updated|revised|current|last|known)\b|\bdelivery (?:orders?|requests?|messages?|tickets?|cases?|issues?|items?)\b/.test(text)) return 0
    return COMES.test(text) && (DATED.test(text) || bare(text, COMES) || /datum/.test(text)) ? 3 : 0
  },
  tracked: (text) => (TRACKING.test(text) && !NO_TRACKING.test(text) ? (/\b(?:number|no|nr|id|code|#|tracked|numero)\b|nummer|رقم/.test(text) || bare(text, TRACKING) ? 1 : 2) : 0),
  units: (text) => (UNITS.test(text) ? (/shipped/.test(text) ? 1 : 2) : 0),
  timeZone: (text) => (ZONES.has(text) ? 1 : 0),
  cancelled: (text) => (CANCELLED.test(text) ? 1 : 0),
  status: (text) => SUB_STATUS.test(text) ? 4 : (STATUS.test(text) ? (/deliver|shipment|tracking|liefer|livraison|envio|sendung/.test(text) ? 1 : 2) : 0),
  received: (text) => {
    const cameIn = CAME_IN.test(text)
    // "Email received" is about what came in, "Email" an address.
    if (NO_ARRIVAL.test(text.replace(/\bcreate\b/g, "created").replace(cameIn ? /\b(?:e ?)?mail\b/g : "", ""))) return 0
    if (cameIn) return 1
    if (MADE.test(text)) return 2
    return /^(?:date|datum|fecha|timestamp|time|date time|datetime|zeitpunkt|التاريخ)$/.test(text) ? 4 : 0
  },
  answered: (text) => {
    if (NO_REPLY_TIME.test(text) || !REPLY.test(text)) return 0
    return FIRST.test(text) ? 1 : DATED.test(text) || bare(text, REPLY) ? 2 : 0
  },
  noResponseNeeded: (text) => (NEEDS_NO.test(text) ? 1 : 0),
}

/** How sure a heading means a field of a kind: 0 not at all, else the smaller the surer. */
export function rankOf(kind, field, heading) {
  const text = plainHeading(heading).replace(/ \d+$/, "")
  if (!text || text.length > 120) return 0
  // Amazon's is the day to ship by.
  if (field === "promised" && heading.trim() === "promise-date") return 0
  if (field === "id") return IDS[kind].findIndex((names) => names.includes(text)) + 1
  const rank = RANKS[field](text)
  return rank && WORDS[field] && saysMore(heading, WORDS[field]) ? rank + UNSURE : rank
}

/** How much less sure a heading is that says something else, too. */
export const UNSURE = 20

const WORDS = {
  // Whoever promised it.
  promised: [PROMISE, EXPECT, COMES, DONE, LATEST, EARLY, DATED, /\b(?:sellers?|merchant|shop|store|retailer|marketplace|amazon|walmart|ebay)\b/],
  delivered: [COMES, DONE, DATED],
  received: [CAME_IN, MADE, DATED],
  answered: [FIRST, REPLY, DATED],
}
for (const [field, words] of Object.entries(WORDS)) WORDS[field] = words.map(({ source }) => new RegExp(source, "gu"))

/** Whether a heading has words beside those of a field that may make it another one: "Arrived *at depot*", "First response *deadline*". */
function saysMore(heading, words) {
  const named = heading.replace(/[([](?:[a-z]+\/[a-z_/]+|[a-z]{2,5})[)\]]\s*$/i, "")
  const rest = words.reduce((text, some) => text.replace(some, " "), plainHeading(named))
  // What stands in other letters than ours was understood as a whole.
  return rest.split(" ").some((word) => /^[a-z']/.test(word) && !BESIDE.test(word))
}

/** Whether a heading of names means numbers, each of one thing, and not subjects. */
export function isNumberOf(kind, heading) {
  return rankOf(kind, "id", heading) < IDS[kind].length
}

/** Whether a heading means anything to a kind. */
export function isKnown(kind, heading) {
  return FIELDS[kind].some(({ name }) => rankOf(kind, name, heading))
}

/** Words about sending a package off, not about its coming. */
function sends(text) {
  return SENDS.test(text) && !COMES.test(text.replace(/\bto carrier\b.*/, ""))
}

/** Whether it is about something beside the date: an address, a fee, a status. */
function isAside(text, kept) {
  return ASIDE.test(text.replace(/\b(?:order|shipment|package) (?:id|number)\b/g, "")) && !(kept === LATEST && /\bno later than\b/.test(text))
}

/** Whether nothing else is said but small words. */
function bare(text, words) {
  const rest = text.replace(new RegExp(words.source, "gu"), " ").replace(new RegExp(DATED.source, "gu"), " ").replace(/\b(?:of|the|de|la|du|der|des|del|d'|utc|gmt|by|order|shipment|package|customer|local|chart|custom|field|original|initial|current|revised|updated|new)\b/g, " ")
  return !/\p{L}/u.test(rest)
}
