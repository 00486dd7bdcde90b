"""Tables as programs write them: other languages, forms of durations and dates, sums, what was cancelled or stands there twice."""

# ruff: noqa: E501  # lines of tables

from __future__ import annotations

import pytest

from tests.tools.conftest import Call
from tests.tools.test_tables import judge

RATES = {
    "Walmart, with orders that were cancelled": (
        "packages",
        """orderPlacedDt,actualDeliveryDate,cancelDate,estimatedDeliveryDate,salesOrder,trackingNum,carrier,poNum
2026-02-01,2026-02-05,,2026-02-05,S1,9400111,USPS,P1
2026-02-01,2026-02-06,,2026-02-05,S2,9400112,USPS,P2
2026-02-01,,2026-02-02,2026-02-05,S3,9400113,USPS,P3""",
        (1, 2),
    ),
    "Amazon, orders with their deliveries": (
        "packages",
        """Order ID,Order Date,Ship Date,Delivery Date,Promised Delivery Date,On-Time Delivery,Carrier,Tracking ID
111-1,2026-02-01,2026-02-02,2026-02-05,2026-02-05,Yes,UPS,1Z1
111-2,2026-02-01,2026-02-03,2026-02-06,2026-02-05,No,UPS,1Z2
111-3,2026-02-01,2026-02-03,,2026-02-05,No,UPS,1Z3""",
        (1, 3),
    ),
    "Amazon, French": (
        "packages",
        """Numéro de commande;Date d'expédition prévue;Date de livraison estimée au plus tard;Date de livraison effective;Numéro de suivi
1;01/02/2026;05/02/2026;05/02/2026;LX1
2;01/02/2026;05/02/2026;16/02/2026;LX2
3;01/02/2026;25/02/2026;24/02/2026;LX3""",
        (2, 3),
    ),
    "eBay, with a footer": (
        "packages",
        """Sales Record Number,Order Number,Buyer Username,Maximum Estimated Delivery Date,Actual Delivery Date,Tracking Number

1,01-1,a,Feb-06-26,Feb-05-26,9400
2,01-2,b,Feb-06-26,Feb-07-26,9401

2,record(s) downloaded,,,,
Seller ID : shop,,,,,""",
        (1, 2),
    ),
    "ShipStation, days with midnights": (
        "packages",
        """Order - Number,Date - Order Date,Date - Shipped Date,Date - Ship By Date,Date - Deliver By Date,Date - Delivered Date,Carrier - Service Selected,Shipment - Tracking Number
1,2/1/2026 10:00:00 AM,2/2/2026 12:00:00 AM,2/3/2026 12:00:00 AM,2/5/2026 12:00:00 AM,2/5/2026 3:12:00 PM,USPS Ground,9400
2,2/1/2026 10:00:00 AM,2/2/2026 12:00:00 AM,2/3/2026 12:00:00 AM,2/5/2026 12:00:00 AM,2/6/2026 9:12:00 AM,USPS Ground,9401
3,2/1/2026 10:00:00 AM,2/2/2026 12:00:00 AM,2/3/2026 12:00:00 AM,2/25/2026 12:00:00 AM,2/24/2026 9:12:00 AM,USPS Ground,9402""",
        (2, 3),
    ),
    "ShipStation, with labels that were voided": (
        "packages",
        """Order Number,Ship Date,Service,Deliver By Date,Delivered Date,Tracking Number,Voided,Void Date
1,2026-02-01,USPS,2026-02-05,2026-02-05,9400,No,
2,2026-02-01,USPS,2026-02-05,,9401,Yes,2026-02-01""",
        (1, 1),
    ),
    "AfterShip, what went back": (
        "packages",
        """Tracking number,Courier,Status,Substatus,Order promised delivery date,Delivered date
1,ups,Delivered,Delivered,2026-02-05,2026-02-05
2,ups,Exception,Returned to sender,2026-02-05,2026-02-05
3,ups,Delivered,Delivered,2026-02-05,2026-02-06""",
        (1, 2),
    ),
    "AfterShip, dates with month names": (
        "packages",
        """Tracking number,Courier,Title,Order ID,Status,Expected delivery date,Delivered date,Transit time (days),Destination country
1,UPS,#1,1,Delivered,"Feb 05, 2026","Feb 05, 2026",3,USA
2,UPS,#2,2,Delivered,"Feb 05, 2026","Feb 06, 2026",4,USA
3,UPS,#3,3,In Transit,"Mar 05, 2026",,,USA""",
        (1, 2),
    ),
    "EasyPost, with a return to the sender": (
        "packages",
        """id,tracking_code,status,status_detail,est_delivery_date,delivered_at,carrier
trk1,EZ1,delivered,arrived_at_destination,2026-02-05T00:00:00Z,2026-02-05T19:00:00Z,USPS
trk2,EZ2,return_to_sender,return,2026-02-05T00:00:00Z,2026-02-05T19:00:00Z,USPS
trk3,EZ3,delivered,x,2026-02-05T00:00:00Z,2026-02-06T19:00:00Z,USPS
trk4,EZ4,failure,x,2026-02-05T00:00:00Z,,USPS""",
        (1, 3),
    ),
    "Walmart, with actual deliveries": (
        "packages",
        """PO#,Order#,Order Date,Ship By,Delivery Date,Customer Name,Status,Tracking Number,Actual Delivery Date
1,2,2026-02-01,2026-02-02,2026-02-05,A,Delivered,9400,2026-02-05
2,3,2026-02-01,2026-02-02,2026-02-05,A,Delivered,9401,2026-02-06
3,4,2026-02-01,2026-02-02,2026-02-05,A,Cancelled,,""",
        (1, 2),
    ),
    "Zendesk Explore, German": (
        "messages",
        """Ticket-ID;Ticket erstellt – Zeitstempel;Zeit bis zur ersten Antwort (Min.)
1;2026-02-02 09:00:00;90
2;2026-02-02 09:00:00;1441
3;2026-02-02 09:00:00;1440""",
        (2, 3),
    ),
    "Zendesk Explore, decimal commas": (
        "messages",
        """Ticket ID;Ticket created - Timestamp;First reply time (hrs)
1;2026-02-02T09:00:00;1,5
2;2026-02-02T09:00:00;24,02
3;2026-02-02T09:00:00;24,0""",
        (2, 3),
    ),
    "Zendesk Explore, with its sum": (
        "messages",
        """Ticket ID,Ticket created - Timestamp,First reply time (min)
1,2026-02-02T09:00:00,90
2,2026-02-02T09:00:00,1441
SUM,,1531""",
        (1, 2),
    ),
    "Freshdesk, all fields": (
        "messages",
        """Ticket ID,Subject,Status,Priority,Source,Type,Agent,Group,Created time,Due by Time,Resolved time,Closed time,Last update time,Initial response time,Time tracked,First response time (in hrs),Resolution time (in hrs),Agent interactions,Customer interactions,Resolution status,First response status,Tags
1,a,Closed,Low,Email,,X,Y,2026-02-02 09:00:00,2026-02-04 09:00:00,2026-02-03 09:00:00,,,2026-02-02 10:00:00,00:00,00:20:00,01:00:00,1,1,Within SLA,Within SLA,
2,b,Open,Low,Email,,X,Y,2026-02-02 09:00:00,2026-02-04 09:00:00,,,,,00:00,,,0,1,,SLA Violated,""",
        (1, 2),
    ),
    "Help Scout, 1d 0h 1m": (
        "messages",
        """Conversation #,Mailbox,Customer,Created,First Response Time,Handle Time
1,A,b,2026-02-02 09:00,1h 5m,3m
2,A,b,2026-02-02 09:00,1d 0h 1m,3m
3,A,b,2026-02-02 09:00,-,""",
        (1, 3),
    ),
    "Help Scout, seconds": (
        "messages",
        """Conversation ID,Inbox,Created At,First Response Time (sec)
1,A,2026-02-02T09:00:00Z,3600
2,A,2026-02-02T09:00:00Z,86401
3,A,2026-02-02T09:00:00Z,"86,400"
""",
        (2, 3),
    ),
    "Intercom, with the zone in the headings": (
        "messages",
        """Conversation ID,Channel,Conversation started at (America/New_York),Teammate first replied at (America/New_York),First response time (seconds),First response time in office hours (seconds)
1,Email,2026-02-02 09:00:00,2026-02-02 10:00:00,3600,3600
2,Email,2026-02-02 09:00:00,2026-02-03 10:00:00,90000,30000""",
        (1, 2),
    ),
    "Intercom, seconds since 1970": (
        "messages",
        """conversation_id,conversation_created_at,first_admin_reply_at,time_to_admin_reply,median_time_to_reply
1,1770022800,1770026400,3600,5
2,1770022800,1770112801,90001,5
3,1770022800,,,""",
        (1, 3),
    ),
    "HubSpot, German": (
        "messages",
        """Ticket-ID,Ticketname,Erstellungsdatum,Datum der ersten E-Mail-Antwort eines Agenten,Datum der letzten Kundenantwort
1,a,2026-02-02 09:00,2026-02-02 10:00,2026-02-05 10:00
2,b,2026-02-02 09:00,2026-02-03 10:00,""",
        (1, 2),
    ),
    "HubSpot, HH:mm:ss": (
        "messages",
        """Ticket ID,Ticket name,Create date,Time to first agent email reply (HH:mm:ss)
1,a,2026-02-02 09:00,1:30:00
2,b,2026-02-02 09:00,24:00:00
3,c,2026-02-02 09:00,24:00:01
4,d,2026-02-02 09:00,""",
        (2, 4),
    ),
    "Gorgias": (
        "messages",
        """Ticket id,Initial channel,Last used channel,Created date,Closed date,First response time (s),Resolution time (s)
1,email,email,2026-02-02T09:00:00.000000,2026-02-03,3600,90000
2,email,email,2026-02-02T09:00:00.000000,2026-02-03,90000,90000
3,email,email,2026-02-02T09:00:00.000000,,,""",
        (1, 3),
    ),
    "Gorgias, 1d 3m": (
        "messages",
        """Ticket id,Channel,Creation date,First response time
1,email,2026-02-02 09:00,2h 3m
2,email,2026-02-02 09:00,1d 3m""",
        (1, 2),
    ),
    "Jira Service Management, ISO dates": (
        "messages",
        """Issue key,Issue id,Summary,Created,Status,Custom field ([CHART] Date of First Response),Custom field (Time to first response)
A-1,1,x,2026-02-02T09:00:00.000+0000,Done,2026-02-02T10:00:00.000+0000,
A-2,2,x,2026-02-02T09:00:00.000+0000,Done,2026-02-03T10:00:00.000+0000,""",
        (1, 2),
    ),
    "Jira Service Management, German": (
        "messages",
        """Vorgangsschlüssel,Vorgangs-ID,Erstellt,Status,Benutzerdefinierte Felder ([CHART] Datum der ersten Antwort)
A-1,1,02.02.2026 09:00,Fertig,02.02.2026 10:00
A-2,2,02.02.2026 09:00,Offen,""",
        (1, 2),
    ),
    "ServiceNow, days first": (
        "messages",
        """Number,Opened,Short description,Caller,Priority,State,First response
INC1,13-02-2026 09:00:00,x,A,3,Closed,13-02-2026 10:00:00
INC2,13-02-2026 09:00:00,x,A,3,Closed,15-02-2026 10:00:00""",
        (1, 2),
    ),
    "a total and a share below the rows": (
        "packages",
        """Order ID,Promised date,Delivered,Tracking number
1,2026-02-05,2026-02-05,1Z1
2,2026-02-05,2026-02-06,1Z2
Total: 2 orders,,,
On time: 50%,,,""",
        (1, 2),
    ),
    "a total with a date, as the order's name": (
        "packages",
        """Region,Order ID,Promised date,Delivered,Tracking number
West,1,2026-02-05,2026-02-05,1Z1
West,2,2026-02-05,2026-02-06,1Z2
,Total,2026-02-05,,2""",
        (1, 2),
    ),
    "a total with dates": (
        "packages",
        """Order ID,Promised date,Delivered,Tracking number
1,2026-02-05,2026-02-05,1Z1
2,2026-02-05,2026-02-06,1Z2
Total,2026-02-05,2026-02-06,2""",
        (1, 2),
    ),
    "dates of several forms": (
        "packages",
        """Order ID,Promised date,Delivered,Tracking number
1,02/15/2026,2026-02-15,1Z1
2,2026-02-05,"Feb 6, 2026",1Z2
3,05 Feb 2026,02/05/2026,1Z3""",
        (2, 3),
    ),
    "an order of two packages": (
        "packages",
        """Order ID,Promised date,Delivered,Tracking number
1,2026-02-05,2026-02-05,1Z1
1,2026-02-05,2026-02-08,1Z2
2,2026-02-05,2026-02-04,1Z3""",
        (2, 3),
    ),
    "statuses of several words": (
        "packages",
        """Order ID,Order Status,Promised date,Delivered,Tracking number
1,Completed,2026-02-05,2026-02-05,1Z1
2,Cancelled by customer,2026-02-05,,1Z2
3,Order cancelled,2026-02-05,,1Z3
4,Canceled - Refunded,2026-02-05,,1Z4""",
        (1, 1),
    ),
    "a zone in each heading": (
        "packages",
        """Order ID,Promised (America/Los_Angeles),Delivered (UTC),Tracking number
1,2026-02-05 20:00,2026-02-06 03:59,1Z1
2,2026-02-05 20:00,2026-02-06 04:01,1Z2""",
        (1, 2),
    ),
    "zones in the cells": (
        "packages",
        """Order ID,Promised date,Delivered,Tracking number
1,2026-02-05 20:00 PST,2026-02-06 03:59 UTC,1Z1
2,2026-02-05 20:00 PST,2026-02-06 04:01 UTC,1Z2""",
        (1, 2),
    ),
    "minutes and seconds": (
        "messages",
        """Ticket,Created,First response time (mm:ss)
1,2026-02-02 09:00,90:30
2,2026-02-02 09:00,1440:00
3,2026-02-02 09:00,1441:00""",
        (2, 3),
    ),
    "hours and minutes": (
        "messages",
        """Ticket,Created,First response time (h:mm)
1,2026-02-02 09:00,1:30
2,2026-02-02 09:00,24:00
3,2026-02-02 09:00,24:01""",
        (2, 3),
    ),
    "durations, German": (
        "messages",
        """Ticket;Erstellt am;Erste Antwortzeit
1;02.02.2026 09:00;2 Std. 5 Min.
2;02.02.2026 09:00;1 Tag 2 Stunden
3;02.02.2026 09:00;1 Tag""",
        (2, 3),
    ),
    "durations, French": (
        "messages",
        """Ticket;Créé le;Délai de première réponse
1;02/02/2026 09:00;2 h 5 min
2;13/02/2026 09:00;1 j 2 h
3;02/02/2026 09:00;1 jour""",
        (2, 3),
    ),
    "fractions of days": (
        "messages",
        """Ticket,Created,First response time (days)
1,2026-02-02 09:00,0.0625
2,2026-02-02 09:00,1.01""",
        (1, 2),
    ),
    "points for thousands, decimal commas": (
        "messages",
        """Ticket;Erstellt;Erste Antwortzeit (Min.)
1;02.02.2026 09:00;1.440,0
2;02.02.2026 09:00;1.441,5
3;02.02.2026 09:00;90,5""",
        (2, 3),
    ),
    "spaces for thousands": (
        "messages",
        """Ticket;Créé le;Première réponse (min)
1;02/02/2026 09:00;1 440
2;13/02/2026 09:00;1 441
3;02/02/2026 09:00;90""",
        (2, 3),
    ),
    "a ticket that stands there twice": (
        "messages",
        """Ticket ID,Created,First reply
1,2026-02-02 09:00,2026-02-02 10:00
1,2026-02-02 09:00,2026-02-02 10:00
2,2026-02-02 09:00,2026-02-03 10:00""",
        (1, 2),
    ),
    "a row for each tag of a ticket": (
        "messages",
        """Ticket ID,Tag,Created,First reply
1,a,2026-02-02 09:00,2026-02-02 10:00
1,b,2026-02-02 09:00,2026-02-02 10:00
2,a,2026-02-02 09:00,2026-02-03 10:00""",
        (1, 2),
    ),
    "a ticket that was opened again": (
        "messages",
        """Ticket ID,Received,First reply
1,2026-02-02 09:00,2026-02-02 10:00
1,2026-02-05 09:00,2026-02-06 10:00
2,2026-02-02 09:00,2026-02-03 10:00""",
        (1, 3),
    ),
    "rows that are alike, without a number": (
        "messages",
        """Created,First reply
2026-02-02 09:00,2026-02-02 10:00
2026-02-02 09:00,2026-02-02 10:00
2026-02-02 09:00,2026-02-03 10:00""",
        (2, 3),
    ),
    "when the mail came, and when the ticket was made": (
        "messages",
        """Ticket,Email received,Ticket created,First reply
1,2026-02-02 09:00,2026-02-03 08:00,2026-02-03 10:00""",
        (0, 1),
    ),
    "zones of destinations": (
        "packages",
        """Order ID,Promised date,Delivered,Destination time zone,Tracking number
1,2026-02-05,2026-02-06T04:00:00Z,America/New_York,1Z1
2,2026-02-05,2026-02-06T06:00:00Z,America/New_York,1Z2
3,2026-02-05,2026-02-06T06:00:00Z,America/Los_Angeles,1Z3""",
        (2, 3),
    ),
}
ASKED = {
    "Amazon, orders, German": (
        "packages",
        """Bestellnummer\tBestellpositionsnummer\tKaufdatum\tZahlungsdatum\tVersandservice\tSpätestes Versanddatum\tSpätestes Lieferdatum\tMenge
302-1\t1\t2026-02-01\t2026-02-01\tStandard\t2026-02-02\t2026-02-05\t1
302-2\t2\t2026-02-01\t2026-02-01\tStandard\t2026-02-02\t2026-02-05\t1""",
        "delivered",
    ),
    "ServiceNow, agreements": (
        "messages",
        """Task,SLA definition,Target,Stage,Start time,Stop time,Breach time,Has breached,Actual elapsed time,Business elapsed time
INC1,Priority 1 response,Response,Completed,2026-02-02 09:00:00,2026-02-02 10:00:00,2026-02-02 13:00:00,false,1 Hour,1 Hour""",
        "answered",
    ),
    "Help Scout, no unit": (
        "messages",
        """Number,Mailbox,Created At,First Response Time
1,A,2026-02-02T09:00:00Z,3600
2,A,2026-02-02T09:00:00Z,90000""",
        "answered",
    ),
    "HubSpot, internal names": (
        "messages",
        """hs_object_id,subject,createdate,time_to_first_agent_reply
1,a,2026-02-02T09:00:00Z,3600000
2,b,2026-02-02T09:00:00Z,90000000""",
        "answered",
    ),
    "Zendesk Explore, by day": (
        "messages",
        """Ticket created - Date,Tickets,Median first reply time (min),% tickets within SLA
2026-02-02,12,90,80%
2026-02-03,10,1441,70%""",
        "answered",
    ),
    "Intercom, a row for each message": (
        "messages",
        """message_id,message_body,message_type,message_created_at,message_author_type,conversation_id,conversation_state,conversation_created_at,conversation_first_response_at,conversation_closed_at
1,Hello,conversation_message,2026-02-02 09:00:00,user,10,closed,2026-02-02 09:00:00,2026-02-02 10:00:00,
2,Hi,comment,2026-02-02 10:00:00,admin,10,closed,2026-02-02 09:00:00,2026-02-02 10:00:00,
3,Hello,conversation_message,2026-02-03 09:00:00,lead,11,open,2026-02-03 09:00:00,2026-02-05 10:00:00,
4,Again,comment,2026-02-03 09:30:00,lead,11,open,2026-02-03 09:00:00,2026-02-05 10:00:00,""",
        "received",
    ),
    "Intercom, answers of a bot": (
        "messages",
        """Conversation ID,Conversation started at,First reply at (bot),Teammate first replied at
1,2026-02-02 09:00,2026-02-02 09:00,2026-02-03 10:00""",
        "answered",
    ),
    "a doubled heading": (
        "packages",
        """Order ID,Delivery Date,Delivery Date,Tracking number
1,2026-02-05,2026-02-05,1Z1
2,2026-02-05,2026-02-06,1Z2""",
        "promised",
    ),
    "what was requested, and what was confirmed": (
        "packages",
        """Order ID,Requested delivery date,Confirmed delivery date,Delivered,Tracking number
1,2026-02-05,2026-02-07,2026-02-06,1Z1""",
        "promised",
    ),
    "Amazon's promise-date, by which to ship": (
        "packages",
        """order-id\tpromise-date\tdelivered\ttracking-number
1\t2026-02-03\t2026-02-05\tT1""",
        "promised",
    ),
    "days and months that both fit": (
        "packages",
        """Order ID,Promised date,Delivered,Tracking number
1,02/05/2026,02/05/2026,1Z1
2,02/05/2026,02/06/2026,1Z2""",
        "dateOrder",
    ),
    "both orders of days and months": (
        "packages",
        """Order ID,Promised date,Delivered,Tracking number
1,15/02/2026,02/14/2026,1Z1
2,05/02/2026,06/02/2026,1Z2""",
        "dateOrder",
    ),
    "two digits for the year, Spanish": (
        "packages",
        """Pedido;Fecha de entrega prevista;Fecha de entrega;Número de seguimiento
1;2/3/26;2/3/26;1Z1
2;1/2/26;2/2/26;1Z2""",
        "dateOrder",
    ),
    "a point before three digits": (
        "messages",
        """Ticket;Erstellt;Erste Antwortzeit (Min.)
1;02.02.2026 09:00;1.440
2;02.02.2026 09:00;1.441
3;02.02.2026 09:00;90""",
        "answered",
    ),
    "a clock in a column of minutes": (
        "messages",
        """Ticket,Created,First reply time (min)
1,2026-02-02 09:00,12:30
2,2026-02-02 09:00,30:10""",
        "answered",
    ),
    "fractions without a unit": (
        "messages",
        """Ticket,Created,First response time
1,2026-02-02 09:00,0.0625
2,2026-02-02 09:00,1.01""",
        "answered",
    ),
    "durations in words": (
        "messages",
        """Ticket,Created,First response time
1,2026-02-02 09:00,< 1 min
2,2026-02-02 09:00,a few seconds
3,2026-02-02 09:00,about an hour
4,2026-02-02 09:00,2 days""",
        "answered",
    ),
    "weeks": (
        "messages",
        """Ticket,Created,First response time
1,2026-02-02 09:00,30 min
2,2026-02-02 09:00,25 hours
3,2026-02-02 09:00,86400 s
4,2026-02-02 09:00,2 weeks""",
        "answered",
    ),
    "yes and no for the delivery": (
        "packages",
        """Order ID,Promised date,Delivered,Tracking number
1,2026-02-05,Yes,1Z1
2,2026-02-05,No,1Z2""",
        "delivered",
    ),
    "how many days late": (
        "packages",
        """Order ID,Days late,Delivered,Tracking number
1,0,2026-02-05,1Z1""",
        "promised",
    ),
    "two rows of headings": (
        "packages",
        """Order,,Delivery,
ID,Tracking number,Promised,Actual
1,1Z1,2026-02-05,2026-02-05
2,1Z2,2026-02-05,2026-02-06""",
        "delivered",
    ),
    "days and times in columns of their own": (
        "messages",
        """Ticket ID,Created date,Created time,First reply date,First reply time
1,2026-02-02,09:00,2026-02-02,10:00
2,2026-02-02,09:00,2026-02-03,10:00""",
        "received",
    ),
}
REFUSED = {
    "eBay, German": (
        "packages",
        """Verkaufsprotokollnummer;Bestellnummer;Nutzername des Käufers;Verkauft am;Versenden bis;Versendet am;Frühestes voraussichtliches Lieferdatum;Spätestes voraussichtliches Lieferdatum;Trackingnummer
1;01-1;a;01-Feb-26;03-Feb-26;02-Feb-26;04-Feb-26;06-Feb-26;00340""",
        "eBay",
    ),
    "Amazon, orders of Japan": (
        "packages",
        """order-id\torder-item-id\tpurchase-date\tship-service-level\tearliest-ship-date\tlatest-ship-date\tearliest-delivery-date\tlatest-delivery-date\tquantity-purchased
503-1\t1\t2026-02-01T10:00:00+09:00\tStandard\t2026-02-02\t2026-02-03\t2026-02-04\t2026-02-06\t1""",
        "Amazon",
    ),
    "Amazon, transactions": (
        "packages",
        """"Includes Amazon Marketplace, Fulfillment by Amazon (FBA), and Amazon Webstore transactions"
"All amounts in GBP"
"date/time","settlement id","type","order id","sku","quantity"
"2 Feb 2026 09:00:00 UTC","1","Order","302-1","s","1"
""",
        "Amazon",
    ),
    "Shopify": (
        "packages",
        """Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts Marketing,Currency,Lineitem quantity,Lineitem name,Estimated Delivery
#1001,a@b.example,paid,2026-02-01 10:00:00 -0500,fulfilled,2026-02-02 10:00:00 -0500,no,USD,1,x,2026-02-05""",
        "Shopify",
    ),
    "ShipStation without deliveries": (
        "packages",
        """Order #,Ship Date,Recipient,Service,Tracking Number,Deliver By Date
1,2/22/2026,A,USPS,9400,2/25/2026""",
        "ShipStation",
    ),
    "EasyPost": (
        "packages",
        """id,mode,created_at,updated_at,tracking_code,status,signed_by,weight,est_delivery_date,shipment_id,carrier
trk_1,production,2026-02-01T10:00:00Z,2026-02-05T10:00:00Z,EZ1,delivered,,,2026-02-05T00:00:00Z,shp_1,USPS
trk_2,production,2026-02-01T10:00:00Z,2026-02-05T10:00:00Z,EZ2,in_transit,,,2026-02-05T00:00:00Z,shp_2,USPS""",
        "EasyPost",
    ),
    "Freshdesk without the first response": (
        "messages",
        """Ticket ID,Created time,Due by Time,Resolved time,First response status
1,2026-02-02 09:00:00,2026-02-04 09:00:00,2026-02-03 09:00:00,Within SLA""",
        "Freshdesk",
    ),
    "Jira Service Management, a countdown": (
        "messages",
        """Issue key,Issue id,Created,Status,Custom field (Time to first response)
A-1,1,02/Feb/26 9:00 AM,Done,-2:30""",
        "Jira",
    ),
    "Outlook, German": (
        "messages",
        """Betreff;Nachricht;Von: (Name);Von: (Adresse);An: (Name);Empfangen;Gesendet;Wichtigkeit
Hallo;x;A;a@b.example;B;02.02.2026 09:00;02.02.2026 08:59;Normal""",
        "Outlook",
    ),
    "HubSpot, the last response": (
        "messages",
        """Ticket ID,Ticket name,Create date,Last response date,Time to close (HH:mm:ss),Last customer reply date
1,a,2026-02-02 09:00,2026-02-02 10:00,25:00:00,2026-02-02 10:00""",
        "HubSpot",
    ),
    "messages of both ways": (
        "messages",
        """Ticket,Direction,Created,First reply
1,inbound,2026-02-02 09:00,2026-02-02 10:00
2,outbound,2026-02-02 09:00,""",
        "Direction",
    ),
}


@pytest.mark.parametrize("name", RATES)
def test_a_rate_is_right(node: Call, name: str) -> None:
    kind, text, expected = RATES[name]
    found = judge(node, f"{text}\n", kind)
    assert found["status"] == "rate", found["refusal"] or found["questions"]
    assert (found["rate"]["numerator"], found["rate"]["denominator"]) == expected


@pytest.mark.parametrize("name", ASKED)
def test_what_is_not_certain_is_asked(node: Call, name: str) -> None:
    kind, text, field = ASKED[name]
    found = judge(node, f"{text}\n", kind)
    assert found["status"] == "question"
    assert field in [question["field"] for question in found["questions"]]


@pytest.mark.parametrize("name", REFUSED)
def test_what_no_rate_can_come_of_is_refused_by_name(node: Call, name: str) -> None:
    kind, text, named = REFUSED[name]
    found = judge(node, f"{text}\n", kind)
    assert found["status"] == "refusal"
    assert named in found["refusal"]
