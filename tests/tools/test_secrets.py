"""What asks for a secret in five languages, and what tells of one, advises, or denies."""

from __future__ import annotations

import pytest

from tests.tools.conftest import Call

ASKS = {
    "en": [
        "Kindly provide your SSN to continue.",
        "We require your date of birth and your mother's maiden name.",
        "Log in with your e-mail and password below to restore access.",
        "Send us a photo of your card, front and back, with the security code.",
        "What is your online banking password?",
        "In order to avoid suspension, you must verify your bank account.",
        "Please reply with your PIN.",
        "Confirm the 3-digit code on the back of your card.",
    ],
    "de": [
        "Bitte senden Sie uns Ihre IBAN und PIN zu.",
        "Sie müssen Ihr Passwort erneut eingeben.",
        "Wir bitten Sie, Ihre Kreditkartendaten zu bestätigen.",
        "Zur Freischaltung Ihres Kontos benötigen wir Ihr Geburtsdatum und Ihre Kartennummer.",
        "Antworten Sie mit Ihrer TAN.",
        "Hinterlegen Sie Ihre Bankverbindung neu.",
        "Loggen Sie sich mit Ihrem Passwort ein, um die Sperrung aufzuheben.",
        "Bitte tragen Sie Ihre Kontonummer und Ihr Kennwort in das Formular ein.",
    ],
    "fr": [
        "Veuillez mettre à jour vos coordonnées bancaires.",
        "Merci de nous envoyer votre RIB.",
        "Vous devez confirmer votre mot de passe.",
        "Nous vous prions de bien vouloir remplir le formulaire avec votre numéro de carte.",
        "Renvoyez-nous votre code secret.",
        "Connectez-vous avec votre mot de passe pour débloquer le compte.",
        "Il vous faut communiquer votre date de naissance et votre numéro de carte bancaire.",
        "Remplissez le formulaire : mot de passe, code PIN.",
    ],
    "es": [
        "Le rogamos que nos envíe su contraseña.",
        "Debe actualizar los datos de su tarjeta.",
        "Por favor, remítanos su número de cuenta.",
        "Inicie sesión con su contraseña para desbloquear la cuenta.",
        "Necesitamos su fecha de nacimiento y su número de tarjeta.",
        "Mándenos una foto de su tarjeta de crédito.",
        "Escriba su PIN y su CVV.",
        "Rellene el formulario con su contraseña.",
    ],
    "ar": [
        "يرجى إرسال كلمة المرور.",
        "يجب عليك تحديث بيانات البطاقة.",
        "أدخل الرقم السري لحسابك.",
        "نحتاج إلى رقم حسابك البنكي.",
        "زودنا برقم البطاقة ورمز الأمان.",
        "الرجاء تزويدنا بكلمة السر.",
        "سجل الدخول باستخدام كلمة المرور لاستعادة الحساب.",
        "أرسل لنا صورة بطاقتك الائتمانية.",
    ],
}
ASKS_NOT = {
    "en": [
        "Never tell anyone your PIN.",
        "We won't ask you to send your password.",
        "Nobody at Amazon needs your password.",
        "Your card number was updated.",
        "You changed your password yesterday.",
        "If somebody asks for your password, tell us.",
        "To keep your account safe, choose a strong password.",
        "We have received your bank account details.",
        "Do not enter your password on sites you do not know.",
        "You don't need to send us your card number.",
    ],
    "de": [
        "Nennen Sie niemandem Ihre PIN.",
        "Wir fragen Sie nie nach Ihrem Passwort.",
        "Ihre Kreditkarte wurde aktualisiert.",
        "Sie haben Ihr Passwort geändert.",
        "Geben Sie Ihre TAN nie weiter.",
        "Antworten Sie nicht auf Mails, die nach Ihrem Passwort fragen.",
        "Wählen Sie ein sicheres Passwort.",
        "Ihre Bankverbindung haben wir gespeichert.",
        "Sie brauchen uns Ihre Kontonummer nicht zu senden.",
    ],
    "fr": [
        "Ne communiquez à personne votre code secret.",
        "Votre mot de passe a été modifié.",
        "Nous ne demandons jamais votre numéro de carte.",
        "Choisissez un mot de passe sûr.",
        "Votre carte bancaire a bien été enregistrée.",
        "Vous avez modifié vos coordonnées bancaires.",
        "Ne répondez pas aux e-mails qui demandent votre mot de passe.",
        "Vous n'avez pas à fournir votre RIB.",
    ],
    "es": [
        "No comparta con nadie su PIN.",
        "Su contraseña se ha cambiado.",
        "Nunca le pedimos su número de tarjeta.",
        "Elija una contraseña segura.",
        "Hemos guardado los datos de su tarjeta.",
        "Usted cambió su contraseña ayer.",
        "No responda a correos que pidan su contraseña.",
        "No es necesario que envíe su cuenta bancaria.",
    ],
    "ar": [
        "لا تشارك كلمة المرور مع أحد.",
        "تم تغيير كلمة المرور.",
        "لن نطلب منك رقم البطاقة أبدا.",
        "اختر كلمة مرور قوية.",
        "لقد استلمنا بيانات البطاقة.",
        "لا ترد على الرسائل التي تطلب كلمة السر.",
        "احذر من مشاركة الرقم السري.",
    ],
}
TOLD = [
    "Enter the verification code 482913 on the sign-in page to continue.",
    "Enter the verification code below.\n\n482 913\n\nIt is valid for ten minutes.",
    "Geben Sie den Sicherheitscode 482913 ein.",
    "Saisissez le code de vérification : 482913",
    "Introduzca el código de verificación 482913.",
    "أدخل رمز التحقق 482913",
]
"""A code that the mail brings is none that it asks for."""


def asked(node: Call, text: str) -> list[str]:
    return [found["what"] for found in node("mail/secrets.js", "asksFor", text)]


@pytest.mark.parametrize("text", [text for texts in ASKS.values() for text in texts])
def test_what_asks_for_a_secret_is_seen(node: Call, text: str) -> None:
    assert asked(node, text)


@pytest.mark.parametrize("text", [text for texts in ASKS_NOT.values() for text in texts])
def test_what_tells_or_advises_asks_for_nothing(node: Call, text: str) -> None:
    assert not asked(node, text)


@pytest.mark.parametrize("text", TOLD)
def test_a_code_that_the_mail_brings_is_not_asked_for(node: Call, text: str) -> None:
    assert not asked(node, text)


def test_a_cards_code_is_asked_for_whatever_numbers_stand_there(node: Call) -> None:
    assert asked(node, "Enter your card security code.\n\n482913\n")
    assert asked(node, "Enter the verification code 482913 and your card number.")
