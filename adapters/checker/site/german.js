// The words of the page in German, by the English ones. Those of findings come from the bot's catalogue
// when the page is built (REASONS).
"use strict";

const GERMAN = {
  "Look before you post": "Erst hinsehen, dann posten",
  "Choose a picture or paste a text, for this community or for any other network. It is looked through here, on your device. Nothing of it is sent anywhere, and nothing is kept.":
    "Wähle ein Bild oder füge einen Text ein, für diese Community oder für ein anderes Netzwerk. Beides wird hier durchgesehen, auf deinem Gerät. Nichts davon wird verschickt, nichts wird behalten.",
  "Getting ready. This takes a few seconds.": "Wird vorbereitet. Das dauert ein paar Sekunden.",
  "Your picture or clip": "Dein Bild oder Clip",
  "PNG, JPEG, WebP, GIF, BMP, AVIF, MP4, WebM or DICOM. You can also drop it here or paste it.":
    "PNG, JPEG, WebP, GIF, BMP, AVIF, MP4, WebM oder DICOM. Du kannst es auch hierher ziehen oder einfügen.",
  "Your picture": "Dein Bild",
  "Your own box is dropped.": "Dein eigener Kasten ist entfernt.",
  "Box {0} is dropped: what it covered stays open in the copy.":
    "Kasten {0} ist entfernt: Was er verdeckte, bleibt in der Kopie offen.",
  "Not taken: wait until this is done, then give it once more.":
    "Nicht genommen: Warte, bis dies fertig ist, und gib es dann noch einmal.",
  "Looked through. Only the first file was taken; the others were not looked at.":
    "Durchgesehen. Nur die erste Datei wurde genommen; die anderen wurden nicht angesehen.",
  "Add a box": "Kasten hinzufügen",
  "Show it covered": "Abgedeckt zeigen",
  "Download the copy": "Kopie herunterladen",
  "Drag a box to move it and its corner to resize it, or use the arrow keys; Delete drops it. With a mouse you can draw a new one. Look at the four corners yourself: I cannot read handwriting.":
    "Zieh an einem Kasten, um ihn zu verschieben, an seiner Ecke, um ihn zu vergrößern, oder nimm die Pfeiltasten; Entf entfernt ihn. Mit der Maus kannst du einen neuen zeichnen. Sieh dir die vier Ecken selbst an: Handschrift kann ich nicht lesen.",
  "Your text": "Dein Text",
  "Look through it": "Durchsehen",
  "Empty the page": "Seite leeren",
  "What was found": "Was gefunden wurde",
  "The text with the replacements": "Der Text mit den Ersetzungen",
  "Copy text": "Text kopieren",
  "How can I tell that nothing leaves?": "Woran sehe ich, dass nichts das Gerät verlässt?",
  "Once it says <em>Ready</em>, switch on airplane mode or pull the cable, then choose your picture. Everything works on: nothing is asked of a server any more. After the first visit the page also opens without a network.":
    "Sobald <em>Bereit</em> dasteht, schalte den Flugmodus ein oder zieh das Kabel, und wähle dann dein Bild. Alles geht weiter: Kein Server wird mehr gefragt. Nach dem ersten Besuch öffnet sich die Seite auch ohne Netz.",
  "Whoever wants to look closer: text and picture go into a frame that the browser locks (no requests, no new windows, no forms, no way to another address), and are read by workers inside of it. The network panel of the browser shows no request after <em>Ready</em>.":
    "Wer genauer hinsehen will: Text und Bild kommen in einen Rahmen, den der Browser verschließt (keine Anfragen, keine neuen Fenster, keine Formulare, kein Weg zu einer anderen Adresse), und werden darin von einem Worker gelesen. Das Netzwerkfenster des Browsers zeigt nach <em>Bereit</em> keine Anfrage mehr.",
  "Try the ways out from inside": "Die Wege nach draußen von innen probieren",
  "The files of this version and their SHA-256": "Die Dateien dieser Version und ihr SHA-256",
  "What does it not see?": "Was sieht sie nicht?",
  "It finds names, dates, numbers, addresses and the like. It does not know that a rare story, a date in the posts around it, a tattoo or a familiar case can tell who somebody is. It can be wrong, in both directions. English first; German, French and Spanish too; other languages as far as lists of names and forms of numbers carry.":
    "Sie findet Namen, Daten, Nummern, Adressen und dergleichen. Sie weiß nicht, dass eine seltene Geschichte, ein Datum in den Beiträgen daneben, eine Tätowierung oder ein bekannter Fall verraten kann, wer jemand ist. Sie kann sich irren, in beide Richtungen. Englisch zuerst; auch Deutsch, Französisch und Spanisch; andere Sprachen so weit, wie Namenslisten und Nummernformen tragen.",
  "In pictures it reads print in Latin and Greek letters; print in other letters gets a box that says so. It cannot read handwriting. It looks for barcodes and faces; it misses some that are small, blurred or turned away.":
    "In Bildern liest sie Druck in lateinischen und griechischen Buchstaben; Druck in anderen bekommt einen Kasten, der das sagt. Handschrift kann sie nicht lesen. Sie sucht nach Strichcodes und Gesichtern; manche, die klein, unscharf oder abgewandt sind, übersieht sie.",
  "It opens DICOM pictures that are not packed, and those in JPEG or RLE. HEIC and TIFF it opens only where the browser does, and clips (MP4, MOV, WebM) where it has their decoder; the copy of a clip is a GIF, without sound. PDF it does not open: use <code>case check</code> in the chat, or <code>python -m bot scan</code> on your own computer. What it did not look at is listed beside each file.":
    "Sie öffnet DICOM-Bilder, die nicht gepackt sind, und solche in JPEG oder RLE. HEIC und TIFF öffnet sie nur, wo der Browser es tut, und Clips (MP4, MOV, WebM), wo er sie entpacken kann; die Kopie eines Clips ist ein GIF ohne Ton. PDF öffnet sie nicht: Nimm <code>case check</code> im Chat oder <code>python -m bot scan</code> auf deinem Rechner. Was sie nicht angesehen hat, steht bei jeder Datei.",
  "Do not post this as it is": "So nicht posten",
  "Look at this before you post": "Sieh dir das an, bevor du postest",
  "Nothing found": "Nichts gefunden",
  "Something here can tell who the patient is.": "Etwas hier kann verraten, wer die Patientin oder der Patient ist.",
  "Something here may tell who the patient is, together with something else.":
    "Etwas hier kann zusammen mit anderem verraten, wer die Patientin oder der Patient ist.",
  "That means only that: a rare story, a date in the posts around it or a familiar case can still tell who it is.":
    "Das heißt nur das: Eine seltene Geschichte, ein Datum in den Beiträgen daneben oder ein bekannter Fall kann trotzdem verraten, wer es ist.",
  "Not everything was looked at; see below.": "Nicht alles wurde angesehen; siehe unten.",
  "It could not be made ready in this browser. Nothing was looked at. A newer Chrome, Edge, Firefox or Safari may help.":
    "In diesem Browser ließ sie sich nicht vorbereiten. Nichts wurde angesehen. Ein neuerer Chrome, Edge, Firefox oder Safari kann helfen.",
  "Ready. Nothing more is loaded: you can switch on airplane mode now.":
    "Bereit. Es wird nichts mehr geladen: Du kannst jetzt den Flugmodus einschalten.",
  "There is no text yet. Paste one, then look through it.": "Noch ist kein Text da. Füge einen ein und sieh ihn durch.",
  "Looking.": "Wird durchgesehen.",
  "Looked through.": "Durchgesehen.",
  "It could not be looked through. Count it as not looked at. Reload the page to try again.":
    "Das ließ sich nicht durchsehen. Rechne es als nicht angesehen. Lade die Seite neu, um es noch einmal zu versuchen.",
  "The text has changed. Look through it again.": "Der Text hat sich geändert. Sieh ihn noch einmal durch.",
  "Empty.": "Leer.",
  "Looking at the picture. This takes a few seconds.": "Das Bild wird angesehen. Das dauert ein paar Sekunden.",
  "Not looked at: {0}": "Nicht angesehen: {0}",
  "Cover it": "Abdecken",
  "Write “{0}” instead": "Stattdessen „{0}“ schreiben",
  "Writing the copy and looking at it once more.": "Die Kopie wird geschrieben und noch einmal angesehen.",
  "Downloaded as {0}.": "Heruntergeladen als {0}.",
  "Downloaded as {0}. More was found while looking at the copy; it is covered too.":
    "Heruntergeladen als {0}. Beim Ansehen der Kopie fand sich mehr; auch das ist abgedeckt.",
  "The copy could not be made.": "Die Kopie ließ sich nicht erstellen.",
  "Something could still be read in the copy, so it is not handed out.":
    "In der Kopie war noch etwas zu lesen, darum gibt es sie nicht.",
  "Copied.": "Kopiert.",
  "It is marked now; copy it with Ctrl+C or Cmd+C.": "Es ist jetzt markiert; kopiere es mit Strg+C oder Cmd+C.",
  "Your own box": "Dein eigener Kasten",
  "Box {0}": "Kasten {0}",
  "{0} from the left, {1} from the top, {2} wide, {3} high": "{0} von links, {1} von oben, {2} breit, {3} hoch",
  "Arrow keys move it, with Shift they resize it, Delete drops it.":
    "Pfeiltasten verschieben ihn, mit Umschalt ändern sie die Größe, Entf entfernt ihn.",
  "Print that I cannot read, perhaps in another script: it may be a name.":
    "Druck, den ich nicht lesen kann, vielleicht in einer anderen Schrift: Es kann ein Name sein.",
  "This looks like a face.": "Das sieht wie ein Gesicht aus.",
  "A machine-readable code: such codes on labels and screens hold record numbers and names.":
    "Ein maschinenlesbarer Code: Solche Codes auf Etiketten und Bildschirmen enthalten Fallnummern und Namen.",
  "Frame": "Einzelbild",
  "Boxes cover every frame.": "Kästen verdecken jedes Einzelbild.",
  "{0} of {1}": "{0} von {1}",
  "Not every part of the file was read, so no copy is handed out.":
    "Nicht jeder Teil der Datei wurde gelesen, darum gibt es keine Kopie.",
  "This page cannot open this kind of file. Use `case check` in the chat, or `python -m bot scan` on your own computer.":
    "Diese Art von Datei öffnet diese Seite nicht. Nimm `case check` im Chat oder `python -m bot scan` auf deinem Rechner.",
  "This browser cannot open this kind of file. Use `case check` in the chat, or `python -m bot scan` on your own computer.":
    "Diese Art von Datei öffnet dieser Browser nicht. Nimm `case check` im Chat oder `python -m bot scan` auf deinem Rechner.",
  "The pictures of this DICOM file are packed in a way that this page cannot open. Use `case check` in the chat, or `python -m bot scan` on your own computer.":
    "Die Bilder dieser DICOM-Datei sind so gepackt, dass diese Seite sie nicht öffnen kann. Nimm `case check` im Chat oder `python -m bot scan` auf deinem Rechner.",
  "The DICOM file is damaged or not complete: it could not be read.":
    "Die DICOM-Datei ist beschädigt oder unvollständig: Sie ließ sich nicht lesen.",
  "The DICOM file has no picture that could be looked at.": "Die DICOM-Datei hat kein Bild, das sich ansehen ließe.",
  "The document inside the DICOM file was not looked at.": "Das Dokument in der DICOM-Datei wurde nicht angesehen.",
  "Curves stored in the DICOM file were not looked at.": "Kurven in der DICOM-Datei wurden nicht angesehen.",
  "The file is damaged or not complete: it could not be read.":
    "Die Datei ist beschädigt oder unvollständig: Sie ließ sich nicht lesen.",
  "Fields beside the pixels: they are damaged.": "Felder neben den Bildpunkten: Sie sind beschädigt.",
  "The picture is too large for this page.": "Das Bild ist zu groß für diese Seite.",
  "Parts of the picture are see-through: what they hide was not looked at; the copy leaves it out.":
    "Teile des Bildes sind durchsichtig: Was sie verbergen, wurde nicht angesehen; die Kopie lässt es weg.",
  "Behind the picture the file holds more data that was not looked at.":
    "Hinter dem Bild enthält die Datei weitere Daten, die nicht angesehen wurden.",
  "Other pictures inside the file (small or deep ones): the copy leaves them out.":
    "Weitere Bilder in der Datei (kleine oder Tiefenbilder): Die Kopie lässt sie weg.",
  "The sound was not listened to; copies have none.": "Der Ton wurde nicht angehört; Kopien haben keinen.",
  "Only the first of several picture tracks was looked at.": "Nur die erste von mehreren Bildspuren wurde angesehen.",
  "Other tracks were not looked at; copies have none.": "Andere Spuren wurden nicht angesehen; Kopien haben keine.",
  "The file has no picture in it that could be looked at.": "In der Datei ist kein Bild, das sich ansehen ließe.",
  "Files or pictures beside the clip were not looked at; copies have none.":
    "Dateien oder Bilder neben dem Clip wurden nicht angesehen; Kopien haben keine.",
  "The print in this clip changes too often: not every frame was read.":
    "Der Druck in diesem Clip wechselt zu oft: Nicht jedes Einzelbild wurde gelesen.",
};

const SPEAKS_GERMAN = document.documentElement.lang === "de"; // set by the page around it

// The sentence in the language of the page, with words in its gaps.
function say_(words, ...gaps) {
  const said = (SPEAKS_GERMAN && (GERMAN[words] ?? REASONS[words])) || words;
  return gaps.reduce((so, gap, at) => so.replaceAll(`{${at}}`, gap), said);
}

if (SPEAKS_GERMAN) {
  document.title = say_(document.title);
  for (const one of document.querySelectorAll("h1, h3, p, label, button, summary, caption, #frames .why")) {
    const german = GERMAN[one.innerHTML.replace(/\s+/g, " ").trim()];
    if (german) one.innerHTML = german;
  }
  document.getElementById("canvas").setAttribute("aria-label", say_("Your picture"));
}
