"""Tables of packages as programs write them: other languages, sums, statuses, dates that may be two."""

# ruff: noqa: E501  # lines of tables

from __future__ import annotations

import pytest

from tests.tools.conftest import Call
from tests.tools.test_tables import judge

RATES = {
    "Walmart, with orders that were cancelled": (
        """orderPlacedDt,actualDeliveryDate,cancelDate,estimatedDeliveryDate,salesOrder,trackingNum,carrier,poNum
2026-02-01,2026-02-05,,2026-02-05,S1,9400111,USPS,P1
2026-02-01,2026-02-06,,2026-02-05,S2,9400112,USPS,P2
2026-02-01,,2026-02-02,2026-02-05,S3,9400113,USPS,P3""",
        (1, 2),
    ),
    "Amazon, orders with their deliveries": (
        """Order ID,Order Date,Ship Date,Delivery Date,Promised Delivery Date,On-Time Delivery,Carrier,Tracking ID
111-1,2026-02-01,2026-02-02,2026-02-05,2026-02-05,Yes,UPS,1Z1
111-2,2026-02-01,2026-02-03,2026-02-06,2026-02-05,No,UPS,1Z2
111-3,2026-02-01,2026-02-03,,2026-02-05,No,UPS,1Z3""",
        (1, 3),
    ),
    "Amazon, French": (
        """Numéro de commande;Date d'expédition prévue;Date de livraison estimée au plus tard;Date de livraison effective;Numéro de suivi
1;01/02/2026;05/02/2026;05/02/2026;LX1
2;01/02/2026;05/02/2026;16/02/2026;LX2
3;01/02/2026;25/02/2026;24/02/2026;LX3""",
        (2, 3),
    ),
    "eBay, with a footer": (
        """Sales Record Number,Order Number,Buyer Username,Maximum Estimated Delivery Date,Actual Delivery Date,Tracking Number

1,01-1,a,Feb-06-26,Feb-05-26,9400
2,01-2,b,Feb-06-26,Feb-07-26,9401

2,record(s) downloaded,,,,
Seller ID : shop,,,,,""",
        (1, 2),
    ),
    "ShipStation, days with midnights": (
        """Order - Number,Date - Order Date,Date - Shipped Date,Date - Ship By Date,Date - Deliver By Date,Date - Delivered Date,Carrier - Service Selected,Shipment - Tracking Number
1,2/1/2026 10:00:00 AM,2/2/2026 12:00:00 AM,2/3/2026 12:00:00 AM,2/5/2026 12:00:00 AM,2/5/2026 3:12:00 PM,USPS Ground,9400
2,2/1/2026 10:00:00 AM,2/2/2026 12:00:00 AM,2/3/2026 12:00:00 AM,2/5/2026 12:00:00 AM,2/6/2026 9:12:00 AM,USPS Ground,9401
3,2/1/2026 10:00:00 AM,2/2/2026 12:00:00 AM,2/3/2026 12:00:00 AM,2/25/2026 12:00:00 AM,2/24/2026 9:12:00 AM,USPS Ground,9402""",
        (2, 3),
    ),
    "ShipStation, with labels that were voided": (
        """Order Number,Ship Date,Service,Deliver By Date,Delivered Date,Tracking Number,Voided,Void Date
1,2026-02-01,USPS,2026-02-05,2026-02-05,9400,No,
2,2026-02-01,USPS,2026-02-05,,9401,Yes,2026-02-01""",
        (1, 1),
    ),
    "AfterShip, what went back": (
        """Tracking number,Courier,Status,Substatus,Order promised delivery date,Delivered date
1,ups,Delivered,Delivered,2026-02-05,2026-02-05
2,ups,Exception,Returned to sender,2026-02-05,2026-02-05
3,ups,Delivered,Delivered,2026-02-05,2026-02-06""",
        (1, 2),
    ),
    "AfterShip, dates with month names": (
        """Tracking number,Courier,Title,Order ID,Status,Expected delivery date,Delivered date,Transit time (days),Destination country
1,UPS,#1,1,Delivered,"Feb 05, 2026","Feb 05, 2026",3,USA
2,UPS,#2,2,Delivered,"Feb 05, 2026","Feb 06, 2026",4,USA
3,UPS,#3,3,In Transit,"Mar 05, 2026",,,USA""",
        (1, 2),
    ),
    "EasyPost, with a return to the sender": (
        """id,tracking_code,status,status_detail,est_delivery_date,delivered_at,carrier
trk1,EZ1,delivered,arrived_at_destination,2026-02-05T00:00:00Z,2026-02-05T19:00:00Z,USPS
trk2,EZ2,return_to_sender,return,2026-02-05T00:00:00Z,2026-02-05T19:00:00Z,USPS
trk3,EZ3,delivered,x,2026-02-05T00:00:00Z,2026-02-06T19:00:00Z,USPS
trk4,EZ4,failure,x,2026-02-05T00:00:00Z,,USPS""",
        (1, 3),
    ),
    "Walmart, with actual deliveries": (
        """PO#,Order#,Order Date,Ship By,Delivery Date,Customer Name,Status,Tracking Number,Actual Delivery Date
1,2,2026-02-01,2026-02-02,2026-02-05,A,Delivered,9400,2026-02-05
2,3,2026-02-01,2026-02-02,2026-02-05,A,Delivered,9401,2026-02-06
3,4,2026-02-01,2026-02-02,2026-02-05,A,Cancelled,,""",
        (1, 2),
    ),
    "a total and a share below the rows": (
        """Order ID,Promised date,Delivered,Tracking number
1,2026-02-05,2026-02-05,1Z1
2,2026-02-05,2026-02-06,1Z2
Total: 2 orders,,,
On time: 50%,,,""",
        (1, 2),
    ),
    "a total with a date, as the order's name": (
        """Region,Order ID,Promised date,Delivered,Tracking number
West,1,2026-02-05,2026-02-05,1Z1
West,2,2026-02-05,2026-02-06,1Z2
,Total,2026-02-05,,2""",
        (1, 2),
    ),
    "a total with dates": (
        """Order ID,Promised date,Delivered,Tracking number
1,2026-02-05,2026-02-05,1Z1
2,2026-02-05,2026-02-06,1Z2
Total,2026-02-05,2026-02-06,2""",
        (1, 2),
    ),
    "dates of several forms": (
        """Order ID,Promised date,Delivered,Tracking number
1,02/15/2026,2026-02-15,1Z1
2,2026-02-05,"Feb 6, 2026",1Z2
3,05 Feb 2026,02/05/2026,1Z3""",
        (2, 3),
    ),
    "an order of two packages": (
        """Order ID,Promised date,Delivered,Tracking number
1,2026-02-05,2026-02-05,1Z1
1,2026-02-05,2026-02-08,1Z2
2,2026-02-05,2026-02-04,1Z3""",
        (2, 3),
    ),
    "statuses of several words": (
        """Order ID,Order Status,Promised date,Delivered,Tracking number
1,Completed,2026-02-05,2026-02-05,1Z1
2,Cancelled by customer,2026-02-05,,1Z2
3,Order cancelled,2026-02-05,,1Z3
4,Canceled - Refunded,2026-02-05,,1Z4""",
        (1, 1),
    ),
    "a zone in each heading": (
        """Order ID,Promised (America/Los_Angeles),Delivered (UTC),Tracking number
1,2026-02-05 20:00,2026-02-06 03:59,1Z1
2,2026-02-05 20:00,2026-02-06 04:01,1Z2""",
        (1, 2),
    ),
    "zones in the cells": (
        """Order ID,Promised date,Delivered,Tracking number
1,2026-02-05 20:00 PST,2026-02-06 03:59 UTC,1Z1
2,2026-02-05 20:00 PST,2026-02-06 04:01 UTC,1Z2""",
        (1, 2),
    ),
    "zones of destinations": (
        """Order ID,Promised date,Delivered,Destination time zone,Tracking number
1,2026-02-05,2026-02-06T04:00:00Z,America/New_York,1Z1
2,2026-02-05,2026-02-06T06:00:00Z,America/New_York,1Z2
3,2026-02-05,2026-02-06T06:00:00Z,America/Los_Angeles,1Z3""",
        (2, 3),
    ),
    "FedEx, times beside the days": (
        """Tracking Number,Status,Scheduled Delivery Date,Delivery Date,Delivery Time
1,Delivered,2/15/2026 by 8:00 PM,2/15/2026,21:14
2,Delivered,2/15/2026 by 8:00 PM,2/15/2026,9:14 AM
3,Delivered,2/15/2026 by end of day,2/15/2026,11:14 PM""",
        (2, 3),
    ),
    "a promised day and its time in two columns": (
        """Order ID,Promised date,Promised time,Delivered date,Delivered time,Tracking number
1,2026-02-05,18:00,2026-02-05,17:00,1Z1
2,2026-02-05,18:00,2026-02-05,19:00,1Z2""",
        (1, 2),
    ),
    "a time that is how long it took": (
        """Order ID,Promised date,Delivery date,Delivery time,Tracking number
1,2026-02-05 10:00,2026-02-05,12:30,1Z1
2,2026-02-05 10:00,2026-02-06,26:10,1Z2""",
        (1, 2),
    ),
    "AfterShip, what went back, among the issues": (
        """Tracking number,Order number,Carrier,Status,Sub-status,Issues,Estimated delivery date,Delivered date
1,A,UPS,Delivered,Delivered,,2026-02-05,2026-02-05
2,B,UPS,Delivered,Delivered,Returned to sender,2026-02-05,2026-02-05""",
        (1, 1),
    ),
}
ASKED = {
    "Amazon, orders, German": (
        """Bestellnummer\tBestellpositionsnummer\tKaufdatum\tZahlungsdatum\tVersandservice\tSpätestes Versanddatum\tSpätestes Lieferdatum\tMenge
302-1\t1\t2026-02-01\t2026-02-01\tStandard\t2026-02-02\t2026-02-05\t1
302-2\t2\t2026-02-01\t2026-02-01\tStandard\t2026-02-02\t2026-02-05\t1""",
        "delivered",
    ),
    "a doubled heading": (
        """Order ID,Delivery Date,Delivery Date,Tracking number
1,2026-02-05,2026-02-05,1Z1
2,2026-02-05,2026-02-06,1Z2""",
        "promised",
    ),
    "what was requested, and what was confirmed": (
        """Order ID,Requested delivery date,Confirmed delivery date,Delivered,Tracking number
1,2026-02-05,2026-02-07,2026-02-06,1Z1""",
        "promised",
    ),
    "Amazon's promise-date, by which to ship": (
        """order-id\tpromise-date\tdelivered\ttracking-number
1\t2026-02-03\t2026-02-05\tT1""",
        "promised",
    ),
    "days and months that both fit": (
        """Order ID,Promised date,Delivered,Tracking number
1,02/05/2026,02/05/2026,1Z1
2,02/05/2026,02/06/2026,1Z2""",
        "dateOrder",
    ),
    "both orders of days and months": (
        """Order ID,Promised date,Delivered,Tracking number
1,15/02/2026,02/14/2026,1Z1
2,05/02/2026,06/02/2026,1Z2""",
        "dateOrder",
    ),
    "two digits for the year, Spanish": (
        """Pedido;Fecha de entrega prevista;Fecha de entrega;Número de seguimiento
1;2/3/26;2/3/26;1Z1
2;1/2/26;2/2/26;1Z2""",
        "dateOrder",
    ),
    "yes and no for the delivery": (
        """Order ID,Promised date,Delivered,Tracking number
1,2026-02-05,Yes,1Z1
2,2026-02-05,No,1Z2""",
        "delivered",
    ),
    "how many days late": (
        """Order ID,Days late,Delivered,Tracking number
1,0,2026-02-05,1Z1""",
        "promised",
    ),
    "two rows of headings": (
        """Order,,Delivery,
ID,Tracking number,Promised,Actual
1,1Z1,2026-02-05,2026-02-05
2,1Z2,2026-02-05,2026-02-06""",
        "delivered",
    ),
}
REFUSED = {
    "eBay, German": (
        """Verkaufsprotokollnummer;Bestellnummer;Nutzername des Käufers;Verkauft am;Versenden bis;Versendet am;Frühestes voraussichtliches Lieferdatum;Spätestes voraussichtliches Lieferdatum;Trackingnummer
1;01-1;a;01-Feb-26;03-Feb-26;02-Feb-26;04-Feb-26;06-Feb-26;00340""",
        "eBay",
    ),
    "Amazon, orders of Japan": (
        """order-id\torder-item-id\tpurchase-date\tship-service-level\tearliest-ship-date\tlatest-ship-date\tearliest-delivery-date\tlatest-delivery-date\tquantity-purchased
503-1\t1\t2026-02-01T10:00:00+09:00\tStandard\t2026-02-02\t2026-02-03\t2026-02-04\t2026-02-06\t1""",
        "Amazon",
    ),
    "Amazon, transactions": (
        """"Includes Amazon Marketplace, Fulfillment by Amazon (FBA), and Amazon Webstore transactions"
"All amounts in GBP"
"date/time","settlement id","type","order id","sku","quantity"
"2 Feb 2026 09:00:00 UTC","1","Order","302-1","s","1"
""",
        "Amazon",
    ),
    "Shopify": (
        """Name,Email,Financial Status,Paid at,Fulfillment Status,Fulfilled at,Accepts Marketing,Currency,Lineitem quantity,Lineitem name,Estimated Delivery
#1001,a@b.example,paid,2026-02-01 10:00:00 -0500,fulfilled,2026-02-02 10:00:00 -0500,no,USD,1,x,2026-02-05""",
        "Shopify",
    ),
    "ShipStation without deliveries": (
        """Order #,Ship Date,Recipient,Service,Tracking Number,Deliver By Date
1,2/22/2026,A,USPS,9400,2/25/2026""",
        "ShipStation",
    ),
    "EasyPost": (
        """id,mode,created_at,updated_at,tracking_code,status,signed_by,weight,est_delivery_date,shipment_id,carrier
trk_1,production,2026-02-01T10:00:00Z,2026-02-05T10:00:00Z,EZ1,delivered,,,2026-02-05T00:00:00Z,shp_1,USPS
trk_2,production,2026-02-01T10:00:00Z,2026-02-05T10:00:00Z,EZ2,in_transit,,,2026-02-05T00:00:00Z,shp_2,USPS""",
        "EasyPost",
    ),
}


@pytest.mark.parametrize("name", RATES)
def test_a_rate_is_right(node: Call, name: str) -> None:
    text, expected = RATES[name]
    found = judge(node, f"{text}\n")
    assert found["status"] == "rate", found["refusal"] or found["questions"]
    assert (found["rate"]["numerator"], found["rate"]["denominator"]) == expected


@pytest.mark.parametrize("name", ASKED)
def test_what_is_not_certain_is_asked(node: Call, name: str) -> None:
    text, field = ASKED[name]
    found = judge(node, f"{text}\n")
    assert found["status"] == "question"
    assert field in [question["field"] for question in found["questions"]]


@pytest.mark.parametrize("name", REFUSED)
def test_what_no_rate_can_come_of_is_refused_by_name(node: Call, name: str) -> None:
    text, named = REFUSED[name]
    found = judge(node, f"{text}\n")
    assert found["status"] == "refusal"
    assert named in found["refusal"]
