"""Exports of further programs, as their public documentation names the columns: a rate, a question or a refusal."""

# ruff: noqa: E501  # lines of tables

from __future__ import annotations

from typing import Any

import pytest

from tests.tools.conftest import Call
from tests.tools.test_tables import judge

RATES = {
    "UPS Quantum View": (
        "packages",
        """Tracking Number,Status,Manifest Date,Scheduled Delivery,Scheduled Delivery Time,Date Delivered,Time Delivered
1Z1,Delivered,02/01/2026,02/04/2026,End of Day,02/04/2026,10:21 A.M.
1Z2,Delivered,02/01/2026,02/04/2026,End of Day,02/05/2026,3:02 P.M.
1Z3,Delivered,02/13/2026,02/17/2026,End of Day,02/17/2026,11:55 P.M.
1Z4,In Transit,02/26/2026,03/03/2026,End of Day,,""",
        (2, 3),
    ),
    "FedEx, promised by the hour": (
        "packages",
        """Tracking Number,Ship Date,Status,Scheduled Delivery Date,Delivery Date,Delivery Time
7771,2/03/2026,Delivered,2/05/2026 by end of day,2/06/2026,14:01
7772,2/03/2026,Delivered,2/05/2026 by 8:00 PM,2/05/2026,09:14
7773,2/23/2026,On the way,3/25/2026 between 9:00 AM - 1:00 PM,,""",
        (1, 2),
    ),
    "USPS": (
        "packages",
        """Tracking Number,Mail Class,Expected Delivery Date,Latest Event,Delivered Date
9400,PM,"February 4, 2026","Delivered, Front Door","February 4, 2026, 2:11 pm"
9401,PM,"February 4, 2026","Delivered, In/At Mailbox","February 5, 2026, 2:11 pm"
9402,PM,"March 4, 2026","In Transit to Next Facility",""",
        (1, 2),
    ),
    "DHL": (
        "packages",
        """Sendungsnummer;Status;Voraussichtlicher Zustelltermin von;Voraussichtlicher Zustelltermin bis;Zustelldatum
00340;Zugestellt;04.02.2026;05.02.2026;05.02.2026
00341;Zugestellt;04.02.2026;05.02.2026;06.02.2026
00342;In Zustellung;28.02.2026;02.03.2026;""",
        (1, 2),
    ),
    "Walmart, on-time delivery": (
        "packages",
        """PO#,Order#,Tracking Number,Expected Ship Date,Actual Ship Date,Expected Delivery Date,Actual Delivery Date
1,2,1Z1,2026-02-01,2026-02-01,2026-02-05,2026-02-05
2,3,1Z2,2026-02-01,2026-02-03,2026-02-05,2026-02-06
3,4,1Z3,2026-02-01,2026-02-01,2026-02-05,""",
        (1, 3),
    ),
    "TikTok Shop": (
        "packages",
        """Order ID,Ship by,Delivery due,Shipped Time,Delivered Time,Tracking ID
5771,2026-02-02 23:59,2026-02-06 23:59,2026-02-03 10:00,2026-02-05 10:02,9400
5772,2026-02-02 23:59,2026-02-06 23:59,2026-02-02 10:00,2026-02-07 10:02,9401""",
        (1, 2),
    ),
    "times as Go writes them": (
        "packages",
        """order_id,promised_delivery_date,delivered_at,tracking_code
1,2026-02-05,2026-02-05 16:05:00 +0000 UTC,1Z1
2,2026-02-05,2026-02-06 16:05:00 -0500 EST,1Z2""",
        (1, 2),
    ),
    "what came back to the sender": (
        "packages",
        """Order ID,Promised date,Delivered date,Tracking number,Tracking status
1,2026-02-05,2026-02-06,1Z1,delivered
2,2026-02-05,2026-02-05,1Z2,return_to_sender
3,2026-02-05,2026-02-05,1Z3,delivered
4,2026-02-05,2026-02-05,1Z4,Available for pickup""",
        (1, 2),
    ),
    "Salesforce": (
        "messages",
        """Case Number,Date/Time Opened,Date/Time Closed,First Response Date/Time,Age (Hours)
00001,2/2/2026 9:00 AM,2/3/2026 9:00 AM,2/2/2026 11:00 AM,24
00002,2/16/2026 9:00 AM,2/18/2026 9:00 AM,2/17/2026 10:00 AM,48""",
        (1, 2),
    ),
    "Zendesk Explore, both clocks": (
        "messages",
        "Ticket ID,Ticket created - Timestamp,First reply time - Business hours (min)"
        ",First reply time - Calendar hours (min)\n1,2026-02-02T09:00:00,300,300\n2,2026-02-06T18:00:00,600,3900",
        (1, 2),
    ),
    "Re:amaze": (
        "messages",
        """Conversation,Created,First Response Time,Resolution Time
x1,"Feb 2, 2026 9:00 AM",2h 35m,1d 2h
x2,"Feb 3, 2026 9:00 AM",1d 1h,3d
x3,"Feb 4, 2026 9:00 AM",45m,3d""",
        (2, 3),
    ),
    "Kayako": (
        "messages",
        """Case ID,Created At,First Response Time,Status
1,"Mon, 02 Feb 2026 09:00:00 +0000",1 hour 5 minutes,Closed
2,"Mon, 02 Feb 2026 09:00:00 +0000",1 day 2 hours,Closed
3,"Mon, 02 Feb 2026 09:00:00 +0000",—,Open""",
        (1, 3),
    ),
}
ASKED = {
    "Amazon, on-time delivery: two promises": (
        "packages",
        """Order ID,Tracking ID,Promised delivery date,Promised delivery date with extension,Actual delivery date
1,1Z01,2026-02-04,2026-02-06,2026-02-05
2,1Z02,2026-02-04,2026-02-04,2026-02-07""",
        "promised",
    ),
    "FedEx: the schedule and the estimate": (
        "packages",
        """Tracking Number,Standard Transit Date,Scheduled Delivery Date,Estimated Delivery Date,Delivery Date
7771,2/05/2026,2/05/2026 by end of day,2/06/2026,2/06/2026
7772,2/05/2026,2/05/2026 by end of day,2/25/2026,2/05/2026""",
        "promised",
    ),
    "UPS: rescheduled": (
        "packages",
        """Tracking Number,Scheduled Delivery Date,Rescheduled Delivery Date,Actual Delivery Date
1Z1,2026-02-04,2026-02-06,2026-02-05
1Z2,2026-02-04,,2026-02-04""",
        "promised",
    ),
    "Shippo": (
        "packages",
        """Order number,Tracking number,Tracking status,Original ETA,ETA,Delivered at
1,9400,DELIVERED,2026-02-03,2026-02-05,2026-02-05T15:00:00Z
2,9401,DELIVERED,2026-02-03,2026-02-03,2026-02-02T15:00:00Z""",
        "promised",
    ),
    "Zendesk Explore, office hours": (
        "messages",
        "Ticket ID,Ticket created - Timestamp,First reply time - Business hours (min)\n1,2026-02-02T09:00:00,300",
        "answered",
    ),
    "Freshdesk without the instant": (
        "messages",
        """Ticket ID,Created time,Due by Time,Resolved time,First response time (in hrs)
1,2026-02-02 09:00:00,2026-02-04 09:00:00,2026-02-03 09:00:00,01:00:00
2,2026-02-06 18:00:00,2026-02-05 09:00:00,2026-02-09 19:00:00,02:00:00""",
        "answered",
    ),
    "a clock at zero": (
        "messages",
        """Ticket,Created,First response time (hh:mm:ss),Status
1,2026-02-02 09:00,01:00:00,Closed
2,2026-02-02 09:00,00:00:00,Open
3,2026-02-02 09:00,30:00:00,Closed""",
        "answered",
    ),
    "osTicket": (
        "messages",
        """Ticket Number,Date Created,Subject,Last Updated,Due Date,Overdue,Answered
100,2026-02-02 09:00,a,2026-02-03 09:00,,0,1
101,2026-02-03 09:00,b,2026-02-03 09:00,,1,0""",
        "answered",
    ),
}
REFUSED = {
    "Etsy": (
        "packages",
        "Sale Date,Order ID,Buyer User ID,Number of Items,Date Shipped,Ship City,Status\n"
        "02/01/26,301,b,1,02/03/26,NYC,shipped",
        "neither a promised date nor a date of delivery",
    ),
    "Front: replies have rows, too": (
        "messages",
        """Conversation ID,Message ID,Inbound/Outbound,Date,Response time (hours)
c1,m1,inbound,2026-02-02 09:00,
c1,m2,outbound,2026-02-02 11:00,2
c2,m3,inbound,2026-02-05 09:00,""",
        "By the column “Inbound/Outbound” some rows are messages that came in",
    ),
    "HubSpot: the day it was due": (
        "messages",
        "Ticket ID,Ticket name,Create date,Time to First Response SLA Due Date\n1,a,2026-02-02 09:00,2026-02-03 09:00",
        "when a message was first answered",
    ),
}


def found(node: Call, kind: str, text: str, **options: Any) -> Any:
    return judge(node, f"{text}\n", kind, timeZone="America/New_York", **options)


@pytest.mark.parametrize("name", RATES)
def test_a_rate_is_right(node: Call, name: str) -> None:
    kind, text, expected = RATES[name]
    told = found(node, kind, text)
    assert told["status"] == "rate", told["refusal"] or told["questions"]
    assert (told["rate"]["numerator"], told["rate"]["denominator"]) == expected


@pytest.mark.parametrize("name", ASKED)
def test_what_is_not_certain_is_asked(node: Call, name: str) -> None:
    kind, text, field = ASKED[name]
    told = found(node, kind, text)
    assert told["status"] == "question"
    assert field in [question["field"] for question in told["questions"]]


@pytest.mark.parametrize("name", REFUSED)
def test_what_no_rate_can_come_of_is_refused_with_the_reason(node: Call, name: str) -> None:
    kind, text, reason = REFUSED[name]
    told = found(node, kind, text)
    assert told["status"] == "refusal"
    assert reason in told["refusal"]


def test_a_column_of_durations_counts_once_it_is_chosen(node: Call) -> None:
    kind, text, _ = ASKED["Freshdesk without the instant"]
    told = found(node, kind, text, answers={"answered": "First response time (in hrs)"})
    assert (told["status"], told["rate"]["numerator"]) == ("rate", 2)


def test_a_clock_at_zero_is_left_out_when_that_is_said(node: Call) -> None:
    kind, text, _ = ASKED["a clock at zero"]
    told = found(node, kind, text, answers={"unread": "left-out"})
    assert (told["rate"]["numerator"], told["rate"]["denominator"]) == (1, 2)
    assert [one["reason"] for one in told["rate"]["excluded"]] == ["invalid"]
