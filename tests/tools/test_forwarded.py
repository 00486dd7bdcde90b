"""A mail that another passes on in its own text is judged as the file of it would be."""

from __future__ import annotations

import html
from typing import Any

import pytest

from tests.tools.conftest import Call
from tests.tools.test_message import TRUSTED, mail

SENT = "Mon, 2 Feb 2026 10:00:00 -0800"
GENUINE = ("Amazon <support@amazon.com>", "Your parcel is on its way. See https://www.amazon.com/orders")
PHISH = (
    "Amazon <support@amazon.com.evil.example>",
    "Please confirm your password at https://192.0.2.7/login within 24 hours.",
)
HIDDEN = ("Amazon Support", PHISH[1])


def gmail(sender: str, body: str) -> dict[str, str]:
    head = f"From: {sender}\nDate: {SENT}\nSubject: Your account\nTo: <me@home.example>\n"
    text = f"fyi\n\n---------- Forwarded message ---------\n{head}\n\n{body}\n"
    block = html.escape(head).replace("\n", "<br>")
    page = (
        '<div dir="ltr">fyi<br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">'
        f"---------- Forwarded message ---------<br>{block}</div><br><br>"
        f"<p>{html.escape(body)}</p></div></div>"
    )
    return {"text/plain": text, "text/html": page}


def apple(sender: str, body: str) -> dict[str, str]:
    lines = [f"From: {sender}", "Subject: Your account", f"Date: {SENT}", "To: me@home.example", "", body]
    text = "Begin forwarded message:\n\n" + "".join(f"> {line}\n" for line in lines)
    page = (
        '<html><body><div>Begin forwarded message:</div><br><blockquote type="cite"><div>'
        f"<b>From: </b>{html.escape(sender)}<br></div><div><b>Subject: </b>Your account<br></div><br>"
        f"<div>{html.escape(body)}</div></blockquote></body></html>"
    )
    return {"text/plain": text, "text/html": page}


def thunderbird(sender: str, body: str) -> dict[str, str]:
    head = f"Betreff: \tIhr Konto\nDatum: \t{SENT}\nVon: \t{sender}\nAn: \tme@home.example\n"
    return {"text/plain": f"\n\n-------- Weitergeleitete Nachricht --------\n{head}\n\n{body}\n"}


def outlook(sender: str, body: str) -> dict[str, str]:
    sender = sender.replace("<", "[mailto:").replace(">", "]")
    head = f"From: {sender}\nSent: Monday, February 2, 2026 10:00 AM\nTo: Me\nSubject: Your account\n"
    page = (
        "<p>See below.</p><div style='border:none;border-top:solid #E1E1E1 1.0pt'><p><b>From:</b> "
        f"{html.escape(sender)}<br><b>Sent:</b> Monday<br><b>Subject:</b> Your account</p></div>"
        f"<p>{html.escape(body)}</p>"
    )
    return {"text/plain": f"See below.\n\n-----Original Message-----\n{head}\n{body}\n", "text/html": page}


PROGRAMS = [gmail, apple, thunderbird, outlook]


def outer(bodies: dict[str, str], subject: str = "Fwd: Your account") -> str:
    parts = [
        f"--=_x\r\nContent-Type: {kind}; charset=utf-8\r\n\r\n{body}\r\n" for kind, body in bodies.items()
    ]
    whole = "".join(parts) + "--=_x--\r\n"
    source = mail(whole, "multipart/alternative", From="me@home.example", Subject=subject)
    return source.replace("multipart/alternative;", 'multipart/alternative; boundary="=_x";', 1)


def inspect(node: Call, source: str) -> Any:
    return node("message.js", "inspectMessage", source, TRUSTED)


def signs(found: Any) -> set[tuple[str, str]]:
    strong = [one for one in found["findings"] if one["severity"] == "strong"]
    # Both forms of a text tell the same: "(2 times)".
    return {(one["rule"], one["why"].split(" (")[0]) for one in strong}


@pytest.mark.parametrize("program", PROGRAMS)
def test_what_is_bad_in_the_file_is_bad_in_the_forward(node: Call, program: Any) -> None:
    sender, body = PHISH
    file = inspect(node, mail(body, From=sender))
    found = inspect(node, outer(program(sender, body)))
    assert signs(file) <= signs(found)
    assert {"asks-for-secret", "from-untrusted", "link-address"} <= {rule for rule, _ in signs(found)}
    assert found["verdict"] == "bad-signs"


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_genuine_mail_that_is_forwarded_is_no_bad_sign(node: Call, program: Any) -> None:
    found = inspect(node, outer(program(*GENUINE)))
    assert found["verdict"] == "look-closer"
    assert signs(found) == set()
    assert "forwarded-inline" in {one["rule"] for one in found["findings"]}


@pytest.mark.parametrize("program", PROGRAMS)
def test_a_forward_that_names_no_address_is_looked_through_all_the_same(node: Call, program: Any) -> None:
    rules = {rule for rule, _ in signs(inspect(node, outer(program(*HIDDEN))))}
    assert {"asks-for-secret", "link-address"} <= rules
    assert not {"from-missing", "from-malformed"} & rules


def test_a_forward_of_a_forward_is_looked_through(node: Call) -> None:
    inner = gmail(*PHISH)["text/plain"]
    found = inspect(node, outer({"text/plain": gmail("Me <me@home.example>", inner)["text/plain"]}))
    assert {"asks-for-secret", "link-address"} <= {rule for rule, _ in signs(found)}


@pytest.mark.parametrize(
    "bodies",
    [
        # What most programs show is the page, which is no forward.
        {"text/plain": gmail(*GENUINE)["text/plain"], "text/html": "<p>Your account is closed.</p>"},
        {"text/plain": "Visit https://evil.example/ now.\n" + gmail(*GENUINE)["text/plain"]},
        {"text/plain": "Please send us your password.\n" + gmail(*GENUINE)["text/plain"]},
        {"text/plain": "Long words. " * 40 + gmail(*GENUINE)["text/plain"]},
        {"text/plain": "-----Original Message-----\nFrom: Amazon <support@amazon.com>\n\nHello.\n"},
        {"text/plain": "---------- Forwarded message ---------\nHello.\n"},
    ],
)
def test_what_only_looks_like_a_forward_is_judged_by_its_own_sender(
    node: Call, bodies: dict[str, str]
) -> None:
    found = inspect(node, outer(bodies, "Your account"))
    assert "from-untrusted" in {rule for rule, _ in signs(found)}
    assert found["verdict"] == "bad-signs"


def test_what_a_trusted_sender_passes_on_may_come_from_anybody(node: Call) -> None:
    other = ("A Shop <orders@shop.example>", "Your parcel is on its way.")
    source = outer(gmail(*other)).replace("me@home.example", "support@amazon.com", 1)
    assert inspect(node, source)["verdict"] == "look-closer"
    forged = outer(gmail(*PHISH)).replace("me@home.example", "support@amazon.com", 1)
    assert inspect(node, forged)["verdict"] == "bad-signs"


def test_an_address_on_the_next_line_is_read(node: Call) -> None:
    text = gmail("A very long name <\nsupport@amazon.com.evil.example>", "Hello.")["text/plain"]
    assert "from-untrusted" in {rule for rule, _ in signs(inspect(node, outer({"text/plain": text})))}
