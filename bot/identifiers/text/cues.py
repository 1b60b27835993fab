"""Words beside which identifiers stand: titles, kinship, people of a hospital, verbs of moving.

Folded (small, without accents), in English, German, French, Spanish and a little Italian, Dutch and
Portuguese. To extend: add a word to its line.
"""

from __future__ import annotations

from typing import Final

_CUES: Final = {
    "title": "mr mrs ms miss mx herr herrn frau hr monsieur madame mme mlle m sr sra srta don dona "
    "senor senora signor signora sig mevrouw meneer dhr mevr fru sir lady madam mister",
    "doctor": "dr drs doctor prof professor docteur pr doktor dott dra doctora doctor profesor "
    "profesora oa oberarzt oberarztin chefarzt chefarztin assistenzarzt assistenzarztin facharzt facharztin radiologe radiologin radioloog radiologo radiologa kollege kollegin "
    "consultant registrar md do facs frcr rn np pa pa-c dds phd surgeon attending resident fellow "
    "radiologist physician oncologist cardiologist nurse midwife pcp gp hausarzt hausarztin "
    "medecin interne infirmiere medico medica enfermera enfermero anestesista cirujano",
    "patient": "patient patients pt pts pat patientin patienten paciente pac patiente gentleman lady "
    "client resident baby infant child varon mujer enfant kind",
    "kin": "wife husband son daughter mother father mom mum dad brother sister niece nephew aunt "
    "uncle grandson granddaughter partner spouse cousin friend neighbour neighbor family "
    "ehefrau ehemann sohn tochter mutter vater bruder schwester nichte neffe angehorige "
    "epouse epoux fils fille mere pere frere soeur esposa esposo marido hijo hija madre padre "
    "hermano hermana sobrina tutor guardian landlord tenant",
    "label": "name nom prenom nombre apellidos apellido vorname nachname patientenname surname "
    "forename initials signed signature dictated transcribed cosigned operator assistant dicte "
    "signe firmado diktiert unterschrift re attn cc to from contact operateur responsable "
    "remitido referido referring ordering requesting author interpreter",
    "greet": "dear hi hello hallo liebe lieber geehrte geehrter cher chere estimado estimada querido "
    "querida hola sincerely regards thanks gruss grussen cordialement saludos confraternellement",
    "live": "lives live living resides resident from moved lebt wohnhaft wohnt aus nach habite vit "
    "demeurant vive reside natural procedente desde born",
    "move": "transferred transfer referred admitted discharged sent flown came drove verlegt "
    "uberwiesen zugewiesen ubernahme transfere adresse trasladado remitido ingresa acude",
    "place": "hospital clinic center centre infirmary klinik klinikum krankenhaus spital "
    "universitatsklinikum universitatsspital hopital clinique chu chru ch hospitalier clinica centro "
    "complejo sanatorio hospice institute institut ambulatorio ziekenhuis ospedale",
    "say": "said says tolerated spoke called told asked denies reports presented presents underwent "
    "returns returned understands agrees consented voiced states described explained complained "
    "lives works died has was is had will stellte wurde berichtete hat refiere acepta vino fue "
    "presente beneficie tolere",
    "meet": "saw seen met evaluated examined consulted discussed reviewed brought admitted vu recu "
    "gesehen sahen visto valorado",
    "eponym": "syndrome disease sign criteria classification score stent catheter filter wire "
    "technique procedure needle sheath maneuver manoeuvre test scale grade stage trial registry "
    "study guideline guidelines forceps clamp balloon coil plug graft lesion artery vein anastomosis "
    "fistula shunt triad operation resection syndrom krankheit zeichen klassifikation kriterien "
    "technik katheter sindrome enfermedad signo criterios clasificacion maladie signe classification "
    "criteres et al congress meeting conference kongress congreso congres",
}

CUE_OF: Final[dict[str, str]] = {
    word: kind for kind, words in reversed(_CUES.items()) for word in words.split()
}
