"""Headings: which columns they name for certain, and which they may name, so that it is asked."""

from __future__ import annotations

import pytest

from tests.tools.conftest import Call
from tests.tools.test_tables import judge

CERTAIN = {
    "promised": """
        Marketplace promised date;
        Promised date; Promised delivery date; Promise Date; Promised by; Promised Delivery;
        Delivery promise; Promised delivery by; Expected delivery; Expected delivery date;
        Expected Delivery By; Estimated delivery date; Est. delivery; EDD; ETA; Estimated arrival;
        Deliver by; Deliver by date; Delivery due date; Delivery deadline; Due date;
        Guaranteed delivery date; Latest delivery date; latest-delivery-date;
        Scheduled delivery date; Delivery commitment date; Committed delivery date;
        Delivery window end; Estimated delivery to; Max delivery date; order_promised_delivery_date;
        estimatedDeliveryDate; Order estimated delivery date; Estimated arrival date; Commit date;
        Original promised delivery date; Promised Delivery Date (EST); Customer promise date;
        Liefertermin; Zugesagtes Lieferdatum; Voraussichtliches Lieferdatum; Geplantes Lieferdatum;
        Spätestes Lieferdatum; Lieferung bis; Geschätzter Liefertermin; Vereinbarter Liefertermin;
        Zugesagter Liefertermin; Voraussichtliche Zustellung; Date de livraison prévue;
        Date de livraison estimée; Livraison prévue le; Date promise; Date de livraison promise;
        Date limite de livraison; Livraison estimée; Fecha de entrega prevista;
        Fecha estimada de entrega; Fecha prometida; Entrega prevista; Fecha límite de entrega;
        Fecha de entrega estimada; Fecha de entrega comprometida; تاريخ التسليم المتوقع;
        موعد التسليم المتوقع; تاريخ التسليم الموعود
    """,
    "delivered": """
        Delivered; Delivered at; Delivered on; Delivered date; Date delivered; Delivery date;
        Actual delivery date; Actual delivery; Delivery Date/Time; Delivered Time; Time Delivered;
        Actual Delivered Date; actualDeliveryDate; delivered_at; delivery_date;
        Shipment delivery date; Package delivered at; Arrival date; Arrived on; Delivered (UTC);
        Delivered At (America/New_York); Delivery timestamp; Delivered datetime; Final delivery date;
        Delivered to customer; Delivered to customer on; Order delivered date; Zugestellt am;
        Delivery completed at; Delivery scan date;
        Zustelldatum; Geliefert am; Tatsächliches Lieferdatum; Lieferdatum; Zustellung;
        Ausgeliefert am; Livré le; Date de livraison; Date de livraison effective;
        Date de livraison réelle; Livrée le; Fecha de entrega; Entregado; Entregado el;
        Fecha de entrega real; Fecha real de entrega; تاريخ التسليم; تاريخ التسليم الفعلي;
        تم التسليم
    """,
    "answered": """
        First reply; First reply at; First response; First response at; First response date;
        First Response Time; First responded at; First answered at; First answer; First reply date;
        Initial response; Initial response time; First agent response date; First agent reply at;
        First admin reply at; First public reply at; First reply sent at; first_response_at;
        firstResponseAt; first_replied_at; Date of first response; Date of First Reply; Replied at;
        Answered at; Answered; Response date; Reply time stamp; Time of first response;
        Teammate first replied at; 1st response; Erste Antwort; Erste Antwort am;
        Datum der ersten Antwort; Zeitpunkt der ersten Antwort; Erstantwort; Beantwortet am;
        Première réponse; Première réponse le; Date de première réponse; Date de la première réponse;
        Répondu le; Primera respuesta; Fecha de primera respuesta; Fecha de la primera respuesta;
        Respondido el; أول رد; تاريخ أول رد; وقت الرد الأول; First Response (UTC);
        First reply time (min); First response time (minutes); First response time in minutes;
        First response (mins); First Response Minutes; first_response_time_minutes;
        First reply time (calendar minutes); FRT (min); Time to first response (min);
        Time to first reply in minutes; Minutes to first response; First response time [min];
        Zeit bis zur ersten Antwort (Min.); Erste Antwort nach (Minuten);
        Délai de première réponse (min); Temps de première réponse (minutes);
        Tiempo de primera respuesta (min); Tiempo hasta la primera respuesta (minutos);
        First response time, minutes; First response duration (min)
    """,
    "received": """
        Created; Created at; Created on; Created date; Created time; Creation date; Creation time;
        Date created; Create date; Ticket created; Ticket created at; Opened; Opened at; Date opened;
        Open date; Received; Received at; Received on; Received date; Date received; Submitted at;
        Submission date; Submitted on; Reported; Started at; Conversation started at;
        Request created; Case created date; Message received; Message received at; Email received at;
        Date; Timestamp; Arrival time; createdAt; created_at; ticket_created_at;
        conversation_created_at; Date/Time Opened; Erstellt; Erstellt am; Erstelldatum;
        Eingegangen am; Eingang; Eingangsdatum; Empfangen; Empfangen am; Datum; Eröffnet am; Reçu le;
        Reçu; Créé le; Date de création; Ouvert le; Recibido; Recibido el; Creado; Creado el;
        Fecha de creación; Fecha de recepción; Fecha; تاريخ الإنشاء; تاريخ الاستلام; Logged;
        Requested at; Date submitted
    """,
}
"""Headings by field."""
UNCERTAIN = {
    "promised": """
        Promised ship date; Expected ship date; Expected dispatch; Estimated pickup date;
        Expected arrival at warehouse; Payment due date; Estimated restock date;
        Delivery requested on; Estimated delivery min; Expected return date; Guaranteed ship date;
        Planned shipping date; Voraussichtliches Versanddatum; Date d'expédition prévue;
        Fecha de envío estimada; Expected delivery start; Invoice due date; Deliver after;
        Not before; Delivery no earlier than; Earliest delivery; Expected delivery days; SLA;
        Estimated customs arrival; Promised refund date
    """,
    "delivered": """
        Delivered to store;
        Arrived at facility date; Arrived at depot; Arrival at sort center; Delivered to carrier;
        Delivered to warehouse; Delivery created at; Delivery updated at; Delivery email sent at;
        Return delivered date; Delivered back to sender on; Delivery attempted at;
        First delivery attempt; Handed over at; Out for delivery date; Delivery notification date;
        Picked up at; Delivery scheduled at; Delivered to locker; Delivered to pickup point on;
        Delivered to customs; Arrived at destination country; Invoice delivered; Delivery note date;
        Lieferscheindatum; Liefereingang Lager; An Versender übergeben am; Livré au transporteur le;
        Entregado al transportista; Return delivery date; Delivery booked on; Delivery invoice date;
        Delivery order date; Delivery start date
    """,
    "answered": """
        First response deadline; First response due by; First response expiry; First response limit;
        First response SLA; Respond by; First reply scheduled; First response expected;
        Erste Antwort fällig am; Frist erste Antwort; Première réponse attendue;
        Fecha límite de primera respuesta; First response breach time; First response goal date;
        Customer first reply; First customer response; Auto reply at; First response template;
        Pending reply since; Awaiting first response since; First response reminder;
        First response escalation; Next reply at; Date of last answer; First bot response;
        First automated response
    """,
}


def each(headings: dict[str, str]) -> list[tuple[str, str]]:
    return [(field, one.strip()) for field, text in headings.items() for one in text.split(";")]


def table(field: str, heading: str) -> tuple[str, str]:
    """A table of two rows, one of them late, whose column for a field has that heading."""
    if field in ("promised", "delivered"):
        heads = (heading, "Delivered on") if field == "promised" else ("Promised date", heading)
        dates = "2026-02-05;2026-02-{day};1Z{day}"
        rows = "".join(f"B{day};{dates.format(day=day)}\n" for day in ("05", "06"))
        return "packages", f"Order ID;{heads[0]};{heads[1]};Tracking number\n{rows}"
    heads = (heading, "First reply") if field == "received" else ("Created", heading)
    in_minutes = "minu" in heading.lower() or "min." in heading.lower() or "(min" in heading.lower()
    answers = ("60", "1500") if in_minutes else ("2026-02-02 10:00", "2026-02-03 10:00")
    rows = "".join(f"{at};2026-02-02 09:00;{answer}\n" for at, answer in enumerate(answers))
    return "messages", f"Ticket ID;{heads[0]};{heads[1]}\n{rows}"


@pytest.mark.parametrize(("field", "heading"), each(CERTAIN))
def test_a_heading_that_is_certain_gives_a_rate(node: Call, field: str, heading: str) -> None:
    kind, text = table(field, heading)
    found = judge(node, text, kind)
    assert found["status"] == "rate", found["questions"]
    assert found["columns"][field] == heading
    assert found["rate"]["rate"] == 0.5


@pytest.mark.parametrize(("field", "heading"), each(UNCERTAIN))
def test_a_heading_that_says_something_else_too_is_asked(node: Call, field: str, heading: str) -> None:
    kind, text = table(field, heading)
    found = judge(node, text, kind)
    assert found["status"] == "question"
    assert field in [question["field"] for question in found["questions"]]
    assert judge(node, text, kind, answers={field: heading})["rate"]["rate"] == 0.5


def test_two_digits_of_the_year_below_english_headings_have_the_month_first(node: Call) -> None:
    rows = "B1{s}2/3/26{s}2/3/26\nB2{s}2/5/26{s}2/6/26\n"
    english = judge(node, "Order,Promised date,Delivered\n" + rows.format(s=","))
    assert (english["status"], english["dateOrder"]) == ("rate", "month-first")
    spanish = judge(node, "Pedido;Fecha prevista;Fecha de entrega\n" + rows.format(s=";"))
    assert [question["field"] for question in spanish["questions"]] == ["dateOrder"]


@pytest.mark.parametrize(
    "status",
    [
        "Label created",
        "Pre-Transit",
        "Delivery exception",
        "Attempted delivery",
        "Lost in transit",
        "On the way",
        "Not delivered",
        "Returned to sender: refused",
    ],
)
def test_a_day_of_delivery_that_the_status_denies_is_left_out(node: Call, status: str) -> None:
    head = "Order ID,Promised date,Delivery date,Tracking status,Tracking number\n"
    rows = f"1,2026-02-05,2026-02-05,Delivered,1Z1\n2,2026-02-05,2026-02-05,{status},1Z2\n"
    found = judge(node, head + rows)
    assert (found["rate"]["numerator"], found["rate"]["denominator"]) == (1, 1)
    assert [entry["reason"] for entry in found["rate"]["excluded"]] == ["invalid"]
