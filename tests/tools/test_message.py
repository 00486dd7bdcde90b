"""The spoof-e-mail inspector: where names end, what asks for secrets, and mails made to break it."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tools.conftest import HERE, Call, ToolError

CASES = sorted(path.parent for path in (HERE / "cases/mails").glob("*/expected.json"))
FILES = str(HERE / "files.mjs")

TRUSTED = {"senders": ["amazon.com"], "sites": ["amazon.com"]}
VERDICTS = {"strong": "bad-signs", "weak": "look-closer", "note": "no-bad-signs"}
GOOD = {"From": "Seller Support <support@amazon.com>", "Subject": "Your account"}


def mail(body: str = "Hello.", kind: str = "text/plain", **headers: str | None) -> str:
    """A message; a header that is None is left out, `_` in a name stands for a hyphen."""
    lines = {**GOOD, **{name.replace("_", "-"): value for name, value in headers.items()}}
    head = [f"{name}: {value}" for name, value in lines.items() if value is not None]
    return "\r\n".join([*head, f"Content-Type: {kind}; charset=utf-8", "", body])


def rules(node: Call, source: str, severity: str = "", **trusted: Any) -> set[str]:
    """The rules of all signs, or of those of one severity; the verdict follows from the worst."""
    found = node("message.js", "inspectMessage", source, {**TRUSTED, **trusted})
    severities = {f["severity"] for f in found["findings"]}
    worst = next((one for one in ("strong", "weak") if one in severities), "note")
    assert found["verdict"] == VERDICTS[worst]
    assert all(f["where"] is not None and f["why"] for f in found["findings"])
    wanted = {severity} if severity else {"strong", "weak"}
    return {f["rule"] for f in found["findings"] if f["severity"] in wanted}


def link(target: str, text: str = "here") -> str:
    return mail(f'<p>Look <a href="{target}">{text}</a>.</p>', "text/html")


@pytest.mark.parametrize(
    "sender",
    [
        "support@amazon.com",
        "Support <support@amazon.com>",
        "SUPPORT <Support@AMAZON.Com>",
        '"Amazon, Inc." <support@amazon.com>',
        "support@amazon.com (the team (of sellers))",
        "support(@evil.example)@amazon.com",
        "=?utf-8?q?S=C3=BCpport?= <support@amazon.com>",
        '"odd@evil.example"@amazon.com',
        "Support\r\n <support@amazon.com>",
    ],
)
def test_a_trusted_sender_is_no_bad_sign_and_proves_nothing(node: Call, sender: str) -> None:
    assert not rules(node, mail(From=sender))
    assert "from-proves-nothing" in rules(node, mail(From=sender), "note")


@pytest.mark.parametrize(
    ("sender", "rule"),
    [
        (None, "from-missing"),
        ("", "from-malformed"),
        ("Amazon", "from-malformed"),
        ("Amazon, Inc. <support@amazon.com>", "from-malformed"),
        ("support@amazon.com.", "from-malformed"),
        ("support@amazon.com@evil.example", "from-malformed"),
        ("<support@amazon.com> <x@evil.example>", "from-malformed"),
        ("team:;", "from-malformed"),
        ("=?utf-8?q?support=40amazon.com?=", "from-malformed"),
        ("a@amazon.com, b@amazon.com", "from-several"),
        ("a@amazon.com, b@evil.example", "from-untrusted"),
        ("a@amazon.com\r\nFrom: b@amazon.com", "from-several"),
        ("a@amazon.com\r\nfrom: b@evil.example", "from-untrusted"),
        ("team: a@amazon.com, b@evil.example;", "from-untrusted"),
        ("support@evilamazon.com", "from-untrusted"),
        ("support@amazon.com.evil.example", "from-untrusted"),
        ("support@mail.amazon.com", "from-subdomain"),
        ("support@amazon.co", "from-untrusted"),
        ("support@\u0430mazon.com", "from-untrusted"),
        ("support@xn--mazon-3ve.com", "from-untrusted"),
        ("support@ama\u200bzon.com", "from-untrusted"),
        ("support@amazon.com\u200f", "from-untrusted"),
        ("support@[192.0.2.1]", "from-untrusted"),
        ('"support@amazon.com" <x@evil.example>', "from-untrusted"),
        ("support@amazon.com (x) <x@evil.example>", "from-malformed"),
        ("=?utf-8?q?support=40amazon.com?= <x@evil.example>", "from-untrusted"),
    ],
)
def test_any_other_sender_is_a_bad_sign(node: Call, sender: str | None, rule: str) -> None:
    assert rule in rules(node, mail(From=sender))


@pytest.mark.parametrize(
    ("headers", "rule"),
    [
        ({}, ""),
        ({"Reply_To": "x@amazon.com"}, ""),
        ({"Reply_To": "x@evil.example"}, "reply-to-untrusted"),
        ({"Reply_To": "x@sub.amazon.com"}, "reply-to-subdomain"),
        ({"Reply_To": "x@amazon.com, y@evil.example"}, "reply-to-untrusted"),
        ({"Reply_To": "nobody"}, "reply-to-malformed"),
        ({"Return_Path": "<x@amazon.com>"}, ""),
        ({"Return_Path": "<x@bounces.amazon.com>"}, ""),
        ({"Return_Path": "<>"}, ""),
        ({"Return_Path": "<x@evilamazon.com>"}, "return-path-untrusted"),
        ({"Return_Path": "<x@amazon.com.evil.example>"}, "return-path-untrusted"),
        ({"Authentication_Results": "mx.example; spf=pass; dkim=pass; dmarc=pass"}, ""),
        ({"Authentication_Results": "mx.example; spf=pass (was dkim=fail); dkim=pass"}, ""),
        ({"Authentication_Results": 'mx.example; dkim=pass reason="x; spf=fail"'}, ""),
        ({"Authentication_Results": "mx.example; spf=softfail"}, ""),
        ({"Authentication_Results": "mx.example; none"}, ""),
        ({"Authentication_Results": "mx.example; spf=fail smtp.mailfrom=x"}, "authentication-failed"),
        (
            {"Authentication_Results": "mx.example;\r\n dkim=pass;\r\n dmarc = FAIL (p=none)"},
            "authentication-failed",
        ),
        ({"Authentication_Results": "mx.example; (never ended; spf=fail"}, "authentication-failed"),
    ],
)
def test_what_the_other_headers_tell(node: Call, headers: dict[str, str], rule: str) -> None:
    assert rules(node, mail(**headers)) == ({rule} if rule else set())


@pytest.mark.parametrize(
    "target",
    [
        "https://amazon.com",
        "https://www.amazon.com/gp/help?x=1#top",
        "HTTPS://WWW.AMAZON.COM/",
        "https://www.amazon.com./",
        "https://www.amazon.com:443/",
        "https://www.amazon.com:8443/",
        "https://%77ww.amazon.com/",
        "https:\\\\www.amazon.com/",
        " https://www.ama\nzon.com/",
        "https://www.amazon.com/@evil.example",
        "https://www.amazon.com/?q=@evil.example",
        "mailto:support@amazon.com?subject=evil.example",
        "mailto:partner@evil.example",
        "mailto:",
        "//www.amazon.com/",
        "#top",
        "#",
        "",
        "tel:+15551234",
        "sms:+15551234",
        "cid:logo",
        "https&#58;//www.amazon.com/",
    ],
)
def test_a_link_to_a_trusted_site_is_no_bad_sign(node: Call, target: str) -> None:
    assert not rules(node, link(target))


@pytest.mark.parametrize(
    ("target", "rule"),
    [
        ("https://evilamazon.com/", "link-untrusted"),
        ("https://amazon.com.evil.example/", "link-look-alike"),
        ("https://amazon.com-evil.example/", "link-look-alike"),
        ("https://evil.example\\@amazon.com/", "link-untrusted"),
        ("https://amazon.com@evil.example/", "link-user-info"),
        ("https://amazon.com:x@evil.example/", "link-user-info"),
        ("https://@www.amazon.com/", "link-user-info"),
        ("https://user@www.amazon.com/", "link-user-info"),
        ("https://\u0430mazon.com/", "link-look-alike"),
        ("https://xn--mazon-3ve.com/", "link-look-alike"),
        ("https://amazon.com%2eevil.example/", "link-look-alike"),
        ("https://amazon.com%2f.evil.example/", "link-unreadable"),
        ("https://amazon\u3002com.evil.example/", "link-look-alike"),
        ("https://[::1]/", "link-address"),
        ("https://3221225985/", "link-address"),
        ("https://", "link-unreadable"),
        ("https://amazon .com/", "link-unreadable"),
        ("https://amazon.com:99999/", "link-unreadable"),
        ("https:evil.example", "link-untrusted"),
        ("/account", "link-relative"),
        ("www.amazon.com", "link-relative"),
        ("javascript:alert(1)", "link-scheme"),
        ("jav\tascript:alert(1)", "link-scheme"),
        ("&#106;avascript:alert(1)", "link-scheme"),
        ("data:text/html,x", "link-scheme"),
        ("ftp://www.amazon.com/", "link-scheme"),
        ("https://www.google.example/url?q=https://www.amazon.com/", "link-untrusted"),
    ],
)
def test_any_other_link_is_a_bad_sign(node: Call, target: str, rule: str) -> None:
    assert rule in rules(node, link(target))


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("amazon.com", ""),
        ("www.amazon.com", ""),
        ("https://www.amazon.com/gp", ""),
        ("support@amazon.com", ""),
        ("Click here.Then wait", ""),
        ("Node.js 3.14, e.g. now", ""),
        ("evilamazon.com", "link-text-untrusted"),
        ("Go to EVILAMAZON.COM.", "link-text-untrusted"),
        ("amazon.com.evil.example", "link-text-untrusted"),
        ("amazon.com@evil.example", "link-text-untrusted"),
        ("https://amazon.com@evil.example/x", "link-text-untrusted"),
        ("evil<b>ama</b>zon<i>.com</i>", "link-text-untrusted"),
        ("evil.exam\u00adple", "link-text-untrusted"),
        ("evil\u3002example", "link-text-untrusted"),
        ("\u0430mazon.com", "link-text-untrusted"),
        ('<img src="https://www.amazon.com/x.png" alt="evil.example">', "link-text-untrusted"),
    ],
)
def test_the_text_of_a_link_may_show_trusted_hosts_only(node: Call, text: str, rule: str) -> None:
    found = rules(node, link("https://www.amazon.com/", text))
    assert rule in found if rule else not found


@pytest.mark.parametrize(
    ("body", "rule"),
    [
        ("Look at https://www.amazon.com/x.", ""),
        ("Look at (https://www.amazon.com/x_(y)), please.", ""),
        ("Look at <https://www.amazon.com/>", ""),
        ("Look at www.amazon.com", ""),
        ("Look at https://evilamazon.com/x.", "link-untrusted"),
        ("Look at www.evilamazon.com", "link-untrusted"),
        ("Look at http://amazon.com@evil.example", "link-user-info"),
        ("Look at ftp://www.amazon.com/", "link-scheme"),
        ("See http://amazon.com:99999/", "link-unreadable"),
    ],
)
def test_links_in_plain_text_are_links(node: Call, body: str, rule: str) -> None:
    assert (rule in rules(node, mail(body))) if rule else not rules(node, mail(body))


@pytest.mark.parametrize(
    "html",
    [
        '<form action="https://evil.example/"><input name="q"></form>',
        '<button formaction="https://evil.example/">Go</button>',
        '<meta http-equiv="refresh" content="0; url=https://evil.example/">',
        '<iframe src="https://evil.example/"></iframe>',
        '<map><area href="https://evil.example/"></map>',
        '<svg><a xlink:href="https://evil.example/">x</a></svg>',
        "<A HREF=https://evil.example/>x",
        '<a href="https://www.amazon.com/"><a href="https://evil.example/">x</a></a>',
        "Plain https://evil.example/ in HTML",
        "<!--><a href=https://evil.example/>x</a>",
        "<textarea></textarea><a href='https://evil.example/'>",
    ],
)
def test_every_way_of_linking_in_html_is_seen(node: Call, html: str) -> None:
    assert "link-untrusted" in rules(node, mail(html, "text/html"))


def test_what_is_no_link_is_none(node: Call) -> None:
    html = (
        "<script>location = 'https://evil.example/'</script><!-- <a href='https://evil.example/'> --><a>x</a>"
    )
    assert not rules(node, mail(html, "text/html"))


@pytest.mark.parametrize(
    "body",
    [
        "Please confirm your password.",
        "Send us your social security number",
        "We need your bank account number to continue.",
        "Update your credit card number, or your account is closed.",
        "What is your mother's maiden name?",
        "Enter the city of birth and your pet\u2019s name below",
        "Your PIN is required.",
        "Do not forget to provide your security code.",
        "If you do not verify your password, your account will be closed.",
        "We will never rest. Please enter your tax ID.",
        "Please confirm your pass\u200bword",
        "Please c\u043enfirm your p\u0430ssw\u043erd",
        "Please confirm your p\u00e1ssword",
    ],
)
def test_asking_for_a_secret_is_a_bad_sign(node: Call, body: str) -> None:
    assert rules(node, mail(body)) == {"asks-for-secret"}
    assert "asks-for-secret" in rules(node, mail(f"<p>{body}</p>", "text/html"))


@pytest.mark.parametrize(
    "body",
    [
        "We will never ask for your password.",
        "Never share your password with anybody.",
        "Do not send your card number by e-mail.",
        "Amazon does not ask you for your bank account number.",
        "You asked for a password reset.",
        "Your order has shipped. Pin it to the wall.",
        "Metrics count customers' messages; confirm your shipping address.",
    ],
)
def test_a_warning_is_no_request(node: Call, body: str) -> None:
    assert not rules(node, mail(body))


def test_fields_and_subjects_ask_too(node: Call) -> None:
    assert rules(node, mail('<input type="password">', "text/html")) == {"asks-for-secret", "form"}
    assert rules(node, mail('<input name="card_number">', "text/html")) == {"asks-for-secret", "form"}
    assert rules(node, mail(Subject="Confirm your password")) == {"asks-for-secret"}
    assert rules(node, mail(Subject="=?utf-8?b?Q29uZmlybSB5b3VyIHBhc3N3b3Jk?=")) == {"asks-for-secret"}


def test_encoded_parts_attached_pages_and_messages_are_read(node: Call) -> None:
    hidden = base64.b64encode(b'<a href="https://evil.example/">x</a>').decode()
    page = f"Content-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n{{}}\r\n{hidden}\r\n"
    for extra in ("", "Content-Disposition: attachment; filename=invoice.html\r\n"):
        body = f"--x\r\n{page.format(extra)}--x--\r\n"
        source = mail(body).replace("text/plain; charset=utf-8", "multipart/mixed; boundary=x")
        assert "link-untrusted" in rules(node, source)
    inner = "From: x@evil.example\r\n\r\nhttps://evil.example/"
    for disposition in ("", "Content-Disposition: attachment\r\n"):
        body = f"--x\r\nContent-Type: message/rfc822\r\n{disposition}\r\n{inner}\r\n--x--\r\n"
        source = mail(body).replace("text/plain; charset=utf-8", "multipart/mixed; boundary=x")
        assert "link-untrusted" in rules(node, source)


def nested(depth: int) -> str:
    parts = "".join(
        f"--b{n}\r\nContent-Type: multipart/mixed; boundary=b{n + 1}\r\n\r\n" for n in range(depth)
    )
    return mail(parts).replace("text/plain; charset=utf-8", "multipart/mixed; boundary=b0")


def test_what_cannot_be_read_to_its_end_is_a_bad_sign(node: Call) -> None:
    assert "unreadable-message" in rules(node, nested(1000))
    inner = "From: a@amazon.com\r\n\r\nhello"
    for _ in range(60):
        inner = f"From: a@amazon.com\r\nContent-Type: message/rfc822\r\n\r\n{inner}"
    assert "unreadable-message" in rules(node, inner)


@pytest.mark.parametrize(
    "source",
    [
        "",
        "\n\n",
        "\x00\x01\xff",
        "<html><body>not a mail</body></html>",
        "From support@amazon.com Mon Mar 12\n",
        "From: a@amazon.com\rSubject: old line ends\r\rhello",
        "Content-Type: multipart/mixed; boundary=\r\n\r\n--\r\n--\r\n",
        "(" * 100_000,
        "From: " + "(" * 50_000 + "a@amazon.com",
        "From: " + "a," * 20_000,
        "From: <script>alert(1)</script>",
    ],
)
def test_what_is_no_mail_is_answered(node: Call, source: str) -> None:
    assert rules(node, source) & {"from-missing", "from-malformed"}


def test_a_mail_of_the_whole_source_may_follow_empty_lines(node: Call) -> None:
    assert not rules(node, "\n  \n" + mail())


def test_ten_thousand_links_are_counted_not_listed(node: Call) -> None:
    html = "".join(f'<a href="https://evil.example/{n}">x' for n in range(10_000))
    found = node("message.js", "inspectMessage", mail(html, "text/html"), TRUSTED)
    assert [f["why"] for f in found["findings"] if f["rule"] == "link-untrusted"] == [
        "A link leads to evil.example, which is not a trusted site. (10000 times)"
    ]


def test_too_large_a_message_and_names_that_are_none_are_refused(node: Call) -> None:
    with pytest.raises(ToolError, match=r"RangeError.*25 MB"):
        node("message.js", "inspectMessage", "x" * 25_000_001, TRUSTED)
    with pytest.raises(ToolError, match=r"RangeError.*no domain"):
        node("message.js", "inspectMessage", mail(), {"senders": ["https://amazon.com"]})


def test_every_shape_of_finding_is_text(node: Call) -> None:
    found = node("message.js", "inspectMessage", link("javascript:<img src=x onerror=alert(1)>"), TRUSTED)
    assert all(isinstance(value, str) for finding in found["findings"] for value in finding.values())


label = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,8}[a-z0-9])?", fullmatch=True).filter(
    lambda text: "--" not in text
)


@pytest.mark.slow
@settings(max_examples=150)
@given(
    before=st.lists(label, max_size=3),
    after=st.lists(label, max_size=2),
    joint=st.sampled_from(["", ".", "-", "@"]),
)
def test_only_what_ends_at_the_boundary_is_trusted(
    node: Call, before: list[str], after: list[str], joint: str
) -> None:
    host = ".".join(before) + (joint if before else "") + "amazon.com" + "".join(f".{part}" for part in after)
    found = rules(node, link(f"https://{host}/"))
    if "@" in host:
        assert found & {"link-user-info", "link-unreadable"}
    elif after or (before and joint != "."):
        assert found & {"link-untrusted", "link-look-alike", "link-unreadable"}
    else:
        assert not found


@settings(max_examples=100)
@given(st.text(max_size=300))
def test_any_text_is_answered(node: Call, text: str) -> None:
    rules(node, text)
    rules(node, mail(text, "text/html"))


@pytest.mark.parametrize(
    "text",
    [
        "amazon-login.ru",
        "amazon.co.uk.shop",
        "evil.io",
        "\u0440\u0444.\u0440\u0444",
        "evil.com:8080/x",
        "*evil.com*",
        "«evil.com»",
        "192.0.2.1/login",
        "x@evil.ru",
    ],
)
def test_hosts_are_seen_however_they_are_dressed(node: Call, text: str) -> None:
    assert "link-text-untrusted" in rules(node, link("https://www.amazon.com/", text))


@pytest.mark.parametrize(
    "html",
    [
        "<svg><style></svg><a href=https://evil.example/>x</a>",
        "<svg><style/></svg><a href=https://evil.example/>x</a>",
        "<math><title><a href=https://evil.example/>x</a>",
        "<select><style></select><a href=https://evil.example/>x</a>",
        '<meta http-equiv=refresh content="0; https://evil.example/">',
        '<meta http-equiv=refresh content="0,https://evil.example/">',
        "<!--[if mso]><a href=https://evil.example/>x</a><![endif]-->",
        "<iframe srcdoc='<a href=https://evil.example/>x</a>'></iframe>",
        "<object data=https://evil.example/></object>",
    ],
)
def test_what_browsers_read_in_two_ways_is_read_in_both(node: Call, html: str) -> None:
    assert "link-untrusted" in rules(node, mail(html, "text/html"))


@pytest.mark.parametrize(
    "kind",
    ["multipart/mixed", "multipart/mixed; boundary=never", "text/enriched", "text/calendar", "text", ""],
)
def test_a_body_that_hides_behind_its_type_is_read(node: Call, kind: str) -> None:
    source = mail("See https://evil.example/").replace("text/plain; charset=utf-8", kind)
    assert "link-untrusted" in rules(node, source)


def test_what_is_nested_is_read_to_its_end(node: Call) -> None:
    page = '<a href="https://evil.example/">x</a>'
    attached = base64.b64encode(page.encode("utf-16")).decode()
    head = "Content-Type: application/octet-stream; name=a.html\r\nContent-Transfer-Encoding: base64"
    part = f"{head}\r\n\r\n{attached}"
    source = f"{mail('')}--x\r\n{part}\r\n--x--\r\n"
    source = source.replace("text/plain; charset=utf-8", "multipart/mixed; boundary=x")
    assert "link-untrusted" in rules(node, source)


@pytest.mark.parametrize(
    "value",
    ["mx; dkim=pass dmarc=fail", "mx, spf=fail", 'mx; dmarc="fail"', 'mx; spf=pass a"b; dmarc=fail x="none'],
)
def test_a_fail_is_seen_in_malformed_results(node: Call, value: str) -> None:
    assert "authentication-failed" in rules(node, mail(Authentication_Results=value))


@pytest.mark.parametrize(
    "body",
    [
        "Don't wait, send us your card number today.",
        "Do not ignore this message: enter your password",
        "To avoid suspension, confirm your password.",
        "We cannot process your payment without your card number.",
        "You will not be able to sell until you enter your tax ID.",
        "This is not spam, please confirm your password.",
        "We never ask for your password, but today please confirm your password.",
        "We don't store your card number so please re-enter it below.",
        "Why not update your credit card number now?",
        "Let us have your bank details.",
        "Kindly forward us your sort code and account number.",
        "Please furnish your personal identification number.",
        "May I have your Visa number?",
        "Where were you born?",
        "What was your dog's name?",
        "Please verify your date of birth",
        "We need the following:\n\n- Social Security Number\n",
        "Please fill in the form below.\n\nCard number:\nCVV:\n",
        "Password: ____",
        "Please update your card.",
        "Please confirm your pass-\r\nword",
        "Please conf\u0131rm your p\u0251ssword",
        "x " * 600 + "please confirm your password",
    ],
)
def test_more_ways_of_asking(node: Call, body: str) -> None:
    assert "asks-for-secret" in rules(node, mail(body))


@pytest.mark.parametrize(
    "body",
    [
        "You can update your password at any time in Your Account.",
        "Your one-time password is 123456.",
        "Refund of $20 to the buyer's credit card is complete.",
        "You will receive an email when your bank account changes.",
        "No credit card required.",
        "There is no need to enter your password.",
        "No action is needed regarding your tax ID.",
        "Under no circumstances will Amazon ask for your password.",
        "Neither Amazon nor its staff will ask for your PIN.",
        "It is against our policy to ask for your password.",
        "Scammers ask for your PIN.",
        "If someone asks for your password, it's not us.",
        'Please confirm shipment of 1 x "Enamel Pin".',
        "Complete your purchase: pay by credit card or bank transfer.",
        "Bitte reply: Das ist ein Test.",
        "See https://www.amazon.com\u2014today, or `https://www.amazon.com`.",
        "\uff08https://www.amazon.com\uff09 s3://bucket/key",
    ],
)
def test_more_that_is_no_request(node: Call, body: str) -> None:
    assert not rules(node, mail(body))


@pytest.mark.parametrize(
    "field",
    ["<input type=PASSWORD>", "<input name=cardNumber>", "<input name=cc_number>", "<select name=ssn>"],
)
def test_fields_are_named_in_many_ways(node: Call, field: str) -> None:
    assert "asks-for-secret" in rules(node, mail(field, "text/html"))


@pytest.mark.slow
@pytest.mark.parametrize(
    "source",
    [
        mail("\ufdfa" * 3_000_000),
        mail("\u0301\u0323" * 400_000),
        link("https://www.amazon.com/", "a.b.com " * 100_000),
        link("https://www.amazon.com/", "\u0301\u0323" * 200_000),
        mail(("http://a.com/" + ")" * 1500 + " ") * 700),
        mail("Password " * 200_000),
        mail("please " * 200_000),
        mail("not " * 300_000),
        "From: " + "http://" * 150_000,
        link("mailto:a@amazon.com?" + "cc=a@b.com&" * 100_000),
        mail("<" * 1_000_000, "text/html"),
        mail("<a" * 500_000, "text/html"),
        mail("<!--[if mso]>" * 50_000, "text/html"),
    ],
    ids=range(13),
)
def test_what_is_made_to_take_long_is_answered(node: Call, source: str) -> None:
    # Each of these took minutes, or ended the browser, when time or memory grew with the square.
    assert node("message.js", "inspectMessage", source, TRUSTED)["verdict"]


def test_more_lines_than_a_mail_has_are_refused(node: Call) -> None:
    with pytest.raises(ToolError, match="more lines"):
        node("message.js", "inspectMessage", mail("\n" * 600_001), TRUSTED)
    with pytest.raises(ToolError, match="RangeError"):
        node("message.js", "inspectMessage", mail(), {"senders": "amazon.com"})


def inspect(node: Call, source: bytes, pasted: bool = False, **trusted: Any) -> Any:
    told = {**TRUSTED, **trusted}
    return node(FILES, "inspect", base64.b64encode(source).decode(), told, pasted)


@pytest.mark.parametrize("pasted", [False, True], ids=["file", "pasted"])
@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_mails_with_an_experts_verdict(node: Call, case: Path, pasted: bool) -> None:
    expected = json.loads((case / "expected.json").read_text())
    trusted = {"senders": expected["senders"], "sites": expected["sites"]}
    found = inspect(node, (case / "message.eml").read_bytes(), pasted, **trusted)
    assert found["verdict"] in [expected["verdict"], *expected.get("also_right", [])], found["findings"]


STRONG = {
    "from-untrusted": mail(From="x@evil.example"),
    "reply-to-untrusted": mail(Reply_To="x@evil.example"),
    "return-path-untrusted": mail(Return_Path="<x@evil.example>"),
    "link-scheme": link("data:text/html,x"),
    "authentication-failed": mail(Authentication_Results="mx; dmarc=fail header.from=amazon.com"),
    "link-text-differs": link("https://evil.example/", "https://www.amazon.com/"),
    "link-user-info": link("https://amazon.com@evil.example/"),
    "link-address": link("https://192.0.2.1/"),
    "link-look-alike": link("https://amaz0n-login.example/"),
    "asks-for-secret": mail("Please confirm your password."),
    "form": mail("<form><input name=a><input name=b></form>", "text/html"),
}


@pytest.mark.parametrize("rule", STRONG)
def test_strong_signs_are_bad(node: Call, rule: str) -> None:
    assert rule in rules(node, STRONG[rule], "strong")


HARMLESS = st.sampled_from(
    [
        "<p>Your parcel is on its way.</p>",
        '<a href="https://www.amazon.com/orders">track it</a>',
        '<a href="#top">up</a>',
        "<blockquote>We never ask for your password.</blockquote>",
        "<div style='display:none'>Never share your password.</div>",
        "<!-- nothing -->",
        "<table><tr><td>1</td></tr></table>",
    ]
)


@settings(max_examples=60)
@given(before=st.lists(HARMLESS, max_size=3), after=st.lists(HARMLESS, max_size=3))
@pytest.mark.parametrize(
    "sign", ["<p>Please confirm your password.</p>", '<a href="https://192.0.2.1/">x</a>']
)
def test_a_strong_sign_stays_strong_among_harmless_parts(
    node: Call, before: list[str], after: list[str], sign: str
) -> None:
    assert rules(node, mail("".join([*before, sign, *after]), "text/html"), "strong")


@pytest.mark.parametrize(
    ("source", "rule"),
    [
        (link("https://www.facebook.com/amazon"), "link-untrusted"),
        (link("https://partner.example/"), "link-untrusted"),
        (mail(From="x@marketplace.amazon.com"), "from-subdomain"),
        (mail("Write to us: someone@partner.example"), "asks-to-write"),
        (mail("x", "application/pkcs7-mime"), "content-unread"),
        (mail('<img src="https://www.amazon.com/a.png">', "text/html"), "content-unread"),
        (mail("Pay 500 in bitcoin to this wallet address"), "threatens"),
    ],
)
def test_weak_signs_alone_ask_to_look_closer(node: Call, source: str, rule: str) -> None:
    assert rule in rules(node, source, "weak")
    assert not rules(node, source, "strong")


def test_a_whole_domain_can_be_trusted(node: Call) -> None:
    source = mail(From="x@marketplace.amazon.com")
    assert not rules(node, source, senders=["*.amazon.com"])
    assert not rules(node, mail(), senders=["*.amazon.com"])
    assert "from-untrusted" in rules(node, mail(From="x@evilamazon.com"), senders=["*.amazon.com"])


def test_only_the_topmost_results_count(node: Call) -> None:
    passed = "Authentication-Results: mx; dmarc=pass header.from=amazon.com"
    failed = "Authentication-Results: other; dmarc=fail"
    assert not rules(node, f"{passed}\r\n{failed}\r\n{mail()}")
    assert "authentication-failed" in rules(node, f"{failed}\r\n{passed}\r\n{mail()}", "strong")
    second = "Authentication-Results: mx; dkim=pass header.d=amazon.com; dkim=fail header.d=esp.example"
    assert not rules(node, f"{second}\r\n{mail(Return_Path='<x@esp.example>')}")


@pytest.mark.parametrize(
    "body",
    [
        "Bitte bestätigen Sie Ihr Passwort.",
        "Geben Sie Ihre Kreditkartennummer ein.",
        "Veuillez confirmer votre mot de passe.",
        "Confirme su contraseña.",
        "يرجى تأكيد كلمة المرور الخاصة بك",
        "Please confirm your p.a.s.s.w.o.r.d",
    ],
)
def test_requests_in_five_languages_and_disguise(node: Call, body: str) -> None:
    assert "asks-for-secret" in rules(node, mail(body), "strong")
    hidden = body.replace(" ", ' <span style="display:none">never</span> ', 1)
    assert "asks-for-secret" in rules(node, mail(f"<p>{hidden}</p>", "text/html"), "strong")


@pytest.mark.parametrize(
    "body",
    [
        "Wir fragen Sie niemals nach Ihrem Passwort.",
        "Ihre Bankverbindung wurde aktualisiert.",
        "Ne communiquez jamais votre mot de passe.",
        "Votre mot de passe a été modifié.",
        "Nunca envíe su contraseña por correo.",
        "Hemos actualizado su cuenta bancaria.",
        "لن نطلب منك كلمة المرور أبدا",
        "We have updated your bank account information as you requested.",
        "Your VAT number has been validated.",
        "> Please confirm your password.\n\nThat was not us.",
    ],
)
def test_notices_advice_and_quotes_ask_nothing(node: Call, body: str) -> None:
    assert not rules(node, mail(body))


def test_a_forwarded_mail_is_judged_as_it_came(node: Call) -> None:
    for inner, verdict in (
        (mail("Your parcel is on its way."), "no-bad-signs"),
        (STRONG["form"], "bad-signs"),
    ):
        part = f"--x\r\nContent-Type: message/rfc822\r\n\r\n{inner}\r\n--x--\r\n"
        outer = mail(part, From="me@home.example").replace(
            "text/plain; charset=utf-8", "multipart/mixed; boundary=x", 1
        )
        assert node("message.js", "inspectMessage", outer, TRUSTED)["verdict"] == verdict


def test_parts_that_can_be_read_in_two_ways_are_read_in_both(node: Call) -> None:
    part = "Content-Type: text/html\r\n\r\n<p>Please confirm your password</p>"
    source = mail(f"--outer-2\r\n{part}\r\n--outer-2--\r\n").replace(
        "text/plain; charset=utf-8", "multipart/alternative; boundary=outer-1"
    )
    for pasted in (False, True):
        found = {f["rule"] for f in inspect(node, source.encode(), pasted)["findings"]}
        assert {"asks-for-secret", "read-in-two-ways"} <= found
    twice = mail("PHA+UGxlYXNlIGNvbmZpcm0geW91ciBwYXNzd29yZDwvcD4=").replace(
        "Content-Type", "Content-Transfer-Encoding: base64\r\nContent-Transfer-Encoding: 7bit\r\nContent-Type"
    )
    assert "asks-for-secret" in rules(node, twice, "strong")
