"""Mails of real parts (nested, encoded, forwarded, signed): one verdict each, as a file or pasted."""

from __future__ import annotations

import base64
from email.mime.application import MIMEApplication
from email.mime.base import MIMEBase
from email.mime.image import MIMEImage
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from email.parser import Parser
from typing import Any

import pytest

from tests.tools.conftest import HERE, Call
from tests.tools.test_message import TRUSTED

FILES = str(HERE / "files.mjs")
BAD, LOOK, NONE = "bad-signs", "look-closer", "no-bad-signs"
PASSED = "mx.home.example; spf=pass smtp.mailfrom=amazon.com; dkim=pass header.d=amazon.com; dmarc=pass"
FAILED = "mx.home.example; spf=fail smtp.mailfrom=amazon.com; dmarc=fail header.from=amazon.com"
SHIPPED = "Your order was shipped. Track it: https://www.amazon.com/track\n"
SPOOF = "From: Amazon <security@evil.example>\nSubject: Your account\n\nPlease confirm your password.\n"


def head(sender: str = "Amazon <no-reply@amazon.com>", checks: str = "", more: str = "") -> str:
    top = f"Authentication-Results: {checks}\n" if checks else ""
    return f"{top}From: {sender}\nTo: me@home.example\nSubject: Your account\n{more}MIME-Version: 1.0\n"


def text(body: str, charset: str = "utf-8", checks: str = "", **headers: str) -> str:
    """A mail of one text, in base64, so that any charset can be pasted."""
    code = base64.encodebytes(body.encode(charset)).decode()
    kind = f"Content-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: base64\n"
    return f"{head(checks=checks, **headers)}{kind}\n{code}"


def page(body: str, checks: str = "") -> str:
    return f"{head(checks=checks)}Content-Type: text/html; charset=utf-8\n\n{body}\n"


def of(kind: str, *parts: MIMEBase, checks: str = "", sender: str = "Amazon <no-reply@amazon.com>") -> str:
    whole = MIMEMultipart(kind)
    for part in parts:
        whole.attach(part)
    return head(sender, checks) + whole.as_string().replace("MIME-Version: 1.0\n", "", 1)


def within(kind: str, *parts: MIMEBase) -> MIMEMultipart:
    whole = MIMEMultipart(kind)
    for part in parts:
        whole.attach(part)
    return whole


def file(name: str, content: bytes = b"x", kind: str = "octet-stream") -> MIMEApplication:
    return MIMEApplication(content, kind, name=name)


def attached(source: str) -> MIMEMessage:
    return MIMEMessage(Parser().parsestr(source))


def said(body: str, kind: str = "plain") -> MIMEText:
    return MIMEText(body, kind, "utf-8")


TRACK = '<p>It was shipped. <a href="https://www.amazon.com/track">Track it</a></p>'
LOGO = MIMEImage(b"\x89PNG0", "png", name="logo.png")
MAILS = {
    # Genuine ones.
    "an order, nested": (
        of(
            "mixed",
            within("related", within("alternative", said(SHIPPED), said(TRACK, "html")), LOGO),
            checks=PASSED,
        ),
        NONE,
    ),
    "Cyrillic in KOI8": (text("Ваш заказ отправлен. https://www.amazon.com/track", "koi8-r", PASSED), NONE),
    "signed (S/MIME)": (
        of("signed", said(SHIPPED), file("smime.p7s", kind="pkcs7-signature"), checks=PASSED),
        NONE,
    ),
    "Microsoft's checks": (
        text(
            SHIPPED,
            checks="spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=amazon.com; dkim=pass (signature was"
            " verified) header.d=amazon.com;dmarc=pass action=none header.from=amazon.com;compauth=pass",
        ),
        NONE,
    ),
    "forwarded by a server": (
        "Return-Path: <SRS0=ab=XY=amazon.com=bounce@forward.example>\n" + text(SHIPPED, checks=PASSED),
        NONE,
    ),
    "forged checks below those of the own server": (
        f"Authentication-Results: {FAILED}\nReceived: from x\n" + text(SHIPPED, checks=PASSED),
        BAD,
    ),
    "a list that breaks the signature": (text(SHIPPED, checks=f"{FAILED}; arc=pass"), LOOK),
    "checks in a reason": (text(SHIPPED, checks=f'mx; dmarc=fail reason="dmarc=pass" {FAILED[4:]}'), BAD),
    "an answer that quotes": (
        page(
            "<p>That is not from us.</p><blockquote><p>Confirm your password at"
            ' <a href="http://evil.example">evil.example</a></p></blockquote>',
            PASSED,
        ),
        LOOK,
    ),
    "a preheader that nobody sees": (
        page(f'<div style="display:none">Confirm your password now</div>{TRACK}', PASSED),
        NONE,
    ),
    "a card of addresses": (
        of("mixed", said("My card."), said("BEGIN:VCARD\nFN:Support\nEND:VCARD", "vcard"), checks=PASSED),
        NONE,
    ),
    # What cannot be read.
    "encrypted": (head() + "Content-Type: application/pkcs7-mime; name=smime.p7m\n\nMIIB\n", LOOK),
    "a PDF alone": (head() + "Content-Type: application/pdf; name=i.pdf\n\n%PDF\n", LOOK),
    "an invoice as PDF": (of("mixed", said("See it."), file("i.pdf", kind="pdf")), LOOK),
    "a file of a type that nobody knows": (of("mixed", said("See it."), file("i.dat", kind="x-foo")), LOOK),
    "winmail.dat": (of("mixed", said("See it."), file("winmail.dat", kind="ms-tnef")), LOOK),
    "a recording": (of("mixed", said("You have a voicemail."), file("v.wav", kind="x-wav")), LOOK),
    "uuencode": (head() + "\nSee the file.\n\nbegin 644 i.exe\n#0V%T\n`\nend\n", LOOK),
    "a picture alone": (page('<img src="cid:qr" width="300" height="300">'), LOOK),
    "a picture beside a word": (of("mixed", said("Scan it."), LOGO), LOOK),
    # Spoofs.
    "base64 HTML whose text is another host": (
        of(
            "mixed",
            said('<a href="http://login.example/">https://www.amazon.com/signin</a>', "html"),
        ),
        BAD,
    ),
    "a good text and a bad page": (
        of(
            "alternative",
            said(SHIPPED),
            said("<p>Enter your password on our site.</p>", "html"),
            checks=PASSED,
        ),
        BAD,
    ),
    "UTF-16": (text("Please send us your password today.", "utf-16"), BAD),
    "Arabic in Windows' charset": (text("يرجى تأكيد كلمة المرور", "windows-1256"), BAD),
    "letters of no width": (
        text("Confirm your pass\u200bwo\u200brd and s\u200bocial secu\u200brity number."),
        BAD,
    ),
    "dots between letters": (text("Reply with your p.a.s.s.w.o.r.d today."), BAD),
    "words in between that are hidden": (
        page(
            "<style>.h{display:none}</style>"
            "<p>Send <i class=h>no</i> your <i class=h>x</i>password to us.</p>"
        ),
        BAD,
    ),
    "a host of mixed letters": (page('<a href="https://xn--mazon-3ve.com/">Sign in</a>'), BAD),
    "rn for m": (page('<a href="https://www.arnazon.com/">Sign in</a>'), BAD),
    "a name before the @": (page('<a href="https://www.amazon.com@evil.example/">Sign in</a>'), BAD),
    "a number as host": (page('<a href="http://3221225985/">Track</a>'), BAD),
    "a host with a dot in brackets": (text("Sign in at hxxps://evil[.]example/login today."), LOOK),
    "an account that is locked, and a number": (
        text("Your account is locked. Call 808-555-0100 at once."),
        LOOK,
    ),
    "another bank account": (
        text("Our bank details have changed. Please make all payments to the new one from now on."),
        LOOK,
    ),
    "a payment to an IBAN": (text("Bitte überweisen Sie den Betrag auf unser neues Konto, IBAN DE89."), LOOK),
    "a page as a file": (
        of("mixed", said("See it."), said('<form><input name=a><input type="password"></form>', "html")),
        BAD,
    ),
    "an attached spoof": (of("mixed", said("Real?"), attached(SPOOF), sender="Me <me@amazon.com>"), BAD),
    "a spoof in a mail in a mail": (
        of("mixed", said("fyi"), attached(of("mixed", said("fyi"), attached(SPOOF)))),
        BAD,
    ),
    "a spoof in a German forward": (
        head("Me <me@home.example>").replace("Your account", "WG: Konto")
        + "Content-Type: text/plain; charset=utf-8\n\n-------- Weitergeleitete Nachricht --------\n"
        "Betreff: Ihr Konto\nVon: Amazon <s@evil.example>\nAn: me@home.example\n\n"
        "Bestätigen Sie bitte Ihr Passwort.\n",
        BAD,
    ),
}
FILE_NAMES = "shtml mhtml hta url lnk xht jar apk msg eml html.txt pdf.html".split()


def verdicts(node: Call, source: str) -> list[Any]:
    code = base64.b64encode(source.replace("\n", "\r\n").encode()).decode()
    return [node(FILES, "inspect", code, TRUSTED, pasted) for pasted in (False, True)]


@pytest.mark.parametrize("name", MAILS)
def test_a_mail_has_its_verdict_as_a_file_and_pasted(node: Call, name: str) -> None:
    source, expected = MAILS[name]
    dropped, pasted = verdicts(node, source)
    assert dropped["verdict"] == expected, dropped["findings"]
    assert pasted == dropped


@pytest.mark.parametrize("ending", FILE_NAMES)
def test_a_file_that_can_show_anything_is_not_passed_over(node: Call, ending: str) -> None:
    content = b"<script>location='https://evil.example'</script>"
    found, _ = verdicts(node, of("mixed", said("See it."), file(f"x.{ending}", content), checks=PASSED))
    assert found["verdict"] != NONE
