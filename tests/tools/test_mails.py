"""Mails made up for the inspector: none that means harm has no sign, none that is genuine has a bad one."""

from __future__ import annotations

from typing import Any

import pytest

from tests.tools.conftest import Call
from tests.tools.test_message import TRUSTED, mail

PASSED = "mx.home.example; spf=pass smtp.mailfrom=amazon.com; dkim=pass header.d=amazon.com; dmarc=pass"
SCRIPT = '<svg xmlns="http://www.w3.org/2000/svg"><script>location="https://evil.example"</script></svg>'


def brings(kind: str, content: str, body: str = "See the file.") -> str:
    """A mail with a file."""
    said = f"Content-Type: text/plain\r\n\r\n{body}"
    file = f"Content-Disposition: attachment\r\nContent-Type: {kind}\r\n\r\n{content}"
    parts = f"--b\r\n{said}\r\n--b\r\n{file}\r\n--b--\r\n"
    return mail(parts, "multipart/mixed").replace("multipart/mixed;", "multipart/mixed; boundary=b;", 1)


GENUINE = {
    "an order, with advice": mail(
        '<p>It comes on Tuesday. <a href="https://www.amazon.com/gp">Track</a></p><p>We will never ask for'
        ' your password or card number.</p><a href="https://www.facebook.com/amazon">Facebook</a>',
        "text/html",
    ),
    "a code": mail("Your one-time password is 482913. Do not share it. We will never ask you for this code."),
    "a password was changed": mail(
        "The password of your account was changed. If it was not you, see our help."
    ),
    "an invoice": brings('application/pdf; name="i.pdf"', "%PDF"),
    "advice in German": mail("Geben Sie Ihr Passwort niemals weiter. Wir bitten Sie nie um Ihre PIN."),
    "advice in French": mail("Ne communiquez jamais votre mot de passe, ni votre code secret."),
    "advice in Spanish": mail("No comparta nunca su contraseña ni el PIN de su tarjeta."),
    "a refund": mail("Your refund was sent to your bank account ending in 123."),
    "an answer that quotes": mail(
        "All is well.\r\n\r\nYou wrote:\r\n> A mail said: send us your password at http://192.0.2.1/x"
    ),
    "sites of other countries": mail(
        '<a href="https://www.amazon.com.br/">Brasil</a> <a href="https://www.amazon.com.mx/">México</a>',
        "text/html",
    ),
    "a survey": mail('<form action="https://www.amazon.com/s"><input type="radio"></form>', "text/html"),
}
HARMFUL = {
    "a host without a scheme": mail("Go to amazon.com.verify-login.example/signin and sign in."),
    "a strange host": mail("Your account will be closed. Go to evil-verify.com/signin and sign in today."),
    "a host that looks alike": mail(
        '<a href="https://www.amazon.com.evil.example/">Sign in</a>', "text/html"
    ),
    "a drawing with a script": brings('image/svg+xml; name="s.svg"', SCRIPT),
    "a page with a script": brings('text/html; name="s.html"', "<body onload='go()'>Wait …"),
    "an appointment": brings(
        "text/calendar", "BEGIN:VCALENDAR\r\nDESCRIPTION:See https://evil.example/login\r\n"
    ),
    "text in a style sheet": mail(
        '<style>.a::after{content:"Send us your password"}</style><p class=a>Hi', "text/html"
    ),
    "gift cards": mail("I need you to buy 5 gift cards today. Scratch them and send me the codes."),
    "a number to call": mail("Your order of $999 was placed. To cancel it, call +1 (808) 555-0100 at once."),
    "a picture alone": mail('<img src="cid:qr" width="300" height="300">', "text/html"),
    "a redirect": mail("Confirm: https://www.amazon.com/redirect?url=https://evil.example/"),
    "a base": mail('<base href="https://evil.example/"><a href="/login">Sign in</a>', "text/html"),
    "a form": mail('<form action="https://evil.example/x"><button>Verify</button></form>', "text/html"),
}


def verdict(node: Call, source: str) -> Any:
    return node("message.js", "inspectMessage", source, TRUSTED)


@pytest.mark.parametrize("name", GENUINE)
@pytest.mark.parametrize("passed", [False, True])
def test_a_genuine_mail_has_no_bad_sign(node: Call, name: str, passed: bool) -> None:
    found = verdict(node, f"Authentication-Results: {PASSED}\r\n{GENUINE[name]}" if passed else GENUINE[name])
    assert found["verdict"] != "bad-signs", found["findings"]


@pytest.mark.parametrize("name", HARMFUL)
def test_a_mail_that_means_harm_is_not_without_a_sign(node: Call, name: str) -> None:
    assert verdict(node, HARMFUL[name])["verdict"] != "no-bad-signs"


def test_a_look_alike_is_told_from_a_countrys_own_domain(node: Call) -> None:
    bad = {
        host: verdict(node, mail(f"See https://{host}/"))["verdict"] == "bad-signs"
        for host in (
            "amazon.com.br",
            "www.amazon.com.au",
            "amazon.com.evil.example",
            "amazon.com-x.example",
            "amazom.com",
        )
    }
    assert list(bad.values()) == [False, False, True, True, True]
