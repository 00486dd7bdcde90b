"""Tables of messages as programs write them: other languages, durations, numbers, tickets on several rows."""

# ruff: noqa: E501  # lines of tables

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tools.conftest import Call
from tests.tools.test_tables import judge

RATES = {
    "Zendesk Explore, German": (
        """Ticket-ID;Ticket erstellt – Zeitstempel;Zeit bis zur ersten Antwort (Min.)
1;2026-02-02 09:00:00;90
2;2026-02-02 09:00:00;1441
3;2026-02-02 09:00:00;1440""",
        (2, 3),
    ),
    "Zendesk Explore, decimal commas": (
        """Ticket ID;Ticket created - Timestamp;First reply time (hrs)
1;2026-02-02T09:00:00;1,5
2;2026-02-02T09:00:00;24,02
3;2026-02-02T09:00:00;24,0""",
        (2, 3),
    ),
    "Zendesk Explore, with its sum": (
        """Ticket ID,Ticket created - Timestamp,First reply time (min)
1,2026-02-02T09:00:00,90
2,2026-02-02T09:00:00,1441
SUM,,1531""",
        (1, 2),
    ),
    "Freshdesk, all fields": (
        """Ticket ID,Subject,Status,Priority,Source,Type,Agent,Group,Created time,Due by Time,Resolved time,Closed time,Last update time,Initial response time,Time tracked,First response time (in hrs),Resolution time (in hrs),Agent interactions,Customer interactions,Resolution status,First response status,Tags
1,a,Closed,Low,Email,,X,Y,2026-02-02 09:00:00,2026-02-04 09:00:00,2026-02-03 09:00:00,,,2026-02-02 10:00:00,00:00,00:20:00,01:00:00,1,1,Within SLA,Within SLA,
2,b,Open,Low,Email,,X,Y,2026-02-02 09:00:00,2026-02-04 09:00:00,,,,,00:00,,,0,1,,SLA Violated,""",
        (1, 2),
    ),
    "Help Scout, 1d 0h 1m": (
        """Conversation #,Mailbox,Customer,Created,First Response Time,Handle Time
1,A,b,2026-02-02 09:00,1h 5m,3m
2,A,b,2026-02-02 09:00,1d 0h 1m,3m
3,A,b,2026-02-02 09:00,-,""",
        (1, 3),
    ),
    "Help Scout, seconds": (
        """Conversation ID,Inbox,Created At,First Response Time (sec)
1,A,2026-02-02T09:00:00Z,3600
2,A,2026-02-02T09:00:00Z,86401
3,A,2026-02-02T09:00:00Z,"86,400"
""",
        (2, 3),
    ),
    "Intercom, with the zone in the headings": (
        """Conversation ID,Channel,Conversation started at (America/New_York),Teammate first replied at (America/New_York),First response time (seconds),First response time in office hours (seconds)
1,Email,2026-02-02 09:00:00,2026-02-02 10:00:00,3600,3600
2,Email,2026-02-02 09:00:00,2026-02-03 10:00:00,90000,30000""",
        (1, 2),
    ),
    "Intercom, seconds since 1970": (
        """conversation_id,conversation_created_at,first_admin_reply_at,time_to_admin_reply,median_time_to_reply
1,1770022800,1770026400,3600,5
2,1770022800,1770112801,90001,5
3,1770022800,,,""",
        (1, 3),
    ),
    "HubSpot, German": (
        """Ticket-ID,Ticketname,Erstellungsdatum,Datum der ersten E-Mail-Antwort eines Agenten,Datum der letzten Kundenantwort
1,a,2026-02-02 09:00,2026-02-02 10:00,2026-02-05 10:00
2,b,2026-02-02 09:00,2026-02-03 10:00,""",
        (1, 2),
    ),
    "HubSpot, HH:mm:ss": (
        """Ticket ID,Ticket name,Create date,Time to first agent email reply (HH:mm:ss)
1,a,2026-02-02 09:00,1:30:00
2,b,2026-02-02 09:00,24:00:00
3,c,2026-02-02 09:00,24:00:01
4,d,2026-02-02 09:00,""",
        (2, 4),
    ),
    "Gorgias": (
        """Ticket id,Initial channel,Last used channel,Created date,Closed date,First response time (s),Resolution time (s)
1,email,email,2026-02-02T09:00:00.000000,2026-02-03,3600,90000
2,email,email,2026-02-02T09:00:00.000000,2026-02-03,90000,90000
3,email,email,2026-02-02T09:00:00.000000,,,""",
        (1, 3),
    ),
    "Gorgias, 1d 3m": (
        """Ticket id,Channel,Creation date,First response time
1,email,2026-02-02 09:00,2h 3m
2,email,2026-02-02 09:00,1d 3m""",
        (1, 2),
    ),
    "Jira Service Management, ISO dates": (
        """Issue key,Issue id,Summary,Created,Status,Custom field ([CHART] Date of First Response),Custom field (Time to first response)
A-1,1,x,2026-02-02T09:00:00.000+0000,Done,2026-02-02T10:00:00.000+0000,
A-2,2,x,2026-02-02T09:00:00.000+0000,Done,2026-02-03T10:00:00.000+0000,""",
        (1, 2),
    ),
    "Jira Service Management, German": (
        """Vorgangsschlüssel,Vorgangs-ID,Erstellt,Status,Benutzerdefinierte Felder ([CHART] Datum der ersten Antwort)
A-1,1,02.02.2026 09:00,Fertig,02.02.2026 10:00
A-2,2,02.02.2026 09:00,Offen,""",
        (1, 2),
    ),
    "ServiceNow, days first": (
        """Number,Opened,Short description,Caller,Priority,State,First response
INC1,13-02-2026 09:00:00,x,A,3,Closed,13-02-2026 10:00:00
INC2,13-02-2026 09:00:00,x,A,3,Closed,15-02-2026 10:00:00""",
        (1, 2),
    ),
    "minutes and seconds": (
        """Ticket,Created,First response time (mm:ss)
1,2026-02-02 09:00,90:30
2,2026-02-02 09:00,1440:00
3,2026-02-02 09:00,1441:00""",
        (2, 3),
    ),
    "hours and minutes": (
        """Ticket,Created,First response time (h:mm)
1,2026-02-02 09:00,1:30
2,2026-02-02 09:00,24:00
3,2026-02-02 09:00,24:01""",
        (2, 3),
    ),
    "durations, German": (
        """Ticket;Erstellt am;Erste Antwortzeit
1;02.02.2026 09:00;2 Std. 5 Min.
2;02.02.2026 09:00;1 Tag 2 Stunden
3;02.02.2026 09:00;1 Tag""",
        (2, 3),
    ),
    "durations, French": (
        """Ticket;Créé le;Délai de première réponse
1;02/02/2026 09:00;2 h 5 min
2;13/02/2026 09:00;1 j 2 h
3;02/02/2026 09:00;1 jour""",
        (2, 3),
    ),
    "fractions of days": (
        """Ticket,Created,First response time (days)
1,2026-02-02 09:00,0.0625
2,2026-02-02 09:00,1.01""",
        (1, 2),
    ),
    "points for thousands, decimal commas": (
        """Ticket;Erstellt;Erste Antwortzeit (Min.)
1;02.02.2026 09:00;1.440,0
2;02.02.2026 09:00;1.441,5
3;02.02.2026 09:00;90,5""",
        (2, 3),
    ),
    "spaces for thousands": (
        """Ticket;Créé le;Première réponse (min)
1;02/02/2026 09:00;1 440
2;13/02/2026 09:00;1 441
3;02/02/2026 09:00;90""",
        (2, 3),
    ),
    "a ticket that stands there twice": (
        """Ticket ID,Created,First reply
1,2026-02-02 09:00,2026-02-02 10:00
1,2026-02-02 09:00,2026-02-02 10:00
2,2026-02-02 09:00,2026-02-03 10:00""",
        (1, 2),
    ),
    "a row for each tag of a ticket": (
        """Ticket ID,Tag,Created,First reply
1,a,2026-02-02 09:00,2026-02-02 10:00
1,b,2026-02-02 09:00,2026-02-02 10:00
2,a,2026-02-02 09:00,2026-02-03 10:00""",
        (1, 2),
    ),
    "a ticket that was opened again": (
        """Ticket ID,Received,First reply
1,2026-02-02 09:00,2026-02-02 10:00
1,2026-02-05 09:00,2026-02-06 10:00
2,2026-02-02 09:00,2026-02-03 10:00""",
        (1, 3),
    ),
    "rows that are alike, without a number": (
        """Created,First reply
2026-02-02 09:00,2026-02-02 10:00
2026-02-02 09:00,2026-02-02 10:00
2026-02-02 09:00,2026-02-03 10:00""",
        (2, 3),
    ),
    "when the mail came, and when the ticket was made": (
        """Ticket,Email received,Ticket created,First reply
1,2026-02-02 09:00,2026-02-03 08:00,2026-02-03 10:00""",
        (0, 1),
    ),
}
ASKED = {
    "ServiceNow, agreements": (
        """Task,SLA definition,Target,Stage,Start time,Stop time,Breach time,Has breached,Actual elapsed time,Business elapsed time
INC1,Priority 1 response,Response,Completed,2026-02-02 09:00:00,2026-02-02 10:00:00,2026-02-02 13:00:00,false,1 Hour,1 Hour""",
        "answered",
    ),
    "Help Scout, no unit": (
        """Number,Mailbox,Created At,First Response Time
1,A,2026-02-02T09:00:00Z,3600
2,A,2026-02-02T09:00:00Z,90000""",
        "answered",
    ),
    "HubSpot, internal names": (
        """hs_object_id,subject,createdate,time_to_first_agent_reply
1,a,2026-02-02T09:00:00Z,3600000
2,b,2026-02-02T09:00:00Z,90000000""",
        "answered",
    ),
    "Zendesk Explore, by day": (
        """Ticket created - Date,Tickets,Median first reply time (min),% tickets within SLA
2026-02-02,12,90,80%
2026-02-03,10,1441,70%""",
        "answered",
    ),
    "Intercom, a row for each message": (
        """message_id,message_body,message_type,message_created_at,message_author_type,conversation_id,conversation_state,conversation_created_at,conversation_first_response_at,conversation_closed_at
1,Hello,conversation_message,2026-02-02 09:00:00,user,10,closed,2026-02-02 09:00:00,2026-02-02 10:00:00,
2,Hi,comment,2026-02-02 10:00:00,admin,10,closed,2026-02-02 09:00:00,2026-02-02 10:00:00,
3,Hello,conversation_message,2026-02-03 09:00:00,lead,11,open,2026-02-03 09:00:00,2026-02-05 10:00:00,
4,Again,comment,2026-02-03 09:30:00,lead,11,open,2026-02-03 09:00:00,2026-02-05 10:00:00,""",
        "received",
    ),
    "Intercom, answers of a bot": (
        """Conversation ID,Conversation started at,First reply at (bot),Teammate first replied at
1,2026-02-02 09:00,2026-02-02 09:00,2026-02-03 10:00""",
        "answered",
    ),
    "a point before three digits": (
        """Ticket;Erstellt;Erste Antwortzeit (Min.)
1;02.02.2026 09:00;1.440
2;02.02.2026 09:00;1.441
3;02.02.2026 09:00;90""",
        "answered",
    ),
    "a clock in a column of minutes": (
        """Ticket,Created,First reply time (min)
1,2026-02-02 09:00,12:30
2,2026-02-02 09:00,30:10""",
        "answered",
    ),
    "fractions without a unit": (
        """Ticket,Created,First response time
1,2026-02-02 09:00,0.0625
2,2026-02-02 09:00,1.01""",
        "answered",
    ),
    "durations in words": (
        """Ticket,Created,First response time
1,2026-02-02 09:00,< 1 min
2,2026-02-02 09:00,a few seconds
3,2026-02-02 09:00,about an hour
4,2026-02-02 09:00,2 days""",
        "answered",
    ),
    "weeks": (
        """Ticket,Created,First response time
1,2026-02-02 09:00,30 min
2,2026-02-02 09:00,25 hours
3,2026-02-02 09:00,86400 s
4,2026-02-02 09:00,2 weeks""",
        "answered",
    ),
    "days and times in columns of their own": (
        """Ticket ID,Created date,Created time,First reply date,First reply time
1,2026-02-02,09:00,2026-02-02,10:00
2,2026-02-02,09:00,2026-02-03,10:00""",
        "received",
    ),
}
REFUSED = {
    "Jira Service Management, what is left of an agreement in a queue": (
        """Key,Created,Status,Time to first response
A-1,02/Feb/26 9:00 AM,Done,2:30
A-2,02/Feb/26 9:00 AM,Done,3:10""",
        "Jira",
    ),
    "Freshdesk without the first response": (
        """Ticket ID,Created time,Due by Time,Resolved time,First response status
1,2026-02-02 09:00:00,2026-02-04 09:00:00,2026-02-03 09:00:00,Within SLA""",
        "Freshdesk",
    ),
    "Jira Service Management, a countdown": (
        """Issue key,Issue id,Created,Status,Custom field (Time to first response)
A-1,1,02/Feb/26 9:00 AM,Done,-2:30""",
        "Jira",
    ),
    "Outlook, German": (
        """Betreff;Nachricht;Von: (Name);Von: (Adresse);An: (Name);Empfangen;Gesendet;Wichtigkeit
Hallo;x;A;a@b.example;B;02.02.2026 09:00;02.02.2026 08:59;Normal""",
        "Outlook",
    ),
    "HubSpot, the last response": (
        """Ticket ID,Ticket name,Create date,Last response date,Time to close (HH:mm:ss),Last customer reply date
1,a,2026-02-02 09:00,2026-02-02 10:00,25:00:00,2026-02-02 10:00""",
        "HubSpot",
    ),
    "messages of both ways": (
        """Ticket,Direction,Created,First reply
1,inbound,2026-02-02 09:00,2026-02-02 10:00
2,outbound,2026-02-02 09:00,""",
        "Direction",
    ),
}


@pytest.mark.parametrize("name", RATES)
def test_a_rate_is_right(node: Call, name: str) -> None:
    text, expected = RATES[name]
    found = judge(node, f"{text}\n", "messages")
    assert found["status"] == "rate", found["refusal"] or found["questions"]
    assert (found["rate"]["numerator"], found["rate"]["denominator"]) == expected


@pytest.mark.parametrize("name", ASKED)
def test_what_is_not_certain_is_asked(node: Call, name: str) -> None:
    text, field = ASKED[name]
    found = judge(node, f"{text}\n", "messages")
    assert found["status"] == "question"
    assert field in [question["field"] for question in found["questions"]]


@pytest.mark.parametrize("name", REFUSED)
def test_what_no_rate_can_come_of_is_refused_by_name(node: Call, name: str) -> None:
    text, named = REFUSED[name]
    found = judge(node, f"{text}\n", "messages")
    assert found["status"] == "refusal"
    assert named in found["refusal"]


def test_a_ticket_on_several_rows_counts_once_and_the_others_are_left_out(node: Call) -> None:
    head = "Ticket ID,Tag,Created,First reply\n"
    rows = "1,a,2026-02-02 09:00,2026-02-02 10:00\n1,b,2026-02-02 09:00,\n2,a,2026-02-02 09:00,2026-02-04 10:00\n"
    later = "2,b,2026-02-02 09:00,2026-02-02 12:00\n"
    found = judge(node, head + rows + later, "messages")
    # The earliest answer is the first.
    assert (found["rate"]["numerator"], found["rate"]["denominator"]) == (2, 2)
    left = [(entry["id"]["row"], entry["reason"]) for entry in found["rate"]["excluded"]]
    assert left == [(3, "duplicate"), (5, "duplicate")]
    assert sum(found["hours"]) == 2


@settings(max_examples=30)
@given(rows=st.permutations([(1, "10:00"), (1, "12:00"), (1, ""), (2, "23:00"), (3, ""), (3, "")]))
def test_the_order_of_a_tickets_rows_never_changes_a_rate(node: Call, rows: list[tuple[int, str]]) -> None:
    lines = [f"{ticket},2026-02-02 09:00,{answer and f'2026-02-02 {answer}'}\n" for ticket, answer in rows]
    found = judge(node, "Ticket ID,Created,First reply\n" + "".join(lines), "messages")
    assert (found["rate"]["numerator"], found["rate"]["denominator"]) == (2, 3)
    assert len(found["rate"]["excluded"]) == 3


def test_messages_of_one_subject_are_one_only_where_all_is_the_same(node: Call) -> None:
    head = "Subject,From,Received,First reply\n"
    row = "Hello,{},2026-02-02 09:00,2026-02-02 10:00\n"
    rows = "".join(row.format(name) for name in ("a@a.example", "b@b.example", "a@a.example"))
    assert judge(node, head + rows, "messages")["rate"]["denominator"] == 2
