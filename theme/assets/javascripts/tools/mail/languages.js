// How asking for secrets is recognised in German, French, Spanish and Arabic: data. Texts are compared as `asRead` writes them: small letters
// without accents. `never` denies, before the verb or right behind it; `nobody` behind it alone. `notices` tell of what was done or advise; then nothing is asked.
export default {
  "de": {
    "secrets": {
      "social security or tax number": /\b(?:sozialversicherungs|steuer|steueridentifikations|umsatzsteuer(?:identifikations)?|ust)-?(?:nummer|nr|id)\b|\bsteuer-?id\b/,
      "bank account": /\b(?:bank(?:verbindung|daten|konto|kontodaten)|konto(?:nummer|daten|verbindung|informationen)|iban|zugangsdaten zum onlinebanking|online-?banking-?(?:daten|zugang))\b/,
      "card number, PIN or security code": /\b(?:(?:kredit)?karten(?:nummer|daten|prufnummer|angaben)|kreditkarte|prufziffer|sicherheitscode|geheimzahl|pin(?:-?nummer)?|tan|cvv|cvc)\b/,
      "identifying facts": /\b(?:geburts(?:datum|ort|name|stadt)|madchenname|name (?:ihres|deines) (?:haustiers|hundes))\b/,
      "password": /\b(?:passwort|passworter|kennwort|zugangsdaten|anmeldedaten|login-?daten)\b/,
    },
    "asks": /\b(?:bestatig(?:en sie|e)|bestatigung (?:ihrer|deiner)|geben sie|gib|verifizier\w+|aktualisier(?:en sie|e)|uberprufen sie|teilen sie|senden sie|schicken sie|ubermitteln sie|nennen sie|tragen sie|fullen sie|erganzen sie|hinterlegen sie|wir (?:benotigen|brauchen)|(?:benotigen|brauchen) wir|antworten sie mit|(?:loggen|melden) sie sich .{0,60}\b(?:ein|an)|(?:bitten wir|wir bitten) .{0,80}\bzu|bitte .{0,60}(?:bestatigen|eingeben|angeben|aktualisieren|verifizieren|senden|schicken|mitteilen|prufen|ubermitteln|hinterlegen|ausfullen|eintragen|nachreichen)|(?:mussen|sollten|um) .{0,80}(?:bestatigen|eingeben|angeben|aktualisieren|verifizieren|einzugeben|anzugeben)|ist erforderlich|wird benotigt)\b/,
    "nobody": /^(?: \w+)? niemand(?:em|en)?\b/,
    "never": /\b(?:nie|niemals|nicht|keine?n?|keinesfalls|weder)\b/,
    "notices": /\b(?:wurde|wurden|haben wir|wir haben|erfolgreich|ist nun|sind nun|(?:geben|teilen|senden|schicken|nennen|ubermitteln|verraten) sie [^,;]{0,80}\b(?:nie|niemals|nicht|keinesfalls|auf keinen fall)|seien sie (?:vorsichtig|misstrauisch)|vorsicht)\b/,
  },
  "fr": {
    "secrets": {
      "social security or tax number": /\bnumero (?:de securite sociale|fiscal|de tva|d'identification fiscale)\b/,
      "bank account": /\b(?:(?:coordonnees|donnees|informations|identifiants) bancaires|compte bancaire|numero de compte|rib|iban)\b/,
      "card number, PIN or security code": /\b(?:numero (?:de |de votre |de la )?carte|carte (?:bancaire|de credit)|code (?:pin|secret|de securite|confidentiel)|cryptogramme|cvv|cvc)\b/,
      "identifying facts": /\b(?:date de naissance|lieu de naissance|ville de naissance|nom de jeune fille|nom de votre (?:animal|chien|chat))\b/,
      "password": /\b(?:mots? de passe|identifiants(?: de connexion)?|code d'acces)\b/,
    },
    "asks": /\b(?:confirmez|confirmer|verifiez|verifier|saisissez|saisir|entrez|entrer|indiquez|indiquer|communiquez|communiquer|envoyez|transmettez|fournissez|fournir|renseignez|renseigner|mettez a jour|mettre a jour|actualisez|donnez|validez|valider|repondez|renvoyez|remplissez|completez|ecrivez|connectez-vous (?:avec|en utilisant|a l'aide)|(?:merci de|veuillez|priere de|vous devez|il (?:vous )?faut|(?:nous vous )?(?:prions|demandons|invitons) (?:de|a)) .{0,40}\b(?:envoyer|transmettre|communiquer|donner|repondre|remplir|completer|actualiser|renvoyer|parvenir)|nous avons besoin|(?:est|sont) requis)\b/,
    "nobody": /^(?:-le|-la|-les| \w+)? a (?:personne|quiconque)\b/,
    "never": /\b(?:jamais|ne .{0,40}(?:pas|jamais)|n'.{0,40}(?:pas|jamais)|aucun|aucune|ni)\b/,
    "notices": /\b(?:(?:a|ont) (?:bien )?ete|nous avons (?:mis a jour|modifie|recu|enregistre|valide)|soyez (?:prudent|vigilant)s?|attention|mefiez-vous)\b/,
  },
  "es": {
    "secrets": {
      "social security or tax number": /\b(?:numero de (?:la )?seguridad social|numero de identificacion fiscal|nif|rfc|numero fiscal)\b/,
      "bank account": /\b(?:(?:datos|informacion) bancari[oa]s?|cuenta bancaria|numero de cuenta|iban|clabe)\b/,
      "card number, PIN or security code": /\b(?:numero de (?:la |su |tu )?tarjeta|datos de (?:la |su |tu )?tarjeta|tarjeta de (?:credito|debito)|codigo (?:pin|de seguridad|secreto)|pin|cvv|cvc)\b/,
      "identifying facts": /\b(?:fecha de nacimiento|lugar de nacimiento|ciudad de nacimiento|apellido de soltera|nombre de (?:su|tu) (?:mascota|perro|gato))\b/,
      "password": /\b(?:contrasenas?|claves?(?: de acceso)?|credenciales)\b/,
    },
    "asks": /\b(?:confirme|confirmar|confirma|verifique|verificar|verifica|introduzca|introducir|introduce|ingrese|ingresar|ingresa|indique|indicar|envie|envienos|envia|proporcione|proporcionar|facilite|facilitar|actualice|actualizar|actualiza|valide|validar|responda|remita\w*|remitir|mande(?:nos)?|mandar|escriba|escribir|(?:nos|que) envie|inicie sesion (?:con|usando)|rellene|complete|necesitamos|comunique|digite|es necesari[oa]|se requiere)\b/,
    "never": /\b(?:nunca|jamas|no|ni|ningun|ninguna)\b/,
    "notices": /\b(?:(?:ha|han|fue|fueron) sido|hemos (?:actualizado|modificado|recibido|guardado|validado)|se ha (?:actualizado|modificado|validado|cambiado)|tenga cuidado|cuidado con|desconfie)\b/,
  },
  "ar": {
    "secrets": {
      "social security or tax number": /رقم (?:الضمان الاجتماعي|الهوية الضريبية|التعريف الضريبي)|الرقم الضريبي/,
      "bank account": /(?:الحساب|حسابك|حسابكم) (?:البنكي|المصرفي)|رقم (?:الحساب|حسابك)|(?:البيانات|المعلومات|بياناتك|معلوماتك) (?:البنكية|المصرفية)|الايبان|الآيبان/,
      "card number, PIN or security code": /رقم (?:البطاقه|البطاقة|بطاقتك|بطاقة الائتمان)|بيانات (?:البطاقة|بطاقتك)|بطاقة الائتمان|بطاقتك الائتمانية|الرقم السري|رمز (?:الأمان|الامان|التحقق|pin|cvv)/,
      "identifying facts": /تاريخ (?:الميلاد|ميلادك)|مكان (?:الميلاد|الولادة)|اسم (?:والدتك|الأم)/,
      "password": /كلم(?:ة|ات) (?:المرور|مرورك|السر|سرك)|بيانات (?:الدخول|تسجيل الدخول)/,
    },
    "asks": /(?:يرجى|الرجاء|نرجو|برجاء) .{0,40}(?:تأكيد|إدخال|تحديث|إرسال|تقديم|التحقق|كتابة|تزويدنا|موافاتنا)|سجل الدخول (?:باستخدام|بواسطة)|(?:أكد|اكد|أدخل|ادخل|حدث|حدّث|أرسل|ارسل|زودنا|قدم|اكتب) |يجب (?:عليك )?(?:تأكيد|إدخال|ادخال|تحديث|إرسال)|نحتاج إلى|نحتاج الى|مطلوب/,
    "never": /لن |لا |أبدا|ابدا|مطلقا|لم /,
    "notices": /تم (?:تحديث|تغيير|تأكيد|حفظ|التحقق)|لقد (?:حدثنا|غيرنا|استلمنا)|كن حذر|احذر/,
  },
}
