// The page's own words in German, for browsers that ask for it. The names by which guides and tests
// find things (Persona, Channels, Messages, Message, Clock) are the same in every language.

const german = {
  "The preview was started again.": "Die Vorschau wurde neu gestartet.",
  "Introducer sent you a direct message": "Introducer hat Ihnen eine Direktnachricht geschickt",
  "Connected again.": "Wieder verbunden.",
  "The connection is lost. Trying again by itself; nothing you typed is lost.": "Die Verbindung ist abgebrochen. Es wird von selbst weiter versucht; nichts Geschriebenes geht verloren.",
  "Try now": "Jetzt versuchen",
  "Menu, something is new": "Menü, es gibt Neues",
  "Menu": "Menü",
  "My panel": "Mein Bereich",
  "What is planned for you, and what waits for an answer": "Was für Sie geplant ist, und was auf eine Antwort wartet",
  "Closed: what Introducer would send by itself does not arrive": "Geschlossen: Was Introducer von sich aus schickt, kommt nicht an",
  "Direct messages between you and Introducer": "Direktnachrichten zwischen Ihnen und Introducer",
  "Write, or / for commands": "Schreiben, oder / für Befehle",
  "Messages are closed: receipts and reminders do not arrive here.": "Nachrichten sind geschlossen: Bestätigungen und Erinnerungen kommen hier nicht an.",
  "Receipts and reminders arrive here. Move the clock forward to see them come.": "Hier kommen Bestätigungen und Erinnerungen an. Stellen Sie die Uhr vor, um sie kommen zu sehen.",
  "Nothing has been written here yet.": "Hier wurde noch nichts geschrieben.",
  "The form you were filling in is open again.": "Das Formular, das Sie ausfüllten, ist wieder offen.",
  "Open": "Öffnen",
  "Close the thread": "Den Thread schließen",
  "Reply in this thread": "In diesem Thread antworten",
  "Attached files": "Angehängte Dateien",
  "Attach files": "Dateien anhängen",
  "Introducer is working…": "Introducer arbeitet…",
  "Cancel": "Abbrechen",
  "Close the form": "Das Formular schließen",
  "What you typed is not sent": "Was Sie geschrieben haben, wird nicht gesendet",
  "Keep editing": "Weiter ausfüllen",
  "Discard": "Verwerfen",
  "What you filled in has not been sent.": "Was Sie ausgefüllt haben, ist nicht gesendet.",
  "For example: next Friday, 11 March, 2027-03-11.": "Zum Beispiel: nächsten Freitag, 11. März, 2027-03-11.",
  "Choose…": "Auswählen…",
  "Choose files": "Dateien auswählen",
  "One file is here already; choosing again replaces it.": "Eine Datei ist schon da; eine neue Auswahl ersetzt sie.",
  "Find a command": "Einen Befehl suchen",
  "Close the list": "Die Liste schließen",
  "No command is called that.": "Kein Befehl heißt so.",
  "About this message": "Zu dieser Nachricht",
  "Dismiss": "Ausblenden",
  "Only you can see this": "Nur Sie sehen das",
  "1 reply": "1 Antwort",
  "{count} replies": "{count} Antworten",
  "{name} used ": "{name} verwendete ",
  "{count} files are here already; choosing again replaces them.": "{count} Dateien sind schon da; eine neue Auswahl ersetzt sie.",
  "Reply in thread": "Im Thread antworten",
  "New for": "Neues für",
  "Try what happens when this persona takes no direct messages": "Probieren, was geschieht, wenn diese Person keine Direktnachrichten annimmt",
  "Messages closed": "Keine Nachrichten",
  "Direct messages": "Direktnachrichten",
  "+1 h": "+1 Std.",
  "+1 day": "+1 Tag",
  "One hour forward": "Eine Stunde vor",
  "One day forward": "Einen Tag vor",
  "Next due": "Nächste",
  "Forward to the next reminder that is due": "Vor bis zur nächsten fälligen Erinnerung",
  "Put it into the message box": "In das Nachrichtenfeld setzen",
  "The preview does not answer. Nothing was sent; what you wrote is still here.": "Die Vorschau antwortet nicht. Nichts wurde gesendet; was Sie geschrieben haben, steht noch hier.",
  "These files are too large to send together.": "Diese Dateien sind zusammen zu groß.",
  "The preview could not do this.": "Die Vorschau konnte das nicht ausführen.",
  "The preview was started again. Copy what you wrote here, then open the new address it printed in the terminal.": "Die Vorschau wurde neu gestartet. Kopieren Sie, was Sie geschrieben haben, und öffnen Sie dann die neue Adresse aus dem Terminal.",
  "Commands": "Befehle",
  "Newest messages": "Neueste Nachrichten",
  "Skip to the message box": "Zum Nachrichtenfeld springen",
  "Close the menu": "Das Menü schließen",
  "Community": "Gemeinschaft",
  "Write to {to}, or / for commands": "An {to} schreiben, oder / für Befehle",
  "You are now {name}, {part}.": "Sie sind jetzt {name}, {part}.",
  "Remove {name}": "{name} entfernen",
  "Page {page} of {pages}": "Seite {page} von {pages}",
  "More about this message by {name}": "Mehr zu dieser Nachricht von {name}",
  "Now {when}": "Jetzt {when}",
  "Rehearsal clock · {zone}": "Probeuhr · {zone}",
  "You used ": "Sie verwendeten ",
  "optional": "freiwillig",
  "pinned": "angeheftet",
  "changed": "geändert",
  "Switch to ": "Wechseln zu ",
  " new": " neu",
  // What the preview says no to.
  "This message is gone already.": "Diese Nachricht ist schon weg.",
  "There is nothing to send yet.": "Noch gibt es nichts zu senden.",
  "There is no command /{word}. Did you mean {near}?": "Einen Befehl /{word} gibt es nicht. Meinten Sie {near}?",
  "There is no command /{word}. Type / to see what there is.": "Einen Befehl /{word} gibt es nicht. Mit / sehen Sie, was es gibt.",
  "/{name} takes no file.": "/{name} nimmt keine Datei.",
  "This message has changed in the meantime. Look at it again.": "Diese Nachricht hat sich inzwischen geändert. Sehen Sie sie noch einmal an.",
  "This persona cannot write there.": "Diese Person kann dort nicht schreiben.",
  "This is {count} characters too long.": "Das ist um {count} Zeichen zu lang.",
  "This thread is gone.": "Dieser Thread ist weg.",
  "Nothing is due: no reminder is waiting to be sent.": "Nichts ist fällig: Keine Erinnerung wartet.",
  "The clock moves forward only, by a year at most.": "Die Uhr geht nur vor, höchstens um ein Jahr.",
  "The text is too long.": "Der Text ist zu lang.",
  "At most {count} files at once.": "Höchstens {count} Dateien auf einmal.",
  "A file may have {count} MB at most.": "Eine Datei darf höchstens {count} MB haben.",
  // Of the sample community: its channels, and who is who.
  "Sessions with mentors: what is coming up, and who has a seat free": "Sprechstunden: was bevorsteht, und wer noch einen Platz frei hat",
  "Teaching cases, with nothing in them that names a patient": "Lehrfälle, in denen nichts steht, was Kranke nennt",
  "Questions, however small they seem": "Fragen, wie klein sie auch scheinen",
  "Everything else": "Alles andere",
  "For those who look after this community": "Für die, die sich um diese Gemeinschaft kümmern",
  "Trainee": "In Weiterbildung",
  "Second trainee": "In Weiterbildung",
  "Mentor": "Mentoring",
  "Moderator": "Moderation",
  "Guest": "Gast",
};
// What people of the sample community wrote before anybody came; matched as a whole, never what somebody types since.
const told = {
  "Welcome to the sample community. Everybody here is invented; be whoever you like, and move the clock to see what happens later.": "Willkommen in der Beispielgemeinschaft. Alle hier sind erfunden; seien Sie, wer Sie möchten, und stellen Sie die Uhr vor, um zu sehen, was später geschieht.",
  "First embolisation as first operator today. My knees have stopped shaking.": "Heute die erste Embolisation als Erste am Tisch. Meine Knie zittern nicht mehr.",
  "They come back for the second one. Well done.": "Bei der zweiten zittern sie wieder. Gut gemacht.",
  "Which book do you wish you had been given in your first month?": "Welches Buch hätten Sie gern im ersten Monat bekommen?",
  "My door is open every week. No question is too small, and you may just listen.": "Meine Tür steht jede Woche offen. Keine Frage ist zu klein, und nur zuhören geht auch.",
  "Last week's helped me more than I expected.": "Die letzte Woche hat mir mehr geholfen, als ich dachte.",
  "Two new mentors this week. /setup is where things are decided.": "Zwei neue Mentorinnen und Mentoren diese Woche. Mit /setup wird entschieden.",
};
const said = /^de\b/i.test(navigator.language) ? german : {};

export function t(text, given = {}) {
  return (said[text] ?? text).replace(/\{(\w+)\}/g, (_all, name) => given[name]);
}

export const spoken = (text) => (said === german ? told[text] : undefined) ?? text;

// What stands in the page from the start.
export function translate(root) {
  if (said === german) document.documentElement.lang = "de";
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (said[node.data.trim()]) node.data = said[node.data.trim()];
  }
  for (const one of root.querySelectorAll("[aria-label]")) {
    const label = one.getAttribute("aria-label");
    if (said[label]) one.setAttribute("aria-label", said[label]);
  }
}
