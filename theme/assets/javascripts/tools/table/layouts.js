// The exports of programs by name: which report holds what, each with where and when its headings were read.
// `headings` are those by which it is known, `columns` the fields it tells (the first heading that is there counts),
// `office` columns of durations that may leave out the hours in which nobody works, `lacks` the fields that it cannot tell, `instead` the report that can. Headings are compared without capitals, hyphens and accents.
export default [
  {
    "program": "Amazon", "report": "FBA fulfilled shipments", "kind": "packages", "date": "2026-02-01",
    "source": "Seller Central, Reports > Fulfillment > Amazon Fulfilled Shipments (flat file)",
    "headings": ["amazon-order-id", "shipment-item-id", "estimated-arrival-date"],
    "columns": { "promised": ["estimated-arrival-date"], "tracked": ["tracking-number"], "units": ["quantity-shipped"], "id": ["amazon-order-id"] },
    "lacks": ["delivered"], "instead": "a carrier's or a tracking service's export (AfterShip, EasyPost, ShipStation)"
  },
  {
    "program": "Amazon", "report": "Unshipped orders", "kind": "packages", "date": "2026-02-01",
    "source": "Seller Central, Reports > Order Reports > Unshipped Orders (flat file); promise-date is the day by which to ship",
    "headings": ["order-id", "promise-date", "days-past-promise"],
    "columns": { "units": ["quantity-to-ship", "quantity-purchased"], "id": ["order-id"] },
    "lacks": ["promised", "delivered", "tracked"], "instead": "a carrier's or a tracking service's export (AfterShip, EasyPost, ShipStation)"
  },
  {
    "program": "Amazon", "report": "Order report", "kind": "packages", "date": "2026-02-01",
    "source": "Seller Central, Reports > Order Reports > New Orders and Archived Orders (flat file)",
    "headings": ["order-id", "order-item-id", "purchase-date", "ship-service-level"],
    "columns": { "promised": ["latest-delivery-date", "delivery-end-date"], "units": ["quantity-purchased"], "id": ["order-id"] },
    "lacks": ["delivered"], "instead": "a carrier's or a tracking service's export (AfterShip, EasyPost, ShipStation)"
  },
  {
    "program": "Amazon", "report": "All orders", "kind": "packages", "date": "2026-02-01",
    "source": "Seller Central, Reports > Fulfillment > All Orders (flat file)",
    "headings": ["amazon-order-id", "purchase-date", "last-updated-date", "order-status"],
    "columns": { "promised": ["latest-delivery-date"], "units": ["quantity"], "id": ["amazon-order-id"] },
    "lacks": ["delivered"], "instead": "a carrier's or a tracking service's export (AfterShip, EasyPost, ShipStation)"
  },
  {
    "program": "Amazon", "report": "Date range transactions", "kind": "packages", "date": "2026-02-01",
    "source": "Seller Central, Payments > Date Range Reports, English",
    "headings": ["date/time", "settlement id", "type", "order id"],
    "columns": { "units": ["quantity"], "id": ["order id"] },
    "lacks": ["promised", "delivered", "tracked"], "instead": "a carrier's or a tracking service's export (AfterShip, EasyPost, ShipStation)"
  },
  {
    "program": "Amazon", "report": "Transaktionen (Datumsbereich)", "kind": "packages", "date": "2026-02-01",
    "source": "Seller Central, Zahlungen > Berichte für einen Datumsbereich, German",
    "headings": ["datum/uhrzeit", "abrechnungsnummer", "typ", "bestellnummer"],
    "columns": { "units": ["menge"], "id": ["bestellnummer"] },
    "lacks": ["promised", "delivered", "tracked"], "instead": "a carrier's or a tracking service's export (AfterShip, EasyPost, ShipStation)"
  },
  {
    "program": "Amazon", "report": "Transactions (plage de dates)", "kind": "packages", "date": "2026-02-01",
    "source": "Seller Central, Paiements > Rapports sur une plage de dates, French",
    "headings": ["date/heure", "numéro de versement", "type", "numéro de la commande"],
    "columns": { "units": ["quantité"], "id": ["numéro de la commande"] },
    "lacks": ["promised", "delivered", "tracked"], "instead": "a carrier's or a tracking service's export (AfterShip, EasyPost, ShipStation)"
  },
  {
    "program": "Amazon", "report": "Transacciones (intervalo de fechas)", "kind": "packages", "date": "2026-02-01",
    "source": "Seller Central, Pagos > Informes de intervalo de fechas, Spanish",
    "headings": ["fecha y hora", "identificador de pago", "tipo", "número de pedido"],
    "columns": { "units": ["cantidad"], "id": ["número de pedido"] },
    "lacks": ["promised", "delivered", "tracked"], "instead": "a carrier's or a tracking service's export (AfterShip, EasyPost, ShipStation)"
  },
  {
    "program": "Walmart", "report": "Purchase orders", "kind": "packages", "date": "2026-02-01",
    "source": "Seller Center, Orders > Download (PO data); Delivery Date is the promised one",
    "headings": ["PO#", "Order#", "Ship By", "Delivery Date"],
    "columns": { "promised": ["Delivery Date", "Est. Delivery Date", "Estimated Delivery Date"], "tracked": ["Tracking Number"], "units": ["Qty"], "id": ["PO#"] },
    "lacks": ["delivered"], "instead": "Seller Center, Performance > On-time delivery > Download report"
  },
  {
    "program": "eBay", "report": "Orders report", "kind": "packages", "date": "2026-02-01",
    "source": "Seller Hub, Orders > Download report",
    "headings": ["Sales Record Number", "Order Number", "Buyer Username"],
    "columns": { "promised": ["Maximum Estimated Delivery Date"], "tracked": ["Tracking Number"], "units": ["Quantity"], "id": ["Order Number"] },
    "lacks": ["delivered"], "instead": "Seller Hub, Performance > Service metrics > Download report, or a carrier's export"
  },
  {
    "program": "eBay", "report": "Bestellbericht", "kind": "packages", "date": "2026-02-01",
    "source": "Verkäufer-Cockpit Pro, Bestellungen > Bericht herunterladen, German",
    "headings": ["Verkaufsprotokollnummer", "Bestellnummer", "Nutzername des Käufers"],
    "columns": { "promised": ["Voraussichtliches Lieferdatum (spätestens)", "Spätestes voraussichtliches Lieferdatum"], "tracked": ["Sendungsnummer", "Trackingnummer"], "units": ["Anzahl"], "id": ["Bestellnummer"] },
    "lacks": ["delivered"], "instead": "a carrier's export"
  },
  {
    "program": "Shopify", "report": "Orders", "kind": "packages", "date": "2026-02-01",
    "source": "Shopify help, Exporting orders: columns of the file",
    "headings": ["Name", "Financial Status", "Fulfillment Status", "Lineitem name"],
    "columns": { "units": ["Lineitem quantity"], "id": ["Name"] },
    "lacks": ["promised", "delivered", "tracked"], "instead": "a tracking service's export (AfterShip, EasyPost, ShipStation)"
  },
  {
    "program": "WooCommerce", "report": "Orders", "kind": "packages", "date": "2026-02-01",
    "source": "WooCommerce, Analytics > Orders > Download",
    "headings": ["Date", "Order #", "Status", "Customer", "Net Sales"],
    "columns": { "units": ["Items sold"], "id": ["Order #"] },
    "lacks": ["promised", "delivered", "tracked"], "instead": "a tracking service's export (AfterShip, EasyPost, ShipStation)"
  },
  {
    "program": "WooCommerce", "report": "Order export", "kind": "packages", "date": "2026-02-01",
    "source": "the usual order export extensions of WooCommerce",
    "headings": ["Order Number", "Order Status", "Order Date", "First Name (Billing)"],
    "columns": { "units": ["Quantity", "Quantity (- Refund)"], "id": ["Order Number"] },
    "lacks": ["promised", "delivered"], "instead": "a tracking service's export (AfterShip, EasyPost, ShipStation)"
  },
  {
    "program": "WooCommerce", "report": "Order export", "kind": "packages", "date": "2026-02-01",
    "source": "the usual order export extensions of WooCommerce, names of fields",
    "headings": ["order_number", "order_status|status", "order_date|date_created|date", "billing_first_name"],
    "columns": { "units": ["item_quantity", "line_item_quantity"], "id": ["order_number"] },
    "lacks": ["promised", "delivered"], "instead": "a tracking service's export (AfterShip, EasyPost, ShipStation)"
  },
  {
    "program": "ShipStation", "report": "Shipments", "kind": "packages", "date": "2026-02-01",
    "source": "ShipStation, Insights > Reports and Shipments > Export",
    "headings": ["Order - Number|Order Number|OrderNumber|Order #", "Date - Shipped Date|Shipment - Ship Date|Ship Date|ShipDate|Shipped Date", "Carrier - Service Selected|Service|Service - Confirmed|Shipment - Service|Service Selected|Requested Service|Shipment - Carrier"],
    "columns": { "promised": ["Date - Deliver By Date", "Deliver By Date", "Shipment - Estimated Delivery Date", "Est. Delivery Date", "Estimated Delivery Date"], "delivered": ["Date - Delivered Date", "Shipment - Delivered Date", "Delivered Date", "Shipment - Actual Delivery Date", "Actual Delivery Date"], "tracked": ["Shipment - Tracking Number", "Tracking Number", "TrackingNumber", "Tracking #"], "id": ["Order - Number", "Order Number", "OrderNumber", "Order #"] },
    "lacks": ["promised", "delivered"], "instead": "ShipStation's tracking data with delivery dates, or the carrier's export"
  },
  {
    "program": "EasyPost", "report": "Trackers", "kind": "packages", "date": "2026-02-01",
    "source": "EasyPost API reference, Reports (tracker_report); est_delivery_date is the carrier's estimate",
    "headings": ["tracking_code", "est_delivery_date", "status|tracker_status", "carrier"],
    "columns": { "promised": ["est_delivery_date"], "delivered": ["delivered_at", "actual_delivery_date", "delivery_datetime", "delivered_date"], "tracked": ["tracking_code"], "id": ["order_id", "reference", "shipment_id", "id"] },
    "lacks": ["delivered"], "instead": "the tracking details of each tracker (the event “delivered”), by EasyPost's API"
  },
  {
    "program": "EasyPost", "report": "Shipments", "kind": "packages", "date": "2026-02-01",
    "source": "EasyPost API reference, Reports (shipment_report); delivery_date belongs to the rate and is an estimate",
    "headings": ["tracking_code", "delivery_date|delivery_date_guaranteed|delivery_days", "service|rate", "carrier"],
    "columns": { "promised": ["delivery_date", "est_delivery_date"], "delivered": ["delivered_at"], "tracked": ["tracking_code"], "id": ["order_id", "reference", "id"] },
    "lacks": ["delivered"], "instead": "the tracking details of each tracker (the event “delivered”), by EasyPost's API"
  },
  {
    "program": "AfterShip", "report": "Shipments", "kind": "packages", "date": "2026-02-01",
    "source": "AfterShip API reference, names of fields",
    "headings": ["tracking_number", "slug", "tag"],
    "columns": { "promised": ["order_promised_delivery_date", "promised_delivery_date", "expected_delivery"], "delivered": ["shipment_delivery_date", "delivery_date"], "tracked": ["tracking_number"], "id": ["order_id", "order_number", "title", "id"], "status": ["tag"] }
  },
  {
    "program": "AfterShip", "report": "Shipments", "kind": "packages", "date": "2026-02-01",
    "source": "AfterShip, Shipments > Export",
    "headings": ["Tracking number", "Courier|Carrier", "Order promised delivery date|Promised delivery date|Expected delivery date|Expected delivery", "Delivered date|Delivery date|Shipment delivery date|Delivered at"],
    "columns": { "promised": ["Order promised delivery date", "Promised delivery date", "Expected delivery date", "Expected delivery"], "delivered": ["Shipment delivery date", "Delivered date", "Delivered at", "Delivery date"], "tracked": ["Tracking number"], "id": ["Order ID", "Order number", "Order name", "Title"] }
  },
  {
    "program": "Zendesk", "report": "Tickets (view)", "kind": "messages", "date": "2026-02-01",
    "source": "Zendesk help, Exporting a view as CSV",
    "headings": ["Id", "Requester", "Created at", "First reply time in minutes"],
    "columns": { "received": ["Created at"], "answered": ["First reply time in minutes"], "id": ["Id"] }
  },
  {
    "program": "Zendesk", "report": "Explore, Tickets", "kind": "messages", "date": "2026-02-01",
    "source": "Zendesk help, Metrics and attributes for Zendesk Support",
    "headings": ["Ticket ID", "Ticket created - Timestamp|Ticket created - Date", "First reply time (min)|First reply time (hrs)|First reply time - Calendar hours (min)"],
    "columns": { "received": ["Ticket created - Timestamp", "Ticket created - Date"], "answered": ["First reply time (min)", "First reply time - Calendar hours (min)", "First reply time (hrs)"], "id": ["Ticket ID"] }
  },
  {
    "program": "Freshdesk", "report": "Tickets", "kind": "messages", "date": "2026-02-01",
    "source": "Freshdesk, Tickets > Export",
    "headings": ["Ticket ID", "Created time", "Due by Time", "Resolved time"],
    "columns": { "received": ["Created time"], "answered": ["Initial response time", "First response time (in hrs)"], "id": ["Ticket ID"] },
    "office": ["First response time (in hrs)"],
    "lacks": ["answered"], "instead": "the same export with the field “Initial response time”"
  },
  {
    "program": "Help Scout", "report": "Conversations", "kind": "messages", "date": "2026-02-01",
    "source": "Help Scout, Reports > Productivity > Export",
    "headings": ["Number|Conversation #|Conversation Number|Conversation ID", "Mailbox|Inbox", "Created|Created At|Created Date|Date Created", "First Response Time|First Response|First Response At|First Response Time (sec)|First Response Time (seconds)|Responses|Replies"],
    "columns": { "received": ["Created At", "Created Date", "Date Created", "Created"], "answered": ["First Response At", "First Response Date", "First Response", "First Response Time (seconds)", "First Response Time (sec)", "First Response Time"], "id": ["Number", "Conversation #", "Conversation Number", "Conversation ID"] },
    "lacks": ["answered"], "instead": "Reports > Productivity > First Response Time, exported"
  },
  {
    "program": "Intercom", "report": "Conversations", "kind": "messages", "date": "2026-02-01",
    "source": "Intercom API reference, statistics of a conversation; times are in seconds",
    "headings": ["conversation_id|id", "created_at|conversation_created_at|conversation_started_at", "time_to_admin_reply|first_admin_reply_at"],
    "columns": { "received": ["conversation_started_at", "conversation_created_at", "created_at"], "answered": ["first_admin_reply_at", "time_to_admin_reply"], "id": ["conversation_id", "id"] },
    "units": { "time_to_admin_reply": "seconds" }
  },
  {
    "program": "HubSpot", "report": "Tickets", "kind": "messages", "date": "2026-02-01",
    "source": "HubSpot knowledge base, default ticket properties",
    "headings": ["Ticket ID", "Ticket name", "Create date"],
    "columns": { "received": ["Create date"], "answered": ["First agent email response date", "First agent response date", "Time to first agent email reply (HH:mm:ss)"], "id": ["Ticket ID"] },
    "lacks": ["answered"], "instead": "the same export with the property “First agent email response date”"
  },
  {
    "program": "Gorgias", "report": "Tickets", "kind": "messages", "date": "2026-02-01",
    "source": "Gorgias, Statistics > Tickets > Export",
    "headings": ["Ticket ID|Ticket id", "Initial channel|Channel|Via", "Created date|Creation date|Created datetime|Created at", "First response time (s)|First response time (seconds)|First response time|First response date|First response datetime"],
    "columns": { "received": ["Created datetime", "Created date", "Creation date", "Created at"], "answered": ["First response datetime", "First response date", "First response time (s)", "First response time (seconds)", "First response time"], "id": ["Ticket ID", "Ticket id"] },
    "units": { "first response time": "seconds" }
  },
  {
    "program": "Jira Service Management", "report": "Issues", "kind": "messages", "date": "2026-02-01",
    "source": "Atlassian support, Export issues as CSV; “Time to first response” counts down to the end of an agreement",
    "headings": ["Issue key", "Issue id", "Created", "Project key|Status|Issue Type"],
    "columns": { "received": ["Created"], "answered": ["Custom field ([CHART] Date of First Response)", "[CHART] Date of First Response", "Date of First Response"], "id": ["Issue key"] },
    "lacks": ["answered"], "instead": "the same export with the field “[CHART] Date of First Response”"
  },
  {
    "program": "Jira Service Management", "report": "Queue", "kind": "messages", "date": "2026-02-01",
    "source": "Atlassian support, Queues; “Time to first response” counts down to the end of an agreement there, too",
    "headings": ["Key", "Created", "Time to first response", "Summary|Reporter|Status"],
    "columns": { "received": ["Created"], "answered": ["[CHART] Date of First Response", "Date of First Response"], "id": ["Key"] },
    "lacks": ["answered"], "instead": "the same export with the field “[CHART] Date of First Response”"
  },
  {
    "program": "ServiceNow", "report": "Incidents", "kind": "messages", "date": "2026-02-01",
    "source": "ServiceNow documentation, table incident",
    "headings": ["number", "opened_at|opened|sys_created_on|created", "caller_id|caller|short_description|short description|opened_by|opened by", "state|incident_state|priority"],
    "columns": { "received": ["opened_at", "opened", "sys_created_on", "created"], "answered": ["u_first_response", "first_response_time", "first response"], "id": ["number"] },
    "lacks": ["answered"], "instead": "the table task_sla (start and end of the agreement “Response”), or a field of your own for the first reply"
  },
  {
    "program": "Outlook", "report": "Exported folder", "kind": "messages", "date": "2026-02-01",
    "source": "Outlook for Windows, File > Import/Export > Comma separated values",
    "headings": ["Subject", "From: (Name)|From: (Address)|From", "To: (Name)|To: (Address)|To", "Importance|Sensitivity|Received"],
    "columns": { "received": ["Received"], "id": ["Subject"] },
    "lacks": ["answered"], "instead": "a helpdesk's export, which holds the first reply beside each message"
  },
  {
    "program": "Outlook", "report": "Exportierter Ordner", "kind": "messages", "date": "2026-02-01",
    "source": "Outlook for Windows, German",
    "headings": ["Betreff", "Von: (Name)", "An: (Name)", "Wichtigkeit|Vertraulichkeit|Priorität"],
    "columns": { "received": ["Empfangen"], "id": ["Betreff"] },
    "lacks": ["answered"], "instead": "a helpdesk's export, which holds the first reply beside each message"
  }
]
