"""Why something was found, and why a file was not read, in the reader's language.

The search knows no languages: it answers an English sentence. Here stands each of them once more,
marked; one that is not here is shown as the search said it.
"""

from __future__ import annotations

import re
from typing import Final

from bot.ui.words import Code, Msg, Typed, _

_FOUND: Final = (
    _("A private element of the maker carries text that may tell who the patient is."),
    _("An age over 89 is rare enough to tell who it is."),
    _("Text that is not among the usual labels of a picture: it may be a name."),
    _("The same value stands in the file's own description of the patient."),
    _("This looks like the name of a hospital."),
    _("This can be a day and a month."),
    _("A long number that is no known measurement or setting."),
    _("A code that is no known measurement or setting."),
    _("What stands beside this label tells who the patient is, or who treated them."),
    _("The file carries a small copy of the picture, perhaps from before it was changed."),
    _("The file says where it was taken."),
    _("An overlay plane lies over the picture; viewers draw it, redacted copies leave it out."),
    _("A machine-readable code: such codes on labels and screens hold record numbers and names."),
    _("This looks like a face."),
    _("A street address points to one household."),
    _("An e-mail address points to one person."),
    _("An extension or pager leads to one person or ward."),
    _("A phone number points to one person or place."),
    _("A fax number points to one person or place."),
    _("A link can lead to one person's page, images or records."),
    _("A network address can be traced to one place."),
    _("A date with day or month can be matched with a patient's records; a year alone is fine."),
    _("A date of birth points to one person; an age band is enough for teaching."),
    _("So few people are older than 89 that the exact age points to one person."),
    _("A named hospital tied to a case narrows down who it is."),
    _("The file name reads like a person's name."),
    _("A long number in a file name is usually a record or accession number."),
    _("A DICOM identifier in a file name leads back to the study."),
    _("A name behind a title or role points to one person."),
    _("A name in a name field points to one person."),
    _("Family and given name in the form that records and file names use."),
    _("This reads like a person's name."),
    _("This reads like somebody's name."),
    _("A name in a greeting or under a letter points to one person."),
    _("Initials beside a case can point to one person."),
    _("A name with an initial or an age points to one person."),
    _("The lines of a handover begin with the names of patients."),
    _("Who did or supervised a case points to that case."),
    _("The sentence speaks of this as of a person."),
    _("Initials of whoever wrote or did this point to one person."),
    _("The same name was found elsewhere in this text."),
    _("A given name and a family name side by side."),
    _("A number plate points to the owner."),
    _("A social security number points to one person."),
    _("A health insurance or health service number points to one person."),
    _("A national identity number points to one person."),
    _("A licence number points to one person."),
    _("An accession or study number leads straight to the images in the archive."),
    _("An account or visit number points to one person's stay."),
    _("A record number leads straight to one patient's chart."),
    _("A device serial number can be traced to the person who carries it."),
    _("A vehicle number points to the owner."),
    _("Biometric data points to one person."),
    _("A number given to one person or case can be looked up."),
    _("A unique device identifier can be traced to the person who carries it."),
    _("This has the form of a social security number."),
    _("This has the form of a Medicare number."),
    _("This has the form of a national insurance number."),
    _("This has the form of a national identity number."),
    _("This has the form of a tax code that holds name and date of birth."),
    _("This has the form of a French social security number."),
    _("This has the form of a Swiss insurance number."),
    _("This has the form of a Belgian national number."),
    _("This has the form of a Nordic personal number."),
    _("This has the form of a UK National Insurance number."),
    _("This has the form of an Irish personal number."),
    _("This has the form of a Mexican population code."),
    _("This has the form of a Brazilian tax number."),
    _("This has the form of a Chilean identity number."),
    _("This has the form of a bank account number."),
    _("This has the form of a card number."),
    _("This has the form of an accession number."),
    _("This has the form of a specimen or study number."),
    _("This has the form of a health service number."),
    _("This has the form of a record number."),
    _("This has the form of a record number or a date."),
    _("This has the form of an account number."),
    _("This has the form of a vehicle identification number."),
    _("A code of this form usually belongs to one person or case."),
    _("A code of this form is usually a record or accession number."),
    _("A long number usually belongs to one person."),
    _("A long number with nothing harmless to explain it is usually a record or accession number."),
    _("Text in the picture that is not a known display word; it may be a name or a place."),
    _("A number in the picture that nothing harmless explains."),
    _("This line reads like a person's name."),
    _("A town tied to a patient narrows down who it is."),
    _("A postcode narrows down where somebody lives."),
    _("A band of ten years teaches the same and points to fewer people."),
)
_NOT_READ: Final = (
    _("The clip has more frames than can be looked through."),
    _("The DICOM file is damaged or not complete: it could not be read."),
    _("The document inside the DICOM file was not looked at."),
    _("Curves stored in the DICOM file were not looked at."),
    _("DICOM pictures of this kind (floating point) cannot be read here."),
    _("The file has more frames than can be looked through."),
    _("The DICOM file is nested too deeply to be read."),
    _("The DICOM file has no picture that could be looked at."),
    _("The pixels of this DICOM file could not be unpacked."),
    _("This kind of file cannot be read here."),
    _("The print in this clip changes too often: not every frame was read."),
    _("The file is too large to be looked through."),
    _("The file is empty."),
    _("Something could still be read in the copy, so it is not handed out."),
    _("There is no picture in the file that could be handed out."),
    _("The copy lost frames."),
    _("The clip could not be read a second time."),
    _(
        "The clip is too long to be looked through in this size. Cut it to the part that"
        " matters, or make it smaller."
    ),
    _("The picture is too large to be looked through."),
    _("The picture has no size."),
    _("The PDF is damaged, locked or not complete: it could not be read."),
    _("Files attached to the PDF were not looked at; copies have none."),
    _("A page of the PDF has no sensible size."),
    _("Not every part of the file was read, so no copy is handed out."),
    _(
        "Text in the picture was not read: the models that read it are not installed, or"
        " cannot be loaded."
    ),
    _("Faces were not looked for: the model that finds them is not installed or cannot be loaded."),
    _("The file is damaged or not complete: it could not be read."),
    _("Behind the picture the file holds more data that was not looked at."),
    _("Pictures of this kind (AVIF) cannot be read here."),
    _("The file unfolds to more pictures than can be looked through."),
    _(
        "The clip is larger than can be looked through, so it was made smaller first, and its"
        " copy is of that size: very small print may not have been read."
    ),
    _("The clip is damaged or of a kind that cannot be read here."),
    _("The file has no picture in it that could be looked at."),
    _("Only the first of several picture tracks was looked at."),
    _("The sound was not listened to; copies have none."),
    _("Other tracks were not looked at; copies have none."),
    _("Looking through the file needs more memory than it may have."),
    _("The file is nested too deeply to be read."),
    _("Looking through the file took too long. A shorter or smaller one may do."),
    _("The file could not be read: opening it failed."),
    _("Nobody waits for it any more."),
    _(
        "Names, towns and hospitals were looked for by rules and lists alone: the model that"
        " knows them from the sentence around them is not installed."
    ),
    _("Too many files wait to be looked through. Try again in a few minutes."),
    _("The text is too long to be looked through."),
)
_SAID: Final = {one.text: one for one in (*_FOUND, *_NOT_READ)}
_FIELD: Final = re.compile(r"The file carries this in (its field )?(\S.*?)\.(?: (?=[A-Z])(.+))?")
_FREE: Final = re.compile(r"Free text in the field (.+): it may tell who the patient is\.")
_CODE: Final = re.compile(r"The code says it\. (.+)")
_PAGES: Final = re.compile(r"The PDF has more than (\d+) pages: too many to be looked through\.")
_FRAMES: Final = re.compile(r"(\d+) frames beyond (\d+) different prints were not read\.")
_LETTERS: Final = re.compile(
    r"Only the first ([\d,]+) characters of this text were looked at\."
    r" Split it and look at the rest\."
)


def in_words(why: str) -> Msg | Typed:
    """A sentence of the search, to be said in any language."""
    if why in _SAID:
        return _SAID[why]
    if found := _FIELD.fullmatch(why):
        field = Code(found[2])
        first = _("The file carries this in {field}.", field=field)
        if found[1]:
            first = _("The file carries this in its field {field}.", field=field)
        return _with(first, found[3])
    if found := _CODE.fullmatch(why):
        return _with(_("The code says it."), found[1])
    if found := _FREE.fullmatch(why):
        return _(
            "Free text in the field {field}: it may tell who the patient is.", field=Code(found[1])
        )
    return _counted(why)


def _counted(why: str) -> Msg | Typed:
    if found := _PAGES.fullmatch(why):
        return _(
            "The PDF has more than {count} pages: too many to be looked through.",
            count=int(found[1]),
        )
    if found := _FRAMES.fullmatch(why):
        return _(
            "{count} frames beyond {most} different prints were not read.",
            count=int(found[1]),
            most=int(found[2]),
        )
    if found := _LETTERS.fullmatch(why):
        return _(
            "Only the first {count} characters of this text were looked at. Split it and look at"
            " the rest.",
            count=Typed(found[1]),
        )
    return Typed(why)


def _with(first: Msg, rest: str | None) -> Msg:
    return first if rest is None else _("{first} {rest}", first=first, rest=in_words(rest))
